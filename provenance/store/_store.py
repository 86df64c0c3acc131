"""The store: one class whose methods name everything the rest of the program asks of it."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from provenance.errors import StoreError
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
)
from provenance.store import (
    _candidates,
    _chains,
    _documents,
    _matches,
    _outlets,
    _quotes,
    _reviews,
    _searching,
    _statements,
    _status,
    _translations,
)
from provenance.store._connection import Connection, explained
from provenance.store._documents import Summary
from provenance.store._opening import attach, connect
from provenance.store._outlets import Names
from provenance.store._outlets import Stored as Outlet
from provenance.store._packing import pack
from provenance.store._reviews import Record
from provenance.store._searching import Found
from provenance.store._statements import Statement
from provenance.store._status import Status
from provenance.store.index import SqliteIndex

if TYPE_CHECKING:
    from provenance.tracing.reviews import Review


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document: its key, whether it is new, and its quotes' keys."""

    key: int
    status: Literal["new", "unchanged"]
    quotes: tuple[int, ...]


class Run:
    """One use of the program: what derived rows name as their maker.

    It becomes a row with the first thing it stores, so that a run that finds nothing new
    leaves the database as it was.
    """

    def __init__(self, connection: Connection, command: str, models: Mapping[str, Any]) -> None:
        self._connection = connection
        self._started = _now()
        self._row = (command, self._started, pack(_versions()), pack(models))
        self._key = 0
        connection.forget.append(self._forget)

    @property
    def key(self) -> int:
        """The row's key; the row is made when this is first asked for."""
        if not self._key:
            self._key = self._connection.write(
                """INSERT INTO runs (command, started, versions, models, outcome)
                VALUES (?, ?, ?, ?, 'running')""",
                self._row,
            )
        return self._key

    def finish(self, outcome: Literal["done", "stopped"]) -> None:
        """Note the end of the run, if it stored anything."""
        self._connection.forget.remove(self._forget)
        if self._key:
            self._connection.write(
                "UPDATE runs SET finished = ?, outcome = ? WHERE id = ?",
                (_now(), outcome, self._key),
            )

    def _forget(self) -> None:
        """After a transaction was undone: the row may have gone with it."""
        asked = (self._key, self._started)
        if not self._connection.value("SELECT 1 FROM runs WHERE id = ? AND started = ?", asked):
            self._key = 0


def open_store(path: str | Path, *, create: bool = True, read_only: bool = False) -> Store:
    """The database at `path`, to be used in a ``with`` block.

    A missing file is made when `create`, its folder too. Raises `StoreError` with one clear
    line when the path is missing, a folder, not a database, not one of ours, of a newer
    version, locked by another program, or not writable.
    """
    return Store(connect(path, create=create, read_only=read_only))


def attached(connection: sqlite3.Connection, name: str) -> Store:
    """The database that `connection` is open to, for reading; whoever opened it closes it.

    Raises `StoreError` when it is not one of ours, or of another version.
    """
    return Store(attach(connection, name))


