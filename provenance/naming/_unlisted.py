"""Outlets that no table lists, where the text itself says what they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.naming._context import PAIRS, Company
from provenance.naming._folding import fold, stem
from provenance.naming._gazetteer import WORD, Outlet
from provenance.naming.transliterate import romanise

_LONGEST = 48  # characters in an outlet's name: the longest of the table has 46
_CAPITALISED = re.compile(
    r"(?:The |the |Le |La |Les |El |Il |Der |Die |Das |O |A )?"
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w&'’-]{1,24}(?:\.[A-Za-z]\w*)?"
    r"(?: (?:of |de |della |di |du |für )?[A-ZÀ-ÖØ-Þ][\w&'’-]{1,24}){0,3}"
)
# A station called by its letters: "the broadcaster ATV", "dem Sender TV8".
_LETTERS = re.compile(r" (?P<name>[A-ZÀ-ÖØ-Þ]{2,5}[0-9]{0,2}\b(?: [A-Z]{2,4}\b)?)(?!['’-])")
_TELEGRAM = re.compile(
    r"(?i:\b(?:telegram|телеграмм?|телеграм)(?:[-– ]?(?:channel|kanal|canal|chaîne|канал\w{0,3}))?)"
    r"[ ,:—–-]{0,4}(?P<name>@\w{4,32}|[«“„\"][^«»“”„\"\n]{2,48}[»”“\"])?"
)


def unlisted(
    text: str, words: Company, taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Outlet]]:
    """Places and names of outlets introduced by a noun of the trade, outside `taken`."""
    starts = [start for start, _ in taken]
    done = 0
    for start, end, kind in _candidates(text, words):
        free = start >= done and not _overlaps(start, end, taken, starts)
        if free and any(letter.isalpha() for letter in text[start:end]):
            done = end
            yield start, end, Outlet(_key(text[start:end], kind), text[start:end], kind=kind)


def _overlaps(
    start: int, end: int, taken: Sequence[tuple[int, int]], starts: Sequence[int]
) -> bool:
    place = bisect_right(starts, end - 1) - 1
    return place >= 0 and taken[place][1] > start


def _key(name: str, kind: str) -> str:
    """A Latin key for an outlet no table lists, the same for every case form of its name."""
    parts = [fold(romanise(stem(word.group()))) for word in WORD.finditer(name)]
    return "-".join(["telegram"] * (kind == "telegram") + parts)


def _candidates(text: str, words: Company) -> Iterator[tuple[int, int, str]]:
    for noun in WORD.finditer(text):
        trade = _trade(noun.group(), words)
        if trade is None:
            continue
        place = _telegram(text, noun) if trade == "telegram" else None
        if place:
            yield (*place, "telegram")
            continue
        place = _quoted_after(text, noun.end())
        if place is None and trade == "unquoted" and (words.capitals or noun.group()[0].islower()):
            place = _capitalised_after(text, noun.end(), words)
        if place is None and stem(noun.group()) in words.stations:
            place = _letters_after(text, noun.end())
        if place:
            yield (*place, "")


@lru_cache(maxsize=1 << 13)
def _trade(word: str, words: Company) -> str | None:
    if len(word) > _LONGEST:
        return None
    folded = fold(word)
    if folded.startswith(("telegram", "телеграм")):
        return "telegram"
    found = stem(word)
    if found in words.unquoted:
        return "unquoted"
    return "naming" if found in words.naming else None


def _telegram(text: str, noun: re.Match[str]) -> tuple[int, int] | None:
    found = _TELEGRAM.match(text, noun.start(), noun.start() + 90)
    if not found or not found["name"]:
        return None
    start, end = found.span("name")
    return (start, end) if text[start] == "@" else (start + 1, end - 1)


def _quoted_after(text: str, place: int) -> tuple[int, int] | None:
    gap = 1 if text[place : place + 1] in (" ", "\u00a0") else 0
    closing = PAIRS.get(text[place + gap : place + gap + 1])
    if not closing or not gap:
        return None
    start = place + gap + 1
    stops = [text.find(mark, start, start + _LONGEST) for mark in closing]
    end = min((stop for stop in stops if stop > start), default=-1)
    name = text[start:end]
    if end < 0 or "\n" in name or not (name[0].isupper() or name[0].isdigit()):
        return None
    return start, end


def _letters_after(text: str, place: int) -> tuple[int, int] | None:
    found = _LETTERS.match(text, place)
    return found.span("name") if found else None


def _capitalised_after(text: str, place: int, words: Company) -> tuple[int, int] | None:
    if text[place : place + 1] != " ":
        return None
    found = _CAPITALISED.match(text, place + 1, place + 1 + _LONGEST)
    if not found or not found.group()[-1].isalnum():
        return None
    first = WORD.search(found.group())
    if first is None or fold(first.group()) in words.never:
        return None
    return found.span()
