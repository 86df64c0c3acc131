"""Drift of content: numbers, names, words lost, added or replaced."""

from __future__ import annotations

from rapidfuzz.distance import Indel, JaroWinkler

from provenance.languages.words import fold
from provenance.matching._drift_cuts import CUT, neutral, turn
from provenance.matching._names import romanised, skeleton
from provenance.matching._pairing import Pairing, Side, finding, quoted, runs
from provenance.matching._seats import states
from provenance.model import Drift

_ROUNDED = 0.05  # numbers closer than this, one of them rounder, are rounding
_CLOSE = 4  # tokens around a number in which a partner shows that its context survived
_MOST = 4  # findings of words lost, added or replaced a pair: beyond that it is a paraphrase
_WEIGHTY = 14.0  # nats: two rare words or three ordinary ones
_SOLID = 0.6  # share of the later text that must correspond before single words are judged
_VERBATIM = 0.75  # where so much is the same, one other word is a change and not a paraphrase
_SPELLED = 0.8  # Jaro-Winkler of romanised names: above it a respelling, not another name
_HEARD = 0.65  # share of consonants two spellings of a name have in common, in order

# ---------------------------------------------------------------- numbers


def numbers(pairing: Pairing) -> list[Drift]:
    """Numbers that became others, vanished or appeared where the words around them stayed."""
    ours, theirs = _unmet(pairing.later), _unmet(pairing.earlier)
    found: list[Drift] = []
    for place in list(theirs):
        other = _counterpart(pairing, place, ours)
        if other is not None:
            ours.remove(other)
            theirs.remove(place)
            found.append(_changed(pairing, other, place))
    pair = _only_ones(pairing, ours, theirs)
    if pair is not None:
        return [*found, _changed(pairing, *pair), *_units(pairing)]
    found += [_lone(pairing, place, gone=True) for place in theirs if _kept(pairing.earlier, place)]
    found += [_lone(pairing, place, gone=False) for place in ours if _kept(pairing.later, place)]
    return (found or counted(pairing)) + _units(pairing)


def counted(pairing: Pairing) -> list[Drift]:
    """The one number of each text where they differ and count the same thing: what little two
    languages' tables tell of the rest, "340 million crowns" is not "430 million crowns"."""
    left, right = _everywhere(pairing.later), _everywhere(pairing.earlier)
    if len(left) != 1 or len(right) != 1:
        return []
    unit = pairing.later.prepared.tokens[left[0]].lexeme.unit
    if not unit and pairing.later.partner.get(left[0] + 1) != right[0] + 1:
        return []
    return [_changed(pairing, left[0], right[0])] if _differ(pairing, left[0], right[0]) else []


def _differ(pairing: Pairing, ours: int, theirs: int) -> bool:
    """Whether two numbers count in one unit and are not one number written twice."""
    here = pairing.later.prepared.tokens[ours].lexeme
    there = pairing.earlier.prepared.tokens[theirs].lexeme
    return here.unit == there.unit and _unlike(here.value or 0.0, there.value or 0.0)


def _only_ones(pairing: Pairing, ours: list[int], theirs: list[int]) -> tuple[int, int] | None:
    """The one number of each text that the other lacks, near what corresponds or not, where
    they count in one unit and at least one of them is missed."""
    left, right = _everywhere(pairing.later), _everywhere(pairing.earlier)
    if len(left) != 1 or len(right) != 1 or not (ours or theirs):
        return None
    kept = any(_kept(pairing.later, i) for i in ours) or any(
        _kept(pairing.earlier, i) for i in theirs
    )
    return (left[0], right[0]) if kept and _differ(pairing, left[0], right[0]) else None


def _unlike(one: float, other: float) -> bool:
    """Whether two numbers cannot be one written twice: "1830" and "the thirties of the 19th
    century", "2.3 million" with the million unread."""
    small, large = sorted((abs(one), abs(other)))
    if not small or large % 100 == small:
        return False
    return all(abs(large / small - step) > _EXACT for step in (1, 1e3, 1e6, 1e9))


_EXACT = 1e-6  # what dividing decimals leaves


def _everywhere(side: Side) -> list[int]:
    """Every number of a text without a partner."""
    tokens = side.prepared.tokens
    return [
        i
        for i, token in enumerate(tokens)
        if token.lexeme.value is not None and i not in side.partner
    ]


def _unmet(side: Side) -> list[int]:
    """Numbers of the region without a partner and not said elsewhere in the other text."""
    tokens = side.prepared.tokens
    return [
        i
        for i in range(max(0, side.region.first - 1), min(len(tokens), side.region.last + 1))
        if tokens[i].lexeme.value is not None and i not in side.partner
    ]


def _counterpart(pairing: Pairing, place: int, ours: list[int]) -> int | None:
    """The number of the later text that took the place of the earlier one at `place`."""
    there = pairing.earlier.prepared.tokens[place].lexeme
    away = {
        i: min(abs(i - expected) for expected in expected_at(pairing.earlier, place))
        for i in ours
        if expected_at(pairing.earlier, place)
        and len({pairing.later.prepared.tokens[i].lexeme.unit, there.unit} - {""}) < 2
    }
    nearest = min(away, key=lambda i: (away[i], i), default=None)
    return nearest if nearest is not None and away[nearest] <= _CLOSE else None


