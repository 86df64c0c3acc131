"""Denials that a translation lost or put in, told by what each text leads to expect of the other.

Words that deny hang on verbs in Turkish and Persian and inside words in Chinese, so an alignment
of words alone does not pair them. Here one text surely denies, its words say that a translation of
them does (`provenance.translating.denial_expected`), and nothing in the other could.

Of untouched FLORES pairs (the half with even numbers, eleven languages) 1.1 in a hundred have, by
the words alone, a denial that the English so loses and .5 one that it so puts in; of denials taken
out of the English 73 in a hundred are seen, of those put in 82. Where other clauses deny, the one
clause is asked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from provenance.languages import negation
from provenance.languages.words import fold
from provenance.matching._drift_marks import apart, clause, doubled, only_when
from provenance.matching._marks import Mark
from provenance.matching._pairing import Pairing, Side, asks, finding, quoted
from provenance.model import Drift

# What no list has and only begins like a denial (impose, include) is left out: with it half of the
# denials taken away are seen for three quarters, and .3 in a hundred fewer untouched pairs told.
_MAY_DENY = ("negation", "none", "only", "answer")
_EXPECTED = 0.0  # log odds; above 1 a third of the accused are spared and a fifth of the seen lost
_SURELY = 1.0  # the same of one clause, where others deny: without it .8 in a hundred more are told
_RENDERED = 1 / 3  # share of the content words there that must have found partners


def unanswered(pairing: Pairing) -> list[Drift]:
    """The first denial of either text that the other should have and cannot; always uncertain."""
    later, earlier = pairing.later, pairing.earlier
    if pairing.same or "en" not in (later.prepared.language, earlier.prepared.language):
        return []
    if asks(later) and asks(earlier):
        return []
    gone, new = _denial(earlier, later), _denial(later, earlier)
    if gone is not None:
        says = f"Nothing here answers {_shown(earlier, gone)}: what was denied may be affirmed."
        return [_found(says, None, (earlier, *gone))]
    if new is not None:
        says = f"{_shown(later, new)} was not there before: what was affirmed may be denied."
        return [_found(says, (later, *new), None)]
    return []


_Where = tuple[Side, int, int]


def _found(says: str, here: _Where | None, there: _Where | None) -> Drift:
    return finding("negation", "serious", says, here, there, certain=False)


def _shown(side: Side, where: tuple[int, int]) -> str:
    return quoted(side.text(*where))


def _denial(one: Side, other: Side) -> tuple[int, int] | None:
    """Where `one` denies what `other` renders without a word that could: nowhere in it, or, where
    one more clause of `one` denies, not in that clause."""
    denied = _places(one, negation.denials)
    found = [p for p in denied if _met(one, p, other) and not doubled(one, _mark(p))]
    answers = _answers(other)
    if not found or only_when(other):
        return None
    if answers:
        bare = [
            place
            for place in found
            if not _answered(one, place, other, answers)
            and _expected(_within_stops(one, place), one, other) > _SURELY
        ]
        more = _clauses(one, denied) > _clauses(other, answers)
        place = bare[0] if bare and more else None
    else:
        place = found[0] if _expected(_sentences(one), one, other) > _EXPECTED else None
    if place is None:
        return None
    last = place + (2 if one.prepared.tokens[place].lexeme.stop else 1)
    return place, min(last, one.beyond.stop)


def _met(one: Side, place: int, other: Side) -> bool:
    """Whether the sentences of `other` that correspond have the words around a denial of `one`."""
    there = (one.partner.get(i) for i in (place, *_beside(one, _mark(place))))
    word = one.prepared.tokens[place].lexeme.surface
    if word in (token.lexeme.surface for token in other.prepared.tokens):
        return False  # a title that both leave as it is
    return rendered(one, _mark(place)) and any(i in other.beyond for i in there if i is not None)


def _expected(text: str, one: Side, other: Side) -> float:
    """Log odds that a translation of words of `one` denies something."""
    from provenance.translating import denial_expected

    return denial_expected(text, one.prepared.language, other.prepared.language)


def _within_stops(side: Side, place: int) -> str:
    """The words about a token up to a comma or stop on either side."""
    within = [i for i in side.beyond if not apart(side, i, place)]
    return side.text(within[0], within[-1] + 1)


def _answered(one: Side, place: int, other: Side, answers: Sequence[int]) -> bool:
    """Whether anything that may deny stands in the clause of `other` that renders one of `one`."""
    there = [one.partner[i] for i in _beside(one, _mark(place)) if i in one.partner]
    return any(not apart(other, answer, i) for answer in answers for i in there)


def _clauses(side: Side, places: Sequence[int]) -> int:
    """In how many clauses these tokens stand: никто не and *nobody ever* deny once."""
    ordered = sorted(set(places))
    return bool(ordered) + sum(apart(side, one, two) for one, two in pairwise(ordered))


def _answers(side: Side) -> list[int]:
    """The tokens that could stand for a denial."""
    marked = [mark.first for mark in side.inside(_MAY_DENY, beyond=True)]
    return marked + _places(side, negation.possible)


def _sentences(side: Side) -> str:
    """The sentences that correspond, as they are written."""
    return side.text(side.beyond.start, side.beyond.stop) if side.beyond else ""


def _places(side: Side, signs: Callable[[str, str], Sequence[float]]) -> list[int]:
    """The tokens of those sentences in which signs of denial stand, given as places in the folded
    text."""
    text, tokens = _sentences(side), side.prepared.tokens
    found = signs(text, side.prepared.language) if text else ()
    if not found:
        return []
    start, length = tokens[side.beyond.start].start, len(fold(text))
    starts = [len(fold(text[: tokens[i].start - start])) for i in side.beyond]
    before = (bisect_right(starts, round(at * length)) for at in found)
    told = (side.beyond.start + max(0, place - 1) for place in before)
    return [i for i in told if tokens[i].lexeme.value is None]  # Persian نه: nine, and no


def rendered(side: Side, mark: Mark) -> bool:
    """Whether the other text has the words around a mark, up to the next comma or stop."""
    beside = _beside(side, mark)
    return sum(i in side.partner for i in beside) >= max(1, _RENDERED * len(beside))


def _beside(side: Side, mark: Mark) -> list[int]:
    """The content words around a mark, up to the next comma or stop where there are some."""
    around = clause(side, mark)
    return [i for i in around if not apart(side, i, mark.first)] or around


def _mark(place: int) -> Mark:
    return Mark("negation", place, place + 1, None)
