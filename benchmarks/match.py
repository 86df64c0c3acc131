"""Find the original among 100,000 sentences: ``python -m benchmarks.match [--queries N]``.

For each relation (two translations, sibling translations, fact-checkers' wording, speeches
across languages) it prints how often the original comes first and among the first fifty,
how well "no original here" is told from "here it is" (each query asked once with its
originals stored and once with them removed), how far the probabilities are off, and the
cost of a query. Each half of the items is measured with a model that only the other half fitted
(`benchmarks/match_models.json`); what ships is fitted on both in the same way.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import lines, records
from provenance.languages.sentences import sentences
from provenance.matching import Prepared, _model, prepare
from provenance.model import Rendering
from provenance.pipeline import best_matches, cores
from provenance.reading._mojibake import mend
from provenance.store.index import SqliteIndex

# Recall@1 of peers: within English on the same queries (`benchmarks.match_peers`), across languages
# as shared/README.md gives it.
PEERS = {
    "twohop": "MinHash .58 · FTS5 + rapidfuzz .81 · TF-IDF 4-grams .86 · FTS5 with a budget .90",
    "siblings": "MinHash .82 · FTS5 + rapidfuzz .89 · TF-IDF 4-grams .91 · FTS5 with a budget .94",
    "knownlie": "MinHash .68 · FTS5 + rapidfuzz .70 · TF-IDF 4-grams .82 · FTS5 with a budget .83",
    "zelenskyy uk": "no peer",
    "flores ru": "Model 1 prototype .92",
    "flores uk": "Model 1 prototype .86",
    "flores de": "Model 1 prototype .80",
    "flores fr": "Model 1 prototype .83",
    "flores zh": "Model 1 prototype .87",
    "crowd": "one of four renderings of what a fifth says",
    "crowd ru uk": "one of four renderings of what the original says",
}
HALVES = Path(__file__).with_name("match_models.json")
"""The models that either half of the items gives by itself."""

DISTRACTORS = 100_000
CANDIDATES = 100  # looked at where the model is fitted
_FIRST = 50  # answers asked for
_CROWD = 4  # translations of one sentence that are stored


@dataclass(frozen=True)
class Query:
    """A text to trace, and the stored sentences that are right answers."""

    item: int  # what it comes from: items are halved between fitting and measuring
    text: str
    language: str
    originals: tuple[str, ...]
    alike: tuple[str, ...] = ()  # not stored on purpose, but right where a distractor is one


def relations() -> dict[str, list[Query]]:
    """Every relation's queries, in the order of the files."""
    found = {"twohop": list(_twohop()), "siblings": list(_siblings())}
    found["knownlie"] = list(_knownlie())
    found["zelenskyy uk"] = [
        Query(i, d["uk"], "uk", (d["en"],))
        for i, d in enumerate(records("eval/match/zelenskyy_uk_en.jsonl.xz"))
    ]
    for code in ("ru", "uk", "de", "fr", "zh"):
        found[f"flores {code}"] = [
            Query(i, d["src"], code, (d["ref"],))
            for i, d in enumerate(records(f"eval/translate/flores_dev.{code}-en.jsonl.xz"))
            if d.get("ref")
        ]
    return found


def _twohop() -> Iterator[Query]:
    for i, item in enumerate(records("eval/match/twohop_en_zh_en.jsonl")):
        for text in dict.fromkeys(item["hop2"].values()):
            yield Query(i, text, "en", (item["original"],))


def _siblings() -> Iterator[Query]:
    """One translation asks, the others are stored."""
    for i, item in enumerate(records("eval/match/siblings_ru_uk_en.jsonl.xz")):
        texts = list(dict.fromkeys(item["translations"].values()))
        if len(texts) > 1:
            first = random.Random(i).randrange(len(texts))
            others = tuple(texts[:first] + texts[first + 1 :])
            yield Query(i, texts[first], "en", others[:1], tuple(texts))


def crowds(taken: Iterable[Query]) -> dict[str, list[Query]]:
    """What is stored in four translations, asked for by a fifth and by what they translate; of
    items that no query of `taken` is from, since they are stored once."""
    items = {query.item for query in taken}
    found: dict[str, list[Query]] = {"crowd": [], "crowd ru uk": []}
    for i, item in enumerate(records("eval/match/siblings_ru_uk_en.jsonl.xz")):
        texts = tuple(dict.fromkeys(item["translations"].values()))
        texts = tuple(random.Random(i).sample(texts, len(texts)))
        if len(texts) > _CROWD and i not in items:
            stored, asked = texts[:_CROWD], item["original_lang"]
            found["crowd"].append(Query(i, texts[_CROWD], "en", stored, texts))
            found["crowd ru uk"].append(Query(i, item["original"], asked, stored, texts))
    return found


