"""The voices of language detection, weighed: script, function words, alphabets, py3langid.

Loaded on first use; py3langid only when a text leaves the rules in doubt.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby
from math import sqrt
from typing import TYPE_CHECKING, Any

from provenance.languages._py3langid import Column, model
from provenance.languages._scripts import Scripts, scripts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Detection is settled well before this many characters; of a longer text, its beginning,
# middle and end are read.
_ENOUGH = 3_000
# A language competes when its script has this share of the commonest script's letters.
_PRESENT = 0.35
# Kana this frequent among Chinese characters is Japanese; a stray の in Chinese is not.
_KANA = 0.05
# The ranking leaves out languages below this probability.
_SHOWN = 0.001
# Rules alone decide from this margin in log-odds, when a fifth of the words are known to
# them: of 3,215 development spans so decided, none was wrong.
_DECIDED = 5.0
_COVERED = 0.2

_WORD = re.compile(r"[^\W\d_]+")
# A capital after a small letter inside a word: what a wrong encoding often makes of it.
_JUMP = re.compile(r"[a-zßа-яё][A-ZА-ЯЁ]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[@#]\w{1,64}")
# Latin letters typed for the Cyrillic ones they look like: частоколi.
_LOOKALIKES = str.maketrans("aeiopcxy", "аеіорсху")
_LOOKALIKE = re.compile(r"(?<=[\u0400-\u04ff])[aeiopcxy]+|[aeiopcxy]+(?=[\u0400-\u04ff])|\bi\b")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What ``detection.toml`` says: for each word the languages it speaks for, for each
    letter the languages that lack it (as code and script), and the fitted weights."""

    weights: Mapping[str, Any]
    words: Mapping[str, set[tuple[str, str]]]
    letters: Mapping[str, set[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the voices say together: codes with probabilities, best first, and the script.

    `letters` is the number of distinct letters it rests on.
    """

    ranking: tuple[tuple[str, float], ...]
    script: str
    letters: int


@cache
def voices() -> Voices:
    """The one loaded set of voices."""
    table = tomllib.loads((files(__package__) / "detection.toml").read_text(encoding="utf-8"))
    return Voices(table, scripts())


class Voices:
    """The script chooses which languages compete for a text; their contest is then held."""

    def __init__(self, table: Mapping[str, Any], writing: Scripts) -> None:
        self._writing = writing
        self._rules = _Rules(table["weights"], _words(table), _letters(table))
        self.columns = _columns(table)
        self.core = frozenset(column.code for column in self.columns if column.core)
        self._alphabets = {
            key: frozenset(entry["letters"] + table["shared"][entry["script"]])
            for key, entry in _own(table)
        }
        self._spoken = {key: frozenset(entry["words"].split()) for key, entry in _own(table)}
        self._contests: dict[tuple[str, ...], _Contest] = {}

    def hear(self, text: str) -> Heard | None:
        """What the voices say of `text`; None when it has no letters of a known script."""
        sample = sampled(text)
        lower = sample.lower()
        letters = self._writing.letters(lower)
        if not letters:
            return None
        shares = self._writing.shares(lower, letters)
        present = _present(shares)
        if present[0] == "Cyrl" and "Latn" in shares:
            sample, lower = _without_lookalikes(sample), _without_lookalikes(lower)
        ranking = self._contest(present).ranking(sample, lower, letters)
        script = self._writing.name(present[0], ranking[0][0], letters)
        return Heard(ranking, script, len(letters))

    def plausibility(self, text: str) -> float:
        """How much `text` reads like the language it would be: see `detect.plausibility`."""
        sample = sampled(text)
        heard = self.hear(sample)
        foreign = Counter(char for char in sample if char > "\x7f")
        if heard is None or not foreign:
            return 0.0
        language = heard.ranking[0][0]
        alphabet = self._alphabets.get(language, frozenset())
        expected = sum(n * self._writing.expected(char, alphabet) for char, n in foreign.items())
        words = [word for word in _WORD.findall(sample) if len(word) > 1 and not word.isascii()]
        known = sum(word.lower() in self._spoken.get(language, ()) for word in words)
        jumps = sum(1 for word in words if _JUMP.search(word))
        return min(1.0, expected / foreign.total()) + (known - jumps) / max(1, len(words))

    def features(self, text: str) -> tuple[list[Column], Floats]:
        """The languages that compete for `text`, and the features of each.

        Shape (languages, 4): py3langid's scaled score, function words, letters lacking, 1
        outside the core. For fitting the weights; no letters at all gives no languages.
        """
        import numpy as np

        sample = sampled(text)
        lower = sample.lower()
        letters = self._writing.letters(lower)
        if not letters:
            return [], np.zeros((0, 4), dtype=np.float32)
        contest = self._contest(_present(self._writing.shares(lower, letters)))
        return contest.columns, np.stack(contest.features(sample, lower, letters), axis=1)

    def _contest(self, present: Iterable[str]) -> _Contest:
        own = tuple(sorted(present))
        contest = self._contests.get(own)
        if contest is None:
            columns = [column for column in self.columns if column.script in own]
            contest = self._contests[own] = _Contest(columns, self._rules)
        return contest


class _Contest:
    """The languages of one script, or of the few a text mixes, with their weights.

    Method: a conditional logit over languages whose features are the function words
    seen, the letters seen that a language lacks, and py3langid's score divided by the
    square root of the text's length in bytes (its own calibration). The rules are heard
    first: where they leave no doubt, as in most whole sentences, py3langid is not asked.
    """

    def __init__(self, columns: list[Column], rules: _Rules) -> None:
        import numpy as np

        self._np = np
        self.columns = columns
        self._weights = rules.weights
        self.codes = [column.code for column in columns]
        self._rare: Floats = np.asarray([not column.core for column in columns], dtype=np.float32)
        letter = rules.weights["letter"]
        held = [letter.get(column.script, 0.0) for column in columns]
        self._letter: Floats = np.asarray(held, dtype=np.float32)
        self._words, self._spoken = self._matrix(rules.words)
        self._letters, self._lacking = self._matrix(rules.letters)

    def ranking(
        self, sample: str, lower: str, letters: Collection[str]
    ) -> tuple[tuple[str, float], ...]:
        """Codes with probabilities, best first, without those below `_SHOWN`."""
        if len(self.codes) == 1:
            # The doubt is whether so few letters are language at all: a lone Ω is not Greek.
            return ((self.codes[0], round(1.0 - 0.5 / (1 + len(letters)), 4)),)
        tokens = _WORD.findall(lower)
        words = [self._words[word] for word in tokens if word in self._words]
        scores = self._ruled(words, letters)
        if len(words) < _COVERED * len(tokens) or _margin(scores) < _DECIDED:
            scores += self._weights["voice"] * self._voice(sample)
        return self._ranked(scores)

    def features(
        self, sample: str, lower: str, letters: Collection[str]
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """py3langid's scaled score, function words seen, letters lacking, outside the core."""
        words = [self._words[word] for word in _WORD.findall(lower) if word in self._words]
        lacking = [self._letters[char] for char in letters if char in self._letters]
        return (
            self._voice(sample),
            self._spoken[words].sum(axis=0),
            self._lacking[lacking].sum(axis=0),
            self._rare,
        )

    def _ruled(self, words: list[int], letters: Collection[str]) -> Floats:
        weights = self._weights
        scores: Floats = weights["rare"] * self._rare
        if words:
            scores += weights["word"] * self._spoken.take(words, axis=0).sum(axis=0)
        lacking = [self._letters[char] for char in letters if char in self._letters]
        if lacking:
            scores += self._letter * self._lacking.take(lacking, axis=0).sum(axis=0)
        return scores

    def _voice(self, sample: str) -> Floats:
        np = self._np
        cased = sample.lower() if sample.isupper() else sample
        encoded = unicodedata.normalize("NFC", cased).encode("utf-8", errors="replace")
        visits = model().visits(encoded)
        if not visits:
            return 0.0 * self._rare
        rows = np.fromiter(visits.keys(), dtype=np.intp, count=len(visits))
        counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
        seen = np.log1p(counts)
        parts = [seen @ table.take(rows, axis=0) + base for table, base in self._tables]
        scores: Floats = np.concatenate(parts) / sqrt(len(encoded))
        return scores

    def _ranked(self, scores: Floats) -> tuple[tuple[str, float], ...]:
        odds = self._np.exp(scores - scores.max())
        odds /= odds.sum()
        merged: dict[str, float] = {}
        for code, odd in zip(self.codes, odds.tolist(), strict=True):
            if odd >= _SHOWN:
                merged[code] = merged.get(code, 0.0) + odd
        ranked = sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple((code, round(odd, 4)) for code, odd in ranked)

    @cached_property
    def _tables(self) -> list[tuple[Floats, Floats]]:
        """py3langid's weights and base scores, script by script in the order of the columns."""
        grouped = groupby(self.columns, key=lambda column: column.script)
        return [model().table(script, list(columns)) for script, columns in grouped]

    def _matrix(self, marks: Mapping[str, set[tuple[str, str]]]) -> tuple[dict[str, int], Floats]:
        """Rows of a 0/1 matrix (marks by columns), and which row a mark has."""
        places = {(column.code, column.script): at for at, column in enumerate(self.columns)}
        names = [name for name in sorted(marks) if marks[name] & places.keys()]
        matrix: Floats = self._np.zeros((len(names), len(places)), dtype=self._np.float32)
        for row, name in enumerate(names):
            matrix[row, [places[key] for key in marks[name] & places.keys()]] = 1.0
        return {name: row for row, name in enumerate(names)}, matrix


def sampled(text: str) -> str:
    """Enough of `text` to tell, without addresses, which are in no language."""
    if len(text) > _ENOUGH:
        third, middle = _ENOUGH // 3, len(text) // 2
        text = f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"
    marked = "@" in text or "#" in text or "//" in text or "www." in text
    return _ADDRESS.sub(" ", text) if marked else text


def _without_lookalikes(sample: str) -> str:
    return _LOOKALIKE.sub(lambda match: match[0].translate(_LOOKALIKES), sample)


def _present(shares: Mapping[str, float]) -> list[str]:
    """Scripts that compete, commonest first; kana settles what Chinese characters leave."""
    if shares.get("Hira", 0.0) > _KANA * shares.get("Hani", 0.0):
        shares = {**shares, "Hira": shares["Hira"] + shares.get("Hani", 0.0), "Hani": 0.0}
    ordered = sorted(shares, key=lambda script: (-shares[script], script))
    return [script for script in ordered if shares[script] >= _PRESENT * shares[ordered[0]]]


def _margin(scores: Floats) -> float:
    """By how much the best score beats the second."""
    first, second = sorted(scores.tolist())[:-3:-1]
    return float(first - second)


def _columns(table: Mapping[str, Any]) -> tuple[Column, ...]:
    """Competitors in a fixed order: the languages with alphabets, and the others."""
    others = dict(table["others"])
    core = set(others.pop("core").split())
    own = {
        Column(key.split("-", maxsplit=1)[0], entry["script"], entry.get("core", False))
        for key, entry in _own(table)
    }
    rest = {
        Column(code, script, code in core)
        for script, codes in others.items()
        for code in codes.split()
    }
    return tuple(sorted(own | rest, key=lambda column: (column.script, column.code)))


def _own(table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(key, entry) for key, entry in table.items() if "script" in entry]


def _words(table: Mapping[str, Any]) -> dict[str, set[tuple[str, str]]]:
    """The languages each function word speaks for."""
    words: dict[str, set[tuple[str, str]]] = {}
    for key, entry in _own(table):
        for word in entry["words"].split():
            words.setdefault(word, set()).add((key.split("-")[0], entry["script"]))
    return words


def _letters(table: Mapping[str, Any]) -> dict[str, set[tuple[str, str]]]:
    """The languages that lack each letter another language of their script has."""
    letters: dict[str, set[tuple[str, str]]] = {}
    for script in table["shared"]:
        entries = {
            key.split("-")[0]: entry for key, entry in _own(table) if entry["script"] == script
        }
        for letter in sorted(set("".join(entry["letters"] for entry in entries.values()))):
            lacking = {
                (key, script) for key, entry in entries.items() if letter not in entry["letters"]
            }
            if lacking:
                letters[letter] = lacking
    return letters
