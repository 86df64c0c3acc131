"""Mermaid: a flow chart for Markdown pages. Arrows point to where a text came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from provenance.export.inert import one_line
from provenance.export.trails import Station, Trail
from provenance.export.wording import placing, stepping
from provenance.model import Hop

# Mermaid reads labels as Markdown with HTML in it; its own entities switch both off.
_SPECIAL = re.compile(r"[^\w\s.,:!?%()“”„«»‘’…·–—/+-]")
_LONGEST = 160  # characters of a quote in a box; what is longer is cut with an ellipsis


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """One subgraph a statement."""
    yield "flowchart BT\n  classDef unseen stroke-dasharray: 5 5\n"
    for trail in trails:
        number = trail.chain.statement
        yield f'  subgraph s{number} ["Statement {number}"]\n'
        yield from (f"    {_box(station)}\n" for station in trail.stations.values())
        yield "  end\n"
        yield from (f"  {_arrow(hop, *ends)}\n" for hop, *ends in trail.hops)


def _box(station: Station) -> str:
    node = station.node
    said = f"“{_cut(one_line(node.text))}”" if node.text else ""
    label = "<br>".join(_text(line) for line in (station.name, placing(node), said) if line)
    return f'{station.id}["{label}"]' + ("" if node.kind == "stored" else ":::unseen")


def _arrow(hop: Hop, later: Station, earlier: Station) -> str:
    label = ", ".join(stepping(hop))
    line = "-->" if earlier.node.kind == "stored" else "-.->"
    return f'{later.id} {line}|"{_text(label)}"| {earlier.id}'


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _text(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"#{ord(found.group())};", one_line(text))
