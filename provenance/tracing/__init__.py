"""From matches and attributions to who said it, via whom, and where the trail ends.

`group` finds the statements, `infer` the chain of one, `verdict` what an editor is told
about a quote; `path`, `spread`, `onward`, `moments` and `end` ask a chain, `habits` many,
`difference` compares two renderings. Where a whole document
comes from is `provenance.tracing.origin.origin`, imported from there: it needs no chain.
"""

from provenance.tracing._sameness import Sameness
from provenance.tracing.asking import Moment, end, going_back, moments, onward, path, spread
from provenance.tracing.chains import infer
from provenance.tracing.context import Compared, all_in_context, in_context, precedes
from provenance.tracing.differences import Difference, Step, difference
from provenance.tracing.direction import directed
from provenance.tracing.habits import Habits, Reliance, habits, label
from provenance.tracing.reviews import NO_SOURCE, Review
from provenance.tracing.statements import THRESHOLD, group
from provenance.tracing.verdicts import verdict

__all__ = [
    "NO_SOURCE",
    "THRESHOLD",
    "Compared",
    "Difference",
    "Habits",
    "Moment",
    "Reliance",
    "Review",
    "Sameness",
    "Step",
    "all_in_context",
    "difference",
    "directed",
    "end",
    "going_back",
    "group",
    "habits",
    "in_context",
    "infer",
    "label",
    "moments",
    "onward",
    "path",
    "precedes",
    "spread",
    "verdict",
]
