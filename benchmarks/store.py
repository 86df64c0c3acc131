"""How fast the database takes and gives: ``python -m benchmarks.store [DOCUMENTS]``.

Invented small documents, each committed on its own, on one core; needs no evaluation data.
Time is the processor's, so that a busy machine does not blur it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from provenance.model import (
    Chain,
    Document,
    Ending,
    Hop,
    LanguageGuess,
    Node,
    Origin,
    Quote,
    Relay,
    Speaker,
)
from provenance.store import Run, Store, open_store

_GUESS = LanguageGuess("en", 0.98, (("en", 0.98),), "Latn")
_ORIGIN = Origin("unknown", "und", (), 0.5, ())
_OPENING, _MIDDLE = "Minister Ada Example told the paper: “", "We may send "


def _article(number: int, quoting: bool) -> tuple[Document, tuple[Quote, ...]]:
    said = f"{_MIDDLE}{number} trucks of item {number * 7919 % 10007} to the valley if asked."
    text = f"{_OPENING}{said}” " + f"The paper says so in its issue {number}. " * 6
    speaker = Speaker(9, 20, "Ada Example", "Ada Example", "person")
    relay = Relay("The paper", "outlet", "the paper", "told", 26, 35)
    start = len(_OPENING)
    quote = Quote(start, start + len(said), said, "direct", speaker, chain=(relay,))
    document = Document(str(number), text, "en", f"Issue {number}", "The Sample Gazette")
    return document, (quote,) if quoting else ()


@contextmanager
def _timed(what: str, count: int) -> Iterator[None]:
    start = time.process_time()
    yield
    each = (time.process_time() - start) / count
    print(f"{what:<58} {1 / each:>9,.0f} a second  {each * 1000:>8.2f} ms each")


def _adding(store: Store, run: Run, count: int, quoting: bool) -> None:
    for number in range(count):
        document, quotes = _article(number + quoting * count, quoting)
        store.add(document, _GUESS, quotes, _ORIGIN, (), run=run)


def _chaining(store: Store, run: Run, statements: tuple[int, ...]) -> None:
    for statement in statements:
        keys = store.members(statement)
        nodes = tuple(Node(f"q{key}", "stored", key, outlet=f"Outlet {key}") for key in keys)
        pairs = zip(nodes[1:], nodes, strict=False)
        hops = tuple(Hop(a.id, b.id, "citing", "match", 0.9) for a, b in pairs)
        end = Ending(nodes[0].id, "earliest", "The earliest known.")
        store.save_chain(statement, Chain(statement, nodes, hops, (end,)), run)


def _repeated(what: str, times: int, ask: Callable[[], object]) -> None:
    with _timed(what, times):
        for _ in range(times):
            ask()


def main(count: int = 10_000) -> None:
    """Print the figures for `count` documents without a quote and as many with one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        with open_store(path) as store, store.run("benchmark", {}) as run:
            with _timed("add a document (target 2,000 a second)", count):
                _adding(store, run, count, quoting=False)
            with _timed("add a document with a quote, indexed", count):
                _adding(store, run, count, quoting=True)
            groups = [range(key, key + 4) for key in range(1, count - 3, 4)]
            with _timed("group four quotes into a statement", len(groups)):
                statements = store.set_statements(groups, run)
            with _timed("save the chain of a statement of four", len(groups)):
                _chaining(store, run, statements)
            _asking(store, path, count)
        print(f"{path.stat().st_size / count / 2:,.0f} bytes a document")


def _asking(store: Store, path: Path, count: int) -> None:
    fifty = range(1, min(51, count + 1))
    document, _ = _article(5, quoting=False)
    way = "SELECT * FROM chains WHERE quote = 4"
    _repeated("know an unchanged document", 1_000, lambda: store.known(document))
    _repeated("give 50 renderings", 100, lambda: store.renderings(fifty))
    _repeated("give a chain", 1_000, lambda: store.chain(1))
    _repeated("search for a word in every document", 10, lambda: store.search("valley"))
    _repeated("search for a rare word", 100, lambda: store.search("item 7919"))
    with closing(sqlite3.connect(path)) as other:
        _repeated("read the way back in the view", 1_000, lambda: other.execute(way).fetchall())
    _repeated("say the status", 10, store.status)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
