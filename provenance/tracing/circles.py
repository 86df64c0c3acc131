"""Circular reporting: outlets that cite one another, and nobody else, for a statement.

A cites B and B cites A: each looks like a confirmation of the other and neither is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from provenance.tracing import times
from provenance.tracing._outlets import face
from provenance.tracing._scene import Scene
from provenance.tracing.hops import named_id, stored_id

if TYPE_CHECKING:
    import networkx as nx

Circle = tuple[str, ...]


def circles(scene: Scene) -> tuple[Circle, ...]:
    """Closed circles of citation, as node ids, each in the order the citations go.

    A circle is a set of stations every one of which cites another of the set and whose
    citations never leave it: the closed strongly connected components of the graph of
    citations. Citing an outlet means its renderings that are not later; only where there
    is none, those that are, for an outlet cited before it published is no source either.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(edge for quote in scene.renderings for edge in _citations(scene, quote))
    components = list(nx.strongly_connected_components(graph))
    closed = [members for members in components if len(members) > 1 and not _left(graph, members)]
    return tuple(sorted(_in_order(graph, members) for members in closed))


def _citations(scene: Scene, quote: int) -> Iterator[tuple[str, str]]:
    steps = [[stored_id(quote)]]
    steps += [_meant(scene, quote, relay.name) for relay in scene.relays[quote]]
    for citing, cited in pairwise(steps):
        yield from ((one, two) for one in citing for two in cited if one != two)


def _meant(scene: Scene, quote: int, name: str) -> list[str]:
    """The stations the text of `quote` can mean when it names the outlet `name`."""
    when = scene.renderings[quote].published
    all_of_it = scene.of_outlet(face(name).key)
    others = [other for other in all_of_it if other != quote]
    in_time = [
        other for other in others if times.order(scene.renderings[other].published, when) != "after"
    ]
    return [stored_id(other) for other in in_time or others or all_of_it] or [named_id(name)]


def _left(graph: nx.DiGraph[str], members: Iterable[str]) -> bool:
    inside = set(members)
    return any(target not in inside for node in inside for target in graph.successors(node))


def _in_order(graph: nx.DiGraph[str], members: Iterable[str]) -> Circle:
    within = graph.subgraph(members)
    steps = [min(within.nodes)]
    while True:
        following = sorted(node for node in within.successors(steps[-1]) if node not in steps)
        if not following:
            return tuple(steps)
        steps.append(following[0])
