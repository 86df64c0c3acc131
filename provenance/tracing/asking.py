"""Questions put to a chain: back to the source, onward to the readers, in order of time."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.model import Chain, Hop, Rendering
from provenance.tracing import times


def path(chain: Chain, node: str) -> tuple[Hop, ...]:
    """The hops from `node` back to where its trail ends, nearest first; () at an end."""
    leaving = {hop.from_node: hop for hop in chain.hops}
    steps: list[Hop] = []
    seen = {node}
    while node in leaving and leaving[node].to_node not in seen:
        steps.append(leaving[node])
        node = leaving[node].to_node
        seen.add(node)
    return tuple(steps)


def end(chain: Chain, node: str) -> str:
    """The station at which the trail of `node` ends: itself, when nothing leads on."""
    steps = path(chain, node)
    return steps[-1].to_node if steps else node


def spread(chain: Chain, node: str) -> tuple[Hop, ...]:
    """The hops by which the statement travelled on from `node`, nearest first."""
    arriving: dict[str, list[Hop]] = {}
    for hop in chain.hops:
        arriving.setdefault(hop.to_node, []).append(hop)
    reached: list[Hop] = []
    seen, waiting = {node}, [node]
    for station in waiting:
        onward = [hop for hop in arriving.get(station, ()) if hop.from_node not in seen]
        reached += onward
        waiting += [hop.from_node for hop in onward]
        seen.update(hop.from_node for hop in onward)
    return tuple(reached)


def timeline(renderings: Sequence[Rendering]) -> tuple[Rendering, ...]:
    """`renderings` by the time they were published; those without one come last."""

    def when(rendering: Rendering) -> tuple[bool, float, float, int]:
        known = times.interval(rendering.published)
        if known is None:
            return (True, 0.0, 0.0, rendering.quote)
        return (False, known.start, known.end, rendering.quote)

    return tuple(sorted(renderings, key=when))
