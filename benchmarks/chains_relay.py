"""Real relays in one database: ``python -m benchmarks.chains_relay [--noise 5000]``.

The 57 cases of `eval/relay`, their known originals and articles of `moldova_press` as noise
go through the whole pipeline. Counted: originals found on the trail of the quotes that have
one stored; relay chains exact (outlets in order, aliases allowed, an outlet that is itself
given as the speaker first); direction of the hops between a case and its original; hops
between a case and noise; how far probabilities of hops are from the share that is right.

No article is noise that has eight words in a row with a case or an original: it prints the very
words the case is about, and to trace the case to it is no mistake. Such articles are found by this
rule alone, their hops are counted apart, and the table names them.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import records
from benchmarks.chains import calibration_error
from provenance import pipeline, questions
from provenance.languages.words import fold
from provenance.model import Chain, Document, Rendering
from provenance.store import Store, open_store
from provenance.tracing._outlets import face, relays

# The collector's remark on an outlet: "Sky News (comment)", 'Telegram "Name"'.
_ASIDE = re.compile(r"\s*\([^)]*\)|^Telegram (?=\")|\"")
# Words in a row that show two texts to have one in common: of 5,000 articles eight share five to
# seven words with a case (titles, names of offices), one shares eleven.
_RUN = 8
_WORD = re.compile(r"\w+")
_REMARK = re.compile(r"\[[A-Z][A-Z ,.:;'-]{3,200}\]|\([A-Z]{4,}[^)]{0,80}\)|…")


@dataclass(frozen=True)
class Case:
    """One relay: its document, its original's document if stored, the outlets in between."""

    document: Document
    original: Document | None
    relays: tuple[str, ...]
    quote: str


def cases() -> list[Case]:
    """All relay cases, collector's remarks taken out.

    Originals known from one page are one document, as they are to whoever stores that page;
    of several sentences known of it each is a quotation.
    """
    rows = list(records("eval/relay/relay_cases.jsonl"))
    pages: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        if isinstance(row["original"], dict) and row["original"].get("text"):
            pages.setdefault(_page(row), {})[row["original"]["text"]] = row
    originals = {key: _original(key, list(known.values())) for key, known in pages.items()}
    return [_case(row, originals.get(_page(row))) for row in rows]


def _page(row: Mapping[str, Any]) -> str:
    """What names the page a case's original stands on."""
    found = row["original"] if isinstance(row["original"], dict) else {}
    return str(found.get("url") or f"original:{row.get('cluster') or row['id']}")


def _original(key: str, rows: Sequence[Mapping[str, Any]]) -> Document:
    """A transcript or press release: the speaker's words, each as one quotation."""
    words = (row["original"]["text"].strip('"“”«»') for row in rows)
    text = "\n\n".join(f"{row['speaker']}: “{said}”" for row, said in zip(rows, words, strict=True))
    found = rows[0]["original"]
    return Document(key, text, url=str(found.get("url") or ""), published=found.get("date") or "")


def noise(count: int, taken: set[str]) -> Iterator[Document]:
    """Articles of the Moldovan press that are none of the cases."""
    rows = (r for r in records("corpus/moldova_press.jsonl.xz") if r["url"] not in taken)
    for row in islice(rows, count):
        yield Document(
            row["id"],
            row["text"],
            row["lang"],
            row.get("title") or "",
            row.get("outlet") or "",
            row.get("url") or "",
            row.get("published") or "",
        )


def carriers(told: Sequence[Case], articles: Iterable[Document]) -> dict[str, str]:
    """Of `articles` those that print words of a case or its original: by id, the case's id."""
    runs: dict[tuple[str, ...], str] = {}
    for case in told:
        for document in filter(None, (case.document, case.original)):
            runs |= dict.fromkeys(_runs(document.text), case.document.id)
    shared = ((one.id, (runs[run] for run in _runs(one.text) if run in runs)) for one in articles)
    return {article: about for article, found in shared if (about := next(found, ""))}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [fold(word) for word in _WORD.findall(text)]
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _case(row: Mapping[str, Any], original: Document | None) -> Case:
    text = _REMARK.sub(" ", row["text"])
    document = Document(
        row["id"],
        text,
        row["lang"],
        row["title"] or "",
        row["outlet"],
        row["url"] or "",
        row["published"] or "",
    )
    between = tuple(_ASIDE.sub("", name) for name in row["chain"][1:-1])
    return Case(document, original, between, row["quote"] or text)


def build(path: Path, told: Sequence[Case], articles: Sequence[Document]) -> None:
    """Everything into one database: originals first, as no order should matter."""
    originals = {case.original.id: case.original for case in told if case.original is not None}
    everything = [*originals.values(), *(case.document for case in told), *articles]
    with open_store(path) as store:
        for added in pipeline.add(store, everything):
            if added.status == "failed":
                print("failed:", added.id)


