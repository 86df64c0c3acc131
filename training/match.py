"""Fit what matching weighs by: English synonyms, and the scoring model.

``python -m training.match synonyms`` writes ``provenance/translating/synonyms.tsv``: English
stems that foreign words render alike (Bannard and Callison-Burch 2005), through the tables
of ``provenance/translating``.

``python -m training.match fit`` fits and calibrates ``provenance/matching/model.json`` on
every relation in ``benchmarks/match.py``, and writes ``benchmarks/match_models.json``: what
each half of the items gives by itself, so that the other half can measure it.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks import lines
from benchmarks.match import HALVES, Query, Stored, relations, sample
from provenance.languages.words import stems
from provenance.matching import prepare
from provenance.matching._align import reach
from provenance.matching._features import span
from provenance.matching._match import comparison
from provenance.matching._model import calibrated as _calibrated
from provenance.matching._model import logit
from provenance.matching._prepare import gist
from provenance.matching._rivals import LEAD, Scored, lead
from provenance.matching._senses import stop_words
from provenance.model import Rendering, Span
from provenance.translating import _tables

_HERE = Path(__file__).resolve().parent.parent / "provenance" / "matching"
_PAIRS = (
    150_000  # sentence pairs a language counted: the order of word frequencies is stable by then
)
# Chance overlap of translations from which two stems stand for each other more often than by
# accident: among words that equivalent sentences do not share, pairs from here are 5 times, from
# .1 on 11 times as frequent as among words of sentences that only share a subject.
_LEAST = 0.02
_KEPT = 12
_SEEN = 4  # an English stem translated fewer times than this has no reliable translations
_KNOWN = 5  # sentences of 200,000 with a stem: rarer ones are words of dictionaries, not of news
_VOTES = 2  # languages that must agree
_DENYING = frozenset({"un", "in", "im", "ir", "il", "dis", "non", "ab"})
_SURE = 200  # translations counted from which a language's word is believed fully
_DOUBT = 0.5  # languages' worth of disagreement every pair begins with


def synonyms() -> None:
    """Pivot English stems through every language with a table and keep what they agree on."""
    tables = [table for code in _tables.languages() if (table := _tables.table(code))]
    names = sorted({stem for table in tables for stem in table.english})
    stop = {stem for word in stop_words("en") for stem in stems(word, "en")}
    names = [stem for stem in names if _pivots(stem) and stem not in stop]
    place = {stem: i for i, stem in enumerate(names)}
    alike, votes, belief = _summed(place)
    with (_HERE.parent / "translating" / "synonyms.tsv").open("w", encoding="utf-8") as out:
        out.write("# English stems and stems that translate alike, with how much of their\n")
        out.write("# translations they share, square root; made by python -m training.match\n")
        out.write(f"# synonyms, through {' '.join(_tables.languages())}\n")
        for i, stem in enumerate(names):
            row, agreed = alike.getrow(i), votes.getrow(i)
            counted = dict(zip(agreed.indices.tolist(), agreed.data.tolist(), strict=True))
            trust = belief[:, row.indices].T @ belief[:, i] + _DOUBT
            rated = sorted(zip((-row.data / trust).tolist(), row.indices.tolist(), strict=True))
            kept = [
                f"{names[j]}:{(-share) ** 0.5:.2f}"
                for share, j in rated
                if -share >= _LEAST
                and counted.get(j, 0) >= _VOTES
                and not _one_word(stem, names[j])
            ][:_KEPT]
            if kept:
                out.write(f"{stem}\t{' '.join(kept)}\n")


def _one_word(one: str, other: str) -> bool:
    """Whether two stems are one, or one denies the other: *able*, *unable*."""
    short, long = sorted((one, other), key=len)
    return short == long or long.removesuffix(short) in _DENYING


def _pivots(stem: str) -> bool:
    return stem.isalpha() and _tables.counts()[0].get(stem, 0) >= _KNOWN


def _summed(place: Mapping[str, int]) -> tuple[sparse.csr_matrix, sparse.csr_matrix, np.ndarray]:
    """Shared translations of every two stems summed over languages, how many languages know
    of them, and how far each language is believed about each stem (languages x stems)."""
    shape = (len(place), len(place))
    alike, votes = sparse.csr_matrix(shape), sparse.csr_matrix(shape)
    beliefs = []
    for language in _tables.languages():
        overlap, mass = _overlap(language, place)
        trust = np.where(mass >= _SEEN, np.minimum(1, np.log1p(mass) / np.log(_SURE)), 0)
        alike = alike + sparse.diags(trust) @ overlap @ sparse.diags(trust)
        votes = votes + (overlap > _LEAST)
        beliefs.append(trust)
    return alike.tocsr(), votes.tocsr(), np.array(beliefs)


def _overlap(language: str, place: Mapping[str, int]) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The share of their translations that every two stems have in common, as the overlap of
    two distributions (Bhattacharyya 1943): sum over foreign words of sqrt(p(f | one) p(f |
    other)); and how often each stem was translated."""
    table = _tables.table(language)
    assert table is not None
    counts = _foreign_counts(language, table.place)
    rows, columns, values = [], [], []
    for head in table.place.values():
        for stem, chance in table.senses(head):
            if stem in place:
                rows.append(head)
                columns.append(place[stem])
                values.append(chance * counts[head])
    shape = (len(table.place), len(place))
    joint = sparse.csr_matrix((values, (rows, columns)), shape=shape)
    mass = np.asarray(joint.sum(axis=0)).ravel()
    chances = joint @ sparse.diags(np.where(mass >= _SEEN, 1 / np.maximum(mass, 1e-9), 0))
    roots = chances.sqrt()
    roots.data[roots.data < _RARELY] = 0
    roots.eliminate_zeros()
    return (roots.T @ roots).tocsr(), mass


