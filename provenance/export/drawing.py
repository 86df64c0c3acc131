"""A chain as a picture: a card for each station, a line for each hop, in SVG.

The earliest known source stands on top, what came from it beneath. The picture knows a
chain and nothing else, holds text and shapes only, and is drawn for a width: wide, what
changed stands beside each card; narrow, above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from provenance import languages
from provenance.export.branches import Branch, branches
from provenance.export.inert import one_line
from provenance.export.lettering import right_to_left, width, wrapped
from provenance.export.wording import change, percent, standing, station, surely
from provenance.model import Chain, Hop, Node, Translation

CHANGED = "≠"
WIDE, NARROW = 1040, 358  # pixels: a page of 1280, a telephone of 390, less their margins

# Pixels, by eye on both widths.
_EDGE = 2
_MARGIN = 16
_PAD = 14
_GAP = 26
_NOTE_ROOM = 352
_BESIDE = 700  # a picture narrower than this has no room beside its cards
_WORDS, _ENGLISH, _DRIFT, _SMALL = 16, 13.5, 13.5, 12.5
_BOLD = 1.12  # times as wide as `lettering` says: DejaVu Sans Bold, the widest in use, as measured
_MOST_WORDS, _MOST_ENGLISH, _MOST_DRIFT, _MOST_REASON = 6, 4, 5, 2  # lines
_MOST_CHANGES, _MOST_REASONS = 4, 8


def style() -> str:
    """The style sheet of the pictures, for whoever puts one into a page."""
    return (files(__package__) / "drawing.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in one style of the style sheet."""

    text: str
    kind: str
    height: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture shows besides the chain, as `draw` explains."""

    english: Mapping[str, Translation]
    links: Mapping[str, str]
    comparisons: Mapping[str, str]
    focus: str = ""
    evidence: bool = True


def draw(
    chain: Chain,
    *,
    width: float = WIDE,
    english: Mapping[str, Translation] | None = None,
    links: Mapping[str, str] | None = None,
    comparisons: Mapping[str, str] | None = None,
    focus: str = "",
    evidence: bool = True,
) -> str:
    """`chain` as one ``<svg>`` element `width` pixels wide, to stand in a page that has `style`.

    `english` has what foreign stations say, by node; `links` where a station's card leads;
    `comparisons` where the hop from a station leads; `focus` is the station asked about.
    With `evidence`, each hop shows its reasons when it is pointed at or focused, by style
    alone.
    """
    look = Look(english or {}, links or {}, comparisons or {}, focus, evidence)
    return tostring(_drawn(chain, width, look), "unicode")


def picture(
    chain: Chain,
    *,
    width: float = WIDE,
    english: Mapping[str, Translation] | None = None,
    focus: str = "",
) -> str:
    """`chain` as an SVG file that brings its own style and background, light and dark."""
    svg = _drawn(chain, width, Look(english or {}, {}, {}, focus, evidence=False))
    return alone(svg)


def alone(svg: Element) -> str:
    """A drawn element as a file of its own, with the style and a ground beneath it."""
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    wide, tall = (float(svg.get(side, "0")) + 2 * _MARGIN for side in ("width", "height"))
    box = f"{-_MARGIN} {-_MARGIN} {_number(wide)} {_number(tall)}"
    _set(svg, width=wide, height=tall, viewBox=box)
    ground = Element("rect", {"class": "paper"})
    _set(ground, x=-_MARGIN, y=-_MARGIN, width=wide, height=tall)
    look = Element("style")
    look.text = style()
    svg.insert(0, ground)
    svg.insert(0, look)
    return tostring(svg, "unicode") + "\n"


def _drawn(chain: Chain, wide: float, look: Look) -> Element:
    svg = Element("svg", {"class": "chain-drawing", "role": "group"})
    svg.set("aria-label", f"How the statement travelled, {len(chain.nodes)} stations")
    bottom = _Sheet(svg, chain, wide, look).fill()
    _set(svg, width=wide, height=bottom, viewBox=f"0 0 {_number(wide)} {_number(bottom)}")
    return svg


class _Sheet:
    """Fills a picture from top to bottom, and remembers where cards stand."""

    def __init__(self, svg: Element, chain: Chain, wide: float, look: Look) -> None:
        self.svg, self.chain, self.wide, self.look = svg, chain, wide, look
        self.beside = wide >= _BESIDE
        # How far a branch is set in, and where the line to it leaves the card above.
        self.step, self.rail = (36, 18) if self.beside else (26, 12)
        self.ends = {ending.node: ending.says for ending in chain.ends}
        self.names = {node.id: station(node) for node in chain.nodes}
        self.nameless = {n.id for n in chain.nodes if not (n.outlet or n.speaker or n.url)}
        self.places: dict[str, tuple[float, float]] = {}  # left and bottom edge of cards
        self.top: float = _EDGE + 4

    def fill(self) -> float:
        """Draw everything; the height it took."""
        for branch in branches(self.chain):
            self._row(branch)
        self._circles()
        return self.top

    def _row(self, branch: Branch) -> None:
        node, hop = branch.node, branch.hop
        left = _EDGE + branch.depth * self.step
        right = self.wide - _EDGE - (_NOTE_ROOM if self.beside else 0)
        if hop is None:
            self._ending(node)
        note = self._note(hop, self._note_room(left)) if hop else []
        above = 0.0 if self.beside or hop is None else _height(note) + 12
        card = self._card(node, right - left - 2 * _PAD)
        tall = max(_height(card) + 2 * _PAD - 4, _height(note) + 8 if self.beside else 0)
        group = SubElement(self.svg, "g", {"class": _classes(branch)})
        top = self.top + above
        if hop is not None:
            self._rail(group, hop, left, top)
            at = (right + 22, top + 2) if self.beside else (left + self.rail + 14, self.top - 8)
            self._noted(group, hop, note, at, left)
        self._carded(group, node, card, (left, top, right - left, tall))
        self.places[node.id] = (left, top + tall)
        self.top = top + tall + _GAP

    def _note_room(self, left: float) -> float:
        return _NOTE_ROOM - 30 if self.beside else self.wide - left - self.rail - 20

    # ------------------------------------------------------------ what is written

    def _ending(self, node: Node) -> None:
        says = self.ends.get(node.id)
        if not says:
            return
        for line in _lines(f"⊣ {says}", "ending", _DRIFT, self.wide - 2 * _EDGE, 4):
            _write(self.svg, line, _EDGE, self.top, self.wide)
            self.top += line.height
        self.top += 8

    def _card(self, node: Node, room: float) -> list[Line]:
        date = Line(standing(node), "date", 20)
        lines = [Line(self._fitting(node, room), "outlet", 22), date]
        if node.id == self.look.focus:
            lines.append(Line("◀ asked about", "asked", 18))
        if node.text:
            lines.append(Line("", "space", 4))
            lines += _lines(f"“{one_line(node.text)}”", "words", _WORDS, room, _MOST_WORDS)
        if node.id in self.look.english:
            said = self.look.english[node.id]
            text = f"{one_line(said.translator)}: {one_line(said.text)}"
            lines.append(Line("", "space", 3))
            lines += _lines(text, "english", _ENGLISH, room, _MOST_ENGLISH)
        return lines

    def _fitting(self, node: Node, room: float) -> str:
        (name, *_) = wrapped(self.names[node.id], 15 * _BOLD, room - 42, 1) or ["?"]
        return name

    def _note(self, hop: Hop, room: float) -> list[Line]:
        """How a text came from the one above, how sure that is, and what changed."""
        how = f"{one_line(hop.relation)} · {percent(hop.probability)}"
        lines = _lines(how, "relation", 14 * _BOLD, room, 2)
        if hop.basis == "review":
            lines += _lines("✓ reviewed: a person decided this", "review-mark", _SMALL, room, 2)
        rests = f"from {self._source(hop)}, by {one_line(hop.basis)}"
        lines += _lines(rests, "rests", _SMALL, room, 2)
        for item in hop.drift[:_MOST_CHANGES]:
            lines.append(Line("", "space", 3))
            lines += _lines(
                f"{CHANGED} {change(item)}",
                f"drift {item.severity}",
                _DRIFT * _BOLD,
                room,
                _MOST_DRIFT,
            )
        if len(hop.drift) > _MOST_CHANGES:
            more = f"and {len(hop.drift) - _MOST_CHANGES} more changes"
            lines += _lines(more, "drift minor", _DRIFT, room, 1)
        if hop.from_node in self.look.comparisons:
            lines.append(Line("compare word by word ›", "more", 19))
        return lines

    def _circles(self) -> None:
        for circle in self.chain.circles:
            way = " → ".join(self.names.get(name, name) for name in (*circle, circle[0]))
            text = f"↻ circular reporting: {way}"
            for line in _lines(text, "drift serious", _DRIFT, self.wide - 2 * _EDGE, 4):
                _write(self.svg, line, _EDGE, self.top, self.wide)
                self.top += line.height

    # ------------------------------------------------------------ what is drawn

    def _rail(self, group: Element, hop: Hop, left: float, top: float) -> None:
        """The line from the source's card down to this one, and its point."""
        above_left, above_bottom = self.places[hop.to_node]
        x, tip = above_left + self.rail, top + 22
        if left == above_left:
            way = f"M{_number(x)} {_number(above_bottom)}V{_number(top - 7)}"
            point = f"M{_number(x)} {_number(top - 1)}l-5 -9h10z"
        else:
            way = (
                f"M{_number(x)} {_number(above_bottom)}V{_number(tip - 8)}"
                f"q0 8 8 8H{_number(left - 6)}"
            )
            point = f"M{_number(left)} {_number(tip)}l-9 -5v10z"
        SubElement(group, "path", {"class": "rail", "d": way, "aria-hidden": "true"})
        SubElement(group, "path", {"class": "tip", "d": point, "aria-hidden": "true"})

    def _noted(
        self, group: Element, hop: Hop, note: list[Line], at: tuple[float, float], left: float
    ) -> None:
        x, y = at
        room = self._note_room(left)
        href = self.look.comparisons.get(hop.from_node)
        shown = SubElement(group, "a" if href else "g", {"class": "note"})
        if href:
            shown.set("href", href)
        if self.look.evidence and hop.evidence:
            if not href:
                _set(shown, tabindex=0, role="note")
            shown.set("aria-label" if not href else "aria-description", self._spoken(hop))
        hit = SubElement(shown, "rect", {"class": "hit", "rx": "4"})
        _set(hit, x=x - 6, y=y - 4, width=room + 8, height=_height(note) + 8)
        for line in note:
            _write(shown, line, x, y, room)
            y += line.height
        if self.look.evidence and hop.evidence:
            self._evidence(shown, hop, x, at[1] - 8)

    def _source(self, hop: Hop) -> str:
        """What a hop came from, within a sentence."""
        name = self.names.get(hop.to_node, one_line(hop.to_node))
        return name[:1].lower() + name[1:] if hop.to_node in self.nameless else name

    def _spoken(self, hop: Hop) -> str:
        parts = [f"{one_line(hop.relation)}, from {self._source(hop)}, {surely(hop)}"]
        parts += [change(item) for item in hop.drift]
        parts += [f"{item.weight:+.1f} {one_line(item.says)}" for item in hop.evidence]
        return "; ".join(parts)

    def _evidence(self, shown: Element, hop: Hop, x: float, bottom: float) -> None:
        """The reasons on a slip that opens upward: what is drawn later would cover it below."""
        room = min(_NOTE_ROOM + 40, self.wide - 2 * _EDGE) - 24
        ranked = sorted(hop.evidence, key=lambda item: -abs(item.weight))[:_MOST_REASONS]
        lines = [Line("Why (weight in log-odds)", "rests", 18)]
        for item in ranked:
            text = f"{item.weight:+.1f}  {one_line(item.says)}"
            lines += _lines(text, "reason", _SMALL, room, _MOST_REASON)
        tall = _height(lines) + 16
        x, y = min(x, self.wide - room - 26), bottom - tall
        slip = SubElement(shown, "g", {"class": "evidence", "aria-hidden": "true"})
        _set(SubElement(slip, "rect", {"rx": "6"}), x=x - 2, y=y, width=room + 24, height=tall)
        y += 8
        for line in lines:
            _write(slip, line, x + 10, y, room)
            y += line.height

    def _carded(
        self,
        group: Element,
        node: Node,
        lines: list[Line],
        box: tuple[float, float, float, float],
    ) -> None:
        x, y, wide, tall = box
        href = self.look.links.get(node.id)
        holder = SubElement(group, "a", {"href": href}) if href else group
        frame = SubElement(holder, "rect", {"class": "card", "rx": "6"})
        _set(frame, x=x, y=y, width=wide, height=tall)
        y += _PAD - 3
        after = self._tag(holder, node, x + _PAD, y)
        for line in lines:
            indent = after if line.kind == "outlet" else x + _PAD
            _write(holder, line, indent, y, x + wide - _PAD - indent)
            y += line.height

    def _tag(self, holder: Element, node: Node, x: float, y: float) -> float:
        """The language as a tag; where the outlet's name begins after it."""
        if node.language in ("", "und"):
            return x
        code = one_line(node.language).upper()[:7]
        wide = width(code, 11) + 14
        plate = SubElement(holder, "rect", {"class": "tag", "rx": "3"})
        _set(plate, x=x, y=y + 1, width=wide, height=17)
        text = SubElement(holder, "text", {"class": "tag-text", "text-anchor": "middle"})
        _set(text, x=x + wide / 2, y=y + 13.5)
        text.text = code
        SubElement(text, "title").text = one_line(languages.name(node.language))
        return x + wide + 8


