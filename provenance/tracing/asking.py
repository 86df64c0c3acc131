"""Questions put to a chain: back to the source, onward to the readers, in order of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from provenance.model import Chain, Hop, Node
from provenance.tracing import times
from provenance.tracing._sameness import Sameness

_LONGEST_WAY = 64  # hops followed back; probabilities beyond have long since settled


@dataclass(frozen=True, slots=True)
class Moment:
    """One rendering in the order of time: its station, the hop to `source`, which it came
    from (both None at the end of a trail), and hours since the first dated one (None undated)."""

    node: Node
    hop: Hop | None
    source: Node | None
    hours: float | None


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


def reaching(chain: Chain, start: str, target: str) -> float:
    """The probability that the trail of `start` leads through `target`, by any way known."""
    hops = (*chain.hops, *chain.alternatives)
    chances = {target: 1.0}
    for _ in range(_LONGEST_WAY):
        found: dict[str, float] = {target: 1.0}
        for hop in hops:
            if hop.from_node != target and hop.to_node in chances:
                onward = found.get(hop.from_node, 0.0)
                found[hop.from_node] = onward + hop.probability * chances[hop.to_node]
        if found == chances:
            break
        chances = found
    return min(1.0, chances.get(start, 0.0))


def going_back(chain: Chain, start: str, target: str, sameness: Sameness) -> float:
    """The probability that `start` goes back to `target`, whatever the way.

    It does only if the two are one statement, so it is no surer than that, unless a person
    decided a hop between them.
    """
    chance = reaching(chain, start, target)
    quotes = {node.id: node.quote for node in chain.nodes}
    one, other = quotes.get(start), quotes.get(target)
    if one is None or other is None or one == other or _decided(chain, start, target):
        return chance
    return min(chance, sameness.chance(one, other))


def _decided(chain: Chain, start: str, target: str) -> bool:
    """Whether a person decided a hop on the way from `start` to `target`."""
    way = takewhile(lambda hop: hop.from_node != target, path(chain, start))
    return any(hop.basis == "review" for hop in way)


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


def moments(chain: Chain) -> tuple[Moment, ...]:
    """What is stored of `chain` in order of time, the undated last, each with its hop."""
    nodes = {node.id: node for node in chain.nodes}
    leaving = {hop.from_node: hop for hop in chain.hops}
    sources = {hop.from_node: nodes.get(hop.to_node) for hop in chain.hops}
    stored = [node for node in chain.nodes if node.text]
    ordered = sorted(stored, key=lambda node: (*times.rank(node.published), node.quote or 0))
    first = next((node.published for node in ordered if times.interval(node.published)), "")
    return tuple(
        Moment(
            node,
            leaving.get(node.id),
            sources.get(node.id),
            times.hours(first, node.published),
        )
        for node in ordered
    )


def onward(chain: Chain, node: str) -> Chain:
    """`chain` cut down to `node` and everything that came from it."""
    hops = spread(chain, node)
    reached = {node, *(hop.from_node for hop in hops)}
    return replace(
        chain,
        nodes=tuple(one for one in chain.nodes if one.id in reached),
        hops=hops,
        ends=tuple(ending for ending in chain.ends if ending.node in reached),
        alternatives=(),
        circles=tuple(ring for ring in chain.circles if reached.intersection(ring)),
    )
