"""Learn word translation probabilities: ``python -m training.gloss ru de …`` (all when none).

IBM Model 1 (Brown et al. 1993) over stems with the diagonal prior of fast_align (Dyer,
Chahuneau and Smith 2013), trained in both directions; the table counts where the two agree
(the geometric mean of their posteriors, after Liang, Taskar and Klein 2006), which is what keeps
rare words from collecting what their neighbours mean. Word lists enter as very short
sentence pairs. Written are ``provenance/translating/tables/<code>.npz`` and, with ``en``,
the English stems with their document frequencies and spellings.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import lines
from provenance.languages.words import stems, words

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
_INITIAL = 0.001  # what a spelling at the beginning of a sentence counts beside another
_SPELLED = 0.1  # belief from which a link says how its English is spelled

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


def read(
    language: str, rows: Iterable[tuple[str, str, float]]
) -> tuple[Side, Side, Floats, list[str]]:
    """Both sides of pairs as numbers, the weight of each, and the English spellings in a row."""
    foreign: list[list[str]] = []
    english: list[list[str]] = []
    weights: list[float] = []
    spellings: list[str] = []
    for source, target, weight in rows:
        left, right = stems(source, language), words(target, "en")
        if 0 < len(left) <= _LONGEST and 0 < len(right) <= _LONGEST:
            foreign.append(left)
            english.append([word.stem for word in right])
            spellings.extend(word.text.replace("’", "'") for word in right)
            weights.append(weight)
    return side(foreign), side(english), np.array(weights, np.float32), spellings


def side(sentences: list[list[str]]) -> Side:
    """The sentences as numbers in a row, by a sorted vocabulary."""
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


@dataclass
class Direction:
    """Which word makes which: each of `groups` (a token's place) is made by one of its links.

    `prior` is a link's chance by position, `owner` the word a kind of link is conditioned
    on, `null` the chance of each group of being made by nothing in particular.
    """

    groups: Integers
    prior: Floats
    owner: Integers
    null: Floats


def posteriors(links: Links, way: Direction, weights: Floats) -> Floats:
    """Probability of each link after EM, each link counting as much as its weight."""
    size = int(way.groups.max()) + 1
    share = np.bincount(way.owner)[way.owner].astype(np.float32)
    table = np.ones(len(links.kinds), np.float32) / share
    for turn in range(_ROUNDS + 1):
        found = table[links.kind] * way.prior * (1 - _NOTHING)
        found /= (_sums(way.groups, found, size) + _NOTHING * way.null)[way.groups]
        if turn < _ROUNDS:
            counts = np.bincount(links.kind, found * weights, len(links.kinds))
            totals = np.bincount(way.owner, counts)
            table = (counts / np.maximum(totals[way.owner], 1e-9)).astype(np.float32)
    return found


def agreement(foreign: Side, english: Side, weights: Floats) -> tuple[Links, Floats]:
    """Links and how strongly both directions believe in each."""
    links = link(foreign, english)
    size = len(english.vocabulary)
    sentence = np.repeat(np.arange(len(english.lengths)), english.lengths)
    each = weights[sentence][links.english]
    there = Direction(links.english, links.forward, links.kinds // size, _unigram(english))
    back = Direction(links.foreign, links.backward, links.kinds % size, _unigram(foreign))
    belief = posteriors(links, there, each) * posteriors(links, back, each)
    agreed: Floats = np.sqrt(belief) * each
    return links, agreed


def _unigram(side: Side) -> Floats:
    """The relative frequency of each token: the chance that nothing in particular made it."""
    counts = np.bincount(side.tokens)
    shares: Floats = (counts / counts.sum()).astype(np.float32)
    return shares[side.tokens]


# ---------------------------------------------------------------- writing


def learned(language: str, rows: Iterable[tuple[str, str, float]]) -> dict[str, NDArray[Any]]:
    """What the table of a language holds, learned from weighted pairs."""
    foreign, english, weights, spellings = read(language, rows)
    links, belief = agreement(foreign, english, weights)
    table = senses(foreign, english, links, belief)
    forms = spelled(english, links, belief, spellings)
    return columns(table, _shown(table, foreign, english, forms))


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
    table: dict[str, list[tuple[str, float]]] = {}  # numbers are their own translation
    good &= ~np.array([stem[:1].isdigit() for stem in foreign.vocabulary])[owner]
    order = np.lexsort((links.kinds[good], -share[good], owner[good]))
    for kind, part in zip(links.kinds[good][order], share[good][order], strict=True):
        held = table.setdefault(foreign.vocabulary[kind // size], [])
        if len(held) < _KEPT:
            held.append((english.vocabulary[kind % size], float(part)))
    return table


def spelled(
    english: Side, links: Links, belief: Floats, spellings: list[str]
) -> tuple[dict[int, str], dict[str, str]]:
    """How the English of each kind of link, and each English stem, is mostly spelled."""
    forms = sorted(set(spellings))
    number = {form: i for i, form in enumerate(forms)}
    spelling = np.array([number[form] for form in spellings], np.int64)
    strong = np.flatnonzero(belief > _SPELLED)
    telling = np.where(_initial(english), _INITIAL, 1.0)
    places = links.english[strong]
    by_kind = _commonest(links.kind[strong], spelling[places], telling[places], len(forms))
    by_stem = _commonest(english.tokens, spelling, telling, len(forms))
    return (
        {int(links.kinds[kind]): forms[form] for kind, form in by_kind},
        {english.vocabulary[stem]: forms[form] for stem, form in by_stem},
    )


def _shown(
    table: dict[str, list[tuple[str, float]]],
    foreign: Side,
    english: Side,
    forms: tuple[dict[int, str], dict[str, str]],
) -> list[str]:
    """The spelling of every sense, in the order they are written."""
    by_kind, by_stem = forms
    here = {stem: i for i, stem in enumerate(foreign.vocabulary)}
    there = {stem: i for i, stem in enumerate(english.vocabulary)}
    size = len(english.vocabulary)
    return [
        by_kind.get(here[head] * size + there[stem], by_stem[stem])
        for head in sorted(table)
        for stem, _ in table[head]
    ]


def _initial(side: Side) -> NDArray[np.bool_]:
    """Which tokens begin their sentence, and so have a capital that says nothing."""
    initial = np.zeros(len(side.tokens), np.bool_)
    initial[np.cumsum(side.lengths) - side.lengths] = side.lengths > 1
    return initial


def _commonest(
    keys: Integers, values: Integers, weights: NDArray[np.float64], size: int
) -> Iterator[tuple[int, int]]:
    """For each key the value that stands beside it with the greatest weight."""
    pairs, kind = np.unique(keys * size + values, return_inverse=True)
    counts = np.bincount(kind, weights, len(pairs))
    order = np.lexsort((pairs, -counts, pairs // size))
    owners = (pairs // size)[order]
    first = np.r_[True, owners[1:] != owners[:-1]] if len(owners) else np.zeros(0, bool)
    return zip(owners[first].tolist(), (pairs % size)[order][first].tolist(), strict=True)


def columns(table: dict[str, list[tuple[str, float]]], shown: list[str]) -> dict[str, NDArray[Any]]:
    """Sorted stems, how many senses each has, the senses, spellings."""
    heads = sorted(table)
    rows = [sense for head in heads for sense in table[head]]
    english, ids = numbered([stem for stem, _ in rows])
    forms, places = numbered(shown)
    return {
        "heads": packed(heads),
        "sizes": np.array([len(table[head]) for head in heads], np.uint8),
        "english": packed(english),
        "ids": ids,
        "parts": np.array([max(1, round(part * 255)) for _, part in rows], np.uint8),
        "forms": packed(forms),
        "shown": places,
    }


def numbered(texts: list[str]) -> tuple[list[str], NDArray[Any]]:
    """The distinct texts, sorted, and where each of `texts` stands among them."""
    distinct = sorted(set(texts))
    number = {text: i for i, text in enumerate(distinct)}
    kind = np.uint16 if len(distinct) < 1 << 16 else np.uint32
    return distinct, np.array([number[text] for text in texts], kind)


def packed(texts: list[str]) -> NDArray[np.uint8]:
    """The texts in a row, a line each."""
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
        heads=packed(kept),
        counts=np.array([counts[stem] for stem in kept], np.uint32),
        total=np.array([total], np.uint32),
    )


def main(codes: list[str]) -> None:
    """Train the languages asked for, one after another."""
    for code in codes or ["en", *LANGUAGES]:
        if code == "en":
            frequencies()
            continue
        rows = list(pairs(code))
        stored: dict[str, Any] = learned(code, rows)
        TABLES.mkdir(exist_ok=True)
        np.savez_compressed(TABLES / f"{code}.npz", **stored)
        size = (TABLES / f"{code}.npz").stat().st_size
        stems = len(stored["sizes"])
        print(f"{code}: {len(rows)} pairs, {stems} stems, {size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
