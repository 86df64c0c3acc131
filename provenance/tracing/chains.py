"""From matches and attributions to the most probable way a statement travelled.

Every rendering came from one source; which one is decided for all of them together, as
the forest with most hops to be expected right, "unknown" always competing (see `_forest`).
What people decided (`Review`) stands, whatever the weights say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from provenance.model import Chain, Drift, Hop, Match, Node, Rendering
from provenance.tracing import _forest
from provenance.tracing._outlets import face
from provenance.tracing._scene import Scene
from provenance.tracing._weights import weights
from provenance.tracing.circles import Circle, circles
from provenance.tracing.endings import endings
from provenance.tracing.hops import Candidate, Field, field, named_id, named_node, stored_id
from provenance.tracing.reviews import NO_SOURCE, Review, Rulings, rulings
from provenance.tracing.signs import Sign

_MARGIN = 20.0  # nats; a margin beyond this is reported as this: e^20 is half a billion to one
# What naming no source is worth beside naming one at the same odds: a reader is better served by
# a likely source and its probability, and F1 is best when hops from half of it on are shown (Lipton
# et al. 2014). Of two that cite each other at unknown times exactly this decides that one is shown.
_SILENCE = 0.8
_WORTH_TELLING = 0.05  # probability from which a source that lost is listed
_MOST_ALTERNATIVES = 3  # a station

Candidates = dict[str, dict[str, Candidate]]  # child → parent → candidate
Chances = Mapping[str, Mapping[str, float]]  # child → parent → probability


def infer(
    statement: int,
    renderings: Sequence[Rendering],
    matches: Sequence[Match],
    reviews: Sequence[Review] = (),
) -> Chain:
    """The most probable chain of one statement over all its `renderings`.

    `matches` may hold either direction of a pair, or none; `reviews` come oldest first.
    No hop goes to a station known to be later, and hops close no circle: citations that do
    are named in `Chain.circles`. The order of `renderings` and `matches` is immaterial.
    """
    ruled = rulings(map(_addressed, reviews))
    scene = Scene(renderings, matches, _decided(ruled))
    rings = circles(scene)
    known = field(scene)
    for name in _named_by(reviews):
        known.nodes.setdefault(named_id(name), named_node(name))
    rivals = _ruled(_open(known, rings), ruled, known.nodes)
    scores = {child: {p: c.score for p, c in found.items()} for child, found in rivals.items()}
    scale = weights()["scale"]
    later = _later(scene)
    found = _in_time(_forest.probabilities(scores, scale["temperature"]), later)
    chances = _doubted(found, rivals, scale)
    parents = _forest.best_in_time(_merits(chances), later)
    used = _used(parents)
    moved = [node for node in used if parents[node] != NO_SOURCE]
    hops = tuple(
        _hop(rivals, chances, node, parents[node], _drift(scene, parents, node, parents[node]))
        for node in moved
    )
    nodes = tuple(known.nodes[node] for node in used)
    return Chain(
        statement=statement,
        nodes=nodes,
        hops=hops,
        ends=endings(scene, nodes, hops, rings),
        alternatives=tuple(_alternatives(scene, rivals, chances, parents, used)),
        circles=rings,
    )


def _open(known: Field, rings: Sequence[Circle]) -> Candidates:
    """Candidates by child and parent, without an unseen text of an outlet in one's circle."""
    closing = _closing(known.nodes, rings)
    rivals: Candidates = {}
    for candidate in known.candidates:
        if (candidate.child, candidate.parent) not in closing:
            rivals.setdefault(candidate.child, {})[candidate.parent] = candidate
    return rivals


def _closing(nodes: Mapping[str, Node], rings: Sequence[Circle]) -> set[tuple[str, str]]:
    named = {face(node.outlet).key: node.id for node in nodes.values() if node.kind == "named"}
    closing: set[tuple[str, str]] = set()
    for ring in rings:
        stored = [nodes[node] for node in ring if nodes[node].kind == "stored"]
        outlets = {face(node.outlet).key for node in stored}
        unseen = [named[key] for key in outlets if key in named and named[key] not in ring]
        closing.update((child, parent) for child in ring for parent in unseen)
    return closing


