"""Learn word translation probabilities: ``python -m training.gloss ru de …`` (all when none).

IBM Model 1 (Brown et al. 1993) over stems with the diagonal prior of fast_align (Dyer,
Chahuneau and Smith 2013), trained in both directions; the table counts where the two agree
(the product of their posteriors, after Liang, Taskar and Klein 2006), which is what keeps
rare words from collecting what their neighbours mean. Word lists enter as very short
sentence pairs. Written are ``provenance/translating/tables/<code>.npz`` and, with ``en``,
the English stems with their document frequencies and spellings.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import lines
from provenance.languages.words import fold, stems, words

LANGUAGES = ("ru", "de", "fr", "uk", "es", "it", "pl", "zh", "tr", "ar", "fa")
TABLES = Path(__file__).parent.parent / "provenance" / "translating" / "tables"
EXCLUDED = Path(__file__).parent / "excluded.tsv"

_ROUNDS = 5  # likelihood gains less than 1 % a round after these
_SHARPNESS = 4.0  # of the diagonal, fast_align's starting value
_NOTHING = 0.08  # prior of a word that translates nothing, fast_align's p0
_LONGEST = 80  # words; longer pairs are mostly misaligned and cost the square
_LISTED = 3.0  # a dictionary entry counts as this many sentences that agree
_KEPT = 8  # senses a stem
_LEAST = 0.02  # probability of a sense worth keeping
_EVIDENCE = 0.15  # agreement mass below which a stem is not kept
_HAN = re.compile(r"[\u3400-\u9fff]")

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass
class Side:
    """One language of the sentence pairs: token ids in a row, and sentence lengths."""

    vocabulary: list[str]
    tokens: Integers
    lengths: Integers


@dataclass
class Links:
    """Every pair of tokens that stand in one sentence pair: who, where, with what prior."""

    foreign: Integers
    english: Integers
    kind: Integers
    kinds: Integers
    forward: Floats
    backward: Floats


# ---------------------------------------------------------------- reading


def pairs(language: str) -> Iterator[tuple[str, str, float]]:
    """Sentence pairs and word list entries with their weights, excluded blocks left out."""
    skipped = [
        range(int(first), int(last))
        for code, _, first, last in (
            row.split("\t") for row in EXCLUDED.read_text(encoding="utf-8").splitlines()[1:]
        )
        if code == language
    ]
    for number, line in enumerate(lines(f"parallel/{language}-en.tsv.xz")):
        if not any(number in block for block in skipped):
            foreign, _, english = line.partition("\t")
            yield foreign, english, 1.0
    if language != "uk":
        yield from _listed(language)


def _listed(language: str) -> Iterator[tuple[str, str, float]]:
    """Entries of the word list without pronunciation, remarks or the verb's "to"."""
    for line in lines(f"lexicon/dict/{language}-en.dict.tsv.xz"):
        foreign, english, *_ = line.split("\t")
        foreign = re.sub(r"/[^/]*/|[\[({].*?[\])}]", " ", foreign)
        english = re.sub(r"[\[({].*?[\])}]", " ", english)
        yield foreign, english.removeprefix("to "), _LISTED


def read(language: str) -> tuple[Side, Side, Floats, list[str]]:
    """Both sides as numbers, the weight of each pair, and the English spellings in a row."""
    foreign: list[list[str]] = []
    english: list[list[str]] = []
    weights: list[float] = []
    spellings: list[str] = []
    for source, target, weight in pairs(language):
        left, right = stems(source, language), words(target, "en")
        if 0 < len(left) <= _LONGEST and 0 < len(right) <= _LONGEST:
            foreign.append(left)
            english.append([word.stem for word in right])
            spellings.extend(fold(word.text) for word in right)
            weights.append(weight)
    return _side(foreign), _side(english), np.array(weights, np.float32), spellings


