"""Chains in a large database: ``python -m benchmarks.chains_scale [QUOTES]``, else a million.

English sentences, each a few times with some words changed, become quotes of documents of
twenty, each document of one of a thousand outlets; all stand alone. Then a hundred articles of
`moldova_press` are added as a user would, quotes of the database are traced by id, and words
that are not stored by what they say. Times are the processor's, the median of several.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from zlib import crc32

from benchmarks import lines
from benchmarks.chains_relay import noise
from provenance import pipeline, questions
from provenance.model import Document, LanguageGuess, Origin, Quote
from provenance.store import Run, Store, open_store

_EACH = 20  # quotes a document
_TOGETHER = 200  # documents a transaction
_ASKED = 15
_GUESS = LanguageGuess("en", 0.98, (("en", 0.98),), "Latn")
_ORIGIN = Origin("unknown", "und", (), 0.5, ())


def sayings(count: int) -> Iterator[str]:
    """`count` sentences of 8 to 30 words: real ones, and then variants of them."""
    told = [line.partition("\t")[2] for line in lines("corpus/english_sentences.tsv.xz")]
    told = [one for one in told if 8 <= len(one.split()) <= 30]
    words = [word for one in told[:20_000] for word in one.split()]
    chance = random.Random(7)
    yield from told[:count]
    for number in range(max(0, count - len(told))):
        said = told[number % len(told)].split()
        for place in chance.sample(range(len(said)), len(said) // 2):
            said[place] = chance.choice(words)
        yield " ".join(said)


def fill(store: Store, count: int) -> None:
    """Store `count` sayings in bulk, each a statement of its own."""
    ahead = sayings(count)
    with store.run("scale", {}) as run:
        while some := list(islice(ahead, _EACH * _TOGETHER)):
            with store.atomic():
                keys = [key for said in _documents(some) for key in _stored(store, run, said)]
            with store.atomic():
                store.set_statements([[key] for key in keys], run)
                store.settle(keys)


def _documents(some: list[str]) -> Iterator[list[str]]:
    return (some[place : place + _EACH] for place in range(0, len(some), _EACH))


def _stored(store: Store, run: Run, said: list[str]) -> tuple[int, ...]:
    text, quotes = "", []
    for one in said:
        quotes.append(Quote(len(text), len(text) + len(one), one, "direct", language="en"))
        text += f"{one}\n"
    outlet = f"Gazette {crc32(said[0].encode()) % 1000}"
    document = Document(said[0][:60], text, "en", outlet=outlet)
    return store.add(document, _GUESS, quotes, _ORIGIN, (), run=run).quotes


def _timed(what: str, ask: Callable[[int], object], count: int = _ASKED) -> None:
    """One line: the median and the worst of `count` answers."""
    taken = []
    for number in range(count):
        start = time.process_time()
        ask(number)
        taken.append(time.process_time() - start)
    print(f"{what:44} {statistics.median(taken):7.3f} s   worst {max(taken):7.3f} s", flush=True)


def main() -> None:
    """Build, add, ask, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.db"
        start = time.process_time()
        with open_store(path) as store:
            fill(store, count)
            took = time.process_time() - start
            size = path.stat().st_size / 1e6
            print(f"{count:,} quotes stored in {took:.0f} s, {size:,.0f} MB", flush=True)
            new = _added(store)
        with open_store(path, create=False, read_only=True) as store:
            _ask(store, count, new)


def _added(store: Store) -> list[int]:
    """Add the articles; the keys of their quotes. What comes after the last is chaining."""
    start = matched = time.process_time()
    keys = []
    for item in pipeline.add(store, noise(100, set())):
        keys.append(item.key)
        matched = time.process_time()
    ended = time.process_time()
    print(f"{'100 articles read, stored and matched':44} {matched - start:7.3f} s")
    print(f"{'then the chains they touch inferred anew':44} {ended - matched:7.3f} s", flush=True)
    return [quote for key in keys for quote in store.quotes_of(key)]


def _ask(store: Store, count: int, new: list[int]) -> None:
    chance = random.Random(1)
    _timed("trace of a quote by id", lambda _: questions.trace(store, chance.choice(new)))
    asked = [chance.randrange(1, count) for _ in range(_ASKED)]
    texts = [store.rendering(key).text for key in asked]
    words = [" ".join(text.split()[1:-1]) for text in texts]
    _timed("trace of words that are not stored", lambda n: questions.trace(store, words[n]))
    outlets = sorted(name for name in store.outlet_names() if name.startswith("Gazette"))
    _timed("an outlet's sources", lambda n: questions.sources(store, outlets[n % len(outlets)]))


if __name__ == "__main__":
    main()
