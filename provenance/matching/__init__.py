"""Find what a quote renders, say how sure, and show in words what changed.

Candidates come from an index over English stems and original words (`Index`), alignment
and features from the words themselves (`compare`), probabilities from a small model fitted
and calibrated on real pairs, and `drift` from the aligned words.
"""

from provenance.matching._drift import drift
from provenance.matching._entries import Entries, entries, merged
from provenance.matching._index import (
    Index,
    MemoryIndex,
    gather,
    plan,
    question,
    rank,
)
from provenance.matching._match import Frequencies, compare, match
from provenance.matching._meaning import directions, size, vectors
from provenance.matching._parts import compare_parts, match_parts, said_elsewhere
from provenance.matching._prepare import Prepared, Token, prepare, terms
from provenance.matching._rivals import weighed

__all__ = [
    "Entries",
    "Frequencies",
    "Index",
    "MemoryIndex",
    "Prepared",
    "Token",
    "compare",
    "compare_parts",
    "directions",
    "drift",
    "entries",
    "gather",
    "match",
    "match_parts",
    "merged",
    "plan",
    "prepare",
    "question",
    "rank",
    "said_elsewhere",
    "size",
    "terms",
    "vectors",
    "weighed",
]
