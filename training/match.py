"""Fit what matching weighs by: English synonyms, and the scoring model.

``python -m training.match synonyms`` writes ``provenance/matching/synonyms.tsv``: English
stems that foreign words render alike (Bannard and Callison-Burch 2005), through the tables
of ``provenance/translating``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy import sparse

from benchmarks import lines
from provenance.languages.words import stems
from provenance.matching._senses import stop_words
from provenance.translating import _tables

_HERE = Path(__file__).resolve().parent.parent / "provenance" / "matching"
_PAIRS = (
    150_000  # sentence pairs a language counted: the order of word frequencies is stable by then
)
_LEAST = 0.04  # probability of a synonym worth keeping
_KEPT = 6
_SEEN = 8  # an English stem translated fewer times than this has no reliable synonyms


def synonyms() -> None:
    """Pivot English stems through every language with a table and keep what they agree on."""
    summed: dict[str, Counter[str]] = defaultdict(Counter)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    languages = [code for code in _tables.languages() if code not in _SMALL]
    for language in languages:
        for stem, found in _pivoted(language).items():
            for other, chance in found.items():
                summed[stem][other] += chance / len(languages)
                votes[stem][other] += 1
    with (_HERE / "synonyms.tsv").open("w", encoding="utf-8") as out:
        out.write("# English stems and stems that translate alike, with probabilities; made by\n")
        out.write(f"# python -m training.match synonyms, through {' '.join(languages)}\n")
        for stem in sorted(summed):
            kept = [
                (other, chance)
                for other, chance in summed[stem].most_common()
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
    for head, place in table.place.items():
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


if __name__ == "__main__":
    {"synonyms": synonyms}[sys.argv[1]]()
