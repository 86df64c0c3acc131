"""DOT: a drawing for Graphviz. Arrows point to where a text came from, sources on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from provenance.export.inert import one_line
from provenance.export.trails import Station, Trail
from provenance.export.wording import placing, stepping
from provenance.model import Hop

_HEAD = """digraph provenance {
  rankdir=BT;
  node [shape=box, style="rounded", fontname="sans-serif"];
  edge [fontname="sans-serif", fontsize=10];
"""
_WIDTH = 44  # characters a line: a quote of thirty words makes a box twice as wide as high


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """One cluster a statement."""
    yield _HEAD
    for trail in trails:
        number = trail.chain.statement
        yield f"  subgraph cluster_{number} {{\n    label={_text(f'Statement {number}')};\n"
        yield from (f"    {_box(station)}\n" for station in trail.stations.values())
        yield "  }\n"
        yield from (f"  {_arrow(hop, *ends)}\n" for hop, *ends in trail.hops)
    yield "}\n"


def _box(station: Station) -> str:
    node = station.node
    said = [f"“{one_line(node.text)}”"] if node.text else []
    label = "\n".join(
        [station.name, placing(node), *(line for s in said for line in wrap(s, _WIDTH))]
    )
    unseen = "" if node.kind == "stored" else ', style="rounded,dashed"'
    return f"{_text(station.id)} [label={_text(label)}{unseen}];"


def _arrow(hop: Hop, later: Station, earlier: Station) -> str:
    label = "\n".join(stepping(hop))
    return f"{_text(later.id)} -> {_text(earlier.id)} [label={_text(label)}];"


def _text(text: str) -> str:
    r"""A quoted DOT string: ``\`` would begin an escape, ``"`` end the string."""
    shown = [one_line(line).replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n")]
    return '"' + "\\n".join(line for line in shown if line) + '"'