def expected_at(side: Side, place: int) -> list[int]:
    """Where the other text should have this token, by each content word near it."""
    near = sorted(
        (abs(i - place), i)
        for i in side.partner
        if abs(i - place) <= _CLOSE and not side.prepared.tokens[i].lexeme.stop
    )
    return [side.partner[i] + (place - i) for _, i in near]


def _kept(side: Side, place: int) -> bool:
    """Whether content words on both sides of the number (or all there are) have partners."""
    tokens = side.prepared.tokens
    left = [i for i in range(max(0, place - _CLOSE), place) if not tokens[i].lexeme.stop]
    right = [
        i
        for i in range(place + 1, min(len(tokens), place + 1 + _CLOSE))
        if not tokens[i].lexeme.stop
    ]
    return all(
        any(i in side.partner for i in near[:2]) for near in (left[::-1], right) if near
    ) and bool(left or right)


def _changed(pairing: Pairing, ours: int, theirs: int) -> Drift:
    here, there = pairing.later.prepared.tokens[ours], pairing.earlier.prepared.tokens[theirs]
    new, old = here.lexeme.value or 0.0, there.lexeme.value or 0.0
    rounded = abs(new - old) <= _ROUNDED * max(abs(new), abs(old)) and _digits(new) != _digits(old)
    says = (
        f"{quoted(_written(pairing.earlier, theirs))} was rounded to "
        f"{quoted(_written(pairing.later, ours))}."
        if rounded
        else f"{quoted(_written(pairing.earlier, theirs))} became "
        f"{quoted(_written(pairing.later, ours))}."
    )
    return finding(
        "number",
        "minor" if rounded else "serious",
        says,
        (pairing.later, ours, ours + 1),
        (pairing.earlier, theirs, theirs + 1),
        certain=pairing.same or pairing.known,
    )


def _digits(value: float) -> int:
    """Digits of a number less the noughts it ends in: a rounder one has fewer."""
    return len(f"{value:.6f}".rstrip("0").rstrip(".").replace(".", "").rstrip("0"))


def _written(side: Side, place: int) -> str:
    return side.text(place, place + 1)


def _lone(pairing: Pairing, place: int, gone: bool) -> Drift:
    """A number only one of the texts has."""
    side = pairing.earlier if gone else pairing.later
    where = (side, place, place + 1)
    word = quoted(_written(side, place))
    says = f"The number {word} is gone." if gone else f"The number {word} was not there before."
    certain = pairing.same
    if gone:
        return finding("number", "notable", says, None, where, certain=certain)
    return finding("number", "notable", says, where, None, certain=certain)


def _units(pairing: Pairing) -> list[Drift]:
    """Same figure, another unit: dollars for euros."""
    found = []
    for i, j in pairing.later.partner.items():
        here = pairing.later.prepared.tokens[i].lexeme
        there = pairing.earlier.prepared.tokens[j].lexeme
        if here.value is not None and here.unit and there.unit and here.unit != there.unit:
            figure = quoted(_written(pairing.earlier, j))
            says = f"{figure} is in {there.unit} there, in {here.unit} here."
            found.append(
                finding(
                    "number",
                    "serious",
                    says,
                    (pairing.later, i, i + 1),
                    (pairing.earlier, j, j + 1),
                )
            )
    return found


# ---------------------------------------------------------------- names


def names(pairing: Pairing) -> list[Drift]:
    """A name that took another's place between words that stayed."""
    found = []
    for first, last in _name_runs(pairing.earlier):
        expected = expected_at(pairing.earlier, first)
        for start, end in _name_runs(pairing.later):
            if not expected or abs(start - expected[0]) > 2:
                continue
            if _initials(pairing.earlier.text(first, last), pairing.later.text(start, end)):
                continue
            if _one_state(pairing, (first, last), (start, end)):
                continue
            says = (
                f"The name {quoted(pairing.earlier.text(first, last))} became "
                f"{quoted(pairing.later.text(start, end))}."
            )
            proper = _proper(pairing.later, start, end) and _proper(pairing.earlier, first, last)
            if not pairing.same and not proper:
                continue  # a common word in capitals, translated
            if _sounds_alike(pairing.earlier.text(first, last), pairing.later.text(start, end)):
                continue
            sure = pairing.same and proper
            found.append(
                finding(
                    "name",
                    "serious" if sure else "notable",
                    says,
                    (pairing.later, start, end),
                    (pairing.earlier, first, last),
                    certain=sure,
                )
            )
            break
    return found


def _one_state(pairing: Pairing, theirs: tuple[int, int], ours: tuple[int, int]) -> bool:
    """Whether two names stand for one state: "Britain", "London"."""
    sides = ((pairing.earlier, theirs), (pairing.later, ours))
    one, other = (states(side.text(*run), side.prepared.language) for side, run in sides)
    return bool(one & other)


