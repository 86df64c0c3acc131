"""Fit what matching weighs by: English synonyms, and the scoring model.

``python -m training.match synonyms`` writes ``provenance/matching/synonyms.tsv``: English
stems that foreign words render alike (Bannard and Callison-Burch 2005), through the tables
of ``provenance/translating``.

``python -m training.match fit`` fits and calibrates ``provenance/matching/model.json`` on
one half of the items of every relation in ``benchmarks/match.py``.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks import lines
from benchmarks.match import Query, Stored, relations, sample
from provenance.languages.words import stems
from provenance.matching import prepare
from provenance.matching._match import features_of
from provenance.matching._model import logit
from provenance.matching._senses import stop_words
from provenance.translating import _tables

_HERE = Path(__file__).resolve().parent.parent / "provenance" / "matching"
_PAIRS = (
    150_000  # sentence pairs a language counted: the order of word frequencies is stable by then
)
_LEAST = 0.03  # probability of a synonym worth keeping
_KEPT = 6
_SEEN = 8  # an English stem translated fewer times than this has no reliable synonyms


def synonyms() -> None:
    """Pivot English stems through every language with a table and keep what they agree on."""
    summed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    languages = [code for code in _tables.languages() if code not in _SMALL]
    for language in languages:
        for stem, found in _pivoted(language).items():
            for other, chance in found.items():
                summed[stem][other] += chance / len(languages)
                votes[stem][other] += 1
    for stem, found in list(summed.items()):
        for other, chance in list(found.items()):  # alike is alike both ways
            summed[other][stem] = max(summed[other][stem], chance)
            votes[other][stem] = max(votes[other][stem], votes[stem][other])
    with (_HERE / "synonyms.tsv").open("w", encoding="utf-8") as out:
        out.write("# English stems and stems that translate alike, with probabilities; made by\n")
        out.write(f"# python -m training.match synonyms, through {' '.join(languages)}\n")
        for stem in sorted(summed):
            kept = [
                (other, chance)
                for other, chance in sorted(summed[stem].items(), key=lambda item: -item[1])
                if chance >= _LEAST and votes[stem][other] > 1
            ][:_KEPT]
            if kept:
                written = " ".join(f"{other}:{chance:.2f}" for other, chance in kept)
                out.write(f"{stem}\t{written}\n")


_SMALL = frozenset({"fa", "ar"})  # too few sentence pairs: their noise outweighs their news


def _pivoted(language: str) -> dict[str, dict[str, float]]:
    """p(other | stem) = sum over foreign words of p(foreign | stem) p(other | foreign)."""
    table = _tables.table(language)
    assert table is not None
    counts = _foreign_counts(language, table.place)
    english = {stem: i for i, stem in enumerate(table.english)}
    rows, columns, values = [], [], []
    for place in table.place.values():
        for stem, chance in table.senses(place):
            rows.append(place)
            columns.append(english[stem])
            values.append(chance)
    shape = (len(table.place), len(english))
    senses = sparse.csr_matrix((values, (rows, columns)), shape=shape)
    joint = sparse.diags(counts) @ senses
    mass = np.asarray(joint.sum(axis=0)).ravel()
    back = joint @ sparse.diags(1.0 / np.maximum(mass, 1e-9))
    pivot = (back.T @ senses).tocsr()
    return _readable(pivot, table.english, mass)


def _readable(
    pivot: sparse.csr_matrix, names: list[str], mass: np.ndarray
) -> dict[str, dict[str, float]]:
    stop = {stem for word in stop_words("en") for stem in stems(word, "en")}
    found: dict[str, dict[str, float]] = {}
    for i, stem in enumerate(names):
        if mass[i] < _SEEN or stem in stop or not stem.isalpha():
            continue
        row = pivot.getrow(i)
        found[stem] = {
            names[j]: float(p)
            for j, p in zip(row.indices, row.data, strict=True)
            if j != i and p >= _LEAST / 2 and names[j] not in stop and names[j].isalpha()
        }
    return found


def _foreign_counts(language: str, place: dict[str, int]) -> np.ndarray:
    counts = np.zeros(len(place))
    for number, line in enumerate(lines(f"parallel/{language}-en.tsv.xz")):
        if number >= _PAIRS:
            break
        for stem in stems(line.partition("\t")[0], language):
            if stem in place:
                counts[place[stem]] += 1
    return counts


# ---------------------------------------------------------------- the scoring model

_QUERIES = 300  # a relation
# Wrong answers a query is fitted on: a little more than are aligned in use (50).
_CANDIDATES = 60
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
# What drift is about must not decide what is found: honest translations keep their numbers, so
# a model that weighs unmet ones would miss the very quotes whose numbers were changed.
_NOT_WEIGHED = frozenset({"numbers_unmet", "names_unmet"})


def fit() -> None:
    """Fit one logistic model for pairs within a language and one across, then calibrate them."""
    asked = {
        name: sample(queries, 0, _MORE.get(name, _QUERIES)) for name, queries in relations().items()
    }
    verbatim = [replace(query, text=query.originals[0]) for query in _kin(asked)]
    asked |= {f"clips {name}": clips(queries[-_CLIPS:]) for name, queries in asked.items()}
    asked["clips of originals"] = clips(verbatim)
    asked["fragments"] = [shortened(query) for query in asked["siblings"][:150]]
    asked["excerpts"] = [excerpt(query) for query in asked["siblings"][150:300]]
    with tempfile.TemporaryDirectory() as folder:
        stored = Stored(asked, folder)
        gathered = {name: gather(queries, stored) for name, queries in asked.items()}
    found = [rows for name in gathered for rows in gathered[name]]
    models = {
        "same": calibrated([rows for rows in found if rows.same]),
        "cross": calibrated([rows for rows in found if not rows.same]),
    }
    text = {"command": "python -m training.match fit", "models": models}
    (_HERE / "model.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


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
    """The candidates of one query: features, and which are right; `same`: in one language."""

    same: bool
    features: list[Mapping[str, float]]
    right: list[bool]


def gather(queries: Sequence[Query], stored: Stored) -> list[Rows]:
    """Features of every query's candidates, the right ones added where the index missed them."""
    found = []
    for query in queries:
        right = stored.right(query)
        asked = prepare(query.text, query.language)
        candidates = stored.candidates(query)[:_CANDIDATES]
        missed = right - {one.quote for one in candidates}
        texts = [(one.text, one.quote in right) for one in candidates]
        texts += [(stored.texts[key], True) for key in sorted(missed)]
        features = [features_of(asked, prepare(text, "en")) for text, _ in texts]
        if features:
            found.append(Rows(query.language == "en", features, [yes for _, yes in texts]))
    return found


