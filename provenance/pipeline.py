"""The flow, in order: read → detect → quote → attribute → translate → match → chain → store.

Everything above this file computes; this file says when. The first half needs no
database, the second works on an open `Store`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from provenance.model import (
    Chain,
    Document,
    LanguageGuess,
    Match,
    Origin,
    Quote,
    Rendering,
    Span,
    Translation,
    Unreadable,
    Verdict,
    spoken,
)

if TYPE_CHECKING:
    from provenance.matching import Index
    from provenance.store import Run, Store


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one document says on its own, before it is compared with any other."""

    document: Document
    language: LanguageGuess
    quotes: tuple[Quote, ...]
    origin: Origin
    sentences: tuple[Span, ...]


# ---------------------------------------------------------------- without a database


def detect(document: Document) -> tuple[Document, LanguageGuess]:
    """1. The document with its language filled in, unless it was given."""
    from provenance.languages.detect import detect

    guess = detect(document.text)
    return replace(document, language=document.language or guess.language), guess


def quotes(document: Document) -> tuple[Document, tuple[Quote, ...]]:
    """2–3. The document in its language, and its quotes with speakers and relays."""
    known, _ = detect(document)
    return known, _quotes(known)


def _quotes(document: Document) -> tuple[Quote, ...]:
    from provenance.quoting import extract

    return tuple(map(_identified, extract(document)))


def _identified(quote: Quote) -> Quote:
    """The quote with its speaker's usual name, when he is a public figure beyond doubt."""
    from provenance.naming import people

    if quote.speaker is None or quote.speaker.kind != "person":
        return quote
    person = people.lookup(quote.speaker.name)
    canonical = person.name if person else ""
    return replace(quote, speaker=replace(quote.speaker, canonical=canonical))


def analyse(document: Document) -> Reading:
    """1–4. Language, quotes, attributions, origin and sentences of one document."""
    from provenance.languages.sentences import sentences
    from provenance.tracing.origin import origin

    known, guess = detect(document)
    found = _quotes(known)
    split = sentences(known.text, known.language)
    return Reading(known, guess, found, origin(known, found), split)


def translate(document: Document, target: str = "en") -> tuple[Document, Translation]:
    """5. The whole text through an installed package, else glossed into English.

    Raises `TranslationError` when neither can serve the pair.
    """
    from provenance.errors import TranslationError
    from provenance.translating import gloss, translator

    known, _ = detect(document)
    engine = translator(known.language, target)
    if engine is not None:
        return known, engine.translate([known.text], known.language, target)[0]
    if target != "en":
        raise TranslationError(
            f"no package translates {known.language} to {target}; "
            f"install one with: provenance models install {known.language} {target}"
        )
    return known, gloss(known.text, known.language)


# ---------------------------------------------------------------- with a database

# Stored passages compared word by word with each query; the original is among the first 50
# for the share of queries that `python -m benchmarks.match` prints as recall@50.
_CANDIDATES = 50

