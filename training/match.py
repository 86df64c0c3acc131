"""Fit what matching weighs by: English synonyms, and the scoring model.

``python -m training.match synonyms`` writes ``provenance/translating/synonyms.tsv``: English
stems that foreign words render alike (Bannard and Callison-Burch 2005), through the tables
of ``provenance/translating``.

``python -m training.match fit`` fits and calibrates ``provenance/matching/model.json`` on
every relation in ``benchmarks/match.py``, and writes ``benchmarks/match_models.json``: what
each half of the items gives by itself, so that the other half can measure it.
``python -m training.match beside`` fits anew only how an answer is believed among others, and
leaves the weights of pairs, which chains are built by, as they are.
"""

from __future__ import annotations

import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.match import HALVES, Query, Stored, relations, sample
from provenance.matching import Prepared, _model, prepare
from provenance.matching._glance import glances
from provenance.matching._match import comparison
from provenance.matching._model import log_odds, logit
from provenance.matching._rivals import terms
from provenance.model import Rendering
from provenance.pipeline import best_matches
from training._synonyms import synonyms

_HERE = Path(__file__).resolve().parent.parent / "provenance" / "matching"
_QUERIES = 300  # a relation
# Wrong answers a query is fitted on, the most promising at a glance: ten are aligned in use.
_CANDIDATES = 40
_MORE = {"twohop": 500, "siblings": 700}  # the hardest kinds, of which there are more
# Clips a relation. With more, a part that is rendered in full becomes likelier than a free
# rendering of the whole; with fewer, a part is not believed.
_CLIPS = 12
_EXCERPTS = 120  # clips of the stored sentence itself, word for word
_CLIP = (5, 12)  # words of a clip, both included
# Inverse strength of the ridge penalty on standardised features. Ten times more finds no more,
# and believes a shared frame of common words ("if there is a verified …, we will send …").
_DECAY = 0.01
_FOLDS = 5
_ANSWERS = 50  # asked for; candidates beyond are looked at where none is likely
_STORES = (1, 10)  # one in so many of the distractors stored: a small store has few rivals
_ARTICLE = 20  # items
# What an answer is judged by among others (`_rivals.terms`), and products of two: a lead says
# more of an answer that is likely itself than of one that is not, and so on. Cross-fitted on both
# halves, without the products the loss is more; with all products of two and squares it is no less.
_BESIDE = (
    "odds",
    "lead",
    "crowd",
    "part",
    "length",
    "size",
    "odds lead",
    "odds crowd",
    "lead crowd",
    "odds length",
    "odds size",
    "lead size",
)
# What a query counts there, by the first word of its relation. Parts of sentences that are cut by
# rule are found too easily for what they look like: were they to count as much, whole sentences
# would be believed too much. Siblings are what the press does, two-hop queries what engines do:
# in like words the latter are the more often right, and siblings counting once are off by .039,
# two-hop ones by .020; twice, by .031 and .028.
_COUNTS = {"siblings": 2.0, "fragments": 0.3, "excerpts": 0.3, "clips": 0.3}
# What drift is about must not decide what is found: honest translations keep their numbers, so
# a model that weighs unmet ones would miss the very quotes whose numbers were changed.
_NOT_WEIGHED = frozenset({"numbers_unmet", "names_unmet"})
# Across languages what words left over mean is mostly what the tables did not know: with it two in
# a hundred fewer speeches come first, and no more of anything else.
_NOT_ACROSS = _NOT_WEIGHED | {"rest", "rest_later", "rest_earlier"}


def fit() -> None:
    """Fit one logistic model for pairs within a language and one across, then calibrate them."""
    with _gathered() as (found, stored):
        halves = [_among(part, stored, _pairs(part)) for part in _halves(found)]
        _write(_HERE / "model.json", {"models": _among(found, stored, _pairs(found))})
        _write(HALVES, {"halves": halves})


def beside() -> None:
    """Fit only how answers are believed among others, on the weights of pairs as they are."""
    fitted = json.loads(HALVES.read_text(encoding="utf-8"))["halves"]
    with _gathered() as (found, stored):
        known = zip(_halves(found), fitted, strict=True)
        halves = [_among(part, stored, pairs) for part, pairs in known]
        _write(_HERE / "model.json", {"models": _among(found, stored, _model.models())})
        _write(HALVES, {"halves": halves})


@contextmanager
def _gathered() -> Iterator[tuple[list[Rows], Stored]]:
    asked = {f"{name} {half}": queries for half in (0, 1) for name, queries in _asked(half).items()}
    with tempfile.TemporaryDirectory() as folder:
        stored = Stored(asked.values(), folder)
        found = [rows for name, queries in asked.items() for rows in gather(name, queries, stored)]
        yield found, stored


def _halves(found: Sequence[Rows]) -> list[list[Rows]]:
    return [[rows for rows in found if rows.query.item % 2 == half] for half in (0, 1)]


def _pairs(found: Sequence[Rows]) -> dict[str, Model]:
    return {kind: calibrated(_of(kind, found)) for kind in ("same", "cross")}