def _classes(branch: Branch) -> str:
    hop = branch.hop
    found = ["station"]
    if branch.node.kind != "stored":
        found.append("unseen")
    if hop is not None and any(item.severity == "serious" for item in hop.drift):
        found += ["changed", "altering"]
    if hop is not None and hop.basis == "review":
        found.append("reviewed")
    elif hop is not None and (hop.basis == "inference" or hop.probability < 0.5):
        found.append("guessed")
    return " ".join(found)


def _lines(text: str, kind: str, size: float, room: float, most: int) -> list[Line]:
    return [Line(one, kind, round(size * 1.4)) for one in wrapped(one_line(text), size, room, most)]


def _height(lines: list[Line]) -> float:
    return sum(line.height for line in lines)


def _write(parent: Element, line: Line, x: float, y: float, room: float) -> None:
    """A line of text, right to left at the right edge of its room."""
    if not line.text:
        return
    text = SubElement(parent, "text", {"class": line.kind})
    text.text = line.text
    if line.text.startswith(CHANGED):
        sign = SubElement(text, "tspan", {"class": "sign"})
        sign.text, text.text, sign.tail = CHANGED, "", line.text.removeprefix(CHANGED)
    backward = right_to_left(line.text)
    if backward:
        text.set("direction", "rtl")
        text.set("unicode-bidi", "embed")
    _set(text, x=x + room if backward else x, y=y + line.height * 0.74)


def _set(element: Element, **values: object) -> None:
    for name, value in values.items():
        element.set(name, _number(value) if isinstance(value, float | int) else str(value))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