def _side(sentences: list[list[str]]) -> Side:
    vocabulary = sorted({stem for sentence in sentences for stem in sentence})
    number = {stem: i for i, stem in enumerate(vocabulary)}
    tokens = np.array([number[stem] for sentence in sentences for stem in sentence], np.int64)
    return Side(vocabulary, tokens, np.array([len(sentence) for sentence in sentences], np.int64))


# ---------------------------------------------------------------- Model 1


def link(foreign: Side, english: Side) -> Links:
    """All token pairs, ordered by English token."""
    sentence = np.repeat(np.arange(len(english.lengths)), english.lengths)
    each = foreign.lengths[sentence]
    total = int(each.sum())
    target = np.repeat(np.arange(len(english.tokens), dtype=np.int64), each)
    within = np.arange(total) - np.repeat(np.cumsum(each) - each, each)
    begin = np.cumsum(foreign.lengths) - foreign.lengths
    source = begin[sentence][target] + within
    there = (within + 0.5) / each[target]
    first = np.cumsum(english.lengths) - english.lengths
    here = (target - first[sentence][target] + 0.5) / english.lengths[sentence][target]
    closeness = np.exp(-_SHARPNESS * np.abs(there - here)).astype(np.float32)
    key = foreign.tokens[source] * len(english.vocabulary) + english.tokens[target]
    kinds, kind = np.unique(key, return_inverse=True)
    forward = closeness / _sums(target, closeness, len(english.tokens))[target]
    backward = closeness / _sums(source, closeness, len(foreign.tokens))[source]
    return Links(source, target, kind, kinds, forward, backward)


def _sums(index: Integers, values: Floats, size: int) -> Floats:
    return np.bincount(index, values, size).astype(np.float32)


def posteriors(
    links: Links, groups: Integers, prior: Floats, owner: Integers, weights: Floats, null: Floats
) -> Floats:
    """Probability of each link after EM, where each of `groups` is made by one of its links.

    `owner` says which word a kind of link is conditioned on, `weights` how much a link
    counts, `null` the chance of each group of being made by nothing.
    """
    size = int(groups.max()) + 1
    table = np.ones(len(links.kinds), np.float32) / np.bincount(owner)[owner].astype(np.float32)
    for turn in range(_ROUNDS + 1):
        found = table[links.kind] * prior * (1 - _NOTHING)
        found /= (_sums(groups, found, size) + _NOTHING * null)[groups]
        if turn < _ROUNDS:
            counts = np.bincount(links.kind, found * weights, len(links.kinds))
            totals = np.bincount(owner, counts)
            table = (counts / np.maximum(totals[owner], 1e-9)).astype(np.float32)
    return found


