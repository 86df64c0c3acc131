"""Keep what must not be translated: addresses, handles, hashtags, restored exactly.

A translation model sees a stand-in of capital letters and a digit, of the kind models copy;
where it did not copy it, the passage is translated in pieces around what is kept. Numbers go
through the model, which sets them in their place with their unit, and are kept in the same
way only where it changed one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.languages.words import stem_of, words

# Bounded and possessive throughout: linear on any input.
_KEPT = re.compile(
    r"https?://[^\s<>\"«»“”]++"
    r"|(?<![\w.])www\.[^\s<>\"«»“”]++"
    r"|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)++"
    r"|(?<![\w@#])[@#]\w++"
)
_SIGN = re.compile(r"(?:\s?[%‰°€$£¥₽₴])?")
_SIGNS = " \u00a0\u202f%‰°€$£¥₽₴"
_TRAILING = ".,;:!?)]}…"


def kept(text: str) -> list[tuple[int, int]]:
    """Where in `text` stand addresses, handles and hashtags."""
    found = []
    for match in _KEPT.finditer(text):
        end = match.start() + len(match.group().rstrip(_TRAILING))
        if end > match.start():
            found.append((match.start(), end))
    return found


def stand_in(number: int) -> str:
    """The stand-in of the item with that number."""
    return f"XQ{number}"


def mask(text: str, spans: Sequence[tuple[int, int]] | None = None) -> tuple[str, tuple[str, ...]]:
    """`text` with stand-ins, and the items they stand for: those `kept`, or those at `spans`."""
    pieces: list[str] = []
    items: list[str] = []
    at = 0
    for start, end in kept(text) if spans is None else spans:
        pieces += [text[at:start], stand_in(len(items))]
        items.append(text[start:end])
        at = end
    return "".join([*pieces, text[at:]]), tuple(items)


def with_numbers(text: str, language: str) -> list[tuple[int, int]]:
    """Where stand the items of `kept` and, outside them, numbers in digits with their signs."""
    held = kept(text)
    digits = (
        (word.start, _SIGN.match(text, word.end).end())  # type: ignore[union-attr]
        for word in words(text, language)
        if word.text[:1].isdigit()
    )
    free = (at for at in digits if not any(start < at[1] and at[0] < end for start, end in held))
    return sorted([*held, *free])


def written(item: str, language: str, target: str) -> str:
    """A number as English writes it (``15 000`` is 15,000), anything else as it is."""
    if target != "en" or not item[:1].isdigit():
        return item
    number = item.rstrip(_SIGNS)
    plain = stem_of(number, language)
    grouped = plain.isdecimal() and not number.isdecimal()
    return (f"{int(plain):,}" if grouped else plain) + item[len(number) :].strip()


def restore(translated: str, items: tuple[str, ...]) -> str | None:
    """`translated` with its items back; None when a stand-in was lost or doubled."""
    for number in reversed(range(len(items))):  # XQ12 before XQ1
        if translated.count(stand_in(number)) != 1:
            return None
        translated = translated.replace(stand_in(number), f"\0{number}\0")
    return re.sub(r"\0(\d+)\0", lambda match: items[int(match.group(1))], translated)


def pieces(text: str, spans: Sequence[tuple[int, int]] | None = None) -> list[tuple[str, bool]]:
    """`text` cut at what is kept (or at `spans`): pieces, and whether each is to be translated."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in kept(text) if spans is None else spans:
        cut += [(text[at:start], True), (text[start:end], False)]
        at = end
    return [piece for piece in [*cut, (text[at:], True)] if piece[0]]
