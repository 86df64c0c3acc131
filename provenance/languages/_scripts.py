"""Writing systems: which one a character belongs to, and the share of each in a text."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

# Where ISO 15924 has a code for the mixture a language is written in.
_MIXTURES = {"ja": "Jpan", "ko": "Kore"}


@cache
def scripts() -> Scripts:
    """The scripts of ``scripts.toml``."""
    text = (files(__package__) / "scripts.toml").read_text(encoding="utf-8")
    return Scripts(tomllib.loads(text))


class _Known(dict[str, str]):
    """Scripts by character; ranges are searched once a character."""

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        super().__init__()
        self._spans = spans
        self._starts = [start for start, _, _ in spans]

    def __missing__(self, char: str) -> str:
        at = bisect_right(self._starts, ord(char)) - 1
        outside = at < 0 or ord(char) > self._spans[at][1]
        self[char] = found = "" if outside else self._spans[at][2]
        return found


class Scripts:
    """Ranges of characters, looked up once a character and remembered."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        spans = [
            (*_bounds(written), script)
            for script, entry in table.items()
            for written in entry.get("ranges", ())
        ]
        self._weights = {script: float(entry.get("weight", 1)) for script, entry in table.items()}
        self._simplified = frozenset(table["chinese"]["Hans"])
        self._traditional = frozenset(table["chinese"]["Hant"])
        self._common = {script: frozenset(some) for script, some in table["common"].items()}
        self._signs = frozenset(table["marks"]["signs"])
        self._known = _Known(sorted(spans))

    def of(self, char: str) -> str:
        """ISO 15924 code of the script of `char`; empty for digits, marks and signs."""
        return self._known[char]

    def letters(self, text: str) -> dict[str, str]:
        """The distinct letters of `text`, each with its script."""
        known = self._known
        return {char: script for char in set(text) if (script := known[char])}

    def shares(self, text: str, letters: Mapping[str, str]) -> dict[str, float]:
        """Weight of each script in `text`, in letters' worth; `letters` are its letters'
        scripts. One script alone is not counted out."""
        present = set(letters.values())
        if len(present) == 1:
            return dict.fromkeys(present, 1.0)
        shares = dict.fromkeys(sorted(present), 0.0)
        for char, number in Counter(text).items():
            if char in letters:
                shares[letters[char]] += number * self._weights[letters[char]]
        return shares

    def name(self, script: str, language: str, letters: Iterable[str]) -> str:
        """The code to report for `script` in a text of `language` with these letters."""
        if script in ("Hira", "Hani", "Hang") and language in _MIXTURES:
            return _MIXTURES[language]
        if script != "Hani":
            return script
        distinct = frozenset(letters)
        simplified = len(self._simplified & distinct)
        traditional = len(self._traditional & distinct)
        if simplified == traditional:
            return "Hani"
        return "Hans" if simplified > traditional else "Hant"

    def expected(self, char: str, alphabet: frozenset[str]) -> float:
        """How far `char`, not ASCII, is what a text with this `alphabet` is written with.

        1 for its letters, half for printers' signs, 0 for anything else; characters of
        scripts without alphabets count double when common, since half of all are.
        """
        script = self.of(char)
        if script in self._common:
            return 1.0 if script == "Hira" else 2.0 * (char in self._common[script])
        if char in self._signs:
            return 0.5
        return float(char.lower() in alphabet)


def _bounds(written: str) -> tuple[int, int]:
    first, _, last = written.partition("-")
    return int(first, 16), int(last or first, 16)
