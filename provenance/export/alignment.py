"""Two renderings of one statement word by word, as a picture: lines join what says the same.

The earlier text reads down the left side, the later down the right. What has no partner has
a dashed frame, what a change is about a thick one and a sign, so that it can be read without
colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from provenance.export import drawing
from provenance.export.inert import one_line
from provenance.export.lettering import right_to_left, wrapped
from provenance.model import Aligned, Drift, Span

_SIZE, _LINE, _PAD, _GAP = 15, 20, 7, 6  # pixels
_HEAD = 30  # pixels of the columns' heads
_PHRASE = 34  # characters of a run that is joined by one line; longer ones break
_MIDDLE = {True: 120, False: 46}  # pixels between the columns of a wide and a narrow picture


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of one text, the number of the pair they belong to, and how grave a change
    they are part of."""

    text: str
    pair: int | None
    severity: str = ""


def columns(
    earlier: str, later: str, alignment: Sequence[Aligned], drift: Sequence[Drift]
) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts as stretches, those that say the same under one number."""
    pairs = _phrases(earlier, later, alignment)
    there = [(pair.to_span, number) for number, pair in enumerate(pairs)]
    here = [(pair.from_span, number) for number, pair in enumerate(pairs)]
    left = _stretches(earlier, there, [(d.to_span, d.severity) for d in drift if d.to_span])
    right = _stretches(later, here, [(d.from_span, d.severity) for d in drift if d.from_span])
    return left, right


def _phrases(earlier: str, later: str, alignment: Sequence[Aligned]) -> list[Aligned]:
    """Pairs that follow each other in both texts, joined into one."""
    joined: list[Aligned] = []
    for pair in sorted(alignment, key=lambda one: one.from_span):
        last = joined[-1] if joined else None
        if last and _follows(last, pair, earlier, later):
            joined[-1] = Aligned(
                Span(last.from_span.start, pair.from_span.end),
                Span(last.to_span.start, pair.to_span.end),
                min(last.similarity, pair.similarity),
            )
        else:
            joined.append(pair)
    return joined


def _follows(last: Aligned, pair: Aligned, earlier: str, later: str) -> bool:
    here = later[last.from_span.end : pair.from_span.start]
    there = earlier[last.to_span.end : pair.to_span.start]
    in_order = last.from_span.end <= pair.from_span.start and last.to_span.end <= pair.to_span.start
    short = max(pair.from_span.end - last.from_span.start, pair.to_span.end - last.to_span.start)
    return in_order and not here.strip() and not there.strip() and short <= _PHRASE


def _stretches(
    text: str, placed: Sequence[tuple[Span, int]], changed: Sequence[tuple[Span, str]]
) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    for span, number in sorted(placed):
        found += _alone(text, at, span.start, changed)
        if span.start >= at:
            found.append(Stretch(text[span.start : span.end], number, _grave(span, changed)))
            at = span.end
    return found + _alone(text, at, len(text), changed)


def _alone(text: str, start: int, end: int, changed: Sequence[tuple[Span, str]]) -> list[Stretch]:
    """Words without a partner; marks between words are nobody's."""
    words = text[start:end]
    if not any(letter.isalnum() for letter in words):
        return []
    return [Stretch(words.strip(" ,.;:—–-"), None, _grave(Span(start, end), changed))]


def _grave(span: Span, changed: Sequence[tuple[Span, str]]) -> str:
    met = {grave for other, grave in changed if other.start < span.end and other.end > span.start}
    return next((grave for grave in ("serious", "notable", "minor") if grave in met), "")


def draw(
    left: Sequence[Stretch], right: Sequence[Stretch], heads: tuple[str, str], wide: float
) -> str:
    """Both columns under their `heads` as one ``<svg>`` element, `wide` pixels wide, for a
    page that has `drawing.style`."""
    return tostring(_drawn(left, right, heads, wide), "unicode")


def picture(
    left: Sequence[Stretch], right: Sequence[Stretch], heads: tuple[str, str], wide: float
) -> str:
    """The same as an SVG file that brings its own style and background."""
    return drawing.alone(_drawn(left, right, heads, wide))


