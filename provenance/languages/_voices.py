"""The voices of language detection: script, py3langid, alphabets and words, langdetect.

Loaded on first use: py3langid's model takes about a second and 60 MB, langdetect's
profiles half a second more.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import TYPE_CHECKING, Any

from provenance.languages._scripts import Scripts, scripts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Detection is settled well before this many characters; of a longer text, its beginning,
# middle and end are read.
_ENOUGH = 6_000
# A language competes when its script has this share of the commonest script's letters.
_PRESENT = 0.35
# Kana this frequent among Chinese characters is Japanese; a stray の in Chinese is not.
_KANA = 0.05
# The ranking leaves out languages below this probability.
_SHOWN = 0.001

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}|[@#]\w{1,64}")
# Latin letters typed for the Cyrillic ones they look like: частоколi.
_LOOKALIKES = str.maketrans("aeiopcxy", "аеіорсху")
_LOOKALIKE = re.compile(r"(?<=[\u0400-\u04ff])[aeiopcxy]+|[aeiopcxy]+(?=[\u0400-\u04ff])|\bi\b")


@dataclass(frozen=True, slots=True)
class Column:
    """One competitor: a language in a script, and its column in py3langid's model."""

    code: str
    script: str
    index: int
    core: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What the voices say together: codes with probabilities, best first, and the script."""

    ranking: tuple[tuple[str, float], ...]
    script: str
    letters: int


@cache
def voices() -> Voices:
    """The one loaded set of voices."""
    table = tomllib.loads((files(__package__) / "detection.toml").read_text(encoding="utf-8"))
    return Voices(table, scripts())


class Voices:
    """py3langid over our languages, corrected by rules in log-odds.

    Method: a conditional logit over languages whose features are py3langid's score
    divided by the square root of the text's length in bytes (its own calibration), the
    function words seen, and the letters seen that a language lacks.
    """

    def __init__(self, table: Mapping[str, Any], writing: Scripts) -> None:
        import numpy as np
        from py3langid.langid import MODEL_FILE, LanguageIdentifier, visit_counts

        self._np = np
        self._visit = visit_counts
        self._writing = writing
        model = LanguageIdentifier.from_model_file(MODEL_FILE)
        self.columns = _columns(table, model.nb_classes)
        chosen = [column.index for column in self.columns]
        self._table: Floats = np.ascontiguousarray(model.nb_ptc[:, chosen], dtype=np.float32)
        self._base: Floats = np.asarray(model.nb_pc[chosen], dtype=np.float32)
        self._walk = (model.tk_nextmove, [row << 8 for row in model.tk_row], model.tk_output)
        self._weights = table["weights"]
        self._rare = self._where(lambda column: float(not column.core))
        self._blocked = {
            script: self._where(lambda column, own=script: 0.0 if column.script == own else -np.inf)
            for script in {column.script for column in self.columns}
        }
        self._words, self._spoken = self._rules(_words(table))
        self._letters, self._lacking = self._rules(_letters(table))

    def hear(self, text: str) -> Heard | None:
        """What the voices say of `text`; None when it has no letters of a known script."""
        sample = _sampled(text)
        letters = Counter(sample.lower())
        shares = self._writing.shares(letters)
        if not shares:
            return None
        present = _present(shares)
        sample = _without_lookalikes(sample, shares, present[0])
        scores = self._scores(sample, letters, present)
        count = sum(number for char, number in letters.items() if self._writing.of(char))
        ranking = self._ranking(scores, count)
        return Heard(ranking, self._writing.name(present[0], ranking[0][0], letters), count)

    def _scores(self, sample: str, letters: Mapping[str, int], present: list[str]) -> Floats:
        allowed = self._allowed(present)
        if self._np.isfinite(allowed).sum() == 1:
            return allowed
        voice, words, lacking = self.features(sample, letters)
        weights = self._weights
        scores: Floats = (
            weights["voice"] * voice
            + weights["word"] * words
            + weights["letter"] * lacking
            + weights["rare"] * self._rare
            + allowed
        )
        return scores

    def features(self, sample: str, letters: Iterable[str]) -> tuple[Floats, Floats, Floats]:
        """Per column: py3langid's scaled score, function words seen, letters it lacks."""
        found = _WORD.findall(sample.lower())
        words = [self._words[word] for word in found if word in self._words]
        lacking = [self._letters[char] for char in letters if char in self._letters]
        return (
            self._voice(sample),
            self._spoken[words].sum(axis=0),
            self._lacking[lacking].sum(axis=0),
        )

    def _voice(self, sample: str) -> Floats:
        np = self._np
        cased = sample.lower() if sample.isupper() else sample
        encoded = unicodedata.normalize("NFC", cased).encode("utf-8", errors="replace")
        visits = self._visit(*self._walk, encoded)
        if not visits:
            return self._base * 0
        rows = np.fromiter(visits.keys(), dtype=np.intp, count=len(visits))
        counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
        scores: Floats = (np.log1p(counts) @ self._table[rows] + self._base) / sqrt(len(encoded))
        return scores

    def _ranking(self, scores: Floats, letters: int) -> tuple[tuple[str, float], ...]:
        np = self._np
        odds = np.exp(scores - scores.max())
        odds /= odds.sum()
        # Where the script leaves one language, the doubt is whether so few letters are
        # language at all: a lone Ω is not Greek.
        certainty = 1.0 - 0.5 / (1 + letters) if odds.max() == 1.0 else 1.0
        merged: dict[str, float] = {}
        for at in np.argsort(-odds, kind="stable")[:8]:
            code = self.columns[at].code
            merged[code] = merged.get(code, 0.0) + float(odds[at]) * certainty
        ranked = sorted(merged.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple((code, round(odd, 4)) for code, odd in ranked if odd >= _SHOWN)

    def _allowed(self, present: list[str]) -> Floats:
        allowed = self._blocked[present[0]]
        for script in present[1:]:
            allowed = self._np.maximum(allowed, self._blocked[script])
        return allowed

    def _where(self, value: Any) -> Floats:
        return self._np.asarray([value(column) for column in self.columns], dtype=self._np.float32)

    def _rules(self, marks: Mapping[str, set[tuple[str, str]]]) -> tuple[dict[str, int], Floats]:
        """Rows of a 0/1 matrix (marks by columns), and which row a mark has."""
        names = sorted(marks)
        rows = [self._where(lambda c, key=key: float(_key(c) in marks[key])) for key in names]
        return {name: row for row, name in enumerate(names)}, self._np.stack(rows)


def second_opinion(text: str) -> str:
    """What langdetect (seeded, restricted to our languages) says; empty when it cannot."""
    factory, known = _langdetect()
    detector = factory.create()
    detector.set_prior_map(known)
    detector.append(_sampled(text))
    try:
        return str(detector.detect()).split("-")[0]
    except Exception:  # it raises its own error on texts without features
        return ""


@cache
def _langdetect() -> tuple[Any, dict[str, float]]:
    from langdetect import detector_factory

    detector_factory.init_factory()
    factory = detector_factory._factory
    factory.set_seed(0)
    codes = {column.code for column in voices().columns if column.core}
    known = {name: 1.0 for name in factory.get_lang_list() if name.split("-")[0] in codes}
    return factory, known


def _sampled(text: str) -> str:
    """Enough of `text` to tell, without addresses, which are in no language."""
    if len(text) > _ENOUGH:
        third, middle = _ENOUGH // 3, len(text) // 2
        text = f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"
    return _ADDRESS.sub(" ", text) if "@" in text or "#" in text or "." in text else text


def _without_lookalikes(sample: str, shares: Mapping[str, float], main: str) -> str:
    if main != "Cyrl" or "Latn" not in shares:
        return sample
    return _LOOKALIKE.sub(lambda match: match[0].translate(_LOOKALIKES), sample)


def _present(shares: Mapping[str, float]) -> list[str]:
    """Scripts that compete, commonest first; kana settles what Chinese characters leave."""
    if shares.get("Hira", 0.0) > _KANA * shares.get("Hani", 0.0):
        shares = {**shares, "Hira": shares["Hira"] + shares.get("Hani", 0.0), "Hani": 0.0}
    ordered = sorted(shares, key=lambda script: (-shares[script], script))
    return [script for script in ordered if shares[script] >= _PRESENT * shares[ordered[0]]]


def _columns(table: Mapping[str, Any], labels: list[str]) -> tuple[Column, ...]:
    """Competitors in a fixed order, each with its column among py3langid's `labels`."""
    others = table["others"]
    core = set(others["core"].split())
    pairs = [(key, entry["script"], entry.get("core", False)) for key, entry in _own(table)]
    pairs += [
        (code, script, code in core)
        for script, codes in others.items()
        if script != "core"
        for code in codes.split()
    ]
    return tuple(
        Column(key.split("-")[0], script, _label(labels, key), main)
        for key, script, main in sorted(pairs)
    )


def _label(labels: list[str], key: str) -> int:
    """py3langid has Serbian twice: in Cyrillic first, in Latin letters second."""
    first = labels.index(key.split("-", maxsplit=1)[0])
    return labels.index("sr", first + 1) if key == "sr-Latn" else first


def _own(table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(key, entry) for key, entry in table.items() if "script" in entry]


def _key(column: Column) -> tuple[str, str]:
    return column.code, column.script


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
