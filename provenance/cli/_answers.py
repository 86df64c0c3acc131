"""What a reporter reads of a statement in time, of its spread, an outlet, two renderings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from provenance import languages
from provenance.cli._paint import changes, heading, quoted, said_by
from provenance.cli._tree import trees
from provenance.export.inert import one_line
from provenance.export.wording import after, percent, when
from provenance.languages.words import words
from provenance.model import Node, Rendering, Span, Translation
from provenance.naming.outlets import publisher

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.questions import Spread, Timeline
    from provenance.tracing import Difference, Habits, Moment, Step

_INDENT = (0, 0, 0, 3)
_TELLING = 4  # words; shorter texts are commonplaces, whatever probability they are given
_MARKS = {"lost": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def in_time(found: Timeline) -> RenderableType:
    """One block a rendering: when, who, in which words, from where, what changed."""
    count = len(found.moments)
    said = next((m.node.speaker for m in found.moments if m.node.speaker), "speaker unknown")
    title = Text(f"{one_line(said)}: ", style="bold underline")
    title.append(f"{count} rendering{'' if count == 1 else 's'} in order of time")
    first = next((m.node.published for m in found.moments if m.hours is not None), "")
    blocks = (_moment(moment, found.focus, said, first) for moment in found.moments)
    return Group(title, *blocks, Text())


def _moment(moment: Moment, focus: str, said: str, first: str) -> RenderableType:
    head = heading(moment.node)
    if moment.hours:
        head.append(f"  {after(moment.hours, first, moment.node.published)}", style="dim")
    if moment.node.id == focus:
        head.append("  ◀ asked about", style="bold magenta")
    lines = [quoted(moment.node.text)]
    if moment.node.speaker not in ("", said):
        lines.append(said_by(moment.node.speaker))
    if moment.hop is not None and moment.source is not None:
        line = Text(f"↑ from {_source(moment.source)}", style="green")
        line.append(f"  {percent(moment.hop.probability)}", style="bold")
        line.append(f"  {one_line(moment.hop.relation)}, by {moment.hop.basis}", style="dim")
        lines += [line, *changes(moment.hop.drift)]
    return Group(head, *(Padding(line, _INDENT, expand=False) for line in lines))


def _source(node: Node) -> str:
    from provenance.tracing import label

    seen = "" if node.kind == "stored" else ", not stored"
    return f"{one_line(label(node))}{seen}"


def onward(found: Spread, english: Mapping[str, Translation], explain: bool) -> RenderableType:
    """The tree of what came from a text, and what it adds up to."""
    return Group(*trees(found.chain, english, found.root, explain), _reach(found), Text())


def _reach(found: Spread) -> Text:
    carried = found.carried
    if not carried:
        return Text("Nothing stored carries it on.", style="italic")
    spoken = sorted({languages.name(node.language) for node in carried})
    outlets = len({node.outlet or node.url or node.id for node in carried})
    says = f"Carried on by {_count(len(carried), 'rendering')} in {_count(outlets, 'outlet')}"
    text = Text(f"{says}, {', '.join(spoken)}", style="italic")
    if found.altered:
        text.append(f"; altered on {_count(len(found.altered), 'hop')}", style="bold red")
    return text.append(".")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def relied_on(found: Habits) -> RenderableType:
    """An outlet's sources as a table, and what they add up to."""
    title = Text(one_line(found.outlet), style="bold underline")
    title.append(f"  {_count(found.quotes, 'quote')} stored", style="cyan")
    lines: list[RenderableType] = [title]
    if found.derived:
        lines += [_summary(found), Text(), _table(found)]
    else:
        lines.append(Text("No source of it is known: nothing stored or named precedes it."))
    if found.carriers:
        named = ", ".join(f"{one_line(name)} ({count})" for name, count in found.carriers)
        lines += [Text(), Text(f"Carried on by: {named}")]
    return Group(*lines, Text())


def _summary(found: Habits) -> Text:
    text = Text(f"{found.derived} of them lead to a source, stored or not, on average ")
    text.append(_count_hops(found.distance), style="bold")
    text.append(" from the end of the trail; ")
    share = round(100 * found.altered / found.derived)
    style = "bold red" if found.altered else "bold green"
    text.append(f"{found.altered} altered ({share} %)", style=style)
    return text.append(" on the way.")