def _name_runs(side: Side) -> list[tuple[int, int]]:
    """Runs of name tokens without partners."""
    tokens = side.prepared.tokens
    places = [
        i for i in side.edges if tokens[i].name and side.free(i) and tokens[i].lexeme.value is None
    ]
    return runs(places)


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one, letter for letter or by their consonants."""
    left, right = (romanised(fold(text)).replace(" ", "") for text in (one, other))
    return (
        JaroWinkler.normalized_similarity(left, right) >= _SPELLED
        or Indel.normalized_similarity(skeleton(left), skeleton(right)) >= _HEARD
    )


def _proper(side: Side, first: int, last: int) -> bool:
    """Whether every word of the run is too rare to be a common word in capitals."""
    return all(side.prepared.tokens[i].lexeme.telling for i in range(first, last))


def _initials(one: str, other: str) -> bool:
    """Whether one name abbreviates the other: RBS, Royal Bank of Scotland."""
    short, long = sorted((one, other), key=len)
    letters = "".join(word[0] for word in long.split() if word[0].isupper())
    return short.replace(".", "").casefold() == letters.casefold()


# ---------------------------------------------------------------- words


def wordings(pairing: Pairing) -> list[Drift]:
    """Content words lost, added or replaced between words that stayed; four at most.

    Across languages only long stretches are told, and as uncertain: a translation may
    render them in words the dictionaries do not know.
    """
    if pairing.coverage < _SOLID:
        return []
    gone = _loose_runs(pairing.earlier, pairing.same)
    new = _loose_runs(pairing.later, pairing.same)
    found: list[tuple[float, Drift]] = []
    for first, last in gone:
        partner = next((run for run in new if _opposite(pairing, first, run)), None)
        weight = _weight(pairing.earlier, first, last)
        if partner is not None:
            new.remove(partner)
            found.append((weight + 1, _replaced(pairing, partner, (first, last))))
        else:
            found.append((weight, _lost(pairing, first, last, weight)))
    for first, last in new:
        weight = _weight(pairing.later, first, last)
        found.append((weight, _added(pairing, first, last, weight)))
    found.sort(key=lambda item: -item[0])
    told: list[Drift] = []
    for _, drift in found[:_MOST]:
        if not any(_within(drift, other) for other in told):
            told.append(drift)
    return told


def _within(drift: Drift, other: Drift) -> bool:
    """Whether a passage left out is part of another one."""
    part, whole = drift.to_span, other.to_span
    lost = drift.from_span is None and other.from_span is None and part and whole
    return bool(lost and part and whole and whole.start <= part.start and part.end <= whole.end)


def _loose_runs(side: Side, same: bool) -> list[tuple[int, int]]:
    """Runs of content words without partners, the small words judged elsewhere left out."""
    judged = {i for mark in side.marks for i in range(mark.first, mark.last)}
    places = [
        i
        for i in range(side.region.first, side.region.last)
        if side.free(i)
        and i not in judged
        and not neutral(side, i)
        and side.prepared.tokens[i].lexeme.value is None
    ]
    found = runs(places, gap=2)
    if same:
        return found
    return [(a, b) for a, b in found if _weight(side, a, b) >= 2 * _WEIGHTY]


def _weight(side: Side, first: int, last: int) -> float:
    return sum(
        side.prepared.tokens[i].lexeme.weight for i in range(first, last) if i not in side.partner
    )


def _opposite(pairing: Pairing, first: int, run: tuple[int, int]) -> bool:
    expected = expected_at(pairing.earlier, first)
    return bool(expected) and run[0] - 1 <= expected[0] <= run[1]


def _replaced(pairing: Pairing, ours: tuple[int, int], theirs: tuple[int, int]) -> Drift:
    says = f"{quoted(pairing.earlier.text(*theirs))} became {quoted(pairing.later.text(*ours))}."
    return finding(
        "replaced",
        "notable" if pairing.same and pairing.coverage >= _VERBATIM else "minor",
        says,
        (pairing.later, *ours),
        (pairing.earlier, *theirs),
        certain=pairing.same,
    )


def _lost(pairing: Pairing, first: int, last: int, weight: float) -> Drift:
    """Words left out inside the sentence; a whole clause that turns it is a truncation."""
    side = pairing.earlier
    while first - 1 in side.beyond and first - 1 not in side.partner:
        first -= 1
    turned = turn(side, first, last)
    says = f"{quoted(side.text(first, last))} was left out"
    if turned is not None and last - first > CUT:
        says += f", which turns on {quoted(side.text(turned.first, turned.last))}."
        where = (side, first, last)
        return finding("truncation", "notable", says, None, where, certain=pairing.same)
    while side.prepared.tokens[first].lexeme.stop:
        first += 1
    return finding(
        "lost",
        "notable" if pairing.same and weight >= _WEIGHTY else "minor",
        f"{quoted(side.text(first, last))} was left out.",
        None,
        (side, first, last),
        certain=pairing.same,
    )


def _added(pairing: Pairing, first: int, last: int, weight: float) -> Drift:
    return finding(
        "added",
        "notable" if pairing.same and weight >= _WEIGHTY else "minor",
        f"{quoted(pairing.later.text(first, last))} was not there before.",
        (pairing.later, first, last),
        None,
        certain=pairing.same,
    )