def _knownlie() -> Iterator[Query]:
    """A fact-checker's claim asks; right is any sentence of the debate it was paired with. One in
    twelve was misread somewhere ("there‚Äôs"): put right, as `add` does, or a copy of the very
    sentence among the distractors passes for another."""
    claims: dict[str, list[str]] = {}
    for item in records("eval/match/knownlie_pairs.jsonl.xz"):
        if item["same_event"]:
            claims.setdefault(mend(item["claim"]).text, []).append(mend(item["original"]).text)
    for i, (claim, originals) in enumerate(claims.items()):
        yield Query(i, claim, "en", tuple(originals))


def sample(queries: Sequence[Query], half: int, size: int) -> list[Query]:
    """At most `size` queries of one half of the items, the same ones every time."""
    mine = [query for query in queries if query.item % 2 == half]
    return random.Random(7).sample(mine, min(size, len(mine)))


def plain(text: str) -> str:
    """`text` without differences of white space and quotation marks: one sentence, one key."""
    return " ".join(re.sub("[\"'“”‘’«»]", "", text).replace("–", "-").split())


class Texts:
    """Distractors and the originals of what is asked, each text once; its place is its key."""

    def __init__(self, asked: Iterable[Sequence[Query]]) -> None:
        texts = [line.partition("\t")[2] for line in lines("corpus/english_sentences.tsv.xz")]
        self.texts = list({plain(text): text for text in texts[:DISTRACTORS]}.values())
        self.distractors = len(self.texts)
        self.key = {plain(text): key for key, text in enumerate(self.texts)}
        for query in (query for queries in asked for query in queries):
            for text in query.originals:
                if plain(text) not in self.key:
                    self.key[plain(text)] = len(self.texts)
                    self.texts.append(text)

    def right(self, query: Query) -> set[int]:
        """Keys of the sentences that answer `query`."""
        texts = (*query.originals, *query.alike)
        return {self.key[plain(text)] for text in texts if plain(text) in self.key}

    def answering(self, query: Query) -> set[int]:
        """As `right`, with stored sentences that stand word for word in an original passage:
        the speeches are stored by the passage, and the distractors hold sentences of them."""
        spans = ((text, span) for text in query.originals for span in sentences(text, "en"))
        found = (self.key.get(plain(text[span.start : span.end])) for text, span in spans)
        return self.right(query) | {key for key in found if key is not None}


class Stored(Texts):
    """The same in a database with its index."""

    def __init__(self, asked: Iterable[Sequence[Query]], folder: str) -> None:
        super().__init__(asked)
        self.connection = sqlite3.connect(Path(folder) / "match.db")
        self.index = SqliteIndex(self.connection, "sentences")
        self.index.create()
        start = time.perf_counter()
        items = ((key, prepare(text, "en")) for key, text in enumerate(self.texts))
        self.index.add_many(items, jobs=cores())
        self.connection.commit()
        self.seconds = time.perf_counter() - start

    def candidates(self, query: Query) -> list[Rendering]:
        """Candidate sentences, best first."""
        found = self.index.search(prepare(query.text, query.language), CANDIDATES)
        return list(self.renderings([key for key, _ in found]))

    def renderings(self, keys: Sequence[int]) -> Sequence[Rendering]:
        """The sentences of `keys`."""
        return [Rendering(key, 0, self.texts[key], "en") for key in keys]


@dataclass(frozen=True)
class Answer:
    """What one query got: rank of the first right answer, and the best one's probability."""

    rank: int | None
    best: float


class _Without:
    """An index that has lost some keys."""

    def __init__(self, index: SqliteIndex, gone: set[int]) -> None:
        self._index = index
        self._gone = gone

    def add(self, key: int, prepared: Prepared) -> None:
        raise NotImplementedError

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        found = self._index.search(prepared, limit + len(self._gone))
        return [(key, score) for key, score in found if key not in self._gone][:limit]


