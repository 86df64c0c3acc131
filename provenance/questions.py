"""What can be asked of a database: where words come from, where they went, what they are worth.

Each answer is made of chains, verdicts and what follows from them; nothing is stored by
asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from provenance.errors import ProvenanceError
from provenance.languages.negation import denied_by
from provenance.model import (
    Chain,
    Document,
    Hop,
    Match,
    Node,
    Quote,
    Rendering,
    Translation,
    Verdict,
    around,
)
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
from provenance.tracing.habits import alters

if TYPE_CHECKING:
    from provenance.store import Statement, Store
    from provenance.tracing import Difference, Habits, Moment


@dataclass(frozen=True, slots=True)
class Trace:
    """One quote in its statement's chain: `way` leads from node `focus` back to node `end`.

    `reached` is the probability that the words go back there, by this way or any other known.
    """

    chain: Chain
    way: Chain
    focus: str
    end: str
    reached: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """A statement's renderings in order of time; `focus` is the station asked about."""

    statement: int
    focus: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Who carried words on: the part of their statement's chain that came from `root`."""

    chain: Chain
    root: str

    @property
    def carried(self) -> tuple[Node, ...]:
        """The stored renderings that came from the root, by whatever way."""
        return tuple(n for n in self.chain.nodes if n.kind == "stored" and n.id != self.root)

    @property
    def altered(self) -> tuple[Hop, ...]:
        """The hops on which the words came to say something else."""
        return tuple(hop for hop in self.chain.hops if any(map(alters, hop.drift)))


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote of a draft with its verdict and its way back in the chain it belongs to."""

    quote: Quote
    verdict: Verdict
    trace: Trace


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
        return tuple(_quotes_traced(store, stored))
    if asked.startswith(("http://", "https://")):
        raise ProvenanceError(f"no stored document has the URL {asked}; add it first")
    return (trace_text(store, asked),)


def trace_quote(store: Store, quote: int) -> Trace:
    """The chain of a stored quote and the way back from it.

    Raises `StoreError` when there is no such quote.
    """
    rendering = store.rendering(quote)
    statement = store.statement_of(quote)
    if statement is None:
        return _placed(store, rendering).trace
    chain = store.chain(statement)
    keys = [node.quote for node in chain.nodes if node.quote is not None]
    return _traced(chain, f"q{quote}", store.matches_among(keys))


def trace_document(store: Store, document: Document) -> Iterator[Trace]:
    """Each quote of a document, stored or not, in the chain it belongs to."""
    known = _stored(store, document)
    if known is not None:
        yield from _quotes_traced(store, known)
        return
    read = analyse(document)
    english = _in_english(store, read)
    for quote in read.renderings:
        found = _placed(store, _draft(read, quote, english)).trace
        if _worth_telling(quote, found):
            yield found


def _stored(store: Store, document: Document) -> int | None:
    """The key under which a document is stored: by what makes it the same one or, where it says
    neither where nor when it appeared, by its bytes, which were then stored with both."""
    known = store.known(document)
    if known is not None:
        return known.key
    placed = document.url or document.outlet or document.published
    if placed or document.snapshot is None:
        return None
    return store.find_document(document.snapshot.sha256)


def _quotes_traced(store: Store, document: int) -> Iterator[Trace]:
    keys = store.quotes_of(document)
    for key, quote in zip(keys, store.quotes(document), strict=True):
        found = trace_quote(store, key)
        if _worth_telling(quote, found):
            yield found


def _worth_telling(quote: Quote, found: Trace) -> bool:
    """A quote always is; a passage of a speech only where another text has it too."""
    from provenance.tracing.passages import is_passage

    return not is_passage(quote) or len(found.chain.nodes) > 1


def trace_text(store: Store, text: str) -> Trace:
    """Words of no known source, in the chain of the statement they most probably render."""
    from provenance.languages.detect import detect

    query = replace(_asked(text, detect(text).language), outlet="The text asked")
    return _placed(store, query).trace


def _asked(text: str, language: str) -> Rendering:
    """Words somebody asks about; not in quotation marks, so that none are missed in them."""
    return Rendering(0, 0, text, language, end=len(text), type="indirect")


def audit(store: Store, document: Document, confidence: float = 0.5) -> Audit:
    """A verdict on every quote of a draft against what is stored. Nothing is stored.

    Passages whose `confidence` of being a quote is lower are counted, not judged. A draft
    that is stored already is judged against the other documents only.
    """
    from provenance.tracing import verdict

    known = _stored(store, document)
    read = analyse(document)
    judged = []
    sure = [quote for quote in read.quotes if quote.confidence >= confidence]
    english = _in_english(store, read)
    for quote in sure:
        draft = replace(_draft(read, quote, english), document=known or 0)
        case = _placed(store, draft)
        found = verdict(case.rendering, case.chain, case.matches, case.renderings, case.near)
        judged.append(Judged(quote, found, case.trace))
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
    known = document if document.language else detect(document)[0]
    query = _asked(known.text.strip(), known.language)
    return known, best_matches(index, fetch, query, max(top, CANDIDATES), asked_for=True)[:top]


def timeline(store: Store, asked: int | str | Document) -> tuple[Timeline, ...]:
    """The renderings of the statements asked about (as in `trace`) in order of time."""
    from provenance.tracing import moments

    found: dict[object, Timeline] = {}
    for one in trace(store, asked):
        # A quote that stands alone has no statement; several are not one.
        name = one.chain.statement or one.focus
        found.setdefault(name, Timeline(one.chain.statement, one.focus, moments(one.chain)))
    return tuple(found.values())


def spread(store: Store, asked: int | str | Document) -> tuple[Spread, ...]:
    """Who carried on what is asked about (as in `trace`).

    From a stored quote onward; from the end of the trail of words that are not stored, for
    nobody can have taken anything from these.
    """
    from provenance.tracing import onward

    found: dict[tuple[int, str], Spread] = {}
    for one in trace(store, asked):
        stored = one.focus != _DRAFT
        root = one.focus if stored else one.end
        chain = one.chain if stored else _without(one.chain, _DRAFT)
        known = any(node.id == root for node in chain.nodes)
        found[chain.statement, root] = Spread(onward(chain, root) if known else chain, root)
    return tuple(found.values())


def sources(store: Store, outlet: str) -> Habits:
    """Whom an outlet, by any of its names, relies on, over everything stored.

    Raises `ProvenanceError` where nothing of it is stored and nobody names it.
    """
    from provenance.tracing import habits

    known = store.outlet(outlet)
    if known is None:
        raise ProvenanceError(f"no outlet called {outlet!r} is stored{_perhaps(store, outlet)}")
    return habits(known.name, known.quotes, map(store.chain, known.statements))


def diff(store: Store | None, earlier: int | str, later: int | str) -> Difference:
    """What became of `earlier` in `later`, word by word: each a quote's key or free words.

    A store is needed for keys only. Raises `ProvenanceError` for a key that is not stored
    and for words without a letter.
    """
    from provenance.tracing import difference

    return difference(_rendering(store, earlier), _rendering(store, later))


def _rendering(store: Store | None, asked: int | str) -> Rendering:
    from provenance.languages.detect import detect

    if isinstance(asked, int):
        if store is None:
            raise ProvenanceError(f"quote {asked} needs a database")
        return store.rendering(asked)
    if not any(char.isalnum() for char in asked):
        raise ProvenanceError("nothing to compare: a text has no words; give a quote id or words")
    return _asked(asked.strip(), detect(asked).language)


def _perhaps(store: Store, name: str) -> str:
    """A hint at outlets that are spelt nearly so."""
    from difflib import get_close_matches

    folded = {known.casefold(): known for known in store.outlet_names()}
    near = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
    meant = " or ".join(folded[key] for key in near)
    return f"; perhaps {meant}?" if near else "; provenance status lists those that are"


def _without(chain: Chain, node: str) -> Chain:
    return replace(
        chain,
        nodes=tuple(one for one in chain.nodes if one.id != node),
        hops=tuple(hop for hop in chain.hops if node not in (hop.from_node, hop.to_node)),
        ends=tuple(ending for ending in chain.ends if ending.node != node),
    )


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
    from provenance.naming.people import same_person

    for statement in store.statement_list(least):
        if not speaker or same_person(statement.speaker, speaker).probability >= _SURNAME:
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
    """A rendering among the stored ones of the statement it most probably renders.

    `near` are stored ones that are not taken for the same, nearest first.
    """

    rendering: Rendering
    chain: Chain
    matches: tuple[Match, ...]
    renderings: tuple[Rendering, ...]
    near: tuple[Rendering, ...]

    @property
    def trace(self) -> Trace:
        """The rendering's own way back."""
        return _traced(self.chain, f"q{self.rendering.quote}", self.matches)


