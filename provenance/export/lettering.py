"""How wide a text will be and where its lines break, where nothing else breaks them.

SVG has no line breaks of its own. Widths are estimates for common sans-serif and serif faces
(a little generous, so that no line runs over its card on any machine), in em.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Averages of the widest in use, DejaVu Serif, rounded up: a browser without Georgia takes it.
_NARROW = frozenset("iljtfrI.,:;!|'’‘`()[] -·іїґ")
_WIDE = frozenset("mwMWQO@%—…≠✓ЖШЩЮМФЫжшщюмфы")
_EM = {"narrow": 0.36, "common": 0.61, "wide": 0.88, "capital": 0.7, "full": 1.02}

_RIGHT_TO_LEFT = ("R", "AL")
ELLIPSIS = " …"


def width(text: str, size: float) -> float:
    """Estimated width of `text` in pixels, set `size` pixels high."""
    return sum(map(_em, text)) * size


@lru_cache(maxsize=8192)
def _em(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _EM["full"]
    if letter in _NARROW:
        return _EM["narrow"]
    if letter in _WIDE:
        return _EM["wide"]
    return _EM["capital"] if letter.isupper() else _EM["common"]


def right_to_left(text: str) -> bool:
    """Whether a reader starts at the right: by the first letter that has a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines no wider than `room` pixels, cut with an ellipsis.

    Lines break at spaces, and within a word only where it alone is wider than a line, or
    between any two letters of a script that has no spaces.
    """
    lines: list[str] = []
    line, taken = "", 0.0
    for piece, wide in _pieces(text, size, room):
        if line and taken + wide > room:
            lines.append(line.rstrip())
            if len(lines) == most:
                return [*lines[:-1], _cut(lines[-1], size, room)]
            line = piece.lstrip()
            taken = wide - width(piece[: len(piece) - len(line)], size)
        else:
            line += piece
            taken += wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, size: float, room: float) -> Iterator[tuple[str, float]]:
    """What must not be broken, with its width: words with the space before them, or single
    wide letters."""
    piece, wide = "", 0.0
    for letter in text:
        em = _em(letter) * size
        breaks = letter == " " or (em >= size and _alone(letter))
        if piece and (breaks or (em and wide + em > room)):
            yield piece, wide
            piece, wide = "", 0.0
        piece += letter
        wide += em
    if piece:
        yield piece, wide


@lru_cache(maxsize=8192)
def _alone(letter: str) -> bool:
    """Whether a line may break before `letter`, of a script that has no spaces."""
    return unicodedata.east_asian_width(letter) in "WF"


def _cut(line: str, size: float, room: float) -> str:
    """`line` with an ellipsis that says there is more."""
    while line and width(line + ELLIPSIS, size) > room:
        line = line[:-1]
        while line and unicodedata.category(line[-1]) in ("Mn", "Me", "Cf"):
            line = line[:-1]
    return line.rstrip() + ELLIPSIS
