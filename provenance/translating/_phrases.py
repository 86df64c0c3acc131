"""English of runs of up to three foreign words, and which English word follows which.

Tables made by ``python -m training.phrases``: ``phrases/<code>.npz`` holds sorted runs of
folded words with what renders them and at what cost, ``phrases/en.npz`` the costs of English
words after one another. A cost is minus the natural logarithm of a probability, so that the
likeliest wording is the cheapest.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from provenance.translating._tables import arrays, starts, texts

LONGEST = 3  # foreign words in a run; four were worth nothing (gloss chrF, Russian)
STEP = 16  # costs are stored in sixteenths of a nat
_ABOUT = 40  # words on either side; with 12 some that begin with three letters alike were missed
_UNSEEN = 1.4  # nats a word costs beyond what it costs alone, never seen after the other
_READY = 5_000  # words whose followers are kept ready
EDGE, UNKNOWN, NUMBER = "", "?", "#"  # the beginning and end of a sentence, any other word, digits

Wordings = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """What runs of words of one language become in English; `words` are those of one word."""

    heads: list[str]
    starts: list[int]
    english: list[str]
    ids: Any
    costs: Any
    words: list[str]

    def near(self, word: str) -> list[str]:
        """Single words that stand about a folded one in the order of the alphabet."""
        at = bisect_left(self.words, word)
        return self.words[max(0, at - _ABOUT) : at + _ABOUT]

    def wordings(self, run: str) -> Wordings:
        """English wordings of `run` (folded words, a space between) with costs, cheapest first."""
        at = bisect_left(self.heads, run)
        if at == len(self.heads) or self.heads[at] != run:
            return ()
        row = range(self.starts[at], self.starts[at + 1])
        return tuple((self.english[self.ids[i]], int(self.costs[i]) / STEP) for i in row)


@cache
def idioms(language: str) -> Mapping[str, str]:
    """English of runs of words whose negation denies nothing ("不 得 不", *чуть не*)."""
    path = files(__package__) / "idioms.toml"
    found: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get(language, {})
    return found


class Order:
    """How readily one English word follows another: bigrams with "stupid" back-off.

    Brants et al. 2007; a word never seen after the other costs what it costs alone, and more.
    """

    def __init__(self, stored: dict[str, Any]) -> None:
        words = texts(stored["words"])
        self._number = {word: i for i, word in enumerate(words)}
        self._unknown = self._number[UNKNOWN]
        self._alone = [int(cost) / STEP for cost in stored["alone"]]
        self._starts = starts(stored["sizes"])
        self._next, self._costs = stored["next"], stored["costs"]
        self._followers = lru_cache(maxsize=_READY)(self._row)

    def cost(self, before: str, word: str) -> float:
        """The cost of `word` after `before`, in nats; both in small letters or `EDGE`."""
        first, second = self._place(before), self._place(word)
        seen = self._followers(first).get(second)
        return self._alone[second] + _UNSEEN if seen is None else seen

    def _place(self, word: str) -> int:
        return self._number.get(NUMBER if word[:1].isdigit() else word, self._unknown)

    def _row(self, first: int) -> dict[int, float]:
        row = slice(self._starts[first], self._starts[first + 1])
        costs = (int(cost) / STEP for cost in self._costs[row])
        return dict(zip(self._next[row].tolist(), costs, strict=True))


@cache
def phrases(language: str) -> Phrases | None:
    """The phrases of `language`, or None where there are none."""
    if not (files(__package__) / "phrases" / f"{language}.npz").is_file():
        return None
    stored = arrays("phrases", language)
    heads, english = texts(stored["heads"]), texts(stored["english"])
    words = [head for head in heads if " " not in head]
    return Phrases(heads, starts(stored["sizes"]), english, stored["ids"], stored["costs"], words)


@cache
def order() -> Order:
    """The order of English words."""
    return Order(arrays("phrases", "en"))
