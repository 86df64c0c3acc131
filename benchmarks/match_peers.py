"""What else could find the original: the peers `benchmarks.match` measures in the same run.

Each is given the stored texts once and then names the best key for a query. Two come with the
tool's own libraries (rapidfuzz, SQLite's FTS5); scikit-learn and datasketch are asked where
they are installed: ``pip install scikit-learn datasketch``. None of them gives a probability.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

Best = Callable[[str], int | None]

_WORD = re.compile(r"\w+")
_FIRST = 50  # candidates compared in full


def peers(texts: Sequence[str]) -> Iterator[tuple[str, Callable[[], Best]]]:
    """Each peer's name, and what builds it over `texts` and gives its way to ask."""
    yield "rapidfuzz token_set_ratio over all", lambda: _all(texts)
    yield "FTS5 + rapidfuzz", lambda: _fts(texts)
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
