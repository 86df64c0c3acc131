"""Drift by the sentence: whole sentences put into a statement, or left out of its middle.

Words judged one by one cannot tell these: at the edge of what corresponds lies whatever two texts
say besides, and across languages a word without a partner proves little. A sentence is judged by
how likely each of the other text's is to be the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.matching._marks import reporting
from provenance.matching._match import alike
from provenance.matching._pairing import quoted
from provenance.matching._prepare import prepare
from provenance.model import Drift, Rendering, Span

ANSWERED = 0.5  # a sentence that renders any of the other's so probably is in it
# Chance below which a sentence does not render one that another renders already, or one that is
# left over and may be put more freely. Of three sentences each of FLORES from Russian, Persian,
# Chinese and Turkish 1 to 6 % stay below the first with all of their English, 0 to 1.2 % below the
# second with their own; so do 98 and 90 % of the sentence that comes next in the same article.
_TAKEN, _LEFT_OVER = 0.1, 0.002
# Within a language, where the words of both are known.
_LEFT_OVER_SAME = 0.01
_ELLIPSES = ("…", "...")  # a cut that says so
# Findings that the sentence they stand in tells better.
_OF_WORDS = frozenset({"added", "lost", "replaced", "name", "number", "truncation"})

# Chance below which all of a text does not render a sentence: on the same halves a quarter of the
# whole translations that the bounds above would accuse reach it, and one planted sentence in fifty.
_TOGETHER = 0.1
_SAID = 3  # words of a sentence that says something: "The Guardian writes about this" does not

Chances = Sequence[Sequence[float]]
"""How likely each of the later text's sentences renders each of the earlier's."""


def by_sentence(
    found: Sequence[Drift], later: Sequence[Rendering], earlier: Sequence[Rendering]
) -> tuple[Drift, ...]:
    """`found`, and the sentences that the later text put in, or left out between others it kept,
    in place of what was found of single words in them. Texts are given by their sentences, with
    `start` and `end` in the text."""
    chances = [[alike(one, other) for other in earlier] for one in later]
    same = later[0].language == earlier[0].language
    new, gone = strays(chances, same)
    kept = [place for place in range(len(earlier)) if place not in gone]
    inside = [place for place in gone if kept and kept[0] < place < kept[-1]]
    marked = later[0].type != "direct" or any(
        mark in one.text for one in later for mark in _ELLIPSES
    )
    told = [
        _added(later[place], same and max(chances[place]) < _LEFT_OVER)
        for place in new
        if _is_new(later[place], earlier)
    ]
    told += [
        _lost(earlier[place], marked, same and max(row[place] for row in chances) < _LEFT_OVER)
        for place in inside
        if _is_new(earlier[place], later)
    ]
    return (*told, *(one for one in found if not any(_covers(drift, one) for drift in told)))


def strays(chances: Chances, same: bool) -> tuple[list[int], list[int]]:
    """Places of the later text's sentences that nothing in the earlier one renders, and of the
    earlier one's that nothing in the later renders; `same` where both are of one language."""
    columns = list(zip(*chances, strict=True))
    return _unmet(chances, columns, same), _unmet(columns, chances, same)


def _unmet(rows: Chances, columns: Chances, same: bool) -> list[int]:
    left_over = _LEFT_OVER_SAME if same else _LEFT_OVER
    bounds = [_TAKEN if max(column) >= ANSWERED else left_over for column in columns]
    return [
        place
        for place, row in enumerate(rows)
        if all(chance < bound for chance, bound in zip(row, bounds, strict=True))
    ]


def _is_new(part: Rendering, others: Sequence[Rendering]) -> bool:
    """Whether a sentence says something, and is not told by several of the others together."""
    words = prepare(part.text, part.language, part.english).words
    telling = reporting(part.language)
    if sum(not word.stop and word.surface not in telling for word in words) < _SAID:
        return False
    text = " ".join(one.text for one in others)
    english = " ".join(one.english for one in others).strip()
    return alike(part, replace(others[0], text=text, english=english)) < _TOGETHER


def _added(part: Rendering, sure: bool) -> Drift:
    return Drift(
        kind="added",
        severity="notable",
        from_text=part.text,
        to_text="",
        says=f"{quoted(part.text)} is not in the earlier words.",
        from_span=Span(part.start, part.end),
        certain=sure,
    )


def _lost(part: Rendering, marked: bool, sure: bool) -> Drift:
    return Drift(
        kind="lost",
        severity="minor" if marked else "notable",
        from_text="",
        to_text=part.text,
        says=f"{quoted(part.text)}, said in between, was left out.",
        to_span=Span(part.start, part.end),
        certain=sure,
    )


def _covers(whole: Drift, one: Drift) -> bool:
    """Whether `one` is of words in the sentence that `whole` tells."""
    pairs = ((whole.from_span, one.from_span), (whole.to_span, one.to_span))
    return one.kind in _OF_WORDS and any(
        outer and inner and outer.start <= inner.start and inner.end <= outer.end
        for outer, inner in pairs
    )
