"""What a reporter reads: a chain with its ending, an audited draft, the worked case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from provenance import languages
from provenance.cli._paint import VERDICT, changes, quoted, reason
from provenance.cli._tree import trees
from provenance.export.inert import one_line
from provenance.export.wording import coming, percent, station, unlisted
from provenance.model import Chain, Node, Quote, Translation

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.pipeline import Reading
    from provenance.questions import Audit, Judged, Trace

_INDENT = (0, 0, 0, 3)
_NAMED = 6  # stations that are listed by name


def chain(
    trace: Trace, english: Mapping[str, Translation], whole: bool, explain: bool
) -> RenderableType:
    """The way back of one quote (or its whole statement), why it ends, what else there is."""
    shown = trace.chain if whole else trace.way
    lines: list[RenderableType] = [*trees(shown, english, trace.focus, explain)]
    lines += _endings(shown)
    lines += _reached(trace)
    lines += _circles(shown)
    lines += _alternatives(shown, trace.chain.nodes) if explain else []
    lines += [] if whole else _elsewhere(trace)
    return Group(*lines, Text())


def audited(audit: Audit, explain: bool) -> RenderableType:
    """A draft: where its text comes from, then one block a quote."""
    blocks: list[RenderableType] = [_headline(audit.reading, explain)]
    if not audit.quotes:
        blocks.append(Text("No quotes found in it."))
    for number, judged in enumerate(audit.quotes, 1):
        blocks.append(_block(number, judged))
    if audit.doubtful:
        one = audit.doubtful == 1
        left = "1 passage that is less" if one else f"{audit.doubtful} passages that are less"
        says = f"{left} likely to be {'a quote' if one else 'quotes'} left out"
        blocks.append(
            Text(f"{says}: lower --confidence to see {'it' if one else 'them'}.", style="dim")
        )
    return Group(*blocks)


def statement(
    travelled: Chain, english: Mapping[str, Translation], explain: bool
) -> RenderableType:
    """One statement with all its renderings, as a tree with its ending."""
    ends = {ending.node for ending in travelled.ends}
    from_the_top = sorted(travelled.nodes, key=lambda node: node.id not in ends)
    said = next((node.speaker for node in from_the_top if node.speaker), "speaker unknown")
    title = Text(f"Statement {travelled.statement}: {one_line(said)}", style="bold underline")
    grown = trees(travelled, english, explain=explain)
    return Group(title, *grown, *_endings(travelled), *_circles(travelled), Text())


def _endings(chain: Chain) -> Iterator[Text]:
    for ending in chain.ends:
        yield Text(f"⊣ {one_line(ending.says)}", style="italic")


def _reached(trace: Trace) -> Iterator[Text]:
    """How sure all ways together are; one that is a single hop says so itself."""
    hops = trace.way.hops
    if hops and (len(hops) > 1 or percent(hops[0].probability) != percent(trace.reached)):
        end = next(node for node in trace.way.nodes if node.id == trace.end)
        yield Text(
            f"That it goes back to {station(end)}: {percent(trace.reached)}.", style="italic"
        )


def _circles(chain: Chain) -> Iterator[Text]:
    names = {node.id: station(node) for node in chain.nodes}
    for circle in chain.circles:
        round_trip = " → ".join(names.get(node, node) for node in (*circle, circle[0]))
        yield Text(f"↻ circular reporting: {round_trip}", style="bold red")


def _alternatives(shown: Chain, known: Iterable[Node]) -> Iterator[Text]:
    nodes = {node.id: node for node in known}
    for hop in shown.alternatives:
        ends = (hop.from_node, hop.to_node)
        here, there = (station(nodes.get(name) or unlisted(name)) for name in ends)
        line = f"? {here} ← {there}: {one_line(hop.relation)}, {percent(hop.probability)}"
        yield Text(line, style="dim")


def _elsewhere(trace: Trace) -> Iterator[Text]:
    shown = {node.id for node in trace.way.nodes}
    others = [station(node) for node in trace.chain.nodes if node.id not in shown]
    if others:
        count = f"{len(others)} more station{'' if len(others) == 1 else 's'}"
        names = ", ".join(_first(list(dict.fromkeys(others))))
        yield Text(f"{count} of this statement ({names}): add --all", style="dim")


def _first(names: list[str]) -> list[str]:
    return names if len(names) <= _NAMED else [*names[: _NAMED - 1], "…"]


def _headline(reading: Reading, explain: bool) -> RenderableType:
    document, origin = reading.document, reading.origin
    title = Text(one_line(document.heading), style="bold")
    title.append(f"  {languages.name(document.language)}", style="cyan")
    kind, *facts = coming(origin, document.language)
    line = Text("Origin: ").append(kind, style="bold").append("".join(f"  {one}" for one in facts))
    # The strongest reasons explain the verdict; --explain gives them all.
    ranked = sorted(origin.evidence, key=lambda item: -abs(item.weight))
    shown = origin.evidence if explain else ranked[:3]
    return Group(
        title, line, *(Padding(reason(item), _INDENT, expand=False) for item in shown), Text()
    )


def _block(number: int, judged: Judged) -> RenderableType:
    verdict = judged.verdict
    head = Text(f"{number}. ").append(verdict.kind.upper(), style=VERDICT[verdict.kind])
    head.append(f"  {percent(verdict.probability)}  ").append(_said(judged.quote))
    lines: list[Text] = [quoted(judged.quote.text)]
    lines += [Text(f"why: {one_line(item)}") for item in verdict.unlisted]
    lines += changes(verdict.drift)
    if verdict.settles:
        lines.append(Text(f"would settle it: {one_line(verdict.settles)}", style="dim"))
    return Group(head, *(Padding(line, _INDENT, expand=False) for line in lines), Text())


def _said(quote: Quote) -> Text:
    """Who said it and via whom, and where it stands in the text."""
    text = Text("speaker unknown", style="bold")
    if quote.speaker:
        text = Text(one_line(quote.speaker.known_as), style="bold")
    if quote.speaker and quote.speaker.text not in quote.speaker.known_as:
        text.append(f" (as “{one_line(quote.speaker.text)}”)", style="dim")
    if quote.chain:
        text.append(f", via {' ← '.join(one_line(relay.name) for relay in quote.chain)}")
    return text.append(f"  {quote.type}, characters {quote.start}–{quote.end}", style="dim")
