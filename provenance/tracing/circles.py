"""Circular reporting: outlets that cite one another, and nobody else, for a statement.

A cites B and B cites A: each looks like a confirmation of the other and neither is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from provenance.tracing._outlets import face
from provenance.tracing._scene import Scene
from provenance.tracing.hops import named_id, stored_id

Circle = tuple[str, ...]
Cited = dict[str, set[str]]  # station → the stations it cites


def circles(scene: Scene) -> tuple[Circle, ...]:
    """Closed circles of citation, as node ids, each in the order the citations go.

    A circle is a set of stations every one of which cites another of the set and whose
    citations never leave it: a station from all of whose reach one comes back to it.
    Citing an outlet means its renderings that are not later; only where there is none,
    those that are, for an outlet cited before it published is no source either.
    """
    cited: Cited = {}
    for quote in scene.renderings:
        for citing, source in _citations(scene, quote):
            cited.setdefault(citing, set()).add(source)
    reach = {station: _reach(cited, station) for station in cited}
    closed = {
        frozenset(inside)
        for station, inside in reach.items()
        if all(station in reach.get(other, ()) for other in inside)
    }
    return tuple(sorted(_in_order(cited, members) for members in closed if len(members) > 1))


def _reach(cited: Cited, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = cited.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _citations(scene: Scene, quote: int) -> Iterator[tuple[str, str]]:
    steps = [[stored_id(quote)]]
    steps += [_meant(scene, quote, relay.name) for relay in scene.relays[quote]]
    for citing, cited in pairwise(steps):
        yield from ((one, two) for one in citing for two in cited if one != two)


def _meant(scene: Scene, quote: int, name: str) -> list[str]:
    """The stations the text of `quote` can mean when it names the outlet `name`."""
    all_of_it = scene.of_outlet(face(name).key)
    others = [other for other in all_of_it if other != quote]
    in_time = [other for other in others if scene.order(other, quote) != "after"]
    return [stored_id(other) for other in in_time or others or all_of_it] or [named_id(name)]


def _in_order(cited: Cited, members: Iterable[str]) -> Circle:
    left = set(members)
    steps = [min(left)]
    while following := sorted(cited[steps[-1]] & left - set(steps)):
        steps.append(following[0])
    return tuple(steps)
