"""What can be asked of a database: where words come from, and what a draft's quotes are worth.

Each answer is a chain or a verdict; nothing is stored by asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from provenance.errors import ProvenanceError
from provenance.model import Chain, Document, Match, Node, Quote, Rendering, Translation, Verdict
from provenance.pipeline import (
    CANDIDATES,
    Reading,
    analyse,
    beside,
    best_matches,
    candidates,
    detect,
    translations,
    words_of,
)

if TYPE_CHECKING:
    from provenance.store import Statement, Store


@dataclass(frozen=True, slots=True)
class Trace:
    """One quote in its statement's chain: `way` leads from node `focus` back to node `end`."""

    chain: Chain
    way: Chain
    focus: str
    end: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote of a draft with its verdict and the chain it belongs to."""

    quote: Quote
    verdict: Verdict
    chain: Chain


@dataclass(frozen=True, slots=True)
class Audit:
    """A draft as read, and a verdict on each of its quotes.

    `doubtful` counts passages left out because they are less sure to be quotes than asked.
    """

    reading: Reading
    quotes: tuple[Judged, ...]
    doubtful: int = 0


def trace(store: Store, asked: int | str | Document) -> tuple[Trace, ...]:
    """What is asked about, in its chain: one trace for a quote's key or for free words, one
    for every quote of a document, be it given or named by the URL or id it is stored under.

    Raises `ProvenanceError` for a key or an address that is not stored.
    """
    if isinstance(asked, int):
        return (trace_quote(store, asked),)
    if isinstance(asked, Document):
        return tuple(trace_document(store, asked))
    stored = store.find_document(asked)
    if stored is not None:
        return tuple(trace_quote(store, quote) for quote in store.quotes_of(stored))
    if asked.startswith(("http://", "https://")):
        raise ProvenanceError(f"no stored document has the URL {asked}; add it first")
    return (trace_text(store, asked),)


def trace_quote(store: Store, quote: int) -> Trace:
    """The chain of a stored quote and the way back from it.

    Raises `StoreError` when there is no such quote.
    """
    rendering = store.rendering(quote)
    statement = store.statement_of(quote)
    chain = store.chain(statement) if statement is not None else _placed(store, rendering).chain
    return _traced(chain, f"q{quote}")


def trace_document(store: Store, document: Document) -> Iterator[Trace]:
    """Each quote of a document, stored or not, in the chain it belongs to."""
    known = store.known(document)
    if known is not None:
        yield from (trace_quote(store, quote) for quote in known.quotes)
        return
    read = analyse(document)
    english = _in_english(store, read)
    for quote in read.quotes:
        yield _traced(_placed(store, _draft(read, quote, english)).chain, _DRAFT)


def trace_text(store: Store, text: str) -> Trace:
    """Words of no known source, in the chain of the statement they most probably render."""
    from provenance.languages.detect import detect

    query = replace(_asked(text, detect(text).language), outlet="The text asked")
    return _traced(_placed(store, query).chain, _DRAFT)


def _asked(text: str, language: str) -> Rendering:
    """Words somebody asks about; not in quotation marks, so that none are missed in them."""
    return Rendering(0, 0, text, language, end=len(text), type="indirect")


def audit(store: Store, document: Document, confidence: float = 0.5) -> Audit:
    """A verdict on every quote of a draft against what is stored. Nothing is stored.

    Passages whose `confidence` of being a quote is lower are counted, not judged. A draft
    that is stored already is judged against the other documents only.
    """
    from provenance.tracing import verdict

    known = store.known(document)
    read = analyse(document)
    judged = []
    sure = [quote for quote in read.quotes if quote.confidence >= confidence]
    english = _in_english(store, read)
    for quote in sure:
        draft = replace(_draft(read, quote, english), document=known.key if known else 0)
        case = _placed(store, draft)
        found = verdict(case.rendering, case.chain, case.matches, case.renderings)
        judged.append(Judged(quote, found, case.chain))
    return Audit(read, tuple(judged), len(read.quotes) - len(sure))


Answer = tuple[Document, list[tuple[Match, Rendering]]]


def match_all(
    store: Store, queries: Iterable[Document], top: int, against: str = "quotes", jobs: int = 1
) -> Iterator[Answer]:
    """The `top` stored quotes, or sentences, that most probably render each query.

    Answers come in the order of the queries, each as soon as it can. With `jobs` processes
    (as many as there are cores when 0) those that wait are answered beside each other; the
    answers do not depend on how many there are.
    """
    waiting = iter(queries)
    for document in islice(waiting, _ALONE):
        yield _answer(store, document, top, against)
    for document in islice(waiting, 1):  # only now is it worth starting other processes
        more = chain([document], waiting)
        yield from beside(store, _answer, more, (top, against), jobs)


# Queries answered before other processes are started, which takes them about a second.
_ALONE = 100


def _answer(store: Store, document: Document, top: int, against: str) -> Answer:
    index, fetch = (
        (store.sentence_index, store.sentence_renderings)
        if against == "sentences"
        else (store.index, store.renderings)
    )
    known, _ = detect(document)
    query = _asked(known.text.strip(), known.language)
    return known, best_matches(index, fetch, query, max(top, CANDIDATES))[:top]


def statements(store: Store) -> Iterator[Chain]:
    """The chains of all statements that travelled: those more than one document carries."""
    for statement in store.statements():
        found = store.chain(statement)
        if len({node.document for node in found.nodes if node.document}) > 1:
            yield found


def grouped(
    store: Store, least: int = 2, speaker: str = ""
) -> Iterator[tuple[Statement, tuple[Rendering, ...]]]:
    """Statements with their renderings, the most repeated first: those that at least `least`
    quotes render, said by `speaker` where one is named, in whatever script or spelling."""
    from provenance.naming import same

    for statement in store.statement_list(least):
        if not speaker or same(statement.speaker, speaker).probability >= _SURNAME:
            yield statement, store.renderings(store.members(statement.key))


_SURNAME = 0.4  # what naming makes of a surname alone, which somebody who asks may give, is .5


def english(store: Store, chain: Chain) -> dict[str, Translation]:
    """What the foreign stations of `chain` say, by node: as translated by a package when
    they were stored, else glossed now; those that neither can render are left out."""
    from provenance.translating import gloss, glossed

    found: dict[str, Translation] = {}
    for node in chain.nodes:
        if node.language in ("", "en", "und") or not node.text:
            continue
        stored = store.translation(node.text, node.language, "en")
        if stored is not None:
            found[node.id] = stored
        elif node.language in glossed():
            found[node.id] = gloss(node.text, node.language)
    return found


_DRAFT = "q0"  # the station of a text that is not stored


@dataclass(frozen=True, slots=True)
class _Place:
    """A rendering among the stored ones of the statement it most probably renders."""

    rendering: Rendering
    chain: Chain
    matches: tuple[Match, ...]
    renderings: tuple[Rendering, ...]


def _placed(store: Store, query: Rendering) -> _Place:
    """Infer the chain `query` would belong to if it were stored."""
    from provenance.tracing import THRESHOLD, infer

    found = [(m, r) for m, r in candidates(store, query) if m.probability >= THRESHOLD]
    statement = store.statement_of(found[0][1].quote) if found else None
    members = store.members(statement) if statement is not None else ()
    others = [
        r for r in store.renderings(members) if not query.document or r.document != query.document
    ]
    keys = [rendering.quote for rendering in others]
    matches = (*store.matches_among(keys), *(m for m, r in found if r.quote in keys))
    reviews = store.reviews(statement) if statement is not None else ()
    renderings = (*others, query)
    return _Place(query, infer(statement or 0, renderings, matches, reviews), matches, renderings)


def _traced(found: Chain, focus: str) -> Trace:
    """The chain `found`, and that cut down to the stations on the way back from `focus`."""
    from provenance.tracing import end, path

    chain = replace(found, nodes=tuple(map(_unstored, found.nodes)))
    hops = path(chain, focus)
    stations = {focus, *(hop.to_node for hop in hops)}
    way = replace(
        chain,
        nodes=tuple(node for node in chain.nodes if node.id in stations),
        hops=hops,
        ends=tuple(ending for ending in chain.ends if ending.node in stations),
        alternatives=tuple(hop for hop in chain.alternatives if hop.from_node in stations),
        circles=tuple(ring for ring in chain.circles if stations.intersection(ring)),
    )
    return Trace(chain, way, focus, end(chain, focus))


def _unstored(node: Node) -> Node:
    """A station for what was asked about, when that is no row of the database."""
    return node if node.quote != 0 else replace(node, kind="named", quote=None, document=None)


def _in_english(store: Store, read: Reading) -> dict[str, str]:
    """The quotes' words in English, translated in one go; empty without a package."""
    return {made.source_text: made.text for made in translations(store, read)}


def _draft(read: Reading, quote: Quote, english: Mapping[str, str]) -> Rendering:
    """A quote of an unstored document as matching and tracing look at it."""
    from provenance.naming import outlets

    document = read.document
    outlet = outlets.lookup(document.outlet) or outlets.by_domain(document.url)
    language = quote.language or document.language
    return Rendering(
        quote=0,
        document=0,
        text=words_of(quote),
        language=language,
        start=quote.start,
        end=quote.end,
        type=quote.type,
        english=english.get(words_of(quote), ""),
        speaker=quote.speaker.known_as if quote.speaker else "",
        speaker_kind=quote.speaker.kind if quote.speaker else None,
        outlet=outlet.name if outlet else document.outlet or "The draft",
        country=outlet.country if outlet else "",
        outlet_language=outlet.language if outlet else "",
        published=document.published,
        url=document.url,
        title=document.title,
        chain=quote.chain,
        links=tuple(dict.fromkeys(link.url for link in document.links)),
        origin=read.origin.kind,
        source_language=read.origin.source_language,
        fingerprints=tuple(item for item in read.origin.evidence if item.kind == "name"),
    )