def _count_hops(distance: float) -> str:
    return f"{distance:.1f} hop{'' if distance == 1 else 's'}"


def _table(found: Habits) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("relies on")
    for name in ("quotes", "cited", "altered", "sure", "for example"):
        table.add_column(name, justify="right")
    for one in found.sources:
        examples = ", ".join(map(str, one.examples))
        seen = "" if one.kind == "stored" else f"  {one.kind}, not stored"
        table.add_row(
            Text(one_line(one.source)).append(seen, style="italic dim"),
            str(one.quotes),
            str(one.cited),
            str(one.altered),
            percent(one.probability),
            f"quote {examples}",
        )
    return table


def compared(found: Difference) -> RenderableType:
    """Both texts, their words marked as lost or added, and every change in a sentence."""
    sure = Text("one statement with probability ")
    sure.append(percent(found.match.probability), style="bold")
    if min(_length(found.earlier), _length(found.later)) < _TELLING:
        sure.append("; so few words can be anybody's", style="dim")
    lines: list[RenderableType] = [_card(found.earlier), _card(found.later), sure, Text()]
    if found.same_language:
        lines.append(_marked(found))
    else:
        lines += [
            _one_side(found.earlier.text, [s.earlier for s in found.steps if s.change == "lost"]),
            _one_side(
                found.later.text, [s.later for s in found.steps if s.change == "added"], "added"
            ),
            Text(),
            _pairs(found),
        ]
    told = changes(found.match.drift)
    return Group(*lines, *([Text(), *told] if told else []), Text())


def _length(rendering: Rendering) -> int:
    return len(words(rendering.text, rendering.language))


def _card(rendering: Rendering) -> Text:
    if not rendering.quote:
        text = Text("the words given", style="bold")
        return text.append(f"  {languages.name(rendering.language)}", style="cyan")
    called = publisher(rendering.outlet, rendering.url, rendering.quote)
    text = Text(one_line(called), style="bold")
    facts = f"  {when(rendering.published)} · {languages.name(rendering.language)}"
    return text.append(facts, style="cyan").append(f"  quote {rendering.quote}", style="dim")


def _marked(found: Difference) -> Text:
    """One running text: the later's words, with what was lost and what was added marked."""
    text = Text()
    for number, step in enumerate(found.steps):
        if number:
            text.append(" ")
        _append(text, found, step)
    return text


def _append(text: Text, found: Difference, step: Step) -> None:
    if step.change in _MARKS:
        span = step.earlier or step.later
        side = found.earlier if step.earlier else found.later
        assert span is not None
        opening, closing, style = _MARKS[step.change]
        words = one_line(side.text[span.start : span.end])
        text.append(f"{opening}{words}{closing}", style=style)
    elif step.later is not None:
        style = "yellow" if step.change == "inflected" else ""
        text.append(one_line(found.later.text[step.later.start : step.later.end]), style=style)


def _one_side(text: str, spans: Sequence[Span | None], change: str = "lost") -> Text:
    """A text with the words marked that the other has nothing for."""
    opening, closing, style = _MARKS[change]
    shown, place = Text(), 0
    for span in sorted(filter(None, spans)):
        shown.append(_inner(text[place : span.start]))
        shown.append(f"{opening}{one_line(text[span.start : span.end])}{closing}", style=style)
        place = span.end
    return shown.append(_inner(text[place:]))


def _inner(text: str) -> str:
    """A stretch between words: made inert, its outer spaces kept as one each."""
    inside = one_line(text)
    before = " " if text[:1].isspace() else ""
    after = " " if inside and text[-1:].isspace() else ""
    return f"{before}{inside}{after}"


def _pairs(found: Difference) -> Text:
    return Text(" · ").join(Text(pair) for pair in _rendered(found))


def _rendered(found: Difference) -> Iterator[str]:
    for step in found.steps:
        if step.earlier and step.later:
            old = found.earlier.text[step.earlier.start : step.earlier.end]
            new = found.later.text[step.later.start : step.later.end]
            yield f"{one_line(old)} = {one_line(new)}"
