"""Outlets and agencies mentioned in a text, from the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

# Ministries and kings' offices have sites in the gazetteer, but speak for themselves.
_BODIES = frozenset({"government"})


class Mention(NamedTuple):
    """An outlet named at ``start:end``; `name` is the gazetteer's name for it."""

    start: int
    end: int
    text: str
    name: str
    kind: str


class Mentions:
    """Outlet mentions of one text, found by place."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.all = mentions
        self._starts = [one.start for one in mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin inside ``start:end``."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return self.all[first:last]


def mentions(text: str, language: str) -> Mentions:
    """Every outlet the gazetteer finds in `text`."""
    from provenance.naming import outlets

    return Mentions(
        [
            Mention(one.start, one.end, one.text, one.outlet.name, one.outlet.kind)
            for one in outlets.find(text, language)
            if one.outlet.kind not in _BODIES
        ]
    )


def own_name(outlet: str) -> str:
    """The gazetteer's name for the outlet a document gives as its own."""
    from provenance.naming import outlets

    found = outlets.lookup(outlet) if outlet else None
    return found.name if found is not None else outlet
