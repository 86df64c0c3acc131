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
from provenance.matching._model import logit, may_be_part
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

_QUERIES = 200  # a relation
_WEIGHT_DECAY = 0.01  # inverse strength of the ridge penalty on standardised features
_FOLDS = 5
# What drift is about must not decide what is found: honest translations keep their numbers, so
# a model that weighs unmet ones would miss the very quotes whose numbers were changed.
_NOT_WEIGHED = frozenset({"numbers_unmet", "names_unmet"})
_PARTS = ("fragments", "excerpts")
_PART_DECAY = 0.1
_PART_FEATURES = (
    "adjacent", "contained", "coverage_later", "density", "enclosed", "exact", "information",
    "local", "missing_later", "order", "rarest", "region_later", "run",
    "run_share",
)  # fmt: skip  # whole-text features would only say that a part is no whole


def fit() -> None:
    """Fit one logistic model for pairs within a language and one across, then calibrate them."""
    asked = {name: sample(queries, 0, _QUERIES) for name, queries in relations().items()}
    asked["fragments"] = [shortened(query) for query in asked["siblings"]]
    asked["excerpts"] = [excerpt(query) for query in asked["siblings"]]
    with tempfile.TemporaryDirectory() as folder:
        stored = Stored(asked, folder)
        gathered = {name: gather(queries, stored) for name, queries in asked.items()}
    kin = [rows for name, found in gathered.items() if " " not in name for rows in found]
    parts = [rows for name in _PARTS for rows in gathered[name]]
    cross = [rows for name, found in gathered.items() if " " in name for rows in found]
    same, part = calibrated(kin, parts)
    models = {"same": same, "part": part, "cross": calibrated(cross, ())[0]}
    text = {"command": "python -m training.match fit", "models": models}
    (_HERE / "model.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


def shortened(query: Query) -> Query:
    """The middle of a query: a fragment that was quoted from inside a sentence."""
    words = query.text.split()
    size = max(4, len(words) // 2)
    start = random.Random(query.item).randrange(max(1, len(words) - size + 1))
    text = " ".join(words[start : start + size])
    return Query(query.item, text, query.language, query.originals, query.alike)


def excerpt(query: Query) -> Query:
    """A fragment of the stored sentence itself, word for word."""
    return shortened(replace(query, text=query.originals[0]))


@dataclass(frozen=True)
class Rows:
    """The candidates of one query: features, and which are right."""

    features: list[Mapping[str, float]]
    right: list[bool]


def gather(queries: Sequence[Query], stored: Stored) -> list[Rows]:
    """Features of every query's candidates, the right ones added where the index missed them."""
    found = []
    for query in queries:
        right = stored.right(query)
        asked = prepare(query.text, query.language)
        candidates = stored.candidates(query)[:50]
        missed = right - {one.quote for one in candidates}
        texts = [(one.text, one.quote in right) for one in candidates]
        texts += [(stored.texts[key], True) for key in sorted(missed)]
        features = [features_of(asked, prepare(text, "en")) for text, _ in texts]
        found.append(Rows(features, [is_right for _, is_right in texts]))
    return found


Model = dict[str, Any]


def calibrated(found: Sequence[Rows], parts: Sequence[Rows]) -> tuple[Model, Model]:
    """Models of whole texts and of parts, calibrated together on held-out best answers."""
    logits, truths = [], []
    for k in range(_FOLDS):
        seen = [rows for i, rows in enumerate(found) if i % _FOLDS != k]
        models = _models(seen, [rows for i, rows in enumerate(parts) if i % _FOLDS != k])
        for rows in found[k::_FOLDS]:
            scored = [(_best(models, f), r) for f, r in zip(rows.features, rows.right, strict=True)]
            for allowed in (True, False):  # with its originals stored, and with them removed
                kept = [(value, right) for value, right in scored if allowed or not right]
                value, right = max(kept, default=(-30.0, False))
                logits.append(value)
                truths.append(right)
    platt = LogisticRegression(C=1e6).fit(np.array(logits)[:, None], truths)
    slope, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])
    whole, part = (_scaled(model, slope, shift) for model in _models(found, parts))
    return whole, part


def _models(found: Sequence[Rows], parts: Sequence[Rows]) -> tuple[Model, Model]:
    names = [name for name in sorted(found[0].features[0]) if name not in _NOT_WEIGHED]
    whole = _logistic(found, names, _WEIGHT_DECAY)
    return whole, _logistic(parts, _PART_FEATURES, _PART_DECAY) if parts else {}


def _best(models: tuple[Model, Model], features: Mapping[str, float]) -> float:
    whole, part = models
    if part and may_be_part(features):
        return max(logit(whole, features), logit(part, features))
    return logit(whole, features)


def _scaled(model: Model, slope: float, shift: float) -> Model:
    if not model:
        return {}
    coefficients = {name: round(slope * w, 4) for name, w in model["coefficients"].items()}
    intercept = round(slope * model["intercept"] + shift, 4)
    return {"intercept": intercept, "coefficients": coefficients}


def _logistic(found: Sequence[Rows], names: Sequence[str], decay: float) -> Model:
    """A ridge logistic regression over every candidate, on standardised features."""
    x = np.array([[f[name] for name in names] for rows in found for f in rows.features])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=decay, max_iter=2000)
    model.fit((x - mean) / scale, [right for rows in found for right in rows.right])
    weights = model.coef_[0] / scale
    return {
        "intercept": float(model.intercept_[0] - (weights * mean).sum()),
        "coefficients": dict(zip(names, weights.tolist(), strict=True)),
    }


if __name__ == "__main__":
    {"synonyms": synonyms, "fit": fit}[sys.argv[1]]()
