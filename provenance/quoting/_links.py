"""Which of the sources nearby said it: a linear model over place, cues and what lies between.

A candidate is a stretch the tagger calls a source, the speaker a rule gives, or the source
of the quotation before; that the text names none of them is a candidate too. The chances of
all add up to one (a conditional logit, McFadden 1974). The features are about places and
classes only, so one set of weights serves every language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from provenance.model import Span


class Candidate(NamedTuple):
    """A possible source at tokens ``first:last`` of the page; `ruled` when a rule says so,
    `tagged` when the tagger does, `inherited` when the quotation before has it."""

    first: int
    last: int
    span: Span
    ruled: bool = False
    tagged: bool = True
    inherited: bool = False


class Layout(NamedTuple):
    """The page by token: its sentence and block, whether a cue, which claim holds it, whether
    a pronoun, begun with a capital, between quotation marks."""

    sentence: Sequence[int]
    block: Sequence[int]
    cue: Sequence[bool]
    held: Sequence[int]
    pronoun: Sequence[bool]
    capital: Sequence[bool]
    quoted: Sequence[bool]


# Candidates further than this from the words they may have said are not considered.
REACH = 90
_STEPS = (0, 1, 2, 4, 7, 12, 20, 40)


def features(
    parts: Sequence[tuple[int, int]], claim: int, options: Sequence[Candidate], layout: Layout
) -> list[list[str]]:
    """Names of the features that hold between a claim's token `parts` and each of `options`,
    and last those of naming no source."""
    placed = [_place(parts, option) for option in options]
    quoted = layout.quoted[parts[0][0]]
    ruled = any(option.ruled for option in options)
    rows = []
    for option, (side, gap, between) in zip(options, placed, strict=True):
        closer = sum(1 for _, other, _ in placed if other < gap)
        names = _alone(parts, claim, option, (side, gap, between), layout)
        names.append(f"closer {min(closer, 3)} {side} ruled {ruled}")
        names.append(f"quoted {quoted} {names[1]}")
        rows.append(names)
    near = min((_step(gap) for _, gap, _ in placed), default=9)
    rows.append(["none", f"none quoted {quoted}", f"none near {near}", f"none ruled {ruled}"])
    return rows


def _alone(
    parts: Sequence[tuple[int, int]],
    claim: int,
    candidate: Candidate,
    place: tuple[str, int, tuple[int, int]],
    layout: Layout,
) -> list[str]:
    """Names of what holds between a claim and one candidate, whatever the others."""
    first, last = parts[0][0], parts[-1][1]
    side, gap, (low, high) = place
    sentences = (
        layout.sentence[first],
        layout.sentence[last - 1],
        layout.sentence[parts[0][1] - 1],
    )
    here = layout.sentence[candidate.first]
    same = here in sentences
    away = "same" if same else str(max(-3, min(2, here - sentences[0])))
    cues = sum(1 for place in range(low, high) if layout.cue[place])
    others = {layout.held[place] for place in range(low, high)} - {-1, claim}
    near = f"{side} {_step(gap)}"
    pronoun = layout.pronoun[candidate.first]
    held = layout.held[candidate.first]
    names = [
        near,
        f"{near} {away}",
        f"{side} cue {min(cues, 2)} {same}",
        f"others {min(len(others), 2)} {away}",
        f"block {layout.block[candidate.first] == layout.block[first]} {side}",
        f"pronoun {pronoun} {side} {away}",
        f"beside {_beside(candidate, layout)} {side} {same}",
        f"beside {_beside(candidate, layout)} cue {min(cues, 2)} {near}",
        f"held {'own' if held == claim else 'free' if held < 0 else 'other'} {side}",
        f"capital {layout.capital[candidate.first]} {side}",
    ]
    if candidate.ruled:
        names.append(f"ruled {candidate.tagged} {same}")
    if candidate.inherited:
        names.append(f"inherited {away} {side} pronoun {pronoun}")
        names.append(f"inherited beside {_beside(candidate, layout)} others {len(others) > 0}")
    if not candidate.tagged:
        names.append("untagged")
    return names


def _place(
    parts: Sequence[tuple[int, int]], candidate: Candidate
) -> tuple[str, int, tuple[int, int]]:
    """On which side the candidate stands, how far, and the tokens between."""
    if candidate.last <= parts[0][0]:
        return "before", parts[0][0] - candidate.last, (candidate.last, parts[0][0])
    if candidate.first >= parts[-1][1]:
        return "after", candidate.first - parts[-1][1], (parts[-1][1], candidate.first)
    for (_, end), (start, _) in pairwise(parts):
        if end <= candidate.first and candidate.last <= start:
            return "amid", candidate.first - end, (end, candidate.first)
    return "inside", 0, (candidate.first, candidate.first)


def _beside(candidate: Candidate, layout: Layout) -> str:
    """Whether a cue stands right before or after the candidate."""
    left = range(max(0, candidate.first - 2), candidate.first)
    right = range(candidate.last, min(len(layout.cue), candidate.last + 3))
    before = any(layout.cue[place] for place in left)
    after = any(layout.cue[place] for place in right)
    return f"{'b' if before else ''}{'a' if after else ''}"


def _step(gap: int) -> int:
    return sum(1 for bound in _STEPS if gap > bound)


def chances(rows: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """The probability of each candidate whose features `rows` name, all adding up to one."""
    odds = [sum(weights.get(name, 0.0) for name in names) for names in rows]
    most = max(odds)
    shares = [math.exp(one - most) for one in odds]
    return [share / sum(shares) for share in shares]


def reason(parts: Sequence[tuple[int, int]], candidate: Candidate) -> str:
    """Where the source stands and what speaks for it, for people to read."""
    side, gap, _ = _place(parts, candidate)
    where = "inside the words" if side == "inside" else f"{side} the words, {gap} away"
    rule = ", as the rule has it" if candidate.ruled else ""
    again = ", who spoke before" if candidate.inherited else ""
    return f"the link model's likeliest source: {where}{rule}{again}"
