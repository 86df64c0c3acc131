"""English stems that foreign words render alike: ``python -m training.match synonyms``.

Writes ``provenance/translating/synonyms.tsv`` (Bannard and Callison-Burch 2005) through the tables
of ``provenance/translating``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy import sparse

from benchmarks import lines
from provenance.languages.words import function_words, stems
from provenance.translating import _tables

_FILE = Path(__file__).resolve().parent.parent / "provenance" / "translating" / "synonyms.tsv"
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
    stop = {stem for word in function_words("en") for stem in stems(word, "en")}
    names = [stem for stem in names if _pivots(stem) and stem not in stop]
    place = {stem: i for i, stem in enumerate(names)}
    alike, votes, belief = _summed(place)
    with _FILE.open("w", encoding="utf-8") as out:
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
