"""Learn how runs of words are rendered: ``python -m training.phrases de en …`` (all when none).

Phrase pairs are what the words linked by ``training.gloss`` allow (Och and Ney 2004): a run of up
to three foreign words and up to five English ones, no link leading out of either, with a
neighbouring English word that is linked to nothing or without. A pair is worth
``log p(english | run) + 0.6 log p(run | english)``. Left out are pairs with digits, pairs of
which one side denies and the other cannot, and runs that read as their parts do anyway.
``en`` counts which English word follows which. Written are
``provenance/translating/phrases/<code>.npz``.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import lines
from provenance.languages.negation import denials, known, possible
from provenance.languages.words import fold, forms, words
from provenance.translating._phrases import EDGE, LONGEST, NUMBER, STEP, UNKNOWN
from training.gloss import LANGUAGES, Floats, agreement, numbered, packed, pairs, side

PHRASES = Path(__file__).parent.parent / "provenance" / "translating" / "phrases"

_LINKED = 0.25  # both directions believe in a link that much
_ENGLISH = 5  # words a wording has at most
_WORDS = 80  # longer sentences are mostly misaligned, as in the gloss
_BACK = 0.6  # weight of p(run | english): 0, .3, .6 gained chrF in turn, 1 no more
_SEEN = 3  # times a run of several words has to be seen; 2 gained .1 chrF at a fifth more
_TWICE = 2  # times a wording has to be seen where its run was seen as often
_KEPT = 4  # wordings of a run; six gained .1 chrF and cost a third
_LEAST = 0.05  # share of a wording worth keeping
_UNSURE = 0.5  # what a count is lowered by (absolute discounting)
_FOLLOWED = 3  # times a pair of English words has to be seen
_EVERY = 3  # of the English sides, that many a one, are counted beside the news

Pairs = Counter[tuple[str, str]]
Table = dict[str, list[tuple[str, float]]]


@dataclass
class Bitext:
    """Sentence pairs as words, and what links them: for each pair (foreign, English) places."""

    foreign: list[list[str]]
    english: list[list[str]]
    links: Iterator[list[tuple[int, int]]]


# ---------------------------------------------------------------- reading


def read(language: str) -> Bitext:
    """The sentence pairs and word lists of `language`, linked as for the gloss."""
    folded: list[list[str]] = []
    foreign: list[list[str]] = []
    english: list[list[str]] = []
    shown: list[list[str]] = []
    weights: list[float] = []
    for source, target, weight in pairs(language):
        left, right = words(source, language), words(target, "en")
        if 0 < len(left) <= _WORDS and 0 < len(right) <= _WORDS:
            folded.append([fold(word.text) for word in left])
            foreign.append([word.stem for word in left])
            english.append([word.stem for word in right])
            shown.append([word.text.replace("’", "'") for word in right])
            weights.append(weight)
    links = _links(foreign, english, np.array(weights, np.float32))
    return Bitext(folded, _cased(shown), links)


def _links(
    foreign: list[list[str]], english: list[list[str]], weights: Floats
) -> Iterator[list[tuple[int, int]]]:
    """Sentence by sentence, the places of the words that are linked."""
    left, right = side(foreign), side(english)
    links, belief = agreement(left, right, weights)
    sentence = np.repeat(np.arange(len(weights)), right.lengths)[links.english]
    strong = belief > _LINKED * weights[sentence]
    begin = (np.cumsum(left.lengths) - left.lengths)[sentence[strong]]
    there = (np.cumsum(right.lengths) - right.lengths)[sentence[strong]]
    here, there = links.foreign[strong] - begin, links.english[strong] - there
    bounds = np.searchsorted(sentence[strong], np.arange(len(weights) + 1))
    for first, last in pairwise(bounds.tolist()):
        yield list(zip(here[first:last].tolist(), there[first:last].tolist(), strict=True))


def _cased(sentences: list[list[str]]) -> list[list[str]]:
    """The sentences, their first words spelled as they mostly are elsewhere."""
    within = Counter(word for sentence in sentences for word in sentence[1:])
    usual: dict[str, str] = {}
    for word, count in sorted(within.items()):
        if count > within[usual.get(word.lower(), "")]:
            usual[word.lower()] = word
    return [[usual.get(first.lower(), first), *others] for first, *others in sentences]


# ---------------------------------------------------------------- phrase pairs


def counted(bitext: Bitext) -> Pairs:
    """How often each run of foreign words is rendered by each wording."""
    found: Pairs = Counter()
    for foreign, english, links in zip(bitext.foreign, bitext.english, bitext.links, strict=True):
        there: list[list[int]] = [[] for _ in foreign]
        back: list[list[int]] = [[] for _ in english]
        for source, target in links:
            there[source].append(target)
            back[target].append(source)
        found.update(
            (" ".join(foreign[run]), " ".join(english[wording]))
            for run, wording in _consistent(there, back)
        )
    return found


def _consistent(
    there: Sequence[Sequence[int]], back: Sequence[Sequence[int]]
) -> Iterator[tuple[slice, slice]]:
    """Runs and wordings which no link leaves, both ends of a run linked."""
    for start in (i for i, targets in enumerate(there) if targets):
        for end in range(start + 1, min(start + LONGEST, len(there)) + 1):
            targets = [target for place in there[start:end] for target in place]
            first, last = min(targets), max(targets)
            if last - first >= _ENGLISH:
                break
            inside = all(start <= s < end for t in range(first, last + 1) for s in back[t])
            if there[end - 1] and inside:
                yield from ((slice(start, end), wording) for wording in _widened(first, last, back))


def _widened(first: int, last: int, back: Sequence[Sequence[int]]) -> Iterator[slice]:
    """A wording as it is, and with an unlinked neighbour on either side or both."""
    before = [first] + ([first - 1] if first and not back[first - 1] else [])
    after = [last] + ([last + 1] if last + 1 < len(back) and not back[last + 1] else [])
    for begin in before:
        for end in after:
            if end - begin < _ENGLISH:
                yield slice(begin, end + 1)


def costs(found: Pairs, language: str) -> Table:
    """The wordings worth keeping for each run, cheapest first."""
    runs: Counter[str] = Counter()
    wordings: Counter[str] = Counter()
    for (run, wording), count in found.items():
        runs[run] += count
        wordings[wording] += count
    table: Table = defaultdict(list)
    for (run, wording), count in sorted(found.items()):
        seen = runs[run] >= _SEEN or " " not in run
        often = count >= min(_TWICE, runs[run]) and count > _LEAST * runs[run]
        if seen and often and _sound(run, wording, language):
            sure = count - _UNSURE
            cost = -log(sure / runs[run]) - _BACK * log(sure / wordings[wording])
            table[run].append((wording, cost))
    return {run: sorted(rows, key=lambda row: row[1])[:_KEPT] for run, rows in table.items()}


def _sound(run: str, wording: str, language: str) -> bool:
    """Whether a pair holds no digit and denies on both sides or on neither."""
    if any(char.isdigit() for char in run + wording):
        return False
    if not known(language):
        return True
    denied, denying = _denial(run, language), _denial(wording, "en")
    return denied <= denying + 1 and denying <= denied + 1


@lru_cache(maxsize=1_000_000)
def _denial(text: str, language: str) -> int:
    """2 for what surely denies, 1 for what may, 0 for what does not."""
    return 2 if denials(text, language) else int(bool(possible(text, language)))


def pruned(table: Table) -> Table:
    """The table without the runs which their parts, put together, render alike."""
    return {run: rows for run, rows in table.items() if not _told(run, rows[0][0], table)}


def _told(run: str, wording: str, table: Table) -> bool:
    found = run.split(" ")
    cuts = [(" ".join(found[:i]), " ".join(found[i:])) for i in range(1, len(found))]
    return any(
        f"{table[left][0][0]} {table[right][0][0]}".lower() == wording.lower()
        for left, right in cuts
        if left in table and right in table
    )


def write(language: str, table: Table) -> None:
    """One compressed file: sorted runs, how many wordings each has, wordings and costs."""
    heads = sorted(table)
    rows = [row for head in heads for row in table[head]]
    english, ids = numbered([wording for wording, _ in rows])
    np.savez_compressed(
        PHRASES / f"{language}.npz",
        heads=packed(heads),
        sizes=np.array([len(table[head]) for head in heads], np.uint8),
        english=packed(english),
        ids=ids,
        costs=_stored([cost for _, cost in rows]),
    )


def _stored(values: Sequence[float]) -> NDArray[np.uint8]:
    return np.array([min(255, round(STEP * value)) for value in values], np.uint8)


# ---------------------------------------------------------------- the order of English


def order() -> None:
    """Count which English word follows which, and write what that costs."""
    alone: Counter[str] = Counter()
    followed: Counter[tuple[str, str]] = Counter()
    for sentence in _english():
        found = [EDGE, *(NUMBER if word[0].isdigit() else word for word in sentence), EDGE]
        alone.update(found)
        followed.update(pairwise(found))
    kept = sorted(word for word, n in alone.items() if n >= _FOLLOWED and word not in _SPECIAL)
    _write_order([*_SPECIAL, *kept], alone, followed)


_SPECIAL = (EDGE, UNKNOWN, NUMBER)


def _english() -> Iterator[list[str]]:
    """English sentences in small letters: of the news, and of every third sentence pair."""
    for line in lines("corpus/english_sentences.tsv.xz"):
        yield _lowered(line.partition("\t")[2])
    for language in LANGUAGES:
        for i, (_, target, weight) in enumerate(pairs(language)):
            if weight == 1.0 and i % _EVERY == 0:
                yield _lowered(target)


def _lowered(text: str) -> list[str]:
    return forms(text.lower().replace("’", "'"), "en")


def _write_order(
    vocabulary: list[str], alone: Counter[str], followed: Counter[tuple[str, str]]
) -> None:
    number = {word: i for i, word in enumerate(vocabulary)}
    rows = sorted(
        (number[first], number[second], count)
        for (first, second), count in followed.items()
        if count >= _FOLLOWED and first in number and second in number
    )
    total = sum(alone.values())
    np.savez_compressed(
        PHRASES / "en.npz",
        words=packed(vocabulary),
        alone=_stored([-log((alone[word] + _UNSURE) / total) for word in vocabulary]),
        sizes=np.bincount([first for first, _, _ in rows], minlength=len(vocabulary)),
        next=np.array([second for _, second, _ in rows], np.uint32),
        costs=_stored([-log((n - _UNSURE) / alone[vocabulary[a]]) for a, _, n in rows]),
    )


def main(codes: list[str]) -> None:
    """Learn the languages asked for, one after another."""
    for code in codes or ["en", *LANGUAGES]:
        PHRASES.mkdir(exist_ok=True)
        if code == "en":
            order()
        else:
            write(code, pruned(costs(counted(read(code)), code)))
        print(f"{code}: {(PHRASES / f'{code}.npz').stat().st_size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
