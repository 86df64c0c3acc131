"""What changed between two renderings, judged word by word after alignment.

Every detector is conservative: it speaks only where the words around a change are aligned,
and stays silent or uncertain where a translation could be to blame. A wrong flag costs an
editor's trust; a missed small one costs little.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.languages.negation import known, possible
from provenance.matching._contraries import classes
from provenance.matching._drift_across import across
from provenance.matching._drift_bounds import bounds
from provenance.matching._drift_contraries import contraries
from provenance.matching._drift_cuts import truncations
from provenance.matching._drift_denials import unanswered
from provenance.matching._drift_doubts import vouched
from provenance.matching._drift_marks import conditions, hedges, negations, quantifiers, tenses
from provenance.matching._drift_words import counted, names, numbers, wordings
from provenance.matching._features import Region, region, weights
from provenance.matching._marks import marks
from provenance.matching._pairing import Pairing, Side, asks, divided, finding, quoted, side
from provenance.matching._prepare import Prepared, prepare
from provenance.model import Aligned, Drift, Rendering, Span

_LEAST = 0.3  # below this share of the later text rendered, the two are not one statement
_LONGEST = 800  # words: no quote is longer, and judging grows with the square of the marks
# Similarity from which one word of a language stands for another. Below it are words that are
# translated alike now and then, as victory and defeat are: found by them, changed by them.
_SAME_WORD = 0.6
_AMOUNTS = ("some", "most", "all")
_ORDER = {"serious": 0, "notable": 1, "minor": 2}
_DETECTORS = (
    numbers,
    negations,
    conditions,
    hedges,
    quantifiers,
    bounds,
    contraries,
    names,
    tenses,
    truncations,
    wordings,
)


def drift(later: Rendering, earlier: Rendering, alignment: Sequence[Aligned]) -> tuple[Drift, ...]:
    """What `later` lost, added or altered of `earlier`, the gravest first.

    `alignment` is that of `compare`. Texts that hardly correspond yield nothing: they are
    different statements, not one that drifted.
    """
    pairing = _pairing(
        prepare(later.text, later.language), prepare(earlier.text, earlier.language), alignment
    )
    if _too_long(pairing):
        return ()
    if pairing.coverage < _LEAST:
        return tuple(counted(pairing))
    found = [drift for detect in _DETECTORS for drift in detect(pairing)]
    found += _quotation(later, earlier) + _asked(later, pairing)
    told = {drift.kind for drift in found}
    more = (*unanswered(pairing), *vouched(pairing), *across(later, earlier))
    told_of = tuple(drift for drift in found if drift.severity == "serious")
    found += [
        d
        for d in more
        if d.kind not in told
        and _corresponds(pairing, d)
        and not (d.kind == "name" and any(_touches(d, other) for other in told_of))
    ]
    if bool(later.denied_by) != bool(earlier.denied_by):
        found = _disowned(later, earlier, found)
    return tuple(sorted(_distinct(found), key=_gravest))


def _corresponds(pairing: Pairing, drift: Drift) -> bool:
    """Whether what changed stands in a sentence that the other text has something of."""
    sides = ((pairing.later, drift.from_span), (pairing.earlier, drift.to_span))
    return all(
        any(span.start <= side.prepared.tokens[i].start < span.end for i in side.beyond)
        for side, span in sides
        if span is not None
    )


def _too_long(pairing: Pairing) -> bool:
    """Whether both texts are whole articles, between which single words decide nothing."""
    sides = (pairing.later, pairing.earlier)
    return min(len(side.prepared.tokens) for side in sides) > _LONGEST


def _pairing(later: Prepared, earlier: Prepared, alignment: Sequence[Aligned]) -> Pairing:
    ours = {token.start: i for i, token in enumerate(later.tokens)}
    theirs = {token.start: j for j, token in enumerate(earlier.tokens)}
    pairs = [
        (ours[pair.from_span.start], theirs[pair.to_span.start], pair.similarity)
        for pair in alignment
        if pair.from_span.start in ours and pair.to_span.start in theirs
    ]
    same = later.language == earlier.language
    denied, denying = _denying(later, same), _denying(earlier, same)
    pairs = [(i, j, s) for i, j, s in pairs if (i in denied) == (j in denying)]
    if not same:
        pairs = _straight(later, earlier, pairs)
        pairs += _classed(later, earlier, pairs)
    mine = _region(later, {i: s for i, _, s in pairs})
    yours = _region(earlier, {j: s for _, j, s in pairs})
    if same:
        pairs = [pair for pair in pairs if pair[2] >= _SAME_WORD]
    whole = sum(weights(later, None))
    return Pairing(
        later=side(later, {i: j for i, j, _ in pairs}, {i: s for i, _, s in pairs}, mine),
        earlier=side(earlier, {j: i for i, j, _ in pairs}, {j: s for _, j, s in pairs}, yours),
        same=same,
        coverage=mine.matched / whole if whole else 0.0,
    )


def _straight(
    later: Prepared, earlier: Prepared, pairs: Sequence[tuple[int, int, float]]
) -> list[tuple[int, int, float]]:
    """Pairs without two denials of which either governs what another sentence renders, and without
    amounts of different things: "all" of the shops is no answer to "all" of the villages."""
    there, here = {i: j for i, j, _ in pairs}, {j: i for i, j, _ in pairs}
    ours, theirs = (_governed(text, ("negation",)) for text in (later, earlier))
    some, others = (_governed(text, _AMOUNTS) for text in (later, earlier))
    return [
        (i, j, alike)
        for i, j, alike in pairs
        if there.get(some.get(i, -1), others.get(j)) == others.get(j)
        if not divided(earlier, j, there.get(ours.get(i, -1)))
        or not divided(later, i, here.get(theirs.get(j, -1)))
    ]


def _governed(prepared: Prepared, kinds: Sequence[str]) -> dict[int, int]:
    """What each word of these kinds governs."""
    some = (mark for mark in marks(prepared) if mark.kind in kinds)
    return {mark.first: mark.head for mark in some if mark.head is not None}


def _classed(
    later: Prepared, earlier: Prepared, pairs: Sequence[tuple[int, int, float]]
) -> list[tuple[int, int, float]]:
    """The one word of a class on each side, which the tables of two languages did not pair: a word
    for closing answers a word for closing."""
    met, meeting = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    ours, theirs = classes(later), classes(earlier)
    return [
        (ours[kind][0].start, theirs[kind][0].start, _SAME_WORD)
        for kind in sorted(ours.keys() & theirs.keys())
        if len(ours[kind]) == len(theirs[kind]) == 1
        and met.isdisjoint(ours[kind][0])
        and meeting.isdisjoint(theirs[kind][0])
    ]


def _denying(prepared: Prepared, same: bool) -> set[int]:
    """Tokens that deny: one of them never renders a token that does not. Where another language
    has a word for it, a verb that denies in itself renders one that does not."""
    kinds = ("negation", "none", "soft negation", *(("denied",) if same else ()))
    return {mark.first for mark in marks(prepared) if mark.kind in kinds}


def _region(prepared: Prepared, alike: dict[int, float]) -> Region:
    return region(weights(prepared, None), alike)


def _quotation(later: Rendering, earlier: Rendering) -> list[Drift]:
    """Quotation marks around words that the earlier text only reports."""
    if later.type != "direct" or earlier.type != "indirect":
        return []
    return [
        Drift(
            kind="quotation",
            severity="notable",
            from_text=later.text,
            to_text=earlier.text,
            says=f"In quotation marks here, but reported speech there: {quoted(earlier.text)}.",
            from_span=Span(0, len(later.text)),
            to_span=Span(0, len(earlier.text)),
        )
    ]


def _disowned(later: Rendering, earlier: Rendering, found: Sequence[Drift]) -> list[Drift]:
    """What changed where the verb that introduces one of the texts denies it: a denial found
    between the texts themselves says the same once more."""
    rest = [drift for drift in found if drift.kind != "negation"]
    one, other = (later, earlier) if later.denied_by else (earlier, later)
    answered = len(possible(other.text, other.language)) > len(possible(one.text, one.language))
    if len(rest) < len(found) or answered:
        return rest
    here, there = ("here", "there") if one is later else ("there", "here")
    says = f"It is denied {here} ({quoted(one.denied_by)} introduces it), and stated {there}."
    verbs = later.denied_by, earlier.denied_by
    return [*rest, Drift("negation", "serious", *verbs, says, certain=known(other.language))]


def _asked(later: Rendering, pairing: Pairing) -> list[Drift]:
    """A question of the earlier text that stands between marks as a statement."""
    if later.type != "direct" or not asks(pairing.earlier) or asks(pairing.later):
        return []
    if not (pairing.later.region.last and pairing.earlier.region.last):
        return []
    here, there = ((side, side.beyond.start, side.beyond.stop) for side in _sides(pairing))
    text = pairing.earlier.text(there[1], there[2])
    says = f"{quoted(text)} is a question there; here it is stated."
    return [finding("hedge", "serious", says, here, there)]


def _sides(pairing: Pairing) -> tuple[Side, Side]:
    return pairing.later, pairing.earlier


def _distinct(found: Sequence[Drift]) -> list[Drift]:
    """Without what a more telling finding about the same words covers already."""
    kept: list[Drift] = []
    for drift in sorted(found, key=_telling):
        if not any(_touches(drift, other) for other in kept if _telling(other) < _telling(drift)):
            kept.append(drift)
    return kept


def _telling(drift: Drift) -> int:
    """0 for what names a change, 1 for a sentence cut short, 2 for words lost or added."""
    if drift.kind == "replaced" and drift.severity == "serious":
        return 0
    return {"truncation": 1, "lost": 2, "added": 2, "replaced": 2}.get(drift.kind, 0)


def _touches(one: Drift, other: Drift) -> bool:
    if other.kind == "quotation":
        return False
    return _overlap(one.from_span, other.from_span) or _overlap(one.to_span, other.to_span)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and one.start < other.end and other.start < one.end)


def _gravest(drift: Drift) -> tuple[int, int, str]:
    where = drift.from_span or drift.to_span or Span(0, 0)
    return (_ORDER[drift.severity], where.start, drift.kind)