def _drawn(
    left: Sequence[Stretch], right: Sequence[Stretch], heads: tuple[str, str], wide: float
) -> Element:
    svg = Element("svg", {"class": "chain-drawing alignment", "role": "group"})
    svg.set("aria-label", "Both texts word by word: earlier on the left, later on the right")
    middle = _MIDDLE[wide > 500]
    room = (wide - middle) / 2
    lines = SubElement(svg, "g", {"aria-hidden": "true"})
    for head, x in zip(heads, (1.0, room + middle + 1), strict=True):
        (name, *_) = wrapped(one_line(head), _SIZE * 1.1, room - 2, 1) or [""]
        _text(svg, name, "outlet", (x, x + room - 2), _HEAD - 12)
    from_left = _column(svg, left, 1, room - 2, "lost")
    from_right = _column(svg, right, room + middle + 1, room - 2, "added")
    for number, top in from_left.places.items():
        if number in from_right.places:
            ends = (room, top), (room + middle, from_right.places[number])
            _join(lines, *ends, changed=number in from_left.grave)
    tall = max(from_left.bottom, from_right.bottom)
    svg.set("width", f"{wide:g}")
    svg.set("height", f"{tall:g}")
    svg.set("viewBox", f"0 0 {wide:g} {tall:g}")
    return svg


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the middle of each numbered stretch stands, which are changed, and the lower end."""

    places: dict[int, float]
    grave: set[int]
    bottom: float


def _column(
    svg: Element, stretches: Sequence[Stretch], x: float, room: float, alone: str
) -> _Column:
    places: dict[int, float] = {}
    grave: set[int] = set()
    y = float(_HEAD)
    for stretch in stretches:
        tall = _stretch(svg, stretch, (x, y, room), alone)
        if stretch.pair is not None:
            places[stretch.pair] = y + tall / 2
            if stretch.severity in ("serious", "notable"):
                grave.add(stretch.pair)
        y += tall + _GAP
    return _Column(places, grave, y)


def _stretch(
    svg: Element, stretch: Stretch, place: tuple[float, float, float], alone: str
) -> float:
    """One framed stretch; its height."""
    x, y, room = place
    fate = alone if stretch.pair is None else ""
    sign = "≠ " if stretch.severity in ("serious", "notable") else ""
    lines = wrapped(one_line(stretch.text), _SIZE * 1.04, room - 2 * _PAD - 18 * bool(sign), 12)
    tall = len(lines) * _LINE + 8 + 14 * bool(fate)
    kinds = [
        "stretch",
        f"is-{stretch.severity}" if stretch.severity else "",
        "alone" if fate else "",
    ]
    group = SubElement(svg, "g", {"class": " ".join(filter(None, kinds))})
    frame = SubElement(group, "rect", {"class": "frame", "rx": "5"})
    for name, value in (("x", x), ("y", y), ("width", room), ("height", tall)):
        frame.set(name, f"{value:g}")
    inside = (x + _PAD, x + room - _PAD)
    down = y + 4
    if fate:
        _text(group, fate, "fate", inside, down + 11)
        down += 14
    for number, line in enumerate(lines):
        text = _text(group, line, "words-small", inside, down + _LINE * (number + 0.75))
        if sign and not number and not right_to_left(line):
            mark = SubElement(text, "tspan", {"class": "sign"})
            mark.text, text.text, mark.tail = sign, "", line
    return tall


def _text(group: Element, line: str, kind: str, edges: tuple[float, float], y: float) -> Element:
    """A line between two edges: from the left one, or from the right where it is read so."""
    backward = right_to_left(line)
    text = SubElement(group, "text", {"class": kind, "y": f"{y:g}"})
    text.set("x", f"{edges[backward]:g}")
    if backward:
        text.set("direction", "rtl")
    text.text = line
    return text


def _join(
    group: Element, left: tuple[float, float], right: tuple[float, float], changed: bool
) -> None:
    (x1, y1), (x2, y2) = left, right
    bend = (x1 + x2) / 2
    way = f"M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}"
    SubElement(group, "path", {"class": "join changed" if changed else "join", "d": way})
