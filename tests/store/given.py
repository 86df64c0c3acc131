"""Invented documents, quotes and chains that the tests of the store start from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from provenance.model import (
    Aligned,
    Chain,
    Cue,
    Document,
    Drift,
    Ending,
    Evidence,
    Hop,
    LanguageGuess,
    Link,
    Match,
    Node,
    Origin,
    Quote,
    Relay,
    Snapshot,
    Span,
    Speaker,
)
from provenance.store import Run, Store, Stored, open_store

TEXT = (
    "Minister Ada Example told the Daily Sample: “We may send 15,000 troops if asked.” "
    "The paper was quoted by RIA Novosti."
)
SAID = "We may send 15,000 troops if asked."
ENGLISH = LanguageGuess("en", 0.98, (("en", 0.98), ("nl", 0.01)), "Latn")
ORIGIN = Origin(
    "translated relay",
    "ru",
    ("RIA Novosti",),
    0.81,
    (
        Evidence("name", "«Ада» is romanised letter by letter", 1.5, "Ada", 9, 12),
        Evidence("relay", "names RIA Novosti", 2.0),
    ),
)
UNKNOWN = Origin("unknown", "und", (), 0.5, ())


def snapshot(content: bytes, source: str = "sample.html") -> Snapshot:
    digest = hashlib.sha256(content).hexdigest()
    return Snapshot(digest, content, "text/html", source, "2026-03-02T15:00:00+00:00")


def document(text: str = TEXT, **fields: object) -> Document:
    given = {"url": "https://sample.example/1", "published": "2026-03-02", "title": "Troops"}
    return Document(**{"id": "one", "text": text, "outlet": "Daily Sample"} | given | fields)  # type: ignore[arg-type]


def quote(text: str = SAID, within: str = TEXT, **fields: object) -> Quote:
    start = within.index(text)
    return Quote(
        **{"start": start, "end": start + len(text), "text": text, "type": "direct"} | fields
    )  # type: ignore[arg-type]


def full_quote() -> Quote:
    return quote(
        speaker=Speaker(9, 20, "Ada Example", "Ada Example", "person"),
        cue=Cue(21, 25, "told"),
        chain=(
            Relay("Daily Sample", "outlet", "the Daily Sample", "told", 26, 42),
            Relay("RIA Novosti", "outlet", "RIA Novosti", "quoted by"),
        ),
        confidence=0.9,
        spans=(Span(45, 52), Span(60, 80)),
        language="en",
        evidence=(Evidence("marks", "between quotation marks", 3.0),),
    )


def full_quote_in(text: str) -> Quote:
    """A quote with speaker and relays, in any text that holds the words of `SAID`."""
    return quote(SAID, text, speaker=full_quote().speaker, chain=full_quote().chain)


def full_document() -> Document:
    return document(
        language="en",
        author="B. Writer",
        links=(Link("https://paper.example/a", 26, 42), Link("https://far.example/", 0, 8)),
        meta={"lang": "en", "site": "Sample"},
        snapshot=snapshot(b"<p>bytes</p>" * 90),
    )


def add(store: Store, run: Run, text: str = TEXT, *quotes: Quote, **fields: object) -> Stored:
    """Store an invented article; unless given otherwise every new text is an article of its own."""
    given = {"id": text[:40], "url": "", "language": "en"} | fields
    return store.add(document(text, **given), ENGLISH, quotes, UNKNOWN, (), run=run)


def add_saying(store: Store, run: Run, words: str, **fields: object) -> int:
    """Store an article that is one quote; the quote's key."""
    text = f"She said: “{words}”"
    return add(store, run, text, quote(words, text), **fields).quotes[0]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Store, Run]]:
    with open_store(path) as store, store.run("test", {}) as run:
        yield store, run


DRIFT = Drift(
    "number", "serious", "50,000", "15,000", "15,000 became 50,000", Span(0, 6), Span(9, 15)
)
HEDGE = Drift("hedge", "minor", "", "may", "«may» is gone", certain=False)


def match(here: int, there: int, probability: float = 0.9) -> Match:
    return Match(
        here,
        there,
        score=0.7,
        probability=probability,
        features={"coverage": 0.8, "numbers": 1.0},
        alignment=(Aligned(Span(0, 2), Span(3, 7), 0.5),),
        drift=(DRIFT, HEDGE),
        from_span=Span(0, 30),
    )


def node(quote: int, document: int | None = None, **fields: str) -> Node:
    return Node(f"q{quote}", "stored", quote, document, **fields)


def chain(statement: int, quotes: list[int]) -> Chain:
    """Each quote from the one before it, the first from an outlet that is only named."""
    stored = [node(key, outlet=f"Outlet {key}", language="en") for key in quotes]
    named = Node("named:tass", "named", outlet="TASS")
    line = [named, *stored]
    hops = tuple(
        Hop(later.id, earlier.id, "citing", "match", 0.9, 2.5, (DRIFT,), ORIGIN.evidence)
        for earlier, later in pairwise(line)
    )
    end = Ending("named:tass", "not stored", "TASS is named as the source, but not stored.")
    lost = Hop(stored[-1].id, "inferred:ru", "translation", "inference", 0.2)
    return Chain(statement, tuple(line), hops, (end,), (lost,), (("q1", "q2"),))


def placed(chain: Chain, store: Store) -> Chain:
    """`chain`, its stored stations with the documents that their quotes are in."""
    return replace(
        chain,
        nodes=tuple(
            replace(node, document=store.rendering(node.quote).document) if node.quote else node
            for node in chain.nodes
        ),
    )
