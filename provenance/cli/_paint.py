"""How chains, verdicts and changes look in a terminal: colour for people, plain in a pipe.

Everything that comes from outside passes through `one_line`, and becomes a `Text`, never
markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from rich.text import Text

from provenance import languages
from provenance.export.inert import one_line
from provenance.export.wording import DOUBT, station, when
from provenance.model import Drift, Evidence, Node, Translation

if TYPE_CHECKING:
    from rich.console import RenderableType

_SEVERITY = {"serious": "bold red", "notable": "yellow", "minor": "dim"}
VERDICT = {
    "verbatim": "bold green",
    "translated": "bold green",
    "paraphrased": "green",
    "truncated": "yellow",
    "altered": "bold red",
    "misattributed": "bold red",
    "circular": "bold red",
    "unsupported": "yellow",
    "single anonymous source": "yellow",
}
_QUOTED = 280  # characters of a quote in a tree: three lines of a common terminal


def show(shown: RenderableType, wide: int = 100) -> None:
    """Print on standard output: coloured and as wide as the terminal, else plain, at most `wide`,
    and no line longer than its words."""
    from rich.console import Console

    terminal = Console(highlight=False, soft_wrap=False)
    if terminal.is_terminal:
        terminal.print(shown)
        return
    plain = Console(highlight=False, width=wide)
    with plain.capture() as printed:
        plain.print(shown)
    click.echo("\n".join(map(str.rstrip, printed.get().split("\n"))), nl=False)


def quoted(text: str, style: str = "") -> Text:
    """The words themselves, in quotation marks, cut to a few lines."""
    return Text(f"“{cut(text)}”", style=style)


def said_by(speaker: str) -> Text:
    """Who says it, below the words."""
    return Text(f"— {one_line(speaker)}", style="dim")


def cut(text: str) -> str:
    """`text` on one line, cut at a word where it is longer than a few lines of a terminal."""
    line = one_line(text)
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED].rsplit(' ', 1)[0]} …"


def reading(translation: Translation) -> Text:
    """What foreign words say in English, and who says so; a gloss is called a gloss."""
    text = Text(f"{one_line(translation.translator)}: ", style="dim")
    text.append(cut(translation.text), style="dim italic")
    doubts = ", ".join(flag for flag in translation.flags if translation.translator != "gloss")
    return text.append(f" (doubtful: {one_line(doubts)})", style="yellow") if doubts else text


def heading(node: Node) -> Text:
    """Outlet, date and language of a station, and what kind of station it is."""
    text = Text(station(node), style="bold")
    if node.text and node.kind == "named":  # a draft, or words somebody asks about
        text.append(f"  {languages.name(node.language)}, not stored", style="italic dim")
    elif node.kind == "stored":
        text.append(f"  {when(node.published)} · {languages.name(node.language)}", style="cyan")
        text.append(f"  quote {node.quote}", style="dim")
    else:
        said = "named, not stored" if node.kind == "named" else "inferred, not seen"
        text.append(f"  {said}", style="italic dim")
    return text


def changes(drift: Iterable[Drift]) -> list[Text]:
    """One line a change: how grave, of what kind, in a sentence."""
    return [_change(item) for item in drift]


def _change(drift: Drift) -> Text:
    text = Text("≠ ", style=_SEVERITY[drift.severity])
    text.append(f"{drift.kind} ({drift.severity}): ", style=_SEVERITY[drift.severity])
    text.append(one_line(drift.says))
    if not drift.certain:
        text.append(DOUBT, style="dim")
    return text


def reason(evidence: Evidence) -> Text:
    """One reason with its weight: ``+2.1`` speaks for the claim, ``-0.7`` against."""
    text = Text(f"{evidence.weight:+.1f}  ", style="dim")
    return text.append(one_line(evidence.says))
