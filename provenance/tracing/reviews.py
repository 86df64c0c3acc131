"""What people decided about hops: it wins over whatever was inferred.

Decisions are append-only records; a later one about the same rendering outranks an
earlier. Taking one back is another record, which whoever stores them has resolved before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Decision = Literal["accept", "reject", "add"]

NO_SOURCE = "unknown"  # the node a reporter names to say: nothing stored comes before this


@dataclass(frozen=True, slots=True)
class Review:
    """One decision on the hop from `from_node` to `to_node`, signed with a name and a time.

    Nodes are named as in `Chain` (``q12``, ``named:tass``), where an outlet may also be
    written as people write it (``named:The Island Post``); `to_node` may be ``unknown``:
    accepting that says the rendering's source is not stored, rejecting it that it is.
    """

    decision: Decision
    from_node: str
    to_node: str
    by: str = ""
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rulings:
    """Reviews as tracing uses them: one required parent a node, and forbidden hops."""

    required: dict[str, Review]
    forbidden: dict[tuple[str, str], Review]


def rulings(reviews: Iterable[Review]) -> Rulings:
    """The decisions in force: the last one on each hop counts, in the order given.

    Two accepted parents of one node cannot both hold, nor can accepted hops that close a
    circle: the newer decision stands.
    """
    latest: dict[tuple[str, str], Review] = {}
    for review in reviews:
        latest.pop((review.from_node, review.to_node), None)
        latest[review.from_node, review.to_node] = review
    required: dict[str, Review] = {}
    for review in reversed(latest.values()):
        wanted = review.decision != "reject" and review.from_node not in required
        if wanted and not _closes(required, review):
            required[review.from_node] = review
    forbidden = {hop: review for hop, review in latest.items() if review.decision == "reject"}
    return Rulings(required, forbidden)


def _closes(required: dict[str, Review], review: Review) -> bool:
    node = review.to_node
    while node in required:
        node = required[node].to_node
        if node == review.from_node:
            return True
    return node == review.from_node
