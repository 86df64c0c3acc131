"""What an outlet's chains tell of it: whom it relies on, how far off, how often altered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.languages import name as language_name
from provenance.model import Chain, Drift, Hop, Node
from provenance.naming import outlets
from provenance.tracing import asking
from provenance.tracing._outlets import face


@dataclass(frozen=True, slots=True)
class Reliance:
    """On one source: how many of an outlet's quotes came straight from it.

    Of these `cited` say so, and `altered` say something else than it did. `probability` is
    the mean of the hops', `examples` are keys of up to three of the quotes.
    """

    source: str
    kind: str
    quotes: int
    cited: int
    altered: int
    probability: float
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """An outlet in all its chains.

    Of its `quotes`, `derived` came from somewhere that is stored, named or inferred.
    `distance` is the mean number of hops from these to the end of their trails, `altered`
    how many of them say something else than their trail's end or a relay on it did; `sources`
    the most relied on first; `carriers` who carries the outlet's words on, as (name, quotes).
    """

    outlet: str
    quotes: int
    derived: int
    distance: float
    altered: int
    sources: tuple[Reliance, ...]
    carriers: tuple[tuple[str, int], ...]


def habits(outlet: str, quotes: int, chains: Iterable[Chain]) -> Habits:
    """What `chains` tell of `outlet`, of which `quotes` quotes are stored, by any alias.

    Stations at which it is only named count as sources of others, not as quotes of its own.
    """
    key = face(outlet).key
    trails: list[tuple[Hop, ...]] = []
    sources: dict[str, list[tuple[Node, Node, Hop]]] = {}
    carriers: dict[str, int] = {}
    for chain in chains:
        nodes = {node.id: node for node in chain.nodes}
        own = {node.id for node in chain.nodes if face(node.outlet).key == key}
        for hop in chain.hops:
            if hop.from_node in own and nodes[hop.from_node].kind == "stored":
                trails.append(asking.path(chain, hop.from_node))
                link = (nodes[hop.from_node], nodes[hop.to_node], hop)
                sources.setdefault(label(nodes[hop.to_node]), []).append(link)
            elif hop.to_node in own and hop.from_node not in own:
                carrier = label(nodes[hop.from_node])
                carriers[carrier] = carriers.get(carrier, 0) + 1
    return Habits(
        outlet=outlet,
        quotes=quotes,
        derived=len(trails),
        distance=_mean(len(trail) for trail in trails),
        altered=sum(any(alters(item) for hop in trail for item in hop.drift) for trail in trails),
        sources=tuple(sorted(_reliances(sources), key=lambda one: (-one.quotes, one.source))),
        carriers=tuple(sorted(carriers.items(), key=lambda item: (-item[1], item[0]))),
    )


def label(node: Node) -> str:
    """What a reader calls a station's outlet."""
    if node.kind == "inferred":
        return f"an unseen text in {language_name(node.language)}"
    return outlets.publisher(face(node.outlet).name, node.url, node.quote) or node.id


def alters(item: Drift) -> bool:
    """Whether a change certainly says something else: a possibility told as fact does."""
    return item.certain and (item.severity == "serious" or item.kind == "hedge")


def _reliances(sources: dict[str, list[tuple[Node, Node, Hop]]]) -> Iterator[Reliance]:
    for name, links in sources.items():
        kinds = {source.kind for _, source, _ in links}
        yield Reliance(
            source=name,
            kind="stored" if "stored" in kinds else min(kinds),
            quotes=len(links),
            cited=sum(hop.basis == "attribution" for _, _, hop in links),
            altered=sum(
                source.kind == "stored" and any(map(alters, hop.drift)) for _, source, hop in links
            ),
            probability=_mean(hop.probability for _, _, hop in links),
            examples=tuple(node.quote for node, _, _ in links if node.quote)[:3],
        )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