def _decided(ruled: Rulings) -> list[tuple[int, int]]:
    """The pairs of stored quotes of which a person said that one came from the other."""
    hops = ((review.from_node[1:], review.to_node[1:]) for review in ruled.required.values())
    return [(int(one), int(other)) for one, other in hops if one.isdecimal() and other.isdecimal()]


def _ruled(rivals: Candidates, ruled: Rulings, nodes: dict[str, Node]) -> Candidates:
    """`rivals` as people left them: forbidden hops gone, required ones alone.

    "Unknown" is never gone, only outweighed: without it there may be no forest at all.
    """
    for child, parent in ruled.forbidden:
        found = rivals.get(child, {})
        if parent == NO_SOURCE and parent in found:
            signs = (*found[parent].signs, Sign("rejected", 1.0))
            found[parent] = replace(found[parent], signs=signs)
        else:
            found.pop(parent, None)
    for node in {review.to_node for review in ruled.required.values()} - {NO_SOURCE, *rivals}:
        nodes.setdefault(node, _unseen(node))
        rivals[node] = {NO_SOURCE: _sourceless(node)}
    for child, review in ruled.required.items():
        if child in rivals:
            rivals[child] = {review.to_node: _reviewed(rivals[child], review)}
    return rivals


def _named_by(reviews: Sequence[Review]) -> Iterator[str]:
    """Outlets that decisions name as sources, as they were written."""
    for review in reviews:
        if review.to_node.startswith("named:") and review.decision != "reject":
            yield review.to_node.removeprefix("named:")


def _addressed(review: Review) -> Review:
    """The review with its outlets under the ids they have as stations."""
    return replace(review, from_node=_address(review.from_node), to_node=_address(review.to_node))


def _address(node: str) -> str:
    return named_id(node.removeprefix("named:")) if node.startswith("named:") else node


def _reviewed(rivals: Mapping[str, Candidate], review: Review) -> Candidate:
    known = rivals.get(review.to_node)
    who = f"{review.by or 'somebody'} decided so"
    sign = Sign("review", 1.0, f"{who}: {review.note}" if review.note else who)
    if known is None:
        return Candidate(review.from_node, review.to_node, "stored", "review", "reviewed", (sign,))
    return replace(known, basis="review", signs=(*known.signs, sign))


def _unseen(name: str) -> Node:
    kind, _, rest = name.partition(":")
    if kind == "named":
        return named_node(rest)
    if kind == "inferred":
        return Node(name, "inferred", language=rest)
    return Node(name, "stored", quote=int(name[1:]) if name[1:].isdecimal() else None)


def _sourceless(name: str) -> Candidate:
    return Candidate(name, NO_SOURCE, "unknown", "inference", "unknown", (Sign("unknown", 1.0),))


def _later(scene: Scene) -> Callable[[str, str], bool]:
    """Whether one station is known to be later than another."""
    quotes = {stored_id(quote): quote for quote in scene.renderings}

    def later(one: str, other: str) -> bool:
        known = one in quotes and other in quotes
        return known and scene.order(quotes[one], quotes[other]) == "after"

    return later


def _in_time(chances: Chances, later: Callable[[str, str], bool]) -> Chances:
    """`chances` less that a source of unknown time came itself from what is later than the text.

    The forest knows of each hop by itself whether it is in time, not of two in a row: an undated
    copy of a relay was the source of what the relay had relayed, as surely as it was a copy.
    """
    timely: dict[str, dict[str, float]] = {}
    for child, odds in chances.items():
        timely[child] = dict(odds)
        for parent, chance in odds.items():
            late = sum(p for source, p in chances.get(parent, {}).items() if later(source, child))
            if NO_SOURCE in odds and parent != NO_SOURCE:
                timely[child][parent] -= late * chance
                timely[child][NO_SOURCE] += late * chance
    return timely


