"""The flow, in order: read → detect → quote → attribute → translate → match → chain → store.

Everything above this file computes; this file says when. The first half needs no
database, the second works on an open `Store`; what can be asked of one is in `questions`.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from provenance.errors import ProvenanceError
from provenance.model import (
    Document,
    LanguageGuess,
    Match,
    Origin,
    Quote,
    Rendering,
    Span,
    Translation,
    Unreadable,
    spoken,
)

if TYPE_CHECKING:
    from provenance.matching import Index
    from provenance.store import Run, Store
    from provenance.tracing import Compared


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one document says on its own, before it is compared with any other.

    `passages` are sentences that are the publisher's own words, outside its quotes.
    """

    document: Document
    language: LanguageGuess
    quotes: tuple[Quote, ...]
    origin: Origin
    sentences: tuple[Span, ...]
    passages: tuple[Quote, ...] = ()

    @property
    def renderings(self) -> tuple[Quote, ...]:
        """All that may render what somebody said: the quotes, then the passages."""
        return (*self.quotes, *self.passages)


# ---------------------------------------------------------------- without a database


def detect(document: Document) -> tuple[Document, LanguageGuess]:
    """1. The document with its language filled in, unless it was given."""
    from provenance.languages.detect import detect

    guess = detect(document.text)
    return replace(document, language=document.language or guess.language), guess


def quotes(document: Document) -> tuple[Quote, ...]:
    """2–3. Its quotes with speakers and relays; its language is detected where not given."""
    from provenance.quoting import extract

    known = document if document.language else detect(document)[0]
    return tuple(map(_identified, extract(known)))


def _identified(quote: Quote) -> Quote:
    """The quote with its speaker's usual name, when he is a public figure beyond doubt."""
    from provenance.naming import people

    if quote.speaker is None or quote.speaker.kind != "person":
        return quote
    person = people.lookup(quote.speaker.name)
    canonical = person.name if person else ""
    return replace(quote, speaker=replace(quote.speaker, canonical=canonical))


def analyse(document: Document) -> Reading:
    """1–4. Language, quotes, attributions, origin, sentences, passages of one document."""
    from provenance.languages.sentences import sentences
    from provenance.tracing.origin import origin
    from provenance.tracing.passages import passages

    known, guess = detect(document)
    found = quotes(known)
    split = sentences(known.text, known.language)
    whence = origin(known, found)
    own = passages(known, found, whence, split)
    return Reading(known, guess, found, whence, split, own)


def translate(document: Document, target: str = "en") -> tuple[Document, Translation]:
    """5. The whole text through an installed package, else glossed into English.

    Raises `TranslationError` when neither can serve the pair.
    """
    from provenance.errors import TranslationError
    from provenance.translating import gloss, glossed, translator

    known, _ = detect(document)
    engine = translator(known.language, target)
    if engine is not None:
        named = names_of(quotes(known))
        return known, engine.translate([known.text], known.language, target, named)[0]
    if target == "en" and known.language in glossed():
        return known, gloss(known.text, known.language)
    if target == known.language:
        raise TranslationError(f"the text is in {target} already (else say so with --language)")
    legs = [pair for pair in ((known.language, "en"), ("en", target)) if pair[0] != pair[1]]
    commands = "; ".join(f"provenance models install {one} {two}" for one, two in legs)
    raise TranslationError(
        f"nothing here translates {known.language} to {target}; to help: {commands}"
        " (or name the language with --language, where it was taken for another)"
    )


# ---------------------------------------------------------------- with a database

# Stored passages compared word by word with each query; the original is among the first 50
# for the share of queries that `python -m benchmarks.match` prints as recall@50.
CANDIDATES = 50

# A second look takes four times as long and is worth it where the first found nothing likely:
# the original is among 50 of the index for .97, among 200 for .98 to .99 of hard queries.
_WIDER = 4
_LIKELY = 0.5