def _placed(store: Store, query: Rendering) -> _Place:
    """Infer the chain `query` would belong to if it were stored."""
    from provenance.tracing import THRESHOLD, infer

    asked = candidates(store, query)
    found = [(m, r) for m, r in asked if m.probability >= THRESHOLD]
    near = [r for m, r in asked if m.probability < THRESHOLD and _of_another(r, query)]
    statement = store.statement_of(found[0][1].quote) if found else None
    members = store.members(statement) if statement is not None else ()
    others = [r for r in store.renderings(members) if _of_another(r, query)]
    keys = [rendering.quote for rendering in others]
    matches = (*store.matches_among(keys), *(m for m, r in found if r.quote in keys))
    reviews = store.reviews(statement) if statement is not None else ()
    renderings = (*others, query)
    chain = infer(statement or 0, renderings, matches, reviews)
    return _Place(query, chain, matches, renderings, tuple(near))


def _of_another(rendering: Rendering, query: Rendering) -> bool:
    """Whether a stored rendering is of another document than what is asked about."""
    return not query.document or rendering.document != query.document


def _traced(found: Chain, focus: str, matches: Sequence[Match]) -> Trace:
    """The chain `found`, and that cut down to the stations on the way back from `focus`."""
    from provenance.tracing import Sameness, end, going_back, path

    source = end(found, focus)
    reached = going_back(found, focus, source, Sameness(matches))
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
    return Trace(chain, way, focus, source, reached)


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
        around=around(document.text, quote.start, quote.end),
        denied_by=denied_by(document.text, quote.cue.start, quote.cue.end, language)
        if quote.cue
        else "",
    )
