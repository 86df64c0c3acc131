"""CSV: one row a hop, from the later text to where it came from, and one for the end of each
trail, from which nothing leads on. No cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from provenance.export.inert import cell, one_line
from provenance.export.trails import Station, Trail, changes
from provenance.model import Ending, Hop

_SIDE = ("name", "kind", "speaker", "language", "published", "url", "text")
_HEADER = (
    ("statement", "from", "to", "relation", "basis", "probability", "margin", "changes")
    + tuple(f"from_{name}" for name in _SIDE)
    + tuple(f"to_{name}" for name in _SIDE)
    + ("ending",)
)


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """The header, then for each statement a line a hop and a line an ending."""
    yield _line(_HEADER)
    for trail in trails:
        statement = str(trail.chain.statement)
        for hop, later, earlier in trail.hops:
            yield _line(_row(statement, hop, later, earlier))
        for ending, root in trail.ends:
            yield _line(_last(statement, ending, root))


def _row(statement: str, hop: Hop, later: Station, earlier: Station) -> tuple[str, ...]:
    step = (hop.relation, hop.basis, f"{hop.probability:.4f}", f"{hop.margin:.4f}")
    between = (statement, later.id, earlier.id, *step, changes(hop.drift))
    return (*between, *_side(later), *_side(earlier), "")


def _last(statement: str, ending: Ending, root: Station) -> tuple[str, ...]:
    between = (statement, root.id, *[""] * (_HEADER.index("changes") - 1))
    return (*between, *_side(root), *[""] * len(_SIDE), ending.says)


def _side(station: Station) -> tuple[str, ...]:
    node = station.node
    facts = (node.speaker, node.language, node.published, node.url, node.text)
    return (station.name, node.kind, *facts)


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cell(one_line(text)) for text in cells)
    return written.getvalue()  # RFC 4180 ends its lines so