# A match below this cannot bring two quotes together (tracing joins from .5 on) and would
# only fill the table; the band between is kept so that a reader sees what nearly matched.
_WORTH_STORING = 0.2
# Two words alike by chance: nothing known besides makes them one statement.
_WORTH_COMPARING = 0.02


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source: stored, already there, or unreadable (`failure` says why).

    `lacks` names what a new document does not say of itself, its outlet or its time.
    """

    id: str
    status: Literal["new", "unchanged", "failed"]
    key: int = 0
    quotes: int = 0
    failure: Unreadable | None = None
    languages: tuple[str, ...] = ()  # of its quotes
    lacks: tuple[str, ...] = ()


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
    made = list(translations(store, read))
    with store.atomic():
        stored = store.add(
            read.document,
            read.language,
            read.renderings,
            read.origin,
            read.sentences,
            run=run,
        )
        store.remember(made, run)
        relate(store, stored.quotes, run)
    spoken_in = dict.fromkeys(quote.language or read.document.language for quote in read.quotes)
    return Added(
        item.id,
        stored.status,
        stored.key,
        len(stored.quotes),
        languages=tuple(spoken_in),
        lacks=tuple(_lacking(read.document)),
    )


def _lacking(document: Document) -> Iterator[str]:
    if not document.outlet and not document.url:
        yield "outlet"
    if not document.published:
        yield "time"


def translations(store: Store, read: Reading) -> Iterator[Translation]:
    """7. Its quotes in English where a package is installed, those not made before."""
    by_language: dict[str, list[str]] = {}
    for quote in read.renderings:
        language = quote.language or read.document.language
        by_language.setdefault(language, []).append(words_of(quote))
    named = names_of(read.quotes)
    for language, texts in by_language.items():
        yield from translated(store, texts, language, named)


def names_of(found: Iterable[Quote]) -> dict[str, str]:
    """The public figures who speak in a document, as it names them, with their English names."""
    speakers = (quote.speaker for quote in found)
    return {one.name: one.canonical for one in speakers if one is not None and one.canonical}


def translated(
    store: Store, texts: Sequence[str], language: str, names: Mapping[str, str]
) -> list[Translation]:
    """`texts` in English, the remembered ones first; nothing without a package."""
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
        parameters=[engine.settings(text, language, "en", names) for text in texts],
    )
    missing = [text for text, made in zip(texts, known, strict=True) if made is None]
    return [made for made in known if made] + engine.translate(missing, language, "en", names)


def words_of(quote: Quote) -> str:
    """The words somebody said, without what stands between the parts of the quote."""
    return spoken(quote.text, quote.start, quote.spans)


def relate(store: Store, quotes: Sequence[int], run: Run) -> None:
    """8. Match each quote of a document against everything stored; keep what may be the same
    statement."""
    store.save_matches(related(store, store.renderings(quotes)), run)


def related(store: Store, renderings: Sequence[Rendering]) -> list[Match]:
    """Matches worth storing of one document's `renderings` with any other's.

    By the words, by what else is known of the two, and by what their documents share besides
    (`provenance.tracing.context`, `provenance.tracing.direction`). Every pair is compared in
    one direction, so that no order of adding changes the answer.
    """
    from provenance.tracing import all_in_context, directed

    found = [
        _in_order(match, query, other)
        for query in renderings
        for match, other in best_matches(store.index, store.renderings, query, CANDIDATES)
        if match.probability >= _WORTH_COMPARING
    ]
    placed = _said_elsewhere(_in_place(store, found))
    known = [
        (_changed(match, later, earlier), later, earlier)
        for match, (_, later, earlier) in zip(all_in_context(placed), found, strict=True)
        if match.probability >= _WORTH_STORING
    ]
    return directed(known)


def _changed(match: Match, later: Rendering, earlier: Rendering) -> Match:
    """`match` with what changed, where words alone did not make it likely enough to ask."""
    if match.drift or match.features.get("context", 0.0) <= 0.0:
        return match
    from provenance.matching import drift

    own = earlier if earlier.speaker else replace(earlier, type="direct")  # a speech, a post
    return replace(match, drift=drift(later, own, match.alignment))


def _in_place(store: Store, found: Sequence[Compared]) -> list[Compared]:
    """Pairs with what stands around each text in its document."""
    later = store.in_place([later for _, later, _ in found])
    earlier = store.in_place([earlier for _, _, earlier in found])
    return list(zip((match for match, _, _ in found), later, earlier, strict=True))


def _said_elsewhere(pairs: Sequence[Compared]) -> list[Compared]:
    """`pairs` without sentences that look put in or left out, and stand elsewhere in the other
    document: around the text, or in another quote that is compared here."""
    from provenance.matching import said_elsewhere

    quotes: dict[int, dict[str, None]] = defaultdict(dict)
    for _, *both in pairs:
        for one in both:
            quotes[one.document][one.text] = None

    def whole(one: Rendering) -> Rendering:
        return replace(one, around=" … ".join((one.around, *quotes[one.document])))

    return [
        (said_elsewhere(match, whole(later), whole(earlier)), later, earlier)
        if any(item.kind in ("added", "lost") for item in match.drift)
        else (match, later, earlier)
        for match, later, earlier in pairs
    ]


def _in_order(match: Match, query: Rendering, other: Rendering) -> Compared:
    """A comparison as it is whichever of the two was stored first."""
    from provenance.matching import compare_parts
    from provenance.tracing import precedes

    if precedes(other, query):
        return match, query, other
    return compare_parts(other, query), other, query


def relate_all(store: Store, jobs: int = 0) -> Iterator[tuple[int, int]]:
    """8, anew for every stored quote, with what the program knows now; then 9.

    Gives how many quotes are compared and how many are to be, after every few hundred. Uses
    `jobs` processes, as many as there are cores when 0; what is stored does not depend on
    how many. What a killed run left is taken up by the next.
    """
    with store.run("match --all", versions()) as run:
        store.renew_index(jobs or cores())
        waiting = store.begin_relating(run)
        done = 0
        for keys, found in _related(store, waiting, jobs):
            store.relate_anew(keys, found, run)
            done += len(keys)
            yield done, len(waiting)
        chain_touched(store, run)


# Quotes compared between two commits: a killed run loses seconds; a worker is asked rarely.
_TOGETHER = 200


def _related(
    store: Store, waiting: Sequence[int], jobs: int
) -> Iterator[tuple[Sequence[int], list[Match]]]:
    """Batches of quotes with their matches, in order."""
    batches = list(_whole_documents(store, waiting))
    jobs = min(jobs or cores(), len(batches))
    yield from zip(batches, beside(store, _matches_of, batches, (), jobs), strict=True)


def _whole_documents(store: Store, quotes: Sequence[int]) -> Iterator[list[int]]:
    """`quotes` in batches that part no document's quotes: these are looked at together."""
    batch: list[int] = []
    for _, own in groupby(quotes, key=store.documents_of(quotes).__getitem__):
        batch += own
        if len(batch) >= _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _matches_of(store: Store, quotes: Sequence[int]) -> list[Match]:
    """Matches worth storing of each of `quotes`, whole documents, with any other."""
    documents = groupby(store.renderings(quotes), key=lambda rendering: rendering.document)
    return [match for _, own in documents for match in related(store, list(own))]