def agreement(foreign: Side, english: Side, weights: Floats) -> tuple[Links, Floats]:
    """Links and how strongly both directions believe in each."""
    links = link(foreign, english)
    size = len(english.vocabulary)
    sentence = np.repeat(np.arange(len(english.lengths)), english.lengths)
    each = weights[sentence][links.english]
    rarity = _unigram(english), _unigram(foreign)
    there = posteriors(links, links.english, links.forward, links.kinds // size, each, rarity[0])
    back = posteriors(links, links.foreign, links.backward, links.kinds % size, each, rarity[1])
    return links, there * back * each


def _unigram(side: Side) -> Floats:
    """The relative frequency of each token: the chance that nothing in particular made it."""
    counts = np.bincount(side.tokens)
    return (counts / counts.sum()).astype(np.float32)[side.tokens]


# ---------------------------------------------------------------- writing


def senses(
    foreign: Side, english: Side, links: Links, belief: Floats
) -> dict[str, list[tuple[str, float]]]:
    """The senses of each foreign stem that are worth keeping, likeliest first."""
    size = len(english.vocabulary)
    counts = np.bincount(links.kind, belief, len(links.kinds))
    owner = links.kinds // size
    totals = np.bincount(owner, counts, len(foreign.vocabulary))
    share = counts / np.maximum(totals[owner], 1e-9)
    good = (share >= _LEAST) & (totals[owner] >= _EVIDENCE)
    order = np.lexsort((links.kinds[good], -share[good], owner[good]))
    table: dict[str, list[tuple[str, float]]] = {}
    for kind, part in zip(links.kinds[good][order], share[good][order], strict=True):
        held = table.setdefault(foreign.vocabulary[kind // size], [])
        if len(held) < _KEPT:
            held.append((english.vocabulary[kind % size], float(part)))
    return table


def spelled(
    foreign: Side, english: Side, links: Links, belief: Floats, spellings: list[str]
) -> dict[tuple[str, str], str]:
    """How the English of each pair of stems is mostly spelled where they are linked."""
    strong = np.flatnonzero(belief > 0.3)
    counts: Counter[tuple[int, str]] = Counter()
    for place in strong:
        counts[int(links.kind[place]), spellings[links.english[place]]] += 1
    best: dict[int, tuple[int, str]] = {}
    for (kind, text), count in sorted(counts.items()):
        best[kind] = max(best.get(kind, (0, "")), (count, text))
    size = len(english.vocabulary)
    return {
        (
            foreign.vocabulary[links.kinds[kind] // size],
            english.vocabulary[links.kinds[kind] % size],
        ): text
        for kind, (_, text) in best.items()
    }


def write(
    language: str, table: dict[str, list[tuple[str, float]]], spelling: dict[tuple[str, str], str]
) -> None:
    """One compressed file: sorted stems, how many senses each has, the senses, spellings."""
    heads = sorted(table)
    rows = [sense for head in heads for sense in table[head]]
    english = sorted({stem for stem, _ in rows})
    number = {stem: i for i, stem in enumerate(english)}
    shown = [spelling.get((head, table[head][0][0]), "") for head in heads]
    forms = sorted(set(shown))
    place = {form: i for i, form in enumerate(forms)}
    TABLES.mkdir(exist_ok=True)
    np.savez_compressed(
        TABLES / f"{language}.npz",
        heads=_packed(heads),
        sizes=np.array([len(table[head]) for head in heads], np.uint8),
        english=_packed(english),
        ids=np.array(
            [number[stem] for stem, _ in rows], np.uint16 if len(english) < 65536 else np.uint32
        ),
        parts=np.array([max(1, round(part * 255)) for _, part in rows], np.uint8),
        forms=_packed(forms),
        shown=np.array(
            [place[form] for form in shown], np.uint16 if len(forms) < 65536 else np.uint32
        ),
    )


def _packed(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def frequencies() -> None:
    """Document frequencies of English stems, counted over sentences of news and debate."""
    counts: Counter[str] = Counter()
    total = 0
    for line in lines("corpus/english_sentences.tsv.xz"):
        total += 1
        counts.update(set(stems(line.partition("\t")[2], "en")))
    kept = sorted(stem for stem, count in counts.items() if count > 1 and not stem[0].isdigit())
    np.savez_compressed(
        TABLES / "en.npz",
        heads=_packed(kept),
        counts=np.array([counts[stem] for stem in kept], np.uint32),
        total=np.array([total], np.uint32),
    )


def main(codes: list[str]) -> None:
    """Train the languages asked for, one after another."""
    for code in codes or ["en", *LANGUAGES]:
        if code == "en":
            frequencies()
            continue
        foreign, english, weights, spellings = read(code)
        links, belief = agreement(foreign, english, weights)
        table = senses(foreign, english, links, belief)
        write(code, table, spelled(foreign, english, links, belief, spellings))
        size = (TABLES / f"{code}.npz").stat().st_size
        print(f"{code}: {len(weights)} pairs, {len(table)} stems, {size / 1e6:.2f} MB", flush=True)
        for head in islice(table, 1000, 1005):
            print("  ", head, table[head])


if __name__ == "__main__":
    main(sys.argv[1:])
