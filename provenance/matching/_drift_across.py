"""Drift between languages, told by the words of the source: see `provenance.translating.changed`.

What the alignment of two texts cannot show, because a word found no partner or a wrong one.
About one untouched translation in twenty is told to be changed, so nothing here is certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from provenance.matching._contraries import Class, classes
from provenance.matching._pairing import quoted
from provenance.matching._prepare import prepare
from provenance.matching._seats import states
from provenance.model import Drift, Rendering

if TYPE_CHECKING:
    from provenance.translating import Change

# Share of either text's information that the other must cover: nine in ten whole translations
# from Russian and German reach it, one in ten halves of them, which lack what the rest has.
_WHOLE = 0.45


def across(later: Rendering, earlier: Rendering) -> list[Drift]:
    """Numbers and names in which a text and its English disagree.

    Denials are judged by the words they govern, see `_drift_marks`: "not shut" is "stay open".
    """
    to_english = later.language == "en"
    source, english = (earlier, later) if to_english else (later, earlier)
    if english.language != "en" or source.language == "en":
        return []
    from provenance.translating import changed, compare

    same = compare(source.text, source.language, english.text)
    if same is None or min(same.foreign, same.english) < _WHOLE:
        return []
    found = changed(source.text, source.language, english.text)
    return [
        _drift(change, to_english)
        for change in found
        if change.kind != "negation"
        and not _one_state(change, source, english)
        and not _one_night(change, source, english)
    ]


def _one_state(change: Change, source: Rendering, english: Rendering) -> bool:
    """Whether the other text names the same state by its capital, or the reverse."""
    if change.kind != "name":
        return False
    here, there = (english, source) if change.text in english.text else (source, english)
    return bool(states(change.text, here.language) & states(there.text, there.language))


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _one_night(change: Change, source: Rendering, english: Rendering) -> bool:
    """Whether the other text names the night that follows or ends a day: Sunday night is *die
    Nacht zum Montag*."""
    if change.kind != "name":
        return False
    here, there = (english, source) if change.text in english.text else (source, english)
    days = (one.name for one in _found(change.text, here.language) if one.family == "weekday")
    nights = {one.name for one in _found(there.text, there.language) if one.family == "night"}
    return any({day, _DAYS[(_DAYS.index(day) + 1) % len(_DAYS)]} & nights for day in days)


def _found(text: str, language: str) -> Iterable[Class]:
    return classes(prepare(text, language))


def _drift(change: Change, to_english: bool) -> Drift:
    texts, spans = (change.text, change.lost), (change.span, None)
    from_text, to_text = texts if to_english else texts[::-1]
    from_span, to_span = spans if to_english else spans[::-1]
    return Drift(
        kind=change.kind,
        severity="notable" if change.kind == "name" else "serious",
        from_text=from_text,
        to_text=to_text,
        says=_says(change),
        from_span=from_span,
        to_span=to_span,
        certain=False,
    )


def _says(change: Change) -> str:
    if change.kind == "name":
        return f"Nothing in the other language stands for the name {quoted(change.text)}."
    if change.text and change.lost:
        lost, new = quoted(change.lost), quoted(change.text)
        return f"The English has no {lost}, and its {new} has nothing to stand for."
    return f"Nothing in the other language answers the number {quoted(change.text or change.lost)}."
