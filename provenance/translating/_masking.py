"""Stand-ins for what a model must not translate, and the way back.

A translation model sees a stand-in of capital letters and a digit, of the kind models copy,
always as a word of its own; where it did not copy it, the passage is translated in pieces
around what is held. What is held, and what is put back for it, is settled in `_held`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.translating._held import Held

_STAND_IN = re.compile(r"XQ\d")


def stand_in(number: int) -> str:
    """The stand-in of the item with that number."""
    return f"XQ{number}"


def mask(text: str, held: Sequence[Held]) -> str:
    """`text` with a stand-in for each of `held`, apart from the letters that touched it."""
    parts: list[str] = []
    at = 0
    for number, item in enumerate(held):
        before, after = text[max(at, item.start - 1) : item.start], text[item.end : item.end + 1]
        left, right = (" " if beside.isalnum() else "" for beside in (before, after))
        parts += [text[at : item.start], left, stand_in(number), right]
        at = item.end
    return "".join([*parts, text[at:]])


def restore(translated: str, held: Sequence[Held]) -> str | None:
    """`translated` with what is put back; None when a stand-in was lost, doubled or made up."""
    for number in reversed(range(len(held))):  # XQ12 before XQ1
        if translated.count(stand_in(number)) != 1:
            return None
        translated = translated.replace(stand_in(number), f"\0{number}\0")
    if held and _STAND_IN.search(translated):
        return None
    return re.sub(r"\0(\d+)\0", lambda match: held[int(match.group(1))].put, translated)


def pieces(text: str, held: Sequence[Held]) -> list[tuple[str, bool]]:
    """`text` cut at what is held: pieces, and whether each is still to be translated."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for item in held:
        cut += [(text[at : item.start], True), (item.put, False)]
        at = item.end
    return [piece for piece in [*cut, (text[at:], True)] if piece[0]]