def _among(found: Sequence[Rows], stored: Stored, pairs: Mapping[str, Model]) -> dict[str, Model]:
    """The models of `pairs`, with what answers are judged by among others."""
    return {
        kind: {**model, "beside": believed(_of(kind, found), stored, kind, pairs)}
        for kind, model in pairs.items()
    }


def _of(kind: str, found: Sequence[Rows]) -> list[Rows]:
    return [rows for rows in found if rows.same == (kind == "same")]


def _write(path: Path, found: Mapping[str, Any]) -> None:
    text = {"command": "python -m training.match fit", **found}
    path.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


def _asked(half: int) -> dict[str, list[Query]]:
    """What is asked of one half of the items: every relation, and parts of texts."""
    asked = {
        name: sample(queries, half, _MORE.get(name, _QUERIES))
        for name, queries in relations().items()
    }
    verbatim = [replace(query, text=query.originals[0]) for query in _kin(asked)]
    asked |= {f"clips {name}": clips(queries[-_CLIPS:]) for name, queries in asked.items()}
    asked["clips of originals"] = clips(verbatim)
    asked["fragments"] = [shortened(query) for query in asked["siblings"][:150]]
    asked["excerpts"] = [excerpt(query) for query in asked["siblings"][150:300]]
    return asked


def _kin(asked: Mapping[str, list[Query]]) -> list[Query]:
    """Queries in the language of their originals."""
    return [query for name in _MORE for query in asked[name][:_EXCERPTS]]