# A match below this cannot bring two quotes together (tracing joins from .5 on) and would
# only fill the table; the band between is kept so that a reader sees what nearly matched.
_WORTH_STORING = 0.2


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source: stored, already there, or unreadable (`failure` says why)."""

    id: str
    status: Literal["new", "unchanged", "failed"]
    key: int = 0
    quotes: int = 0
    failure: Unreadable | None = None


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


def add(store: Store, items: Iterable[Document | Unreadable]) -> Iterator[Added]:
    """6. Store each document with all that is derived from it, then chain what it touched.

    Commits per document: what was yielded is stored whatever happens next, and what a
    killed run left unchained the next one chains.
    """
    with store.run("add", versions()) as run:
        for item in items:
            yield _add_one(store, item, run)
        chain_touched(store, run)


def _add_one(store: Store, item: Document | Unreadable, run: Run) -> Added:
    if isinstance(item, Unreadable):
        return Added(item.source, "failed", failure=item)
    known = store.known(item)
    if known is not None:
        return Added(item.id, "unchanged", known.key, len(known.quotes))
    read = analyse(item)
    made = list(_translations(store, read))
    with store.atomic():
        stored = store.add(
            read.document,
            read.language,
            read.quotes,
            read.origin,
            read.sentences,
            run=run,
        )
        store.remember(made, run)
        relate(store, stored.quotes, run)
    return Added(item.id, stored.status, stored.key, len(stored.quotes))


def _translations(store: Store, read: Reading) -> Iterator[Translation]:
    """7. Its quotes in English where a package is installed, those not made before."""
    by_language: dict[str, list[str]] = {}
    for quote in read.quotes:
        language = quote.language or read.document.language
        by_language.setdefault(language, []).append(_words(quote))
    for language, texts in by_language.items():
        yield from _translated(store, texts, language)


def _translated(store: Store, texts: Sequence[str], language: str) -> list[Translation]:
    from provenance.translating import translator

    engine = translator(language, "en") if language != "en" else None
    if engine is None:
        return []
    known = store.recall(
        texts,
        language,
        "en",
        translator=engine.name,
        package=engine.package,
        parameters=engine.parameters,
    )
    missing = [text for text, made in zip(texts, known, strict=True) if made is None]
    return [made for made in known if made] + engine.translate(missing, language, "en")


def _words(quote: Quote) -> str:
    return spoken(quote.text, quote.start, quote.spans)


def relate(store: Store, quotes: Sequence[int], run: Run) -> None:
    """8. Match each quote against everything stored; keep what may be the same statement."""
    for rendering in store.renderings(quotes):
        found = candidates(store, rendering)
        store.save_matches((m for m, _ in found if m.probability >= _WORTH_STORING), run)


def candidates(store: Store, query: Rendering) -> list[tuple[Match, Rendering]]:
    """Stored quotes of other documents against `query`, most probable first."""
    return _best(store.index, store.renderings, query, _CANDIDATES)


def _best(
    index: Index,
    fetch: Callable[[Sequence[int]], Sequence[Rendering]],
    query: Rendering,
    limit: int,
) -> list[tuple[Match, Rendering]]:
    from provenance.matching import match, prepare

    asked = prepare(query.text, query.language, query.english)
    keys = [key for key, _ in index.search(asked, limit)]
    stored = [r for r in fetch(keys) if not query.document or r.document != query.document]
    by_key = {rendering.quote: rendering for rendering in stored}
    return [(found, by_key[found.to_quote]) for found in match(query, stored)]


def chain_touched(store: Store, run: Run) -> None:
    """9. Regroup the quotes that new ones touch into statements, and infer their chains."""
    from provenance.tracing import group, infer

    touched = store.quotes_touched()
    renderings = {rendering.quote: rendering for rendering in store.renderings(touched)}
    groups = group(store.matches_among(touched), tuple(renderings.values()))
    with store.atomic():
        for statement, members in zip(store.set_statements(groups, run), groups, strict=True):
            own = [renderings[quote] for quote in members]
            among = store.matches_among(members)
            found = infer(statement, own, among, store.reviews(statement))
            store.save_chain(statement, found, run)
        store.settle(touched)


# ---------------------------------------------------------------- asking


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
    for quote in read.quotes:
        yield _traced(_placed(store, _draft(store, read, quote)).chain, _DRAFT)


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
    for quote in sure:
        case = _placed(
            store, replace(_draft(store, read, quote), document=known.key if known else 0)
        )
        found = verdict(case.rendering, case.chain, case.matches, case.renderings)
        judged.append(Judged(quote, found, case.chain))
    return Audit(read, tuple(judged), len(read.quotes) - len(sure))


def match_all(
    store: Store, queries: Iterable[Document], top: int, against: str = "quotes"
) -> Iterator[tuple[Document, list[tuple[Match, Rendering]]]]:
    """The `top` stored quotes, or sentences, that most probably render each query."""
    index, fetch = (
        (store.sentence_index, store.sentence_renderings)
        if against == "sentences"
        else (store.index, store.renderings)
    )
    for document in queries:
        known, _ = detect(document)
        query = _asked(known.text.strip(), known.language)
        yield known, _best(index, fetch, query, max(top, _CANDIDATES))[:top]


def statements(store: Store) -> Iterator[Chain]:
    """The chains of all statements that travelled: those more than one document carries."""
    for statement in store.statements():
        found = store.chain(statement)
        if len({node.document for node in found.nodes if node.document}) > 1:
            yield found


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


def _traced(chain: Chain, focus: str) -> Trace:
    """`chain` cut down to the stations on the way back from `focus`."""
    from provenance.tracing import end, path

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


def _draft(store: Store, read: Reading, quote: Quote) -> Rendering:
    """A quote of an unstored document as matching and tracing look at it."""
    from provenance.naming import outlets

    document = read.document
    outlet = outlets.lookup(document.outlet) or outlets.by_domain(document.url)
    language = quote.language or document.language
    translated = _translated(store, [_words(quote)], language)
    return Rendering(
        quote=0,
        document=0,
        text=_words(quote),
        language=language,
        start=quote.start,
        end=quote.end,
        type=quote.type,
        english=translated[0].text if translated else "",
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


# ---------------------------------------------------------------- the worked case


def demo(store: Store) -> None:
    """Add the worked case: the invented articles that come with the tool."""
    from provenance.reading import read

    for _ in add(store, read(worked_case())):
        pass


def worked_case() -> Path:
    """The folder of seeds: beside the package in a checkout, inside it when installed."""
    here = Path(__file__).resolve().parent
    beside = here.parent / "seeds"
    return beside if (beside / "truth.json").is_file() else here / "seeds"


# ---------------------------------------------------------------- what made it

_MODELS = ("rapidfuzz", "langdetect", "py3langid", "ctranslate2", "trafilatura")


def versions() -> Mapping[str, str]:
    """Versions of the libraries whose answers are stored, by name."""
    from importlib.metadata import version

    return {name: version(name) for name in _MODELS}