def answer(query: Query, stored: Stored, without: bool = False) -> Answer:
    """What `match` answers; `without` the originals, when they are taken for removed."""
    right = stored.answering(query)
    index = _Without(stored.index, right) if without else stored.index
    asked = Rendering(0, 0, query.text, query.language)
    found = best_matches(index, stored.renderings, asked, _FIRST, asked_for=True)
    ranks = [place for place, (one, _) in enumerate(found) if one.to_quote in right]
    return Answer(ranks[0] if ranks else None, found[0][0].probability if found else 0.0)


def auroc(present: Sequence[float], absent: Sequence[float]) -> float:
    """Chance that a present original scores above an absent one."""
    pairs = sorted([(value, 1) for value in present] + [(value, 0) for value in absent])
    ranks: dict[float, list[int]] = {}
    for place, (value, _) in enumerate(pairs, 1):
        ranks.setdefault(value, []).append(place)
    total = sum(sum(ranks[value]) / len(ranks[value]) for value in present)
    n, m = len(present), len(absent)
    return (total - n * (n + 1) / 2) / (n * m) if n and m else float("nan")


def calibration_error(sure: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error in equal-width bins."""
    total = 0.0
    for b in range(bins):
        inside = [i for i, p in enumerate(sure) if b / bins <= p < (b + 1) / bins + (b == bins - 1)]
        if inside:
            said = sum(sure[i] for i in inside) / len(inside)
            true = sum(right[i] for i in inside) / len(inside)
            total += len(inside) * abs(said - true)
    return total / len(sure) if sure else float("nan")


@dataclass(frozen=True)
class Asked:
    """What the queries of one relation got with their originals stored, how sure the best answer
    was without them, and the seconds of processor time it took to ask with them."""

    answers: list[Answer]
    without: list[float]
    spent: float


def ask(queries: Sequence[Query], stored: Stored) -> Asked:
    """Each query, once with its originals stored and once with them removed."""
    start = time.process_time()
    answers = [answer(query, stored) for query in queries]
    spent = time.process_time() - start
    return Asked(answers, [answer(q, stored, without=True).best for q in queries], spent)


def figures(parts: Sequence[Asked]) -> dict[str, float]:
    """The figures of one relation, all parts of it together."""
    answers = [one for part in parts for one in part.answers]
    without = [one for part in parts for one in part.without]
    n = len(answers)
    limit = sorted(without, reverse=True)[int(0.05 * n)] if n else 1.0
    first = [a.rank == 0 for a in answers]
    sure = [a.best for a in answers]
    return {
        "n": n,
        "recall@1": sum(first) / n,
        "recall@50": sum(a.rank is not None for a in answers) / n,
        "auroc": auroc(sure, without),
        "at 5% false": sum(a.rank == 0 and a.best > limit for a in answers) / n,
        "ece": calibration_error([*sure, *without], [*first, *[False] * n]),
        "q/s": n / sum(part.spent for part in parts),
    }


def weighed_by(half: int) -> AbstractContextManager[Any]:
    """While open, pairs are weighed by the model that one half of the items gave."""
    from unittest.mock import patch

    fitted = json.loads(HALVES.read_text(encoding="utf-8"))["halves"][half]
    return patch.object(_model, "models", lambda: fitted)


def asked_of(every: dict[str, list[Query]], half: int, size: int) -> dict[str, list[Query]]:
    """The queries of one half of the items, at most `size` a relation."""
    asked = {name: sample(queries, half, size) for name, queries in every.items()}
    several = crowds(asked["siblings"])
    return asked | {name: sample(queries, half, size // 2) for name, queries in several.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=300, help="queries a relation and half")
    size = parser.parse_args().queries
    every = relations()
    halves = [asked_of(every, half, size) for half in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        stored = Stored((queries for asked in halves for queries in asked.values()), folder)
        megabytes = (Path(folder) / "match.db").stat().st_size / 1e6
        rate = len(stored.texts) / stored.seconds
        print(f"{len(stored.texts)} sentences, {rate:.0f} added a second, {megabytes:.0f} MB")
        for name, peers in PEERS.items():
            parts = []
            for half in (0, 1):
                with weighed_by(1 - half):
                    parts.append(ask(halves[half][name], stored))
            told = "  ".join(f"{key} {value:.3g}" for key, value in figures(parts).items())
            print(f"{name:13} {told}\n              {peers}", flush=True)


if __name__ == "__main__":
    main()