_RARELY = 0.1  # square root of the chance of a translation that is no slip of the alignment


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
_STORES = (1, 10)  # one in so many of the distractors stored: a small store has few rivals
_ARTICLE = 20  # items
# What drift is about must not decide what is found: honest translations keep their numbers, so
# a model that weighs unmet ones would miss the very quotes whose numbers were changed.
_NOT_WEIGHED = frozenset({"numbers_unmet", "names_unmet"})
# Across languages what words left over mean is mostly what the tables did not know: with it two in
# a hundred fewer speeches come first, and no more of anything else.
_NOT_ACROSS = _NOT_WEIGHED | {"rest", "rest_later", "rest_earlier"}


def fit() -> None:
    """Fit one logistic model for pairs within a language and one across, then calibrate them."""
    asked = {f"{name} {half}": queries for half in (0, 1) for name, queries in _asked(half).items()}
    with tempfile.TemporaryDirectory() as folder:
        stored = Stored(asked.values(), folder)
        found = [rows for queries in asked.values() for rows in gather(queries, stored)]
    halves = [_models([rows for rows in found if rows.item % 2 == half]) for half in (0, 1)]
    _write(_HERE / "model.json", {"models": _models(found)})
    _write(HALVES, {"halves": halves})


def _models(found: Sequence[Rows]) -> dict[str, Model]:
    return {
        "same": calibrated([rows for rows in found if rows.same]),
        "cross": calibrated([rows for rows in found if not rows.same]),
    }


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
    """The candidates of one query, compared with it, and which are right; those not `always`
    there stand for themselves and a hundred others like them. `same`: in one language."""

    item: int
    same: bool
    candidates: list[Rendering]
    features: list[Mapping[str, float]]
    spans: list[Span | None]
    right: list[bool]
    always: list[bool]


def gather(queries: Sequence[Query], stored: Stored) -> list[Rows]:
    """Every query's candidates, the right ones added where the index missed them."""
    found = []
    for query in queries:
        right = stored.right(query)
        asked = prepare(query.text, query.language)
        candidates = sorted(
            stored.candidates(query),
            key=lambda one: -sum(reach(asked, gist(one.text, "en"))),
        )[:_CANDIDATES]
        missed = sorted(right - {one.quote for one in candidates})
        candidates += stored.renderings(missed)
        compared = [comparison(asked, prepare(one.text, "en")) for one in candidates]
        if candidates:
            found.append(
                Rows(
                    query.item,
                    query.language == "en",
                    candidates,
                    [one.features for one in compared],
                    [span(asked, one.later) for one in compared],
                    [one.quote in right for one in candidates],
                    [one.quote >= stored.distractors for one in candidates],
                )
            )
    return found


Model = dict[str, Any]


def calibrated(found: Sequence[Rows]) -> Model:
    """A model, calibrated on held-out best answers, each query asked with its originals
    stored and with them removed: first each answer by itself, then beside the others, in
    stores of three sizes."""
    held_out = [
        (one, [logit(model, features) for features in one.features])
        for k in range(_FOLDS)
        for model in [logistic([one for one in found if _fold(one) != k])]
        for one in found
        if _fold(one) == k
    ]
    best = [ranked[0] for one, odds in held_out for ranked in _rankings(one, odds, 1)]
    calibration = platt(
        [(odds, one.features[place]["length"]) for odds, place, one in best],
        [one.right[place] for _, place, one in best],
    )
    leads = [
        (_scored(ranked, calibration), ranked[0][2].right[ranked[0][1]])
        for size in _STORES
        for one, odds in held_out
        for ranked in _rankings(one, odds, size)
    ]
    return logistic(found) | {"calibration": calibration, "beside": beside(leads)}


Ranked = tuple[float, int, Rows]
"""Log-odds, the candidate's place, and what it is a candidate of."""


def _rankings(one: Rows, odds: Sequence[float], size: int) -> Iterator[list[Ranked]]:
    """The candidates by log-odds, with the right ones and without, in a store that holds one
    in `size` of the sentences that no relation asks for."""
    there = [
        (-odds[place], place)
        for place, candidate in enumerate(one.candidates)
        if one.right[place] or one.always[place] or candidate.quote % size == 0
    ]
    for kept in (there, [found for found in there if not one.right[found[1]]]):
        if kept:
            yield [(-odds, place, one) for odds, place in sorted(kept)]


def _scored(ranked: Sequence[Ranked], calibration: Sequence[float]) -> list[Scored]:
    """Candidates with calibrated log-odds, best first."""
    found = [
        Scored(
            _calibrated(calibration, odds, one.features[place]["length"]),
            one.candidates[place],
            one.spans[place],
        )
        for odds, place, one in ranked
    ]
    return sorted(found, key=lambda scored: -scored.odds)


# Which answers are rivals is asked of the weights as they are: where those changed, the command
# gives the worth of a lead for the new ones at its second run.
def beside(leads: Sequence[tuple[list[Scored], bool]]) -> list[float]:
    """Slope, worth of a lead, and shift: see `_model.beside`."""
    terms = [(scored[0].odds, min(LEAD, scored[0].odds - lead(scored)[1])) for scored, _ in leads]
    model = LogisticRegression(C=1.0, max_iter=1000).fit(terms, [right for _, right in leads])
    slope, worth = model.coef_[0].tolist()
    return [round(x, 4) for x in (slope, worth, float(model.intercept_[0]))]


def _fold(rows: Rows) -> int:
    """Neighbouring items come from one article and stay in one fold."""
    return rows.item // _ARTICLE % _FOLDS


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
    {"synonyms": synonyms, "fit": fit}[sys.argv[1]]()