def shortened(query: Query) -> Query:
    """The middle of a query: a fragment that was quoted from inside a sentence."""
    words = query.text.split()
    size = max(4, len(words) // 2)
    start = random.Random(query.item).randrange(max(1, len(words) - size + 1))
    return replace(query, text=" ".join(words[start : start + size]))


def excerpt(query: Query) -> Query:
    """A fragment of the stored sentence itself, word for word."""
    return shortened(replace(query, text=query.originals[0]))


def clips(queries: Sequence[Query]) -> list[Query]:
    """A few words out of the middle of each query that is long enough to have one."""
    return [replace(query, text=text) for query in queries if (text := clip(query))]


def clip(query: Query) -> str:
    """Five to twelve words of a text of twelve or more; of Chinese, as many characters twice."""
    chance = random.Random(query.item)
    pieces = list(query.text) if query.language == "zh" else query.text.split(" ")
    many = 2 if query.language == "zh" else 1
    size = many * chance.randint(*_CLIP)
    if len(pieces) < _CLIP[1] * many:
        return ""
    start = chance.randrange(max(1, len(pieces) - size + 1))
    return ("" if many == 2 else " ").join(pieces[start : start + size])


@dataclass(frozen=True)
class Rows:
    """The candidates of one query, compared with it, and which are right; `counts` is how much the
    query does where answers are calibrated."""

    query: Query
    counts: float
    candidates: list[Rendering]
    features: list[Mapping[str, float]]
    right: list[bool]

    @property
    def same(self) -> bool:
        """Whether query and candidates are in one language."""
        return self.query.language == "en"


def gather(name: str, queries: Sequence[Query], stored: Stored) -> list[Rows]:
    """Every query's candidates, the right ones added where the index missed them."""
    counts = next((counts for kind, counts in _COUNTS.items() if name.startswith(kind)), 1.0)
    return [rows for query in queries if (rows := _rows(query, counts, stored)).candidates]


def _rows(query: Query, counts: float, stored: Stored) -> Rows:
    right = stored.right(query)
    asked = prepare(query.text, query.language)
    found = stored.candidates(query)
    seen = glances(asked, [(one.text, "en") for one in found])
    ranked = sorted(zip(found, seen, strict=True), key=lambda pair: -sum(pair[1]))
    candidates = [one for one, _ in ranked[:_CANDIDATES]]
    missed = sorted(right - {one.quote for one in candidates})
    candidates += stored.renderings(missed)
    features = [comparison(asked, prepare(one.text, "en")).features for one in candidates]
    return Rows(query, counts, candidates, features, [one.quote in right for one in candidates])


Model = dict[str, Any]


def calibrated(found: Sequence[Rows]) -> Model:
    """A model of pairs, calibrated on held-out best answers, each query asked with its originals
    stored and with them removed."""
    held_out = [
        (one, [logit(model, features) for features in one.features])
        for k in range(_FOLDS)
        for model in [logistic([one for one in found if _fold(one) != k])]
        for one in found
        if _fold(one) == k
    ]
    best = [(one, odds, place) for one, odds in held_out for place in _best(one, odds)]
    calibration = platt(
        [(odds[place], one.features[place]["length"]) for one, odds, place in best],
        [one.right[place] for one, _, place in best],
    )
    return logistic(found) | {"calibration": calibration}


def _best(one: Rows, odds: Sequence[float]) -> Iterator[int]:
    """Places of the likeliest candidate, with the right ones and without."""
    places = range(len(odds))
    for kept in (places, [place for place in places if not one.right[place]]):
        if kept:
            yield max(kept, key=lambda place: odds[place])


def believed(
    found: Sequence[Rows], stored: Stored, kind: str, pairs: Mapping[str, Model]
) -> dict[str, float]:
    """What answers are judged by among others, see `_model.beside`: a ridge logistic regression on
    what `match` answers with a model of pairs that did not see the query."""
    seen = []
    for k in range(_FOLDS):
        unseen = logistic([one for one in found if _fold(one) != k])
        unseen["calibration"] = pairs[kind]["calibration"]
        models = {name: {**model, "beside": {}} for name, model in {**pairs, kind: unseen}.items()}
        with patch.object(_model, "models", lambda models=models: models):
            seen += [
                (known, right, one.counts)
                for one in found
                if _fold(one) == k
                for known, right in _answers(one.query, stored)
            ]
    return _judged(seen)


def _judged(seen: Sequence[tuple[Mapping[str, float], bool, float]]) -> dict[str, float]:
    """Weights of `_BESIDE` on best answers: what each is judged by, whether it is right, and what
    it counts."""
    known, right, counts = zip(*seen, strict=True)
    x = np.array([[_product(terms, names) for names in _BESIDE] for terms in known])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit((x - mean) / scale, right, sample_weight=counts)
    weights = model.coef_[0] / scale
    shift = float(model.intercept_[0] - (weights * mean).sum())
    named = zip(_BESIDE, weights.tolist(), strict=True)
    return {names: round(weight, 4) for names, weight in (*named, ("shift", shift))}


def _product(known: Mapping[str, float], names: str) -> float:
    return math.prod(known[name] for name in names.split())


def _answers(query: Query, stored: Stored) -> Iterator[tuple[dict[str, float], bool]]:
    """What the best answer is judged by, and whether it is right, with the right ones stored and
    without, in stores of two sizes."""
    right = stored.answering(query)
    asked = Rendering(0, 0, query.text, query.language)
    for size in _STORES:
        for kept in (right, frozenset[int]()):
            index = _Smaller(stored, size, right, kept)
            found = best_matches(index, stored.renderings, asked, _ANSWERS, asked_for=True)
            if found and "alone" in found[0][0].features:
                best = found[0][0]
                alone = replace(best, probability=best.features["alone"])
                rival = log_odds(alone.probability) - best.features["lead"]
                known = terms(asked, alone, rival, best.features["crowd"])
                yield known, best.to_quote in right


class _Smaller:
    """An index of all that relations ask for but the `right` ones that are not `kept`, and of one
    in `size` of the other sentences."""

    def __init__(self, stored: Stored, size: int, right: Set[int], kept: Set[int]) -> None:
        self._index, self._others, self._size = stored.index, stored.distractors, size
        self._right, self._gone = right, right - kept

    def add(self, key: int, prepared: Prepared) -> None:
        raise NotImplementedError

    def search(self, prepared: Prepared, limit: int = 50) -> list[tuple[int, float]]:
        found = self._index.search(prepared, limit + len(self._gone))
        return [(key, score) for key, score in found if self._holds(key)][:limit]

    def _holds(self, key: int) -> bool:
        asked_for = key >= self._others or key in self._right
        return key not in self._gone and (asked_for or key % self._size == 0)


def _fold(rows: Rows) -> int:
    """Neighbouring items come from one article and stay in one fold."""
    return rows.query.item // _ARTICLE % _FOLDS


def platt(rows: Sequence[tuple[float, float]], truths: Sequence[bool]) -> list[float]:
    """Slope, slope by length, shift and shift by length: see `_model.calibrated`."""
    odds, length = np.array(rows).T
    terms = np.stack([odds, odds * length, length], axis=1)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(terms, truths)
    slope, bent, shift = model.coef_[0].tolist()
    return [round(x, 4) for x in (slope, bent, float(model.intercept_[0]), shift)]


def logistic(found: Sequence[Rows]) -> Model:
    """A ridge logistic regression over every candidate, on standardised features."""
    left_out = _NOT_WEIGHED if found[0].same else _NOT_ACROSS
    names = [name for name in sorted(found[0].features[0]) if name not in left_out]
    x = np.array([[f[name] for name in names] for rows in found for f in rows.features])
    x = np.hstack([x, x * x[:, names.index("length")][:, None]])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=_DECAY, max_iter=2000)
    model.fit((x - mean) / scale, [right for rows in found for right in rows.right])
    weights = model.coef_[0] / scale
    plain, bent = np.split(weights.round(4), 2)
    return {
        "intercept": round(float(model.intercept_[0] - (weights * mean).sum()), 4),
        "coefficients": dict(zip(names, plain.tolist(), strict=True)),
        "by_length": dict(zip(names, bent.tolist(), strict=True)),
    }


if __name__ == "__main__":
    {"synonyms": synonyms, "fit": fit, "beside": beside}[sys.argv[1]]()
