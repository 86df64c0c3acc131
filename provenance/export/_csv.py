"""CSV: one row a hop, from the later text to where it came from. No cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from provenance.export.inert import cell, one_line
from provenance.export.trails import Station, Trail, changes
from provenance.model import Hop

_SIDE = ("name", "kind", "speaker", "language", "published", "url", "text")
_HEADER = (
    ("statement", "from", "to", "relation", "basis", "probability", "margin", "changes")
    + tuple(f"from_{name}" for name in _SIDE)
    + tuple(f"to_{name}" for name in _SIDE)
)


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """The header, then a line a hop."""
    yield _line(_HEADER)
    for trail in trails:
        for hop, later, earlier in trail.hops:
            yield _line(_row(trail.chain.statement, hop, later, earlier))


def _row(statement: int, hop: Hop, later: Station, earlier: Station) -> tuple[str, ...]:
    step = (hop.relation, hop.basis, f"{hop.probability:.4f}", f"{hop.margin:.4f}")
    between = (str(statement), later.id, earlier.id, *step, changes(hop.drift))
    return (*between, *_side(later), *_side(earlier))


def _side(station: Station) -> tuple[str, ...]:
    node = station.node
    facts = (node.speaker, node.language, node.published, node.url, node.text)
    return (station.name, node.kind, *facts)


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cell(one_line(text)) for text in cells)
    return written.getvalue()  # RFC 4180 ends its lines so
