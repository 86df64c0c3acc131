"""Learn which words show that a translation denies something: ``python -m training.denials``.

Learned from the sentence pairs of `training.gloss`, in either direction; written is
``provenance/translating/denials.tsv``, signs with log odds. Needs scikit-learn.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks.translate import LANGUAGES
from provenance.languages import negation
from provenance.translating import _denials
from training.gloss import pairs

_FILE = Path(__file__).parent.parent / "provenance" / "translating" / "denials.tsv"
_PAIRS = 40_000  # sentence pairs a language
_LETTERS = range(30, 400)  # of a source sentence that is neither a label nor a paragraph
_SEEN = 8  # sentences below which a sign teaches nothing
_PENALTY = 0.15  # inverse strength of the L1 penalty: some fifty signs stay
_LEAST = 0.15  # weight worth keeping

Weights = Mapping[str, float]  # of signs, log odds; that of the empty one always counts


@dataclass(frozen=True, slots=True)
class Observed:
    """A sentence pair: its place in `pairs`, the signs of each side, whether either denies."""

    number: int
    foreign: frozenset[str]
    english: frozenset[str]
    foreign_denies: bool
    english_denies: bool


def observed(code: str) -> list[Observed]:
    """What is learned from: at most `_PAIRS` sentence pairs of a language, taken by chance."""
    rows = [
        (number, foreign, english)
        for number, (foreign, english, _) in enumerate(pairs(code))
        if len(foreign) in _LETTERS and len(english) in _LETTERS
    ]
    return [
        Observed(
            number,
            _denials.signs(foreign, code),
            _denials.signs(english, "en"),
            bool(negation.denials(foreign, code)),
            bool(negation.denials(english, "en")),
        )
        for number, foreign, english in random.Random(3).sample(rows, min(_PAIRS, len(rows)))
    ]


def weights(rows: Iterable[Observed], without: Container[int] = ()) -> dict[str, Weights]:
    """Signs that the ``english`` and that the ``foreign`` side denies; without pairs held out."""
    kept = [row for row in rows if row.number not in without]
    return {
        "english": _learned([row.foreign for row in kept], [row.english_denies for row in kept]),
        "foreign": _learned([row.english for row in kept], [row.foreign_denies for row in kept]),
    }


def _learned(found: Sequence[frozenset[str]], denied: Sequence[bool]) -> Weights:
    """The signs worth keeping with their weights, the empty one for the constant."""
    counts = Counter(sign for signs in found for sign in signs)
    listed = sorted(sign for sign, count in counts.items() if count >= _SEEN)
    number = {sign: place for place, sign in enumerate(listed)}
    rows = [(n, number[s]) for n, signs in enumerate(found) for s in sorted(signs) if s in number]
    where = np.array(rows).T
    table = sparse.csr_matrix((np.ones(len(rows)), where), (len(found), len(listed)))
    model = LogisticRegression(C=_PENALTY, l1_ratio=1.0, solver="liblinear", random_state=1)
    model.fit(table, denied)
    told = zip(listed, map(float, model.coef_[0]), strict=True)
    return {"": float(model.intercept_[0])} | {s: w for s, w in told if abs(w) > _LEAST}


def main() -> None:
    """Write the signs of all languages."""
    with _FILE.open("w", encoding="utf-8") as out:
        out.write("# Signs in a sentence that its translation denies anything, log odds; by\n")
        out.write("# python -m training.denials. The side named is the one that denies.\n")
        out.write("# =1 =2 =may: denials there; !word: a denying word; +stem -stem: beside it.\n")
        for code in LANGUAGES:
            rows = observed(code)
            for side, signs in weights(rows).items():
                for sign, weight in signs.items():
                    out.write(f"{code}\t{side}\t{sign}\t{weight:.3f}\n")
            print(code, len(rows), "pairs", flush=True)


if __name__ == "__main__":
    main()
