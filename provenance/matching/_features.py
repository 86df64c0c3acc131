"""What an alignment says about two texts, as numbers a small model can weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from rapidfuzz import fuzz

from provenance.matching._align import Pair
from provenance.matching._meaning import meant
from provenance.matching._prepare import Prepared, Token
from provenance.matching._similarity import STEM
from provenance.model import Span

_GAP = 0.35  # what an unaligned token costs a region, as a share of its weight
_SURE = 0.8  # similarity from which a pair counts as the same word


@dataclass(frozen=True, slots=True)
class Region:
    """The stretch of one text that corresponds to the other: token positions, half-open."""

    first: int
    last: int
    weight: float  # information inside, in nats
    matched: float  # information inside that the other side renders


@dataclass(frozen=True, slots=True)
class Comparison:
    """An alignment summed up: the regions that correspond and the features of the pair."""

    later: Region
    earlier: Region
    pairs: tuple[Pair, ...]
    features: Mapping[str, float]


def weights(prepared: Prepared, frequencies: Mapping[str, float] | None) -> Sequence[float]:
    """The information of each token in nats; `frequencies` overrides it by English stem."""
    if frequencies is None:
        return prepared.weights
    return [_weight(token, frequencies) for token in prepared.tokens]


def _weight(token: Token, frequencies: Mapping[str, float]) -> float:
    translated = token.lexeme.translated
    stem = translated[0][0] if translated else token.lexeme.stem
    return min(token.lexeme.weight, frequencies.get(stem, token.lexeme.weight))


def summarise(
    later: Prepared,
    earlier: Prepared,
    pairs: tuple[Pair, ...],
    frequencies: Mapping[str, float] | None = None,
) -> Comparison:
    """Regions and features of an aligned pair of texts."""
    ours, theirs = weights(later, frequencies), weights(earlier, frequencies)
    here = {left: similarity for left, _, similarity in pairs}
    there = {right: similarity for _, right, similarity in pairs}
    mine, yours = region(ours, here), region(theirs, there)
    features = _overlap(ours, theirs, pairs, mine, yours)
    left = _unmet(len(ours), here), _unmet(len(theirs), there)
    features["missing_later"] = _missing(ours, left[0])
    features["missing_earlier"] = _missing(theirs, left[1])
    features |= _meant(later, earlier, left, features["f1"])
    features |= _shape(later, earlier, pairs, ours)
    features |= _verbatim(ours, theirs, pairs)
    features |= _agreement(later, earlier, pairs, mine, yours)
    return Comparison(mine, yours, pairs, features)


def region(weight: Sequence[float], matched: Mapping[int, float]) -> Region:
    """The stretch with the most matched over unmatched information (Kadane's scan)."""
    best = (0, 0, 0.0, 0.0)
    top = total = inside = found = 0.0
    start = 0
    for place, size in enumerate(weight):
        alike = matched.get(place, 0.0)
        if total <= 0.0:
            if not alike:
                continue
            start, total, inside, found = place, 0.0, 0.0, 0.0
        met = size * alike
        total += met - _GAP * size * (1.0 - alike)
        inside += size
        found += met
        if total > top:
            top, best = total, (start, place + 1, inside, found)
    return Region(*best)


def _overlap(
    ours: Sequence[float],
    theirs: Sequence[float],
    pairs: Sequence[Pair],
    mine: Region,
    yours: Region,
) -> dict[str, float]:
    """How much of each text the other renders, in all and within the region."""
    matched_ours = sum([ours[left] * alike for left, _, alike in pairs])
    matched_theirs = sum([theirs[right] * alike for _, right, alike in pairs])
    own, other = sum(ours), sum(theirs)
    later, earlier = _share(matched_ours, own), _share(matched_theirs, other)
    region_later, region_earlier = _share(mine.matched, own), _share(yours.matched, other)
    within, inside = _share(yours.matched, yours.weight), _share(mine.matched, mine.weight)
    return {
        "coverage_later": later,
        "coverage_earlier": earlier,
        "f1": harmonic(later, earlier),
        "contained": max(later, earlier),
        "region_later": region_later,
        "region_earlier": region_earlier,
        "density": harmonic(within, inside),
        "local": harmonic(region_later, within),
        "enclosed": harmonic(region_earlier, inside),
        "information": math.log1p(min(matched_ours, matched_theirs)),
        "rarest": max([ours[left] for left, _, alike in pairs if alike >= _SURE], default=0.0),
    }


def _verbatim(
    ours: Sequence[float], theirs: Sequence[float], pairs: Sequence[Pair]
) -> dict[str, float]:
    """The most telling unbroken run of the same words: its information, and its share."""
    best = current = 0.0
    last = Pair(-2, -2, 0.0)
    for pair in pairs:
        follows = (pair.left, pair.right) == (last.left + 1, last.right + 1)
        current = current if follows else 0.0
        current = current + ours[pair.left] if pair.similarity >= STEM else 0.0
        best, last = max(best, current), pair
    return {
        "run": math.log1p(best),
        "run_share": _share(best, min(sum(ours), sum(theirs))),
    }


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def harmonic(one: float, other: float) -> float:
    """Harmonic mean, 0 when either is."""
    return 2 * one * other / (one + other) if one + other > 0 else 0.0


def _unmet(tokens: int, matched: Mapping[int, float]) -> list[float]:
    """The share of each token that the other text does not render."""
    left = [1.0] * tokens
    for place, alike in matched.items():
        left[place] = 1.0 - alike
    return left


def _missing(weight: Sequence[float], unmet: Sequence[float]) -> float:
    """The most informative token without a partner, in nats."""
    return max(map(mul, weight, unmet), default=0.0)


def _meant(
    later: Prepared, earlier: Prepared, unmet: tuple[Sequence[float], Sequence[float]], f1: float
) -> dict[str, float]:
    """How near the texts are by what they mean, and so what the alignment left of either: a
    paraphrase leaves much, and what it leaves of both means the same. Where a text has no
    direction, as in figures alone, the overlap of the words stands for all this."""
    found = meant(later.words, earlier.words, unmet)
    if found.alike is None:
        left = 1.0 - f1
        return {"meaning": f1, "rest": 0.0, "rest_later": left, "rest_earlier": left}
    later_left, earlier_left = found.left
    return {
        "meaning": found.alike,
        "rest": found.rest,
        "rest_later": later_left,
        "rest_earlier": earlier_left,
    }


def _shape(
    later: Prepared, earlier: Prepared, pairs: Sequence[Pair], ours: Sequence[float]
) -> dict[str, float]:
    """Order, contiguity, length, and spelling as a whole."""
    steps = [b.right - a.right for a, b in pairwise(pairs)]
    kin = later.language == earlier.language
    longest = max(len(later.tokens), len(earlier.tokens), 1)
    return {
        "order": sum(step > 0 for step in steps) / len(steps) if steps else 0.0,
        "adjacent": sum(0 < step <= 2 for step in steps) / len(steps) if steps else 0.0,
        "exact": _share(
            sum(ours[pair.left] for pair in pairs if pair.similarity >= _SURE),
            sum(ours[pair.left] for pair in pairs),
        ),
        "length": min(len(later.tokens), len(earlier.tokens)) / longest,
        "spelling": _spelling(later.text, earlier.text) if kin else 0.0,
    }


def _spelling(one: str, other: str) -> float:
    """Share of the shorter text's letters found in order in the longer one."""
    return fuzz.ratio(one[:2000].casefold(), other[:2000].casefold()) / 100


def _agreement(
    later: Prepared, earlier: Prepared, pairs: Sequence[Pair], mine: Region, yours: Region
) -> dict[str, float]:
    """Numbers and names inside the regions that the other side has or lacks."""
    left, right = {pair.left for pair in pairs}, {pair.right for pair in pairs}
    tokens = [(later.tokens[i], i in left) for i in range(mine.first, mine.last)]
    tokens += [(earlier.tokens[j], j in right) for j in range(yours.first, yours.last)]
    numbers = [met for token, met in tokens if token.lexeme.value is not None]
    names = [met for token, met in tokens if token.name and not token.lexeme.stop]
    return {
        "numbers_met": min(sum(numbers), 4) / 4,
        "numbers_unmet": min(len(numbers) - sum(numbers), 4) / 4,
        "names_met": min(sum(names), 4) / 4,
        "names_unmet": min(len(names) - sum(names), 4) / 4,
    }


def span(prepared: Prepared, region: Region) -> Span | None:
    """The region's offsets in the text; None when nothing corresponds."""
    if region.first >= region.last:
        return None
    return Span(prepared.tokens[region.first].start, prepared.tokens[region.last - 1].end)
