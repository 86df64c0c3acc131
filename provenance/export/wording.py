"""How chains are put into words, the same in a terminal, on a page and in a report."""

from __future__ import annotations

from datetime import datetime

from provenance import languages
from provenance.export.inert import one_line
from provenance.model import Drift, Hop, Node, Origin
from provenance.naming import outlets

DOUBT = " — uncertain, see the original"
"""What follows a change that may be the translation's fault, or ours."""


def percent(probability: float) -> str:
    """A probability as a reporter reads it; never a certainty."""
    return f"{min(max(round(probability * 100), 1), 99)} %"


def when(published: str) -> str:
    """``2026-03-02T14:05:00+00:00`` as ``2 March 2026, 14:05 UTC``; imprecise times as given."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return one_line(published) or "date unknown"
    day = f"{moment.day} {moment:%B %Y}"
    if len(published) <= len("2026-03-02"):
        return day
    offset = moment.strftime("%z")
    zone = {"": "", "+0000": " UTC"}.get(offset, f" {offset[:3]}:{offset[3:]}")
    return f"{day}, {moment:%H:%M}{zone}"


def station(node: Node) -> str:
    """What a reader calls a station: whoever published it, else the best there is."""
    unseen = f"A text in {languages.name(node.language)}" if node.language else "An unknown source"
    called = outlets.publisher(node.outlet, node.url, node.quote)
    return one_line(called or node.speaker or node.url or unseen)


def coming(origin: Origin, language: str) -> list[str]:
    """Where a text in `language` comes from: ``translation``, ``85 %``, ``via TASS``, ``probably
    first in Russian``. How likely "unknown" is tells nobody anything."""
    facts: list[str] = [origin.kind]
    if origin.kind != "unknown":
        facts.append(percent(origin.probability))
    if origin.via:
        facts.append(f"via {', '.join(map(one_line, origin.via))}")
    if origin.source_language not in ("", "und", language):
        facts.append(f"probably first in {languages.name(origin.source_language)}")
    return facts


def after(hours: float, first: str, published: str) -> str:
    """How long after the `first` text one was `published`: ``+3 h 15 min``, of days without a time
    ``about 2 days``, "" where one is less exact."""
    exact = min(len(first), len(published)) - len("2026-03-02")
    if exact <= 0:
        days = round(hours / 24)
        about = f"about {days} day{'' if days == 1 else 's'}" if days else "the same day"
        return about if exact == 0 else ""
    days, minutes = divmod(round(hours * 60), 24 * 60)
    parts = [(days, "d"), (minutes // 60, "h"), (minutes % 60, "min")]
    passed = " ".join(f"{count} {unit}" for count, unit in parts if count)
    return f"+{passed}" if passed else ""


def unlisted(name: str) -> Node:
    """A station that lost, of which a chain keeps the name alone: ``inferred:ru``."""
    kind, _, rest = name.partition(":")
    if kind == "inferred":
        return Node(name, "inferred", language=rest)
    return Node(name, "named", outlet=rest or name)


def standing(node: Node) -> str:
    """When a station was published, or that nobody here has seen it."""
    if node.kind == "stored":
        return when(node.published)
    if node.kind == "named":
        return "not stored" if node.text else "named, not stored"
    return "inferred, not seen"


def placing(node: Node) -> str:
    """When and in which language a station says it: ``2 March 2026 · English``."""
    language = languages.name(node.language) if node.language else ""
    return " · ".join(fact for fact in (standing(node), language) if fact)


def change(drift: Drift) -> str:
    """A change in a sentence, with its kind and how grave it is."""
    doubt = "" if drift.certain else DOUBT
    return f"{drift.kind} ({drift.severity}): {one_line(drift.says)}{doubt}"


def stepping(hop: Hop) -> list[str]:
    """What is written at an arrow: ``translates 99 %``, and the kinds of what surely changed."""
    kinds = ", ".join(dict.fromkeys(drift.kind for drift in hop.drift if drift.certain))
    return [f"{hop.relation} {percent(hop.probability)}", *([f"changed: {kinds}"] if kinds else [])]


def surely(hop: Hop) -> str:
    """How sure a hop is and what it rests on: ``99 % sure, by attribution``."""
    rests = "decided by a reviewer" if hop.basis == "review" else f"by {one_line(hop.basis)}"
    return f"{percent(hop.probability)} sure, {rests}"