def candidates(store: Store, query: Rendering) -> list[tuple[Match, Rendering]]:
    """Stored quotes of other documents against `query`, most probable first.

    By the words, and by what else is known of the two: see `provenance.tracing.context` and
    `provenance.tracing.direction`.
    """
    from provenance.tracing import all_in_context, directed

    found = best_matches(store.index, store.renderings, query, CANDIDATES)
    others = [other for _, other in found]
    placed = _said_elsewhere(_in_place(store, [(match, query, other) for match, other in found]))
    told = zip(all_in_context(placed), others, strict=True)
    known = directed([(_changed(match, query, other), query, other) for match, other in told])
    return sorted(zip(known, others, strict=True), key=lambda pair: -pair[0].probability)


def best_matches(
    index: Index,
    fetch: Callable[[Sequence[int]], Sequence[Rendering]],
    query: Rendering,
    limit: int,
    asked_for: bool = False,
) -> list[tuple[Match, Rendering]]:
    """The `limit` likeliest passages of an index, compared word by word with `query`.

    Where somebody waits for the answer (`asked_for`), four times as many are looked at when
    none is likely, and each is believed as it stands beside the others; a match that is stored
    is one of a pair, whatever is stored besides.

    `fetch` gives the renderings of the index's keys. Passages of the query's own document
    are left out: a text is not its own source.
    """
    from provenance.matching import prepare, weighed

    asked = prepare(query.text, query.language, query.english)
    keys = [key for key, _ in index.search(asked, _WIDER * limit if asked_for else limit)]
    stored = fetch(keys[:limit])
    found = _held_against(query, stored)
    if len(keys) > limit and (not found or found[0][0].probability < _LIKELY):
        found = _held_against(query, [*stored, *fetch(keys[limit:])])[:limit]
    return weighed(query, found) if asked_for else found


