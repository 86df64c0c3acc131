"""Sentences of a text as spans: where one ends, in any script.

A rule-based splitter: every run of closing punctuation is a candidate, and what stands
around it decides (abbreviations, initials, ordinals, what follows). Abbreviations are data,
``languages/<code>/sentences.toml``:

``abbreviations``  never end a sentence (``Mr.``, ``ул.``)
``counters``       do not before a number (``No. 5``)
``closers``        may end one, when a capital follows (``etc.``, ``т. д.``)
``ordinals``       true where a dot after a small number makes it ordinal (``2. März``)
``starters``       words that begin a new sentence after an acronym with dots (``U.S. He``) and
                   after one letter that is no initial (``su cuenta de X. El``)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from provenance.languages import table
from provenance.model import Span

_CLOSING = "\"'»«”“’›)\\]」』》】）〉"
_AFTER_FULL = re.sub("[«“‘]", "", _CLOSING)  # no space parts a sentence from the “ after it
_END = re.compile(
    rf"[.!?…؟۔।]++[{_CLOSING}]*+(?:[ \u00a0\u202f]»)?(?=\s|$)|[。！？｡]++[{_AFTER_FULL}]*+|\n\s*+"
)
_OPENING = "\"'«„“”‘’‹([—–-¿¡「『《 \t"
_NEXT = re.compile(r"\s*+([^\W\d_]*+)")
_BEFORE = re.compile(r"(?:[^\W\d_]{1,2}\. ?)*([^\W_]+)$")  # "т. д", "a.m", "U.S", "Mr"
_LOOK = 24  # code points looked at on either side: longer than any abbreviation with its dots
_WRAP = range(50, 101)  # widths at which people and programs wrap plain text
_QUOTED_ON = "とって，、,;；:：—"  # after a closed quotation these carry the sentence on


@dataclass(frozen=True)
class _Rules:
    abbreviations: frozenset[str]
    counters: frozenset[str]
    closers: frozenset[str]
    starters: frozenset[str]
    ordinals: bool


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Sentence spans of `text`, in order, trimmed of white space, never overlapping.

    A blank line always ends a sentence; so does a line end, unless the lines are wrapped
    or the next line goes on in lower case. Headlines and list items thus stand alone.
    """
    spans: list[Span] = []
    start = 0
    for end in [*_ends(text, language), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece.rstrip())))
        start = end
    return tuple(spans)


def _ends(text: str, language: str) -> Iterator[int]:
    rules, width = _rules(language), _width(text) if "\n" in text else 0
    for match in _END.finditer(text):
        if match.end() == len(text):  # nothing follows that it could part
            return
        mark = match.group()
        if "\n" in mark:
            ends = _line_ends(text, match.start(), match.end(), width)
        else:
            ends = _stops(text, match.start(), match.end(), mark, rules)
        if ends:
            yield match.end()


@cache
def _rules(language: str) -> _Rules:
    own = table(language, "sentences")
    return _Rules(
        frozenset(own.get("abbreviations", ())),
        frozenset(own.get("counters", ())),
        frozenset(own.get("closers", ())),
        frozenset(own.get("starters", ())),
        bool(own.get("ordinals", False)),
    )


# ---------------------------------------------------------------- line ends


def _width(text: str) -> int:
    """The width the text is wrapped at, or 0 when it does not look wrapped."""
    longest = max(map(len, text.split("\n")), default=0)
    return longest if longest in _WRAP else 0


def _line_ends(text: str, start: int, end: int, width: int) -> bool:
    """Whether the line end at ``start:end`` ends a sentence."""
    if text.count("\n", start, end) > 1 or end == len(text):
        return True
    following = text[end : end + _LOOK]
    if following.lstrip(_OPENING)[:1].islower():
        return False
    line = start - (text.rfind("\n", max(0, start - width - 1), start) + 1) if width else 0
    first = following.split(maxsplit=1)[0] if following.split() else ""
    return not width or line + 1 + len(first) <= width


# ---------------------------------------------------------------- full stops


def _stops(text: str, start: int, end: int, mark: str, rules: _Rules) -> bool:
    """Whether the punctuation at ``start:end`` ends a sentence."""
    if mark[0] in "。！？｡":
        return text[end : end + 1] not in set(_QUOTED_ON) or len(mark) == 1
    following = text[end : end + _LOOK]
    first = following.lstrip().lstrip(_OPENING)[:1]
    if first.islower() or following.lstrip()[:1] in set(",;:"):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _abbreviated(text[max(0, start - _LOOK) : start], following, rules)


def _abbreviated(before: str, following: str, rules: _Rules) -> bool:
    """Whether the dot after `before` belongs to the word and ends nothing."""
    match = _BEFORE.search(before)
    if match is None:
        return False
    whole, word = match.group().replace(" ", ""), match.group(1)
    if {word.lower(), whole.lower()} & rules.closers:
        return not following.lstrip().lstrip(_OPENING)[:1].isupper()
    if word.lower() in rules.counters:
        return following.lstrip()[:1].isdigit()
    listed = {word, word.lower(), whole, whole.lower()} & rules.abbreviations
    if listed or _numeral(word, rules):
        return True
    led = before[: match.start()].split()[-1:]  # an initial has a capital or nothing before it
    lone = whole == word and not (led and led[0].islower())
    return _initial(word, lone, following, rules)


def _numeral(word: str, rules: _Rules) -> bool:
    return rules.ordinals and word.isdigit() and len(word) <= 2


def _initial(word: str, lone: bool, following: str, rules: _Rules) -> bool:
    """Whether `word` is a name's initial, which it is where it stands `lone`, or the end of an
    acronym that goes on."""
    if len(word) != 1 or not word.isupper() or word == word.lower():
        return False
    return lone or not _starts(following, rules)


def _starts(following: str, rules: _Rules) -> bool:
    """Whether the next word is one that begins sentences."""
    match = _NEXT.match(following)
    return match is not None and match.group(1) in rules.starters
