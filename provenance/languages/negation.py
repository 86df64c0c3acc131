"""Whether a text denies anything: by words, by affixes of the verb, by what may be a denial.

Two answers, because the two are used apart. `denials` are what surely denies
(``not``, ``не``, Turkish ``-me-``, Persian ``ن-``); `possible` also takes what can stand for
a denial in a translation (``unable``, ``without``, ``instead``). The words come from
``[negation]`` of ``meaning.toml`` and from ``negation.toml`` of each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance.languages import table
from provenance.languages.words import fold
from provenance.languages.writing import unspaced

_LANGUAGES = 64  # languages kept ready at a time, as in `words`
_SHORTEST = 2  # letters of a verb's root before a negating affix
_REST = 3  # letters left after a negating beginning
# Nine in ten denials of FLORES dev are rendered within this share of the text around the place
# their neighbours are aligned to; languages with the verb last have their own.
_NEAR = 0.06
_GAP = "…"  # in a phrase: other words of the clause
_ABOUT = 16  # letters before and behind a verb in which it may be denied itself
_PARTED = re.compile(r"[.,;:!?،؛，。：；“”«»„\"]")
_BETWEEN = r"[^.,;:!?]{1,60}?"
_WORD = re.compile(r"[^\W_]++(?:['’‘ʼ\u200c][^\W_]++)*+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What denies in a language: whole words, beginnings, inner parts, endings, characters."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is listed."""
        return bool(self.words or self.beginnings or self.inside or self.marks)

    def hold(self, word: str) -> bool:
        """Whether a folded word is one of these."""
        return (
            word in self.words
            or (word.startswith(self.beginnings) and len(word) >= _REST)
            or word.endswith(self.endings)
            or any(word.find(part, _SHORTEST) > 0 for part in self.inside)
        )

    def deny(self, word: str, spared: tuple[str, ...]) -> bool:
        """Whether a folded word is one of these and does not merely begin as words that are not."""
        return self.hold(word) and (word in self.words or not word.startswith(spared))


def denials(text: str, language: str) -> tuple[float, ...]:
    """Where in `text`, from 0 to 1, something is surely denied; () too where nothing is known."""
    return tuple(_found(text, language, 0))


def possible(text: str, language: str) -> tuple[float, ...]:
    """Where in `text`, from 0 to 1, anything stands that may render a denial, sure ones too."""
    return (*_found(text, language, 0), *_found(text, language, 1))


def disowns(cue: str, language: str) -> bool:
    """Whether the words that introduce what is said deny it: *denied*, *ruled out*, *опроверг*."""
    return _disowning(language).search(fold(cue)) is not None


def denied_by(text: str, start: int, end: int, language: str) -> str:
    """The words that introduce what is said, from `start` to `end` of `text`, where these deny it;
    "" where they do not, or where the words about them deny that: *n'a pas démenti*."""
    cue = text[start:end]
    if not disowns(cue, language):
        return ""
    before = _PARTED.split(text[max(0, start - _ABOUT) : start])[-1]
    after = _PARTED.split(text[end : end + _ABOUT], maxsplit=1)[0]
    rest = _disowning(language).sub(" ", fold(cue))
    return "" if denials(f"{before} {rest} \n {after}", language) else cue


def denies(word: str, language: str) -> bool:
    """Whether a folded word alone surely denies."""
    return _signs(language)[0].deny(word, _spared(language))


def denying(word: str, language: str) -> bool:
    """Whether a folded word denies, as a whole, by an affix or by a character, none of it standing
    in a phrase that denies nothing."""
    signs, bare = _signs(language)[0], _bare(word, language).strip()
    marked = any(mark in bare for mark in signs.marks)
    return bool(bare) and (marked or signs.deny(bare, _spared(language)))


def affirmed(word: str, language: str) -> str:
    """A folded word without the beginning that denies it: *недовольны* is of *довольны*.

    "" where it has none, or where what begins so denies nothing (*немного*).
    """
    beginning = next((b for b in _signs(language)[1].beginnings if word.startswith(b)), "")
    rest = word[len(beginning) :]
    denied = beginning and len(rest) >= _REST and not word.startswith(_spared(language))
    return rest if denied else ""


def unaffixed(word: str, language: str) -> tuple[str, ...]:
    """What may be left of a folded word without the beginning or ending that turns another into its
    contrary: *legal* of *illegal*, *hope* of *hopeless*; no word is *vited* of *invited*."""
    prefixes, suffixes = _affixes(language)
    if word.startswith(_spared(language)):
        return ()
    bare = [word.removeprefix(one) for one in prefixes if word.startswith(one)]
    return (*bare, *(word.removesuffix(one) for one in suffixes if word.endswith(one)))


