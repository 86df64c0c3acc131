"""What else could find the original: ``python -m benchmarks.match_peers [--queries N]``.

Each peer is given the stored texts once and then names the best key for a query. Three come with
the tool's own libraries (rapidfuzz, SQLite's FTS5); scikit-learn and datasketch are asked where
they are installed: ``pip install scikit-learn datasketch``. None of them gives a probability.

Alone it prints how often each names the original first, for the English queries of
`benchmarks.match`, the same ones among the same stored sentences. `benchmarks.match_scale` asks
the peers at other sizes.
"""

from __future__ import annotations

import argparse
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks.match import Texts, asked_of, relations

Best = Callable[[str], int | None]

_WORD = re.compile(r"\w+")
_FIRST = 50  # candidates compared in full
_BUDGET = 20_000  # postings read a query
_ALIKE = 75  # per cent of letters from which two words may stand for each other
_RELATIONS = ("twohop", "siblings", "knownlie")  # within English, where all of them can answer
_SLOW = 100  # queries a relation and half of what compares everything


def peers(texts: Sequence[str]) -> Iterator[tuple[str, Callable[[], Best]]]:
    """Each peer's name, and what builds it over `texts` and gives its way to ask."""
    yield "rapidfuzz token_set_ratio over all", lambda: _all(texts)
    yield "FTS5 + rapidfuzz", lambda: _fts(texts)
    yield "FTS5 with a budget + soft coverage", lambda: _budget(texts)
    yield "TF-IDF of character 4-grams", lambda: _tfidf(texts)
    yield "MinHash LSH + rapidfuzz", lambda: _minhash(texts)


def _all(texts: Sequence[str]) -> Best:
    def best(query: str) -> int | None:
        found = process.extractOne(query, texts, scorer=fuzz.token_set_ratio)
        return int(found[2]) if found else None

    return best


def _fts(texts: Sequence[str]) -> Best:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='porter unicode61')")
    connection.executemany(
        "INSERT INTO texts (rowid, text) VALUES (?, ?)", ((i, t) for i, t in enumerate(texts))
    )
    asking = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"

    def best(query: str) -> int | None:
        words = dict.fromkeys(_WORD.findall(query))
        asked = " OR ".join(f'"{word}"' for word in words)
        rows = connection.execute(asking, (asked, _FIRST)) if words else ()
        return _nearest(query, texts, [row[0] for row in rows])

    return best


def _budget(texts: Sequence[str]) -> Best:
    """The rarest words first until the budget of postings is spent; of what they find the one
    that shares most information, words that are spelled alike counting in part."""
    words = [frozenset(_WORD.findall(text.casefold())) for text in texts]
    counts = Counter(word for each in words for word in each)
    weight = lru_cache(None)(lambda word: math.log(len(texts) / max(1, counts[word])))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='unicode61')")
    rows = ((key, " ".join(each)) for key, each in enumerate(words))
    connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
    asking = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"

    def best(query: str) -> int | None:
        own = frozenset(_WORD.findall(query.casefold()))
        asked = " OR ".join(f'"{word}"' for word in _affordable(own, counts))
        keys = [row[0] for row in connection.execute(asking, (asked, _FIRST))] if asked else []
        rated = [(_covered(own, words[key], weight), -key) for key in keys]
        return -max(rated)[1] if rated else None

    return best


def _affordable(words: frozenset[str], counts: Mapping[str, int]) -> Iterator[str]:
    spent = 0
    for count, word in sorted((counts[word], word) for word in words if word in counts):
        if spent and spent + count > _BUDGET:
            return
        spent += count
        yield word


def _covered(one: frozenset[str], other: frozenset[str], weight: Callable[[str], float]) -> float:
    """Harmonic mean of the shares of information that two sets of words find in each other."""
    found, back = _share(one, other, weight), _share(other, one, weight)
    return 2 * found * back / (found + back) if found + back else 0.0


def _share(one: frozenset[str], other: frozenset[str], weight: Callable[[str], float]) -> float:
    total = met = 0.0
    for word in one:
        worth = weight(word)
        total += worth
        if word in other:
            met += worth
        else:
            near = process.extractOne(word, other, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            met += worth * near[1] / 100 if near else 0.0
    return met / total if total else 0.0


def _tfidf(texts: Sequence[str]) -> Best:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True, dtype=np.float32
    )
    turned = vectorizer.fit_transform(texts).T.tocsr()

    def best(query: str) -> int | None:
        row: Any = vectorizer.transform([query]) @ turned
        return int(row.indices[row.data.argmax()]) if row.nnz else None

    return best


def _minhash(texts: Sequence[str]) -> Best:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.3, num_perm=64)

    def sketch(text: str) -> MinHash:
        made = MinHash(num_perm=64)
        made.update_batch([word.encode() for word in set(_WORD.findall(text.casefold()))])
        return made

    with lsh.insertion_session() as session:
        for key, text in enumerate(texts):
            session.insert(key, sketch(text))

    def best(query: str) -> int | None:
        return _nearest(query, texts, lsh.query(sketch(query)))

    return best


def _nearest(query: str, texts: Sequence[str], keys: Sequence[int]) -> int | None:
    rated = [(fuzz.token_set_ratio(query, texts[key]), -key) for key in keys]
    return -max(rated)[1] if rated else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=300, help="queries a relation and half")
    parser.add_argument("--without", nargs="*", default=[], help="peers left out, by first word")
    told = parser.parse_args()
    size = told.queries
    every = relations()
    halves = [asked_of(every, half, size) for half in (0, 1)]
    stored = Texts(queries for asked in halves for queries in asked.values())
    for name, build in peers(stored.texts):
        if name.split()[0] in told.without:
            continue
        try:
            best = build()
        except ImportError as error:
            print(f"{name:36} not measured: {error}")
            continue
        most = _SLOW if "over all" in name else size
        for relation in _RELATIONS:
            queries = [query for asked in halves for query in asked[relation][:most]]
            first = [best(query.text) in stored.answering(query) for query in queries]
            print(f"{name:36} {relation:9} recall@1 {sum(first) / len(first):.3f}", flush=True)


if __name__ == "__main__":
    main()
