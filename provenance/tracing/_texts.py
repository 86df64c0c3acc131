"""What a rendering's words tell about copying: shared oddities, gaps, numbers.

Textual criticism reconstructs which manuscript was copied from which by the *common
errors* witnesses share against the rest (Lachmann; Maas, *Textkritik*, 1927): agreement
in what is odd shows kinship, agreement in what everybody has shows nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from provenance.languages.words import words
from provenance.model import Rendering

_LONGEST = 20_000  # characters of a rendering looked at; a statement is shorter


@dataclass(frozen=True, slots=True)
class Forms:
    """A rendering's stems and pairs of neighbouring stems, in the words it can be compared in.

    `frames` maps a language code to the grams in that language: the text's own, and
    English where a translation is stored. `numbers` are the values named in the text.
    """

    frames: Mapping[str, frozenset[str]]
    numbers: frozenset[float]


@dataclass(frozen=True, slots=True)
class Kinship:
    """How a text stands to a presumed source among the other renderings, parts in [0, 1].

    Grams weigh by their rarity within the statement. `covered`: share of the later text
    that the earlier has too. `retained`: share of the earlier that the later kept.
    `missing`: share of the later that the earlier lacks although others have it: it must
    have come from elsewhere. `same_language`: compared in the language both are written
    in. `words` and `numbers`: what these two have and hardly anyone else;
    `lost_numbers`: numbers of the later that the earlier lacks although others have them.
    """

    covered: float
    retained: float
    missing: float
    same_language: bool
    words: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    lost_numbers: tuple[float, ...] = ()


class Texts:
    """The renderings of one statement, compared with one another by their words."""

    def __init__(self, renderings: Sequence[Rendering]) -> None:
        self._forms = {r.quote: forms(r.text, r.language, r.english) for r in renderings}
        self._languages = {r.quote: r.language for r in renderings}
        self._counts = _counts(self._forms.values())
        self._sizes = Counter(frame for form in self._forms.values() for frame in form.frames)
        self._numbers = Counter(n for form in self._forms.values() for n in form.numbers)

    def kinship(self, later: int, earlier: int) -> Kinship | None:
        """How rendering `later` relates to `earlier`; None when no language is common."""
        frame = self._frame(later, earlier)
        if frame is None:
            return None
        one, two = self._forms[later], self._forms[earlier]
        mine, theirs = one.frames[frame], two.frames[frame]
        both, total = self._weight(frame, mine & theirs), self._weight(frame, mine)
        counts = self._counts[frame]
        gaps = self._weight(frame, (gram for gram in mine - theirs if counts[gram] > 1))
        return Kinship(
            covered=both / total if total else 0.0,
            retained=both / (self._weight(frame, theirs) or 1.0),
            missing=gaps / total if total else 0.0,
            same_language=self._languages[later] == self._languages[earlier],
            words=self._odd(frame, mine & theirs),
            numbers=self._only_here(one.numbers & two.numbers),
            lost_numbers=self._elsewhere(one.numbers - two.numbers),
        )

    def _frame(self, later: int, earlier: int) -> str | None:
        one, two = self._forms[later].frames, self._forms[earlier].frames
        own = self._languages[later]
        if own == self._languages[earlier] and own in one and own in two:
            return own
        return "en" if "en" in one and "en" in two else None

    def _weight(self, frame: str, grams: Iterable[str]) -> float:
        size, counts = self._sizes[frame] + 1, self._counts[frame]
        return math.fsum(math.log(size / counts[gram]) for gram in grams)

    def _odd(self, frame: str, grams: Iterable[str]) -> tuple[str, ...]:
        if self._sizes[frame] < 3:
            return ()
        counts = self._counts[frame]
        return tuple(sorted(gram for gram in grams if " " not in gram and counts[gram] == 2))

    def _only_here(self, values: Iterable[float]) -> tuple[float, ...]:
        return tuple(sorted(v for v in values if self._numbers[v] == 2 < len(self._forms)))

    def _elsewhere(self, values: Iterable[float]) -> tuple[float, ...]:
        return tuple(sorted(value for value in values if self._numbers[value] > 1))


@lru_cache(maxsize=16384)
def forms(text: str, language: str, english: str) -> Forms:
    """The grams of `text` in its own language and, through `english`, in English."""
    frames = {language: _grams(text, language)}
    if english and language != "en":
        frames["en"] = _grams(english, "en")
    return Forms(frames, _values(text, language))


def _grams(text: str, language: str) -> frozenset[str]:
    stems = [word.stem for word in words(text[:_LONGEST], language)]
    pairs = (f"{one} {two}" for one, two in pairwise(stems))
    return frozenset(stems) | frozenset(pairs)


def _values(text: str, language: str) -> frozenset[float]:
    from provenance.languages.numbers import numbers

    return frozenset(number.value for number in numbers(text[:_LONGEST], language))


def _counts(all_forms: Iterable[Forms]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for form in all_forms:
        for frame, grams in form.frames.items():
            counts.setdefault(frame, Counter()).update(grams)
    return counts
