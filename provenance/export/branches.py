"""The order in which the stations of a chain are shown, and how far each is set in.

The largest branch of every station goes straight on beneath it and comes last; the others
are set in by one step. So a chain of thirty hops in a row is not set in at all, and no chain
of n stations by more than log2(n) steps (heavy paths: Sleator and Tarjan, JCSS 26(3), 1983).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from provenance.model import Chain, Hop, Node


@dataclass(frozen=True, slots=True)
class Branch:
    """A station, the hop that leads from it to its source above, and steps it is set in."""

    node: Node
    hop: Hop | None
    depth: int


def branches(chain: Chain) -> tuple[Branch, ...]:
    """Every station of `chain` once, each below its source, roots first."""
    return tuple(_walked(chain))


def _walked(chain: Chain) -> Iterator[Branch]:
    nodes = {node.id: node for node in chain.nodes}
    children = _children(chain, nodes)
    sizes = _sizes(chain, children)
    arrived = {hop.from_node for hop in chain.hops}
    # A circle of hops has no root: its stations are taken up last, as if they were roots.
    starts = sorted(nodes, key=lambda name: name in arrived)
    seen: set[str] = set()
    waiting: list[tuple[str, Hop | None, int]] = []
    for start in starts:
        waiting.append((start, None, 0))
        while waiting:
            name, hop, depth = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            yield Branch(nodes[name], hop, depth)
            below = sorted(children[name], key=lambda one: _rank(one, nodes, sizes))
            for place, one in reversed(list(enumerate(below, 1))):
                waiting.append((one.from_node, one, depth + (place < len(below))))


def _children(chain: Chain, nodes: Mapping[str, Node]) -> dict[str, list[Hop]]:
    found: dict[str, list[Hop]] = {name: [] for name in nodes}
    for hop in chain.hops:
        if hop.from_node in nodes and hop.to_node in nodes:
            found[hop.to_node].append(hop)
    return found


def _sizes(chain: Chain, children: Mapping[str, list[Hop]]) -> dict[str, int]:
    """How many stations came from each, itself among them; no deeper than the chain is long."""
    sizes = dict.fromkeys(children, 1)
    parents = {hop.from_node: hop.to_node for hop in chain.hops}
    for name in children:
        above, steps = parents.get(name), 0
        while above in sizes and steps < len(children):
            sizes[above] += 1
            above, steps = parents.get(above), steps + 1
    return sizes


def _rank(
    hop: Hop, nodes: Mapping[str, Node], sizes: Mapping[str, int]
) -> tuple[int, tuple[bool, float, float], str]:
    from provenance.tracing import times

    node = nodes[hop.from_node]
    return sizes[node.id], times.rank(node.published), node.id