def half(word: str, language: str) -> bool:
    """Whether a folded word denies only together with one behind it: French *ne … pas*."""
    return word in _halves(language)


def known(language: str) -> bool:
    """Whether it is known how `language` denies."""
    return bool(_signs(language)[0])


def _found(text: str, language: str, kind: int) -> Iterator[float]:
    """Relative places of the signs of a kind: 0 for sure ones, 1 for the others."""
    signs, spared = _signs(language)[kind], _spared(language)
    plain = _bare(fold(text).replace("’", "'"), language)
    length = max(1, len(plain))
    if signs.marks:
        yield from (place / length for place, char in enumerate(plain) if char in signs.marks)
    for match in _WORD.finditer(plain):
        word = match.group()
        if signs.deny(word, spared):
            yield match.start() / length


def _bare(plain: str, language: str) -> str:
    """Folded text without the phrases in which a denying word denies nothing."""
    idle, kept = _idle(language)
    return idle.sub(lambda m: m[0] if m[0] in kept else " " * len(m[0]), plain)


def nearness(language: str) -> float:
    """How far from its expected place a denial may be rendered, as a share of the text."""
    return float(table(language, "negation").get("nearness", _NEAR))


@lru_cache(maxsize=_LANGUAGES)
def _idle(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """What denies nothing, and what denies although it begins so (不同, 不同意); of the phrases in
    ``meaning.toml`` whole words only: Spanish *o no* is no part of *gobierno no*."""
    own = table(language, "negation")
    listed = table(language, "meaning").get("negation", {}).get("idle", [])
    kept = frozenset(fold(phrase) for phrase in own.get("kept", []))
    parted = [phrase for phrase in (*listed, *own.get("idle", [])) if _GAP in phrase]
    words = {fold(phrase) for phrase in listed if _GAP not in phrase}
    others = {fold(phrase) for phrase in own.get("idle", []) if _GAP not in phrase}
    longest_first = sorted(others | kept | words, key=lambda phrase: (-len(phrase), phrase))
    found = [rf"\b{re.escape(one)}\b" if one in words else re.escape(one) for one in longest_first]
    found += [_frame(phrase) for phrase in parted]
    return re.compile("|".join(found) or "(?!)"), kept


def _frame(phrase: str) -> str:
    """A pattern of two words of one clause, others between them."""
    first, last = (re.escape(fold(part.strip())) for part in phrase.split(_GAP))
    return rf"\b{first}\b{_BETWEEN}\b{last}\b"


@lru_cache(maxsize=_LANGUAGES)
def _affixes(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _listed(language, "prefixes"), _listed(language, "suffixes")


@lru_cache(maxsize=_LANGUAGES)
def _halves(language: str) -> frozenset[str]:
    return frozenset(_listed(language, "halves"))


@lru_cache(maxsize=_LANGUAGES)
def _disowning(language: str) -> re.Pattern[str]:
    """The verbs that deny what they introduce, whole words but where words are not parted."""
    listed = table(language, "negation").get("disowns", "").split()
    edge = "" if unspaced(language) else r"\b"
    words = (re.escape(fold(word).replace("-", " ")).replace(r"\*", r"\w*") for word in listed)
    return re.compile(rf"{edge}(?:{'|'.join(words) or '(?!)'}){edge}")


@lru_cache(maxsize=_LANGUAGES)
def _spared(language: str) -> tuple[str, ...]:
    return _listed(language, "except") or ("\0",)


@lru_cache(maxsize=_LANGUAGES)
def _signs(language: str) -> tuple[Signs, Signs]:
    """What surely denies, and what may."""
    meaning = table(language, "meaning").get("negation", {})
    sure = fold(str(meaning.get("particles", ""))).split()
    soft = fold(f"{meaning.get('verbs', '')}").split()
    affixed = str(meaning.get("affixed", "")).split()
    soft += [fold(pair.partition(":")[0]) for pair in affixed]
    return (
        Signs(
            frozenset([*sure, *_listed(language, "particles")]),
            _listed(language, "beginnings"),
            _listed(language, "inside"),
            _listed(language, "endings") + (("n't",) if language == "en" else ()),
            _listed(language, "marks"),
        ),
        Signs(
            frozenset([*soft, *_listed(language, "soft")]),
            _listed(language, "soft_beginnings"),
            (),
            _listed(language, "soft_endings"),
            _listed(language, "soft_marks"),
        ),
    )


def _listed(language: str, topic: str) -> tuple[str, ...]:
    return tuple(fold(str(table(language, "negation").get(topic, ""))).split())
