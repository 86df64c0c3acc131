"""A text cut where marks begin and end, so that a page can show which stretch is what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from json import loads
from sqlite3 import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, half-open, that is something: `kind` as the style sheet has it.

    `says` is for whoever points at it, `href` where it leads.
    """

    start: int
    end: int
    kind: str
    says: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and all that it is."""

    text: str
    kinds: str = ""
    says: str = ""
    href: str = ""


def pieces(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """`text` from `start` to `end`, cut wherever one of `marks` begins or ends."""
    stop = len(text) if end is None else min(end, len(text))
    edges = {start, stop}
    edges |= {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < stop}
    ordered = sorted(edges)
    # Marks by their start, so that each piece looks only at those that can reach it.
    waiting = sorted(marks, key=lambda mark: mark.start)
    found: list[Piece] = []
    here: list[Mark] = []
    place = 0
    for left, right in pairwise(ordered):
        while place < len(waiting) and waiting[place].start <= left:
            here.append(waiting[place])
            place += 1
        here = [mark for mark in here if mark.end > left]
        found.append(_piece(text[left:right], here))
    return found


def _piece(text: str, here: Iterable[Mark]) -> Piece:
    marks = list(here)
    kinds = " ".join(dict.fromkeys(mark.kind for mark in marks))
    says = "; ".join(dict.fromkeys(mark.says for mark in marks if mark.says))
    href = next((mark.href for mark in marks if mark.href), "")
    return Piece(text, kinds, says, href)


def paragraphs(
    text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None
) -> Iterator[list[Piece]]:
    """The same, paragraph by paragraph; empty ones are left out."""
    stop = len(text) if end is None else min(end, len(text))
    while start < stop:
        line_end = text.find("\n", start, stop)
        line_end = stop if line_end < 0 else line_end
        if text[start:line_end].strip():
            near = [mark for mark in marks if mark.start < line_end and mark.end > start]
            yield pieces(text, near, start, line_end)
        start = line_end + 1


def window(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """The stretch of `text` that shows `start` to `end` with about `around` characters on
    each side, cut between paragraphs where one ends near, else between words."""
    first = max(0, start - around)
    if first:
        cut = text.rfind("\n", 0, first)
        first = cut + 1 if first - cut < around else text.find(" ", first, start) + 1 or first
    last = min(len(text), end + around)
    if last < len(text):
        cut = text.find("\n", last)
        last = cut if 0 <= cut < last + around else text.rfind(" ", end, last)
        last = last if last >= end else min(len(text), end + around)
    return first, last


# ---------------------------------------------------------------- a quote's own marks

_SIGNALS = (
    ("speaker", "speaker_text", "who said it"),
    ("cue", "cue_text", "the word that signals it"),
)


def signals(quoted: Row, relays: list[Row]) -> list[Mark]:
    """The quote, its speaker, its cue and its relays where they stand in the text."""
    spans = parts(quoted)
    marks = [Mark(start, end, "this", "the quote") for start, end in spans]
    for kind, column, says in _SIGNALS:
        if quoted[column] and quoted[f"{kind}_start"] is not None:
            marks.append(Mark(quoted[f"{kind}_start"], quoted[f"{kind}_end"], kind, says))
    for relay in relays:
        if relay["start"] is not None:
            says = f"{relay['relation']}: {relay['name']}"
            marks.append(Mark(relay["start"], relay["end"], "relay", says))
    return marks


def parts(quoted: Row) -> list[tuple[int, int]]:
    parts = loads(quoted["spans"])
    return [tuple(part) for part in parts] if len(parts) > 1 else [(quoted["start"], quoted["end"])]


def reach(quoted: Row, relays: list[Row], most: int) -> tuple[int, int]:
    """The quote with as much of its attribution as stands near it."""
    marks = signals(quoted, relays)
    start = min(m.start for m in marks if m.start >= quoted["start"] - most)
    end = max(m.end for m in marks if m.end <= quoted["end"] + most)
    return start, max(end, quoted["end"])