def _held_against(query: Rendering, stored: Sequence[Rendering]) -> list[tuple[Match, Rendering]]:
    from provenance.matching import match_parts

    others = [r for r in stored if not query.document or r.document != query.document]
    by_key = {rendering.quote: rendering for rendering in others}
    return [(found, by_key[found.to_quote]) for found in match_parts(query, others)]


def chain_touched(store: Store, run: Run) -> None:
    """9. Regroup the quotes that new ones touch into statements, and infer their chains."""
    from provenance.tracing import group, infer

    touched = store.quotes_touched()
    renderings = {rendering.quote: rendering for rendering in store.renderings(touched)}
    decided = store.decided(touched)
    groups = group(store.matches_among(touched), tuple(renderings.values()), decided=decided)
    with store.atomic():
        for statement, members in zip(store.set_statements(groups, run), groups, strict=True):
            own = [renderings[quote] for quote in members]
            among = store.matches_among(members)
            found = infer(statement, own, among, store.reviews(statement))
            store.save_chain(statement, found, run)
        store.settle(touched)


# ---------------------------------------------------------------- on all cores

_AHEAD = 16  # items a process has waiting, so that it never idles and little is in flight

Item = TypeVar("Item")
Result = TypeVar("Result")


def cores() -> int:
    """How many processes work beside each other without getting in each other's way."""
    return os.cpu_count() or 1


def beside(
    store: Store,
    work: Callable[..., Result],
    items: Iterable[Item],
    more: tuple[Any, ...] = (),
    jobs: int = 0,
) -> Iterator[Result]:
    """``work(store, item, *more)`` for each of `items`, in order, in `jobs` processes.

    Each has the database open for reading. With one job everything happens here.
    """
    jobs, waiting = jobs or cores(), iter(items)
    if jobs < 2:
        yield from (work(store, item, *more) for item in waiting)
        return
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Spawned, not forked: a copy of an open SQLite connection must never be used.
    begin = (store.path, gc.get_threshold())
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _open_worker, begin)
    ahead: Queue[Future[Result] | None] = Queue(jobs * _AHEAD)

    def submit() -> None:
        """In a thread, so that an answer never waits for the next question."""
        try:
            for item in waiting:
                ahead.put(pool.submit(_work, work, item, more))
            ahead.put(None)
        except BaseException as error:
            failed: Future[Result] = Future()
            failed.set_exception(error)
            ahead.put(failed)

    try:
        Thread(target=submit, daemon=True).start()
        while (found := ahead.get()) is not None:
            yield found.result()
    except BrokenProcessPool:
        says = "a process was killed, perhaps for want of memory; go on with fewer (--jobs 1)"
        raise ProvenanceError(says) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_worker: list[Store] = []  # in a worker process: the database it reads


def _open_worker(path: str, often: tuple[int, int, int]) -> None:
    """Open the database; garbage is looked for as `often` as where the process was begun."""
    from provenance.store import open_store

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    gc.set_threshold(*often)
    _worker.append(open_store(path, create=False, read_only=True))


def _work(work: Callable[..., Result], item: Item, more: tuple[Any, ...]) -> Result:
    return work(_worker[0], item, *more)


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