class Store:
    """An open database. Keys are row ids; all methods raise `StoreError` and nothing else.

    Single writes are transactions of their own; `atomic` joins several into one.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = Names(connection)
        self._unindexed: list[int] = []  # quotes of the open transaction
        self._waiting = 0  # sentences stored but not yet indexed
        connection.complete.append(self._index_quotes)
        connection.forget.append(self._unindexed.clear)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close, and say in one line what SQLite said of what is read past the connection."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise explained(error, self.path) from error

    def close(self) -> None:
        """Close the file. What was written stays written."""
        self._connection.close()

    @property
    def path(self) -> str:
        """The database file, as it was named when it was opened."""
        return self._connection.name

    def atomic(self) -> AbstractContextManager[None]:
        """A block whose writes all happen or none does."""
        return self._connection.atomic()

    @contextmanager
    def run(self, command: str, models: Mapping[str, Any]) -> Iterator[Run]:
        """A use of the program, with the `models` it works with, by name."""
        run = Run(self._connection, command, models)
        outcome: Literal["done", "stopped"] = "stopped"
        try:
            yield run
            outcome = "done"
        finally:
            if self._connection.is_open:
                self._index_sentences()
                run.finish(outcome)

    # ---------------------------------------------------------------- documents and quotes

    def known(self, document: Document) -> Stored | None:
        """What `add` would call unchanged: the stored document that is this one."""
        key = _documents.known(self._connection, document)
        return None if key is None else Stored(key, "unchanged", self.quotes_of(key))

    def add(
        self,
        document: Document,
        language: LanguageGuess,
        quotes: Sequence[Quote],
        origin: Origin,
        sentences: Sequence[Span],
        *,
        run: Run,
    ) -> Stored:
        """Store a document with everything read from it, and index it, or nothing at all.

        The same words under the same URL, outlet, date, title and id are the same document
        and change nothing; other words under a known URL are a new version of it. Quotes
        can be found when the transaction ends, through their English too where `remember`
        knows it by then.
        """
        with self.atomic():
            known = self.known(document)
            if known is not None:
                return known
            key = _documents.insert(self._names, document, language, origin, run.key)
            own = document.language or language.language
            keys = tuple(_quotes.insert(self._names, key, own, one, run.key) for one in quotes)
            self._unindexed += keys
            _documents.insert_sentences(self._connection, key, sentences, own)
        self._waiting += len(sentences)
        if self._waiting >= _candidates.BATCH:
            self._index_sentences()
        return Stored(key, "new", keys)

    def find_document(self, asked: str) -> int | None:
        """The newest document with this URL, id, path or SHA-256."""
        return _documents.find(self._connection, asked)

    def document(self, key: int) -> Document:
        """The document as it was read, bytes included."""
        return _documents.document(self._connection, key)

    @property
    def document_ids(self) -> Mapping[int, str]:
        """The callers' own ids of documents, by key."""
        return _documents.Identifiers(self._connection)

    def documents(self) -> Iterator[Summary]:
        """Every document, in the order they came, without its text."""
        return _documents.summaries(self._connection)

    def origin(self, document: int) -> Origin:
        """Where the document's text was judged to come from."""
        return _documents.origin(self._connection, document)

    def quotes(self, document: int) -> tuple[Quote, ...]:
        """A document's quotes, in the order they were found, each with its language."""
        return _quotes.quotes_of(self._connection, document)

    def quotes_of(self, document: int) -> tuple[int, ...]:
        """Keys of a document's quotes, in the order they were found."""
        return _quotes.keys_of(self._connection, document)

    def rendering(self, quote: int) -> Rendering:
        """One stored quote as matching and tracing look at it."""
        return self.renderings([quote])[0]

    def renderings(self, quotes: Sequence[int]) -> tuple[Rendering, ...]:
        """Stored quotes as matching and tracing look at them, in the order asked.

        Raises `StoreError` when one is not there.
        """
        return self._ordered("quote", quotes, _quotes.renderings(self._connection, quotes))

    def in_place(self, found: Sequence[Rendering]) -> tuple[Rendering, ...]:
        """Stored renderings with what stands around them in their documents; others as they
        are."""
        return _quotes.in_place(self._connection, found)

    def renderings_of(self, document: int) -> tuple[Rendering, ...]:
        """A document's quotes as renderings, in the order they were found."""
        return self.renderings(self.quotes_of(document))

    def documents_of(self, quotes: Sequence[int]) -> dict[int, int]:
        """The document each of `quotes` stands in, by quote."""
        return _quotes.documents(self._connection, quotes)

    def sentence_renderings(self, keys: Sequence[int]) -> tuple[Rendering, ...]:
        """Stored sentences as renderings, in the order asked; `quote` is the sentence's key."""
        found = _quotes.sentence_renderings(self._connection, keys)
        return self._ordered("sentence", keys, found)

    def _ordered(
        self, what: str, keys: Sequence[int], found: Mapping[int, Rendering]
    ) -> tuple[Rendering, ...]:
        for key in keys:
            if key not in found:
                raise StoreError(f"no {what} {key} in {self._connection.name}")
        return tuple(found[key] for key in keys)

    def search(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """Quotes, then documents, that hold all words of `text`; at most `limit`."""
        return _searching.search(self._connection, text, limit)

    # ---------------------------------------------------------------- candidates

    @cached_property
    def index(self) -> SqliteIndex:
        """Where candidates for a match are found among quotes, by their keys; those of an
        open transaction once it ends."""
        return SqliteIndex(self._connection.raw, "quote_index")

    @cached_property
    def sentence_index(self) -> SqliteIndex:
        """Where candidates for a match are found among all sentences, by their keys; those
        of documents added since are found once their run ends."""
        return SqliteIndex(self._connection.raw, "sentence_index")

    def _index_quotes(self) -> None:
        """Last in a transaction, so that translations remembered in it are indexed too."""
        if self._unindexed:
            _candidates.index_quotes(self._connection, self.index, self._unindexed)
            self._unindexed.clear()

    def _index_sentences(self) -> None:
        self._waiting = 0
        _candidates.index_sentences(self._connection, self.sentence_index)

    # ---------------------------------------------------------------- translations

    def recall(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        *,
        translator: str,
        package: str,
        parameters: Sequence[str],
    ) -> list[Translation | None]:
        """What this engine is remembered to have made of each of `texts` with its parameters."""
        engine = (source, target, translator, package)
        return _translations.recall(self._connection, texts, parameters, engine)

    def translation(self, text: str, source: str, target: str) -> Translation | None:
        """The most trusted remembered translation of `text`, None when there is none."""
        return _translations.best(self._connection, text, source, target)

    def remember(self, translations: Iterable[Translation], run: Run) -> None:
        """Keep `translations` for `recall` and for renderings."""
        with self.atomic():
            _translations.remember(self._connection, translations, run.key)

    # ---------------------------------------------------------------- matches and statements

    def save_matches(self, matches: Iterable[Match], run: Run) -> None:
        """Keep `matches` between stored quotes; saving them again changes nothing."""
        with self.atomic():
            _matches.save(self._connection, matches, run.key)

    def begin_relating(self, run: Run) -> tuple[int, ...]:
        """The quotes still to be compared anew with everything stored: those an unfinished
        run left, else all there are now."""
        with self.atomic():
            return _matches.begin_relating(self._connection, run.key)

    def renew_index(self, jobs: int = 1) -> None:
        """Index all quotes anew, in `jobs` processes, where another version indexed them."""
        _candidates.renew_quotes(self._connection, self.index, jobs)

    def relate_anew(self, quotes: Sequence[int], matches: Iterable[Match], run: Run) -> None:
        """Keep the matches found of `quotes`, which are then done; with the last of those
        `begin_relating` gave go all older matches that were not found again."""
        with self.atomic():
            _matches.save(self._connection, matches, run.key)
            _matches.related(self._connection, quotes)

    def matches_among(self, quotes: Sequence[int]) -> tuple[Match, ...]:
        """Stored matches with both ends in `quotes`."""
        return _matches.among(self._connection, quotes)

    def matches_of(self, quote: int) -> tuple[Match, ...]:
        """Stored matches of one quote, in either direction, the most probable first."""
        return _matches.of(self._connection, quote)

    def quotes_touched(self) -> tuple[int, ...]:
        """The quotes whose chains are to be inferred anew: those stored or reviewed since
        they last were (by a killed run too), and all that hang together with them through
        matches. `settle` them when done."""
        return _matches.concerned(self._connection, _chains.unsettled(self._connection))

    def settle(self, quotes: Sequence[int]) -> None:
        """Note that nothing is left to infer about `quotes`."""
        _chains.settle(self._connection, quotes)

    def statement_of(self, quote: int) -> int | None:
        """The statement a quote renders, None when it stands alone."""
        return _statements.of(self._connection, quote)

    def statements(self) -> tuple[int, ...]:
        """Every statement, the oldest number first."""
        return _statements.numbers(self._connection)

    def statement_list(self, least: int = 1) -> Iterator[Statement]:
        """Statements that at least `least` quotes render, the most repeated first."""
        return _statements.summaries(self._connection, least)

    def members(self, statement: int) -> tuple[int, ...]:
        """The quotes that render a statement."""
        return _statements.members(self._connection, statement)

    def set_statements(self, groups: Sequence[Sequence[int]], run: Run) -> tuple[int, ...]:
        """Make each of `groups` of quotes one statement; their numbers, in that order.

        A statement keeps its number while it grows, merges or splits. The groups together
        must cover whole statements, as `quotes_touched` gives them.
        """
        with self.atomic():
            return _statements.regroup(self._connection, groups, run.key) if groups else ()

    # ---------------------------------------------------------------- chains and reviews

    def save_chain(self, statement: int, chain: Chain, run: Run) -> None:
        """Put `chain` in the place of whatever was known of how `statement` travelled."""
        with self.atomic():
            _chains.save(self._connection, statement, chain, run.key)

    def chain(self, statement: int) -> Chain:
        """The chain of a statement as it was saved; without nodes when none was."""
        return _chains.load(self._connection, statement)

    def add_review(self, quote: int, review: Review) -> int:
        """Append a decision about a hop of the statement `quote` renders; its key."""
        with self.atomic():
            return _reviews.add(self._connection, quote, review)

    def undo_review(self, key: int, by: str, note: str = "", at: str = "") -> int:
        """Append a record that takes decision `key` back, now or `at` a time; its key."""
        with self.atomic():
            return _reviews.undo(self._connection, key, by, at or _now(), note)

    def decided(self, quotes: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Pairs among `quotes` of which somebody decided that one came from the other."""
        return _reviews.decided(self._connection, quotes)

    def review_record(self) -> tuple[Record, ...]:
        """Every decision ever made, and every taking back, oldest first."""
        return _reviews.record(self._connection)

    def reviews(self, statement: int) -> tuple[Review, ...]:
        """The decisions about a statement that nobody took back, oldest first."""
        return tuple(self.reviews_by_key(statement).values())

    def reviews_by_key(self, statement: int) -> dict[int, Review]:
        """The same with their keys, for `undo_review`."""
        return dict(_reviews.in_force(self._connection, statement))

    # ---------------------------------------------------------------- outlets

    def outlet(self, name: str) -> Outlet | None:
        """The outlet called `name`, in any script or spelling, and the statements it has to
        do with; None where no document is its, and none names it."""
        return _outlets.stored(self._connection, name)

    def outlet_names(self) -> tuple[str, ...]:
        """Every outlet that is stored or named, by its usual name."""
        return _outlets.names(self._connection)

    # ---------------------------------------------------------------- the whole

    def status(self) -> Status:
        """What the database holds."""
        return _status.status(self._connection)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _versions() -> dict[str, str]:
    from importlib import metadata

    try:
        own = metadata.version("provenance-tracker")
    except metadata.PackageNotFoundError:  # a checkout that is not installed
        own = "checkout"
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    return {"provenance": own, "python": python, "sqlite": sqlite}
