"""A chain as a tree: the earliest known source on top, what came from it beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from provenance.cli._paint import changes, heading, quoted, reading, reason, said_by
from provenance.export.inert import one_line
from provenance.export.wording import percent
from provenance.model import Chain, Hop, Node, Translation

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree


def trees(
    chain: Chain, english: Mapping[str, Translation], focus: str = "", explain: bool = False
) -> list[Tree]:
    """One tree per root of `chain`; the station asked about is marked.

    `english` has what foreign stations say, by node.
    """
    from provenance.tracing import times

    nodes = {node.id: node for node in chain.nodes}
    children: dict[str, list[Hop]] = {}
    for hop in sorted(chain.hops, key=lambda hop: times.rank(nodes[hop.from_node].published)):
        children.setdefault(hop.to_node, []).append(hop)
    arrived = {hop.from_node for hop in chain.hops}
    roots = [node for node in chain.nodes if node.id not in arrived]
    grown = _Grower(nodes, children, english, focus, explain)
    return [grown.tree(root) for root in roots]


class _Grower:
    """Grows a tree over hops; a station is shown once, so a bad cycle cannot loop."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        children: Mapping[str, Sequence[Hop]],
        english: Mapping[str, Translation],
        focus: str,
        explain: bool,
    ) -> None:
        self.nodes, self.children, self.english = nodes, children, english
        self.focus, self.explain = focus, explain
        self.seen: set[str] = set()

    def tree(self, root: Node) -> Tree:
        from rich.tree import Tree

        grown = Tree(self._card(root, None), guide_style="dim")
        self._grow(grown, root.id)
        return grown

    def _grow(self, branch: Tree, node: str) -> None:
        # Depth is bounded by hand: hundreds of relays in a row would outgrow the stack.
        waiting = [(branch, node)]
        while waiting:
            parent, name = waiting.pop()
            self.seen.add(name)
            for hop in self.children.get(name, ()):
                if hop.from_node not in self.seen:
                    card = self._card(self.nodes[hop.from_node], hop)
                    waiting.append((parent.add(card), hop.from_node))

    def _card(self, node: Node, hop: Hop | None) -> RenderableType:
        from rich.console import Group

        lines: list[Text] = [heading(node)]
        if node.id == self.focus:
            lines[0].append("  ◀ asked about", style="bold magenta")
        if node.text:
            lines.append(quoted(node.text))
        above = self.nodes[hop.to_node].speaker if hop is not None else ""
        if node.text and node.speaker not in ("", above):
            lines.append(said_by(node.speaker))
        if node.id in self.english:
            lines.append(reading(self.english[node.id]))
        if hop is not None:
            lines.append(_how(hop))
            lines += changes(hop.drift)
            lines += [reason(item) for item in hop.evidence] if self.explain else []
        return Group(*lines)


def _how(hop: Hop) -> Text:
    text = Text(f"↑ {one_line(hop.relation)}", style="green")
    text.append(f"  {percent(hop.probability)}", style="bold")
    return text.append(f"  by {one_line(hop.basis)}", style="dim")
