"""GraphML: nodes and hops with all their facts, as networkx writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from provenance.export.inert import one_line
from provenance.export.trails import Station, Trail, changes
from provenance.model import Hop


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """One directed graph of all statements, from the later text to where it came from."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for trail in trails:
        ends = {root.id: one_line(ending.says) for ending, root in trail.ends}
        for station in trail.stations.values():
            ending = ends.get(station.id, "")
            graph.add_node(station.id, **_facts(trail, station), ending=ending)
        for hop, later, earlier in trail.hops:
            graph.add_edge(later.id, earlier.id, **_step(hop))
    # lxml would name its encoding as ASCII and spell out every letter: the plain writer does not.
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from (f"{line}\n" for line in nx.generate_graphml(graph))


def _facts(trail: Trail, station: Station) -> dict[str, Any]:
    node = station.node
    named = ("kind", "outlet", "speaker", "language", "published", "url", "text")
    facts = {name: one_line(getattr(node, name)) for name in named}
    return {"label": one_line(station.name), "statement": trail.chain.statement, **facts}


def _step(hop: Hop) -> dict[str, Any]:
    return {
        "relation": hop.relation,
        "basis": hop.basis,
        "probability": round(hop.probability, 4),
        "margin": round(hop.margin, 4),
        "changes": one_line(changes(hop.drift)),
    }