Model = dict[str, Any]


def calibrated(found: Sequence[Rows]) -> Model:
    """A model, calibrated on held-out best answers, each query asked with its originals
    stored and with them removed."""
    rows: list[tuple[float, float]] = []
    truths: list[bool] = []
    for k in range(_FOLDS):
        model = logistic([one for i, one in enumerate(found) if i % _FOLDS != k])
        for one in found[k::_FOLDS]:
            scored = [
                (logit(model, f), f["length"], right)
                for f, right in zip(one.features, one.right, strict=True)
            ]
            for kept in (scored, [row for row in scored if not row[2]]):
                if kept:
                    value, length, right = max(kept)
                    rows.append((value, length))
                    truths.append(right)
    return logistic(found) | {"calibration": platt(rows, truths)}


def platt(rows: Sequence[tuple[float, float]], truths: Sequence[bool]) -> list[float]:
    """Slope, slope by length, shift and shift by length: see `_model.calibrated`."""
    odds, length = np.array(rows).T
    terms = np.stack([odds, odds * length, length], axis=1)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(terms, truths)
    slope, bent, shift = model.coef_[0].tolist()
    return [round(x, 4) for x in (slope, bent, float(model.intercept_[0]), shift)]


def logistic(found: Sequence[Rows]) -> Model:
    """A ridge logistic regression over every candidate, on standardised features."""
    names = [name for name in sorted(found[0].features[0]) if name not in _NOT_WEIGHED]
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
    {"synonyms": synonyms, "fit": fit}[sys.argv[1]]()
