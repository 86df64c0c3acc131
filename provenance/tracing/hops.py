"""Candidate hops: every source a rendering could have come from, each weighed.

For each rendering its rivals are the stored renderings not later than it, the outlet or
person its own text names where no such rendering is stored, an unseen text in the
language its wording points to, and always "unknown". The same for each station that is
only named or inferred, which came from somewhere too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from provenance.languages import name as language_name
from provenance.model import Evidence, Node, Relay, Rendering
from provenance.tracing import signs
from provenance.tracing._outlets import Face, face
from provenance.tracing._scene import Scene
from provenance.tracing._weights import weights
from provenance.tracing.reviews import NO_SOURCE

_ALL_PAIRS = 60  # renderings up to which each is weighed against each: 3,540 pairs, under 1 s
_UNPUBLISHED = 0  # the key of a draft or a question: nothing can have been taken from it
_BEST_MATCHES = 12  # sources weighed beyond that: the best matched; a copy's own source is there


@dataclass(frozen=True)
class Candidate:
    """One possible hop: where from, where to, on what basis, and the signs for it.

    `same` is the chance that the two texts render one statement, which no hop between them
    exceeds; 1 where the source is no stored text.
    """

    child: str
    parent: str
    table: str  # the section of weights.toml its signs are weighed by
    basis: str
    relation: str
    signs: tuple[signs.Sign, ...]
    same: float = 1.0

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The signs with their weights."""
        return signs.weigh(self.signs, weights()[self.table])

    @cached_property
    def score(self) -> float:
        """Log-odds of this source against the others, up to a constant."""
        return sum(item.weight for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Field:
    """All stations of a statement and all candidate hops between them."""

    nodes: dict[str, Node]
    candidates: tuple[Candidate, ...]


def field(scene: Scene) -> Field:
    """The stations and candidate hops of `scene`: stored, named, inferred, unknown."""
    found = _Field(scene)
    for quote in scene.renderings:
        found.add_rendering(quote)
    for station in sorted(found.stations):
        found.add_station(station)
    return Field(found.nodes, tuple(found.candidates))


def stored_id(quote: int) -> str:
    """The node of a stored rendering."""
    return f"q{quote}"


def named_id(name: str) -> str:
    """The node of an outlet or person only named, the same for every spelling."""
    return f"named:{face(name).key}"


def named_node(name: str) -> Node:
    """A station of which only the name is known."""
    station = face(name)
    return Node(named_id(name), "named", outlet=station.name, language=station.language)


def stored_node(rendering: Rendering, outlet: Face) -> Node:
    """A stored rendering as a station."""
    return Node(
        stored_id(rendering.quote),
        "stored",
        quote=rendering.quote,
        document=rendering.document,
        outlet=rendering.outlet or outlet.name,
        speaker=rendering.speaker,
        language=rendering.language,
        published=rendering.published,
        url=rendering.url,
        text=rendering.text,
    )


class _Field:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.nodes = {
            stored_id(quote): stored_node(rendering, scene.outlets[quote])
            for quote, rendering in scene.renderings.items()
        }
        self.candidates: list[Candidate] = []
        # Per named or inferred station: who needs it, and the relay each names beyond it.
        self.stations: dict[str, dict[int, Relay | None]] = {}

    def add_rendering(self, quote: int) -> None:
        """The rivals for the source of the rendering `quote`."""
        sources = tuple(self._sources(quote))
        for source in sources:
            self._stored(quote, source)
        self._named(quote, sources)
        self._inferred(quote, sources)
        self._unknown(stored_id(quote), tuple(signs.of_unknown(self.scene, quote)))

    def add_station(self, station: str) -> None:
        """The rivals for where a named or inferred station had it from."""
        needing = self.stations[station]
        children = sorted(needing)
        further = {r.name for r in needing.values() if r is not None}
        outlets = {face(name).key for name in further}
        for quote in self.scene.renderings:
            if quote not in (_UNPUBLISHED, *children) and self._in_time(quote, children):
                self._far(station, quote, children, outlets)
        for name in sorted(further):
            self._named_beyond(station, name)
        self._unknown(station, (signs.Sign("unknown", 1.0, "nothing says where it came from"),))

    def _sources(self, quote: int) -> Iterator[int]:
        everyone = self.scene.renderings
        pool: Iterable[int] = everyone
        if len(everyone) > _ALL_PAIRS:
            pool = self.scene.likeliest(quote, _BEST_MATCHES)
        return (other for other in pool if self._may_come_from(quote, other))

    def _may_come_from(self, later: int, earlier: int) -> bool:
        if earlier == _UNPUBLISHED:
            return False
        one, two = self.scene.renderings[later], self.scene.renderings[earlier]
        if one.document and one.document == two.document:
            return (two.start, earlier) < (one.start, later)
        return later != earlier and self.scene.order(earlier, later) != "after"

    def _stored(self, later: int, earlier: int) -> None:
        found = signs.of_stored(self.scene, later, earlier)
        kinds = {sign.kind for sign in found}
        basis = "match"
        if "cited" in kinds:
            basis = "attribution"
        elif "linked" in kinds:
            basis = "link"
        relation = _relation(self.scene, later, earlier, kinds)
        ids, same = (stored_id(later), stored_id(earlier)), self._same((later,), earlier)
        self.candidates.append(Candidate(*ids, "stored", basis, relation, found, same))

    def _named(self, quote: int, sources: tuple[int, ...]) -> None:
        outward = self.scene.relays[quote]
        if not outward:
            return
        nearest = outward[0]
        if set(self.scene.of_outlet(face(nearest.name).key)) & set(sources):
            return
        for one, beyond in zip_longest(outward, outward[1:]):
            self.stations[self._station(one.name)].setdefault(quote, beyond)
        station = named_id(nearest.name)
        found = tuple(signs.of_named(self.scene, quote, nearest.name, sources))
        relation = nearest.relation or "citing"
        self.candidates.append(
            Candidate(stored_id(quote), station, "named", "attribution", relation, found)
        )

    def _inferred(self, quote: int, sources: tuple[int, ...]) -> None:
        language = signs.scar_language(self.scene.renderings[quote])
        if not language:
            return
        station = f"inferred:{language}"
        self.nodes.setdefault(station, Node(station, "inferred", language=language))
        self.stations.setdefault(station, {}).setdefault(quote, None)
        fits = any(self.scene.renderings[source].language == language for source in sources)
        found = tuple(signs.of_inferred(self.scene, quote, language, fits))
        relation = f"probably translated from {language_name(language)}"
        self.candidates.append(
            Candidate(stored_id(quote), station, "inferred", "inference", relation, found)
        )

    def _far(self, station: str, quote: int, children: list[int], outlets: set[str]) -> None:
        found = tuple(signs.of_far(self.scene, quote, children, outlets))
        cited = any(sign.kind == "cited" for sign in found)
        basis, relation = ("attribution", "citing") if cited else ("match", "carries")
        ids, same = (station, stored_id(quote)), self._same(children, quote)
        self.candidates.append(Candidate(*ids, "far", basis, relation, found, same))

    def _same(self, later: Iterable[int], earlier: int) -> float:
        return max(self.scene.sameness.chance(one, earlier) for one in later)

    def _named_beyond(self, station: str, name: str) -> None:
        beyond = self._station(name)
        if beyond != station:
            says = f"the text says it cites {face(name).name}"
            found = (signs.Sign("named_by_relay", 1.0, says, face(name).name),)
            self.candidates.append(
                Candidate(station, beyond, "named", "attribution", "citing", found)
            )

    def _unknown(self, child: str, found: tuple[signs.Sign, ...]) -> None:
        self.candidates.append(
            Candidate(child, NO_SOURCE, "unknown", "inference", "unknown", found)
        )

    def _station(self, name: str) -> str:
        node = named_node(name)
        self.nodes.setdefault(node.id, node)
        self.stations.setdefault(node.id, {})
        return node.id

    def _in_time(self, quote: int, children: Iterable[int]) -> bool:
        return all(self.scene.order(quote, child) != "after" for child in children)


def _relation(scene: Scene, later: int, earlier: int, kinds: set[str]) -> str:
    if "same_document" in kinds:
        return "repeats"
    if "update" in kinds:
        return "updates"
    if scene.across(later, earlier):
        return "translates"
    kin = scene.texts.kinship(later, earlier)
    if kin is None or kin.covered < 0.8:
        return "retells"
    return "copies" if kin.retained > 0.8 else "excerpts"
