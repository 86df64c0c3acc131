"""How matching grows: ``python -m benchmarks.match_scale [--sizes 10000 100000 1000000]``.

At each size: sentences added a second, the file, the time to open it and answer once, memory,
queries with scoring a second and how often the original comes first, then the same of each
peer. The sentences are the English corpus and the English sides of the parallel texts.
Times are processor times of one core, but where the clock is named.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks import lines
from benchmarks.match import Query, plain, relations, sample
from benchmarks.match_peers import peers
from provenance.matching import compare, prepare
from provenance.model import Rendering
from provenance.pipeline import best_matches, cores
from provenance.store.index import SqliteIndex

_PAIRS = ("es", "fr", "de", "ru", "pl", "it", "tr", "uk", "zh", "ar", "fa")
_CANDIDATES = 50
_SAME = 0.9  # probability from which another stored sentence is taken for the same one
_SLOW = 20  # queries of a peer that reads everything


def corpus(without: Iterable[str]) -> Iterator[str]:
    """English sentences, each once, those of the corpus first, none of `without`."""
    seen = {hash(plain(text)) for text in without}
    for text in _texts():
        key = hash(plain(text))
        if key not in seen:
            seen.add(key)
            yield text


def _texts() -> Iterator[str]:
    for line in lines("corpus/english_sentences.tsv.xz"):
        yield line.partition("\t")[2]
    for code in _PAIRS:
        for line in lines(f"parallel/{code}-en.tsv.xz"):
            yield line.split("\t")[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--without", nargs="*", default=[], help="peers left out, by first word")
    asked = parser.parse_args()
    found = relations()
    queries = [q for n in ("twohop", "siblings") for q in sample(found[n], 1, asked.queries // 2)]
    own = list(dict.fromkeys(q.originals[0] for q in queries))
    for size in asked.sizes:
        texts = [*own, *islice(corpus(own), size - len(own))]
        key = {text: place for place, text in enumerate(texts)}
        random.Random(7).shuffle(queries)
        print(f"\n{len(texts):,} sentences, {len(queries)} queries", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            _ours(texts, key, queries, str(Path(folder) / "scale.db"))
        for name, build in peers(texts):
            if name.split()[0] not in asked.without:
                some = queries[:_SLOW] if "over all" in name else queries
                try:
                    _peer(name, build, some, key)
                except ImportError as error:
                    print(f"{name:36} not measured: {error}")


def _ours(texts: Sequence[str], key: dict[str, int], queries: Sequence[Query], path: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE texts (key INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    connection.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(texts))
    connection.commit()
    before = Path(path).stat().st_size
    index = SqliteIndex(connection, "sentences")
    index.create()
    start, clock = _spent(), time.perf_counter()
    index.add_many(((place, prepare(text, "en")) for place, text in enumerate(texts)), cores())
    connection.commit()
    rate, seen = len(texts) / (_spent() - start), len(texts) / (time.perf_counter() - clock)
    size = (Path(path).stat().st_size - before) / 1e6
    start = time.process_time()
    more = len(texts)
    index.add_many((more + i, prepare(text, "en")) for i, text in enumerate(texts[:1000]))
    adding = time.process_time() - start
    connection.rollback()
    connection.close()
    opening, memory = _fresh(path, queries[0].text)
    start = time.process_time()
    found = list(map(_Asker(path), queries))
    spent = time.process_time() - start
    together = len(queries) / _beside(path, queries)
    wrong = [
        (texts[best], q.originals[0])
        for best, q in zip(found, queries, strict=True)
        if best is not None and best != key[q.originals[0]] and best < len(texts)
    ]
    right = sum(best == key[q.originals[0]] for best, q in zip(found, queries, strict=True))
    again = sum(letters(top) == letters(original) for top, original in wrong)
    alike = sum(_one(top, original) for top, original in wrong)
    print(
        f"{'provenance':36} {rate:,.0f} added/s of a core, {seen:,.0f} by the clock on all, "
        f"{size:.0f} MB, 1,000 more in {adding:.2f} s, "
        f"first answer in {opening:.2f} s, {memory:.0f} MB of memory, "
        f"{len(queries) / spent:.0f} queries/s, {together:.0f} by the clock on all cores, "
        f"recall@1 {right / len(queries):.3f}",
        flush=True,
    )
    print(
        f"{'':36} of {len(wrong)} others that came first, {again} are the original letter for "
        f"letter but for case and points, {alike} render it by their likeness to it; with these "
        f"{(right + alike) / len(queries):.3f}",
        flush=True,
    )


def _spent() -> float:
    """Seconds of processor time of this process and of those it began that have ended."""
    return sum(os.times()[:4])


def letters(text: str) -> str:
    """`text` without case, spaces and punctuation."""
    return "".join(filter(str.isalnum, text.casefold()))


def _one(text: str, original: str) -> bool:
    """Whether a stored sentence renders the original that another was asked for by."""
    sure = compare(Rendering(0, 0, text, "en"), Rendering(0, 0, original, "en")).probability
    return letters(text) == letters(original) or sure >= _SAME


class _Asker:
    """Best stored sentence for a query, with a connection of its own."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path)
        self._index = SqliteIndex(self._connection, "sentences")

    def __call__(self, query: Query) -> int | None:
        asked = Rendering(0, 0, query.text, query.language)
        found = best_matches(self._index, self._stored, asked, _CANDIDATES, asked_for=True)
        return found[0][0].to_quote if found else None

    def _stored(self, keys: Sequence[int]) -> list[Rendering]:
        marks = ",".join("?" * len(keys))
        sql = f"SELECT key, text FROM texts WHERE key IN ({marks})"
        texts = dict(self._connection.execute(sql, keys))
        return [Rendering(one, 0, texts[one], "en") for one in keys]


_ASKER: list[_Asker] = []


def _open(path: str) -> None:
    _ASKER.append(_Asker(path))


def _ask(query: Query) -> int | None:
    return _ASKER[0](query)


def _beside(path: str, queries: Sequence[Query]) -> float:
    """Seconds by the clock for all queries in as many processes as there are cores, each of
    which has answered another before, and knows no other word."""
    with ProcessPoolExecutor(cores(), get_context("spawn"), _open, (path,)) as pool:
        warm = [replace(queries[0], text="Nobody has said this yet.")] * (8 * cores())
        list(pool.map(_ask, warm))
        start = time.perf_counter()
        list(pool.map(_ask, queries))
        return time.perf_counter() - start


_FRESH = r"""
import re, sys, time
from pathlib import Path
start = time.process_time()
from benchmarks.match_scale import Query, _Asker
_Asker(sys.argv[1])(Query(0, sys.argv[2], "en", ()))
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
print(time.process_time() - start, int(peak[1]) / 1e3 if peak else 0)
"""


def _fresh(path: str, text: str) -> tuple[float, float]:
    """Seconds until a new process has answered once, imports included, and its memory in MB."""
    command = [sys.executable, "-c", _FRESH, path, text]
    seconds, memory = subprocess.check_output(command, text=True).split()
    return float(seconds), float(memory)


def _peer(name: str, build: object, queries: Sequence[Query], key: dict[str, int]) -> None:
    assert callable(build)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    best = build()
    built = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    start = time.process_time()
    right = sum(best(query.text) == key[query.originals[0]] for query in queries)
    spent = (time.process_time() - start) / len(queries)
    print(
        f"{name:36} built in {built:.0f} s, {grown:.0f} MB more at its peak, "
        f"{1 / spent:.0f} queries/s ({spent * 1000:.1f} ms), "
        f"recall@1 {right / len(queries):.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
