"""What every export walks: statements, each with its chain and what is stored about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from provenance.export.wording import change, station
from provenance.model import Chain, Document, Drift, Ending, Hop, Node, Quote

if TYPE_CHECKING:
    from provenance.store import Store

_OF_ADDRESSES = "%/:?#[]@!$&'()*+,;=-._~"  # what RFC 3986 lets stand in one


@dataclass(frozen=True, slots=True)
class Station:
    """A station of a chain, with its document and quote where they are stored.

    `id` names it in the whole database, in ASCII letters, digits and hyphens:
    ``quote-12``, ``statement-3-named-tass``.
    """

    id: str
    node: Node
    document: Document | None = None
    quote: Quote | None = None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return station(self.node)


@dataclass(frozen=True, slots=True)
class Trail:
    """One statement's chain, its stations by the chain's own node ids."""

    chain: Chain
    stations: Mapping[str, Station]

    @property
    def hops(self) -> Iterator[tuple[Hop, Station, Station]]:
        """Each chosen hop with its two stations: the later, then where it came from."""
        for hop in self.chain.hops:
            yield hop, self.stations[hop.from_node], self.stations[hop.to_node]

    @property
    def back(self) -> Mapping[str, Hop]:
        """The hop that leads to its source from each station that has one, by node id."""
        return {hop.from_node: hop for hop in self.chain.hops}

    @property
    def ends(self) -> Iterator[tuple[Ending, Station]]:
        """Where the trails end, and why."""
        return ((end, self.stations[end.node]) for end in self.chain.ends)


def trails(store: Store, chains: Iterable[Chain]) -> Iterator[Trail]:
    """`chains` with the documents and quotes of their stations, one statement at a time."""
    for chain in chains:
        stations = {node.id: _station(store, chain.statement, node) for node in chain.nodes}
        yield Trail(chain, stations)


def address(document: Document) -> str:
    """The page's address as any program takes it (RFC 3986), "" where it is none of the web."""
    if not document.url.lower().startswith(("https://", "http://")):
        return ""
    return quote(document.url, safe=_OF_ADDRESSES, errors="replace")


def digest(*parts: str) -> str:
    """Sixteen hex digits that stand for `parts`: the same parts, the same identifier."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def changes(drift: Iterable[Drift]) -> str:
    """The changes of a hop in a row, each a sentence with its kind and how grave it is."""
    return "; ".join(map(change, drift))


def _station(store: Store, statement: int, node: Node) -> Station:
    if node.quote is None or node.document is None:
        # Words asked about are all called alike, whatever they say.
        place = (node.id, node.text) if node.text else (node.id,)
        return Station(f"statement-{statement}-{_plain(*place)}", node)
    document = store.document(node.document)
    numbered = zip(store.quotes_of(node.document), store.quotes(node.document), strict=True)
    return Station(f"quote-{node.quote}", node, document, dict(numbered).get(node.quote))


def _plain(name: str, *more: str) -> str:
    """`name` in letters, digits and hyphens; a digest where that alone could be another's."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in name)
    alone = not more and safe.replace("-", ":", 1) == name
    return safe if alone else f"{safe}-{digest(name, *more)[:6]}"
