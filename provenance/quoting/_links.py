"""Which of the sources nearby said it: a linear model over place, cues and what lies between.

A candidate is a stretch the tagger calls a source, the speaker a rule gives, or the source
of the quotation before. The features are about places and classes only, so one set of
weights serves every language.
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
    """The page by token: its sentence and block, whether a cue, and which claim holds it."""

    sentence: Sequence[int]
    block: Sequence[int]
    cue: Sequence[bool]
    held: Sequence[int]
    pronoun: Sequence[bool]


# Candidates further than this from the words they may have said are not considered.
REACH = 90
_STEPS = (0, 1, 2, 4, 7, 12, 20, 40)


def features(
    parts: Sequence[tuple[int, int]], claim: int, candidate: Candidate, layout: Layout
) -> list[str]:
    """Names of the features that hold between a claim's token `parts` and a candidate."""
    first, last = parts[0][0], parts[-1][1]
    side, gap, between = _place(parts, candidate)
    same = layout.sentence[candidate.first] in {
        layout.sentence[first], layout.sentence[last - 1], layout.sentence[parts[0][1] - 1]
    }  # fmt: skip
    low, high = between
    cues = sum(1 for place in range(low, high) if layout.cue[place])
    others = {layout.held[place] for place in range(low, high)} - {-1, claim}
    near = f"{side} {_step(gap)}"
    names = [
        near,
        f"{near} same" if same else f"{near} other",
        f"{side} cue {min(cues, 2)} {same}",
        f"others {min(len(others), 2)} {same}",
        f"block {layout.block[candidate.first] == layout.block[first]} {side}",
        f"pronoun {layout.pronoun[candidate.first]} {side} {same}",
    ]
    if candidate.ruled:
        names.append(f"ruled {candidate.tagged} {same}")
    if candidate.inherited:
        names.append(f"inherited {same} {side}")
    if not candidate.tagged:
        names.append("untagged")
    beside = _beside(candidate, layout)
    names.append(f"beside {beside} {side} {same}")
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


def chance(odds: float) -> float:
    """The probability that `odds` in nats stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def score(names: Sequence[str], weights: Mapping[str, float]) -> float:
    """Log-odds that the candidate is the source."""
    return weights.get("", 0.0) + sum(weights.get(name, 0.0) for name in names)