@dataclass
class Figures:
    """Counts over all cases."""

    with_original: int = 0
    found: int = 0
    with_relays: int = 0
    exact: int = 0
    linked: int = 0
    right_way: int = 0
    hops: int = 0
    to_noise: int = 0
    to_carriers: int = 0
    outcomes: list[tuple[float, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Keys of the documents that are no noise: of the cases, and of articles that carry their
    words."""

    cases: frozenset[int]
    carriers: frozenset[int]

    def noise(self, document: int | None) -> bool:
        """Whether a case has nothing to do with the document."""
        return document is not None and document not in self.cases | self.carriers


def measure(path: Path, told: Sequence[Case], articles: Sequence[Document]) -> list[Figures]:
    """Trace every quote of every case and count, by half: that on which the tracker was
    developed at first, and the other."""
    carrying = carriers(told, articles)
    halves = [Figures(), Figures()]
    with open_store(path, create=False) as store:
        own = (document for case in told for document in (case.document, case.original))
        known = Known(
            _keys(store, filter(None, own)),
            _keys(store, (article for article in articles if article.id in carrying)),
        )
        for number, case in enumerate(sorted(told, key=lambda case: case.document.id)):
            stored = store.known(case.document)
            if stored is not None:
                half = halves[number >= len(told) // 2]
                _judge(store, case, store.renderings(stored.quotes), known, half)
    return halves


def _keys(store: Store, documents: Iterable[Document]) -> frozenset[int]:
    found = map(store.known, documents)
    return frozenset(known.key for known in found if known is not None)


def _judge(
    store: Store, case: Case, quotes: tuple[Rendering, ...], known: Known, figures: Figures
) -> None:
    original = store.known(case.original) if case.original is not None else None
    chains = [questions.trace_quote(store, quote.quote) for quote in quotes]
    if case.relays:
        figures.with_relays += 1
        wanted = [face(name).key for name in case.relays]
        figures.exact += any(_relays(quote) == wanted for quote in quotes)
    figures.with_original += original is not None
    if original is not None:
        figures.found += any(
            node.document == original.key for trace in chains for node in trace.way.nodes
        )
        ways = [_direction(trace.chain, trace.focus, original.key) for trace in chains]
        figures.linked += any(ways)
        figures.right_way += "back" in ways
    for trace in chains:
        figures.outcomes += _told(case, trace, original.key if original is not None else 0, known)
        documents = {node.document for node in trace.way.nodes}
        figures.hops += len(trace.way.hops)
        figures.to_noise += sum(map(known.noise, documents))
        figures.to_carriers += len(documents & known.carriers)


def _told(
    case: Case, trace: questions.Trace, original: int, known: Known
) -> Iterator[tuple[float, bool]]:
    """Probability and truth of a case's own hops that can be judged: to its original or to
    noise, and to an outlet it names."""
    nodes = {node.id: node for node in trace.chain.nodes}
    outlets = {face(name).key for name in case.relays}
    for hop in trace.way.hops:
        to = nodes[hop.to_node]
        if hop.from_node != trace.focus or to.kind == "inferred":
            continue
        if to.kind == "named" and outlets:
            yield hop.probability, face(to.outlet).key in outlets
        elif to.document is not None and (to.document == original or known.noise(to.document)):
            yield hop.probability, to.document == original


def _relays(quote: Rendering) -> list[str]:
    """The outlets a quote came through by its text, the one nearest to the speaker first."""
    return [face(relay.name).key for relay in reversed(relays(quote))]


def _direction(chain: Chain, focus: str, original: int) -> str:
    """ "back" where the trail leads to the original, "forth" where it comes from the case."""
    parents = {hop.from_node: hop.to_node for hop in chain.hops}
    documents = {node.id: node.document for node in chain.nodes}
    node = focus
    while node in parents:
        node = parents[node]
        if documents[node] == original:
            return "back"
    for start in (n.id for n in chain.nodes if n.document == original):
        node = start
        while node in parents:
            node = parents[node]
            if node == focus:
                return "forth"
    return ""


def main() -> None:
    """Build the database in a temporary folder, trace, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--noise", type=int, default=5000)
    chosen = parser.parse_args()
    told = cases()
    articles = list(noise(chosen.noise, {case.document.url for case in told}))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "relays.db"
        build(path, told, articles)
        figures = measure(path, told, articles)
    print(f"57 relays, their originals, {len(articles)} other articles: the first half, the other")
    _line("original found", [(got.found, got.with_original) for got in figures], "≥ .85")
    _line("relay chain exact", [(got.exact, got.with_relays) for got in figures], "≥ .75")
    _line("direction right", [(got.right_way, got.linked) for got in figures], "≥ .95")
    _line("links to noise", [(got.to_noise, got.hops) for got in figures], "≤ .02")
    _line("to the same words", [(got.to_carriers, got.hops) for got in figures], "no noise")
    for article, carried in carriers(told, articles).items():
        print(f"  {article} has {_RUN} words in a row with {carried}")
    outcomes = [outcome for got in figures for outcome in got.outcomes]
    error = calibration_error(outcomes)
    print(f"calibration error of {len(outcomes)} hops {error:.3f}   target ≤ .05")


def _line(name: str, counts: Sequence[tuple[int, int]], target: str) -> None:
    both = tuple(map(sum, zip(*counts, strict=True)))
    shown = "   ".join(
        f"{part / max(1, whole):.3f} of {whole:3}" for part, whole in (*counts, both)
    )
    print(f"{name:18} {shown}   target {target}")


if __name__ == "__main__":
    main()
