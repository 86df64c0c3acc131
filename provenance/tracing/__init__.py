"""From matches and attributions to who said it, via whom, and where the trail ends.

`group` finds the statements, `infer` the chain of one, `verdict` what an editor is told
about a quote; `path`, `spread`, `timeline` and `end` ask a chain. Where a whole document
comes from is `provenance.tracing.origin.origin`, imported from there: it needs no chain.
"""

from provenance.tracing.asking import end, path, spread, timeline
from provenance.tracing.chains import infer
from provenance.tracing.reviews import NO_SOURCE, Review
from provenance.tracing.statements import THRESHOLD, group
from provenance.tracing.verdicts import verdict

__all__ = [
    "NO_SOURCE",
    "THRESHOLD",
    "Review",
    "end",
    "group",
    "infer",
    "path",
    "spread",
    "timeline",
    "verdict",
]