def _doubted(chances: Chances, rivals: Candidates, scale: Mapping[str, float]) -> Chances:
    """`chances` with what the forest takes for granted: that two texts render one statement; that
    a name was rightly read as a source, where nothing else speaks for the station.

    A hop is as probable as both together: that the texts are one statement, and that, if they are,
    this is where the later one has it from. The rest is unknown. What people decided stands.
    """
    doubted: dict[str, dict[str, float]] = {}
    for child, odds in chances.items():
        doubted[child] = dict(odds)
        for parent, chance in odds.items():
            sure = _taken_for_granted(rivals[child][parent], scale)
            if NO_SOURCE in odds and parent != NO_SOURCE:
                doubted[child][parent] -= (1 - sure) * chance
                doubted[child][NO_SOURCE] += (1 - sure) * chance
    return doubted


def _taken_for_granted(candidate: Candidate, scale: Mapping[str, float]) -> float:
    if candidate.basis == "review":
        return 1.0
    if candidate.table == "named":
        return scale["read_right"]
    if candidate.basis == "link" or candidate.table == "inferred":
        return candidate.same
    return min(candidate.same, scale["one_statement"])


def _merits(chances: Chances) -> dict[str, dict[str, float]]:
    """What choosing each source is worth: its probability, a little less for "unknown"."""
    return {
        child: {p: odds * (_SILENCE if p == NO_SOURCE else 1.0) for p, odds in rivals.items()}
        for child, rivals in chances.items()
    }


def _used(parents: Mapping[str, str]) -> list[str]:
    """The stations that stay: all stored ones, others only where something hangs on them."""
    kept = dict(parents)
    while True:
        needed = set(kept.values())
        idle = [node for node in kept if not node.startswith("q") and node not in needed]
        if not idle:
            return sorted(kept, key=_natural)
        for node in idle:
            del kept[node]


def _natural(node: str) -> tuple[bool, int, str]:
    stored = node.startswith("q") and node[1:].isdecimal()
    return (not stored, int(node[1:]) if stored else 0, node)


def _hop(
    rivals: Candidates, chances: Chances, child: str, parent: str, drift: tuple[Drift, ...]
) -> Hop:
    chosen, odds = rivals[child][parent], chances[child]
    others = [odds[other] for other in odds if other != parent]
    return Hop(
        from_node=child,
        to_node=parent,
        relation=chosen.relation,
        basis=chosen.basis,
        probability=min(1.0, odds[parent]),
        margin=_margin(odds[parent], max(others, default=0.0)),
        drift=drift,
        evidence=tuple(item for item in chosen.evidence if item.says),
    )


def _margin(chosen: float, other: float) -> float:
    if other <= 0.0:
        return _MARGIN
    if chosen <= 0.0:
        return -_MARGIN
    return min(max(math.log(chosen / other), -_MARGIN), _MARGIN)


def _drift(scene: Scene, parents: _forest.Parents, child: str, parent: str) -> tuple[Drift, ...]:
    """What is other in `child` than in `parent` or, where that is not stored, in the nearest
    stored text before it: what nobody sees in between cannot be told apart."""
    while _stored(scene, parent) is None and parent in parents:
        parent = parents[parent]
    later, earlier = _stored(scene, child), _stored(scene, parent)
    if later is None or earlier is None:
        return ()
    return scene.compared(later, earlier).drift


def _stored(scene: Scene, node: str) -> int | None:
    """The key of the rendering a station stands for, None where it is not stored."""
    quote = int(node[1:]) if node[:1] == "q" and node[1:].isdecimal() else None
    return quote if quote in scene.renderings else None


def _alternatives(
    scene: Scene, rivals: Candidates, chances: Chances, parents: _forest.Parents, used: list[str]
) -> Iterator[Hop]:
    """The sources that lost; of a station that is only among these, where it had it from, for
    two ways may lead to one source."""
    aside: set[str] = set()
    for child in used:
        for parent in _lost(chances[child], {parents[child], NO_SOURCE}):
            aside.add(parent)
            yield _hop(rivals, chances, child, parent, _drift(scene, parents, child, parent))
    for station in sorted(aside.intersection(chances).difference(used)):
        for parent in _lost(chances[station], {NO_SOURCE}):
            yield _hop(rivals, chances, station, parent, _drift(scene, parents, station, parent))


def _lost(odds: Mapping[str, float], without: set[str]) -> list[str]:
    lost = [p for p in odds if p not in without and odds[p] >= _WORTH_TELLING]
    return sorted(lost, key=lambda p: (-odds[p], p))[:_MOST_ALTERNATIVES]
