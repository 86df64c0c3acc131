"""How fast the pages are: ``python -m benchmarks.explore [QUOTES]``, a million unless said.

An invented database, its rows written directly in bulk: every statement is a handful of
renderings, one has 200 in five languages. Each page is asked of the real Datasette, in this
process; time is the processor's. The first answer, which loads the tables of the languages,
is told apart.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from provenance.store import open_store

_LONG = 200  # renderings of the statement whose chain is asked for
_SHORT = 5  # of any other
_OUTLETS = 500
_BATCH = 20_000
_LANGUAGES = ("en", "ru", "uk", "de", "fr")
_SAID = {
    "en": "We may send {} trucks of item {} to the valley if the council asks for them.",
    "ru": "Мы можем отправить {} грузовиков с товаром {} в долину, если об этом попросит совет.",
    "uk": "Ми можемо відправити {} вантажівок з товаром {} у долину, якщо про це попросить рада.",
    "de": "Wir könnten {} Lastwagen mit Ware {} in das Tal schicken, wenn der Rat es wünscht.",
    "fr": "Nous pourrions envoyer {} camions d’article {} dans la vallée si le conseil le demande.",
}
_DRIFT = (
    '[{"kind": "number", "severity": "serious", "from_text": "9", "to_text": "8", '
    '"says": "“8” became “9”.", "from_span": null, "to_span": null, "certain": true}]'
)
_EVIDENCE = (
    '[{"kind": "cited", "says": "it names it as its source", "weight": 3.5, "text": "", '
    '"start": null, "end": null}, {"kind": "earlier", "says": "it was published earlier", '
    '"weight": 0.9, "text": "", "start": null, "end": null}]'
)


def _statements(quotes: int) -> Iterator[tuple[int, range]]:
    """Statement and its quotes: the long one first."""
    first = 1
    number = 1
    while first <= quotes:
        size = _LONG if number == 1 else _SHORT
        yield number, range(first, min(first + size, quotes + 1))
        first, number = first + size, number + 1


def _quote(key: int) -> tuple[str, str, str]:
    """Language, words and article of a quote."""
    language = _LANGUAGES[key % len(_LANGUAGES)]
    said = _SAID[language].format(key % 97, key * 7919 % 10007)
    return language, said, f"Ada Example: “{said}” The paper says so in its issue {key}."


def _documents(quotes: int) -> Iterator[tuple[Any, ...]]:
    for key in range(1, quotes + 1):
        language, _, text = _quote(key)
        moment = f"2026-{1 + key % 12:02}-{1 + key % 28:02}T{key % 24:02}:00:00+00:00"
        yield key, f"Issue {key}", 1 + key % _OUTLETS, moment, language, text, f"f{key}"


def _quotes(quotes: int) -> Iterator[tuple[Any, ...]]:
    start = len("Ada Example: “")
    for key in range(1, quotes + 1):
        language, said, _ = _quote(key)
        yield key, key, start, start + len(said), said, language, f"h{key}"


def _nodes(quotes: int) -> Iterator[tuple[Any, ...]]:
    for statement, keys in _statements(quotes):
        for key in keys:
            language, said, _ = _quote(key)
            outlet = f"Outlet {1 + key % _OUTLETS}"
            moment = f"2026-03-{1 + key % 28:02}T12:00:00+00:00"
            yield key, outlet, statement, f"q{key}", key, key, outlet, language, moment, said


def _hops(quotes: int) -> Iterator[tuple[Any, ...]]:
    """Each from one of the two before the middle of those before it: a tree, not a line."""
    for statement, keys in _statements(quotes):
        for place, key in enumerate(keys[1:], 1):
            source = keys[(place - 1) // 2]
            changed = key % 11 == 0
            drift = ("number", "serious", _DRIFT) if changed else ("", "", "[]")
            yield statement, key, source, *drift, _EVIDENCE


_DOCUMENT = """INSERT INTO documents (id, title, outlet, published, language, text, fingerprint,
    language_confidence, origin, origin_probability, source_language, via, origin_evidence, url,
    author, outlet_as_written, identifier, meta, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, .9, 'unknown', .5, 'und', '[]', '[]', '', '', '', '', '{}', 1)"""
_QUOTE = """INSERT INTO quotes (id, document, start, "end", text, language, text_hash, type,
    confidence, spans, evidence, run) VALUES (?, ?, ?, ?, ?, ?, ?, 'direct', .9, '[]', '[]', 1)"""
_NODE = """INSERT INTO nodes (id, label, statement, node, quote, document, outlet, language,
    published, text, kind, speaker, url, listed, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'stored', 'Ada Example', '', 1, 1)"""
_HOP = """INSERT INTO hops (statement, from_node, to_node, drift_kinds, severity, drift, evidence,
    chosen, relation, basis, probability, margin, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1, 'translates', 'match', .9, 2.0, 1)"""
_STATEMENT = """INSERT INTO statements (id, label, speaker, language, first_known, first_quote,
    quotes, run) VALUES (?, ?, 'Ada Example', 'en', '2026-01-01', ?, ?, 1)"""
_END = """INSERT INTO ends (statement, node, reason, says, run)
    VALUES (?, ?, 'earliest', 'Earliest known.', 1)"""
_FTS = "INSERT INTO quotes_fts (rowid, text, folded) VALUES (?, ?, '')"


def build(path: Path, quotes: int) -> None:
    """Write a database of `quotes` quotes at `path`, without reading or inferring anything."""
    with open_store(path) as store, store.run("benchmark", {}) as run:
        assert run.key == 1
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("BEGIN")
        raw.executemany(
            "INSERT INTO outlets (id, name, key, known, run) VALUES (?, ?, ?, 0, 1)",
            ((one, f"Outlet {one}", f"name:outlet {one}") for one in range(1, _OUTLETS + 1)),
        )
        for sql, rows in (
            (_DOCUMENT, _documents(quotes)),
            (_QUOTE, _quotes(quotes)),
            (_FTS, ((key, _quote(key)[1]) for key in range(1, quotes + 1))),
            (
                _STATEMENT,
                ((n, _quote(k[0])[1][:120], k[0], len(k)) for n, k in _statements(quotes)),
            ),
            (
                "INSERT INTO statement_quotes (quote, statement) VALUES (?, ?)",
                ((key, number) for number, keys in _statements(quotes) for key in keys),
            ),
            (_NODE, _nodes(quotes)),
            (_HOP, _hops(quotes)),
            (_END, ((number, keys[0]) for number, keys in _statements(quotes))),
        ):
            while batch := list(islice(rows, _BATCH)):
                raw.executemany(sql, batch)
        raw.execute("COMMIT")


def main(quotes: int = 1_000_000) -> None:
    """Print what each page costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        start = time.process_time()
        build(path, quotes)
        size = path.stat().st_size / 1e6
        print(f"{quotes:,} quotes written in {time.process_time() - start:.0f} s, {size:,.0f} MB")
        asyncio.run(_asked(path))


async def _asked(path: Path) -> None:
    from provenance.explore import application

    served = application(path)
    pages = {
        f"chain page of {_LONG} nodes (target 300 ms)": "-/chain/1",
        f"row page of a quote in a chain of {_LONG}": "quotes/7",
        f"timeline of {_LONG}": "-/timeline/1",
        f"chain page of {_SHORT} nodes": "-/chain/9",
        "quote in context": "-/quote/999",
        "comparison": "-/compare/7/3",
        "outlet": "-/outlet/7",
        "statements": "-/statements",
        "search": "-/statements?q=item+7919",
        "altered quotes": "altered_quotes?severity=serious",
        "furthest from the origin": "furthest",
        "quotes without a known source": "unsupported?outlet=Outlet+7",
        "circular reporting": "circular",
    }
    for what, page in pages.items():
        first, *others = [await _cost(served, page) for _ in range(6)]
        print(f"{what:<50} {min(others):>8.0f} ms, the first {first:>6.0f} ms")


async def _cost(served: Any, page: str) -> float:
    """Processor time of one answer in milliseconds, all threads together."""
    start = time.process_time()
    answer = await served.client.get(f"/provenance/{page}")
    assert answer.status_code == 200, page
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
