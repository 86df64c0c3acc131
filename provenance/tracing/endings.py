"""Where a trail ends, and one sentence about it, no word stronger than the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from provenance.languages import name as language_name
from provenance.model import Ending, Hop, Node
from provenance.naming import outlets
from provenance.tracing import times
from provenance.tracing._outlets import cites_anonymous
from provenance.tracing._scene import Scene
from provenance.tracing.habits import alters

Arriving = Mapping[str, Sequence[Hop]]  # by the station they lead to

_EVEN = 0.5
_NAMED_IN_FULL = 3  # outlets a sentence lists before it counts


def endings(
    scene: Scene, nodes: Sequence[Node], hops: Sequence[Hop], rings: Sequence[tuple[str, ...]]
) -> tuple[Ending, ...]:
    """One ending per station of `nodes` that no hop leads away from, in their order."""
    known = {node.id: node for node in nodes}
    moved = {hop.from_node for hop in hops}
    arriving: dict[str, list[Hop]] = defaultdict(list)
    for hop in sorted(hops, key=lambda hop: _place(known[hop.from_node])):
        arriving[hop.to_node].append(hop)
    roots = [node for node in nodes if node.id not in moved]
    ended = []
    for root in roots:
        ring = next((ring for ring in rings if root.id in ring), ())
        ended.append(_ending(scene, root, arriving, known, ring))
    return tuple(ended)


def _ending(
    scene: Scene,
    root: Node,
    arriving: Arriving,
    nodes: Mapping[str, Node],
    ring: tuple[str, ...],
) -> Ending:
    if ring:
        return Ending(root.id, "circular", _circle(ring, nodes))
    if root.kind == "named":
        says = f"No such text stored: {_label(root)}, {_as_source(arriving[root.id], nodes)}."
        return Ending(root.id, "source not stored", says)
    if root.kind == "inferred":
        language = language_name(root.language)
        likely = _likely(arriving[root.id]).capitalize()
        says = f"{likely} came through a text in {language}; none that fits is stored or named."
        return Ending(root.id, "source not stored", says)
    if not root.quote:  # a draft or a question, which no row holds
        return Ending(root.id, "no source found", "No earlier source found in what is stored.")
    return _stored(scene, root, arriving, nodes)


def _stored(scene: Scene, root: Node, arriving: Arriving, nodes: Mapping[str, Node]) -> Ending:
    quote = root.quote or 0
    rendering = scene.renderings.get(quote)
    card = _card(root)
    onward = list(_onward(root.id, arriving, nodes))
    carried = _carried(onward, nodes) + _between(onward, arriving, nodes)
    if rendering is None:
        return Ending(root.id, "reviewed", f"Ends, by a reviewer's decision, at {card}.")
    if scene.primary(quote):
        dated = times.interval(root.published) is not None
        known = "Earliest known" if dated else "The office's own text"
        return Ending(root.id, "primary source", f"{known}: {card}{carried}.")
    if scene.relays[quote]:
        says = f"Source not established: {card}; it names a source not found here{carried}."
        return Ending(root.id, "source not established", says)
    if cites_anonymous(rendering):
        says = f"Ends with somebody unnamed: {card}, gives no name for its source{carried}."
        return Ending(root.id, "anonymous source", says)
    if _earliest(root, scene):
        alone = f"The only text known: {card}; it cites nobody."
        says = f"Earliest known: {card}{carried}." if len(scene.renderings) > 1 else alone
        return Ending(root.id, "earliest known", says)
    says = f"No earlier source found: {card}; it cites nobody{carried}."
    return Ending(root.id, "no source found", says)


def _earliest(root: Node, scene: Scene) -> bool:
    """Whether nothing stored can be earlier: all others are later, or there are none."""
    own = root.quote or 0
    return all(scene.order(own, other) == "before" for other in scene.renderings if other != own)


def _carried(arriving: Sequence[Hop], nodes: Mapping[str, Node]) -> str:
    """Which of the texts that came from it cite it, and which do not, as clauses."""
    citing = [_label(nodes[hop.from_node]) for hop in arriving if _cited(hop)]
    others = [hop for hop in arriving if not _cited(hop)]
    carrying = (nodes[hop.from_node] for hop in others if hop.relation != "updates")
    silent = [_label(node) for node in carrying if node.kind == "stored" and node.quote]
    citing = list(dict.fromkeys(citing))
    silent = [label for label in dict.fromkeys(silent) if label not in citing]
    said = ""
    if citing:
        said = f"; {_listed(citing)} cite{'s' if len(citing) == 1 else ''} it"
    if silent:
        does = "does not" if len(silent) == 1 else "do not"
        rest = does if citing else f"{does} cite it"
        said += f"; {_listed(silent)} {rest}"
    return said + "".join(f"; {one}" for one in corrections(arriving, nodes))


def corrections(arriving: Sequence[Hop], nodes: Mapping[str, Node]) -> Iterator[str]:
    """That an outlet told otherwise what it had told before, as clauses: whoever relies on the
    first text should know. `arriving` are hops to one station or to several."""
    for hop in arriving:
        changed = any(alters(one) or one.severity != "minor" for one in hop.drift if one.certain)
        if hop.relation == "updates" and changed:
            later = nodes[hop.from_node]
            when = times.in_words(later.published)
            told = f"told it otherwise{f' on {when}' if when else ' later'}"
            yield f"{_label(later)} {told} (quote {later.quote})"


def _onward(station: str, arriving: Arriving, nodes: Mapping[str, Node]) -> Iterator[Hop]:
    """The hops from other documents to a station, or to what repeats it in its own."""
    for hop in arriving[station]:
        document = nodes[hop.from_node].document
        if document and document == nodes[station].document:
            yield from _onward(hop.from_node, arriving, nodes)
        else:
            yield hop


def _between(onward: Sequence[Hop], arriving: Arriving, nodes: Mapping[str, Node]) -> str:
    """Through whom, of those nobody has seen, it was handed on, as clauses."""
    unseen = [nodes[hop.from_node] for hop in onward]
    said = ""
    for node in [node for node in unseen if node.kind != "stored"][:_NAMED_IN_FULL]:
        labels = [_label(nodes[hop.from_node]) for hop in arriving[node.id]]
        if node.kind == "inferred":
            said += f"; {_listed(labels)} {_likely(arriving[node.id])} had it through a text in "
            said += f"{language_name(node.language)} that is not stored"
        else:
            names = "names" if len(set(labels)) == 1 else "name"
            said += f"; {_listed(labels)} {names} {_label(node)}, of which no such text is stored"
    return said


def _likely(hops: Sequence[Hop]) -> str:
    """How it is said that something came this way: "probably" only where that is likelier than not,
    of each."""
    return "probably" if min(hop.probability for hop in hops) > _EVEN else "perhaps"


def _place(node: Node) -> tuple[tuple[bool, float, float], str]:
    """Where a station is named among others: by time, not by which was stored first."""
    return times.rank(node.published), _label(node)


def _cited(hop: Hop) -> bool:
    """Whether the later text names its source, whoever decided that it came from there."""
    return hop.basis == "attribution" or any(item.kind == "cited" for item in hop.evidence)


def _circle(ring: tuple[str, ...], nodes: Mapping[str, Node]) -> str:
    labels = [_label(nodes[node]) if node in nodes else node for node in ring]
    steps = zip(labels, (*labels[1:], labels[0]), strict=True)
    cited = " and ".join(f"{citing} cites {source}" for citing, source in steps)
    return f"Circular: {cited}; none of them has it from anywhere else."


def _card(node: Node) -> str:
    when = times.in_words(node.published) or "date unknown"
    return f"{_label(node)}, {when}, {language_name(node.language)}, stored"


def _label(node: Node) -> str:
    if node.kind == "inferred":
        return f"an unseen text in {language_name(node.language)}"
    return outlets.publisher(node.outlet, node.url, node.quote)


def _listed(labels: Sequence[str]) -> str:
    shown = list(dict.fromkeys(labels))
    if len(shown) > _NAMED_IN_FULL:
        shown = [*shown[: _NAMED_IN_FULL - 1], f"{len(shown) - _NAMED_IN_FULL + 1} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _as_source(arriving: Sequence[Hop], nodes: Mapping[str, Node]) -> str:
    """Who says that a named station is the source: texts, others' word for a text nobody has
    seen, a reviewer."""
    cited = [hop for hop in arriving if _cited(hop)]
    naming = [hop for hop in cited if nodes[hop.from_node].kind == "stored"]
    unseen = [hop for hop in cited if nodes[hop.from_node].kind != "stored"]
    decided = [hop for hop in arriving if not _cited(hop)]
    named = "names" if len({hop.from_node for hop in naming}) == 1 else "name"
    said = "is" if len({hop.from_node for hop in unseen}) == 1 else "are"
    told = (
        (naming, "which {} " + named + " as the source"),
        (unseen, "which {} " + said + " said to have it from"),
        (decided, "by a reviewer's decision the source of {}"),
    )
    return ", ".join(
        says.format(_listed([_label(nodes[hop.from_node]) for hop in hops]))
        for hops, says in told
        if hops
    )
