"""A report as Markdown (CommonMark): the same in words, for an editor's own system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance import languages
from provenance.export.branches import Branch, branches
from provenance.export.inert import one_line
from provenance.export.report import Draft, Part, Report
from provenance.export.trails import Station, address
from provenance.export.wording import change, coming, percent, standing, station, surely, when

# Whatever CommonMark or GitHub might take for markup: a backslash before it keeps it text.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$&@]|^[-+=]|(?<=^\d)[.)]|:(?=//)|\.(?=\w))")


def text(report: Report) -> str:
    """The whole file."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# Provenance report: {_plain(report.title)}\n"
    if report.draft is not None:
        yield from _drafted(report, report.draft)
    for number, part in enumerate(report.parts, 1):
        yield from _part(number, part)
    yield "## Evidence\n"
    for one in report.evidence:
        yield from _passage(one)
    yield from _made(report)


def _drafted(report: Report, draft: Draft) -> Iterator[str]:
    origin = draft.origin
    yield f"- Language: {languages.name(draft.language)}"
    yield f"- Origin: {_plain(', '.join(coming(origin, draft.language)))}"
    for item in sorted(origin.evidence, key=lambda item: -item.weight):
        yield f"  - {item.weight:+.1f} {_plain(item.says)}"
    if draft.sha256:
        yield f"- SHA-256 of what was read: `{one_line(draft.sha256)}`"
    counts = ", ".join(f"{count} {kind}" for kind, count in report.verdicts.items())
    yield f"- Verdicts: {counts or 'no quotes were found'}"
    if draft.doubtful:
        yield f"- Left out as less likely quotes: {draft.doubtful}"
    yield ""


def _part(number: int, part: Part) -> Iterator[str]:
    verdict, quote = part.verdict, part.quote
    if verdict is not None and quote is not None:
        yield f"## {number}. {verdict.kind}, {percent(verdict.probability)}\n"
        yield f"> “{_plain(quote.text)}”\n"
        said = _plain(quote.speaker.known_as) if quote.speaker else "speaker unknown"
        via = "".join(f" ← {_plain(relay.name)}" for relay in quote.chain)
        yield f"**{said}**{via}, {quote.type}, characters {quote.start}–{quote.end}\n"
        yield from (f"- {_plain(reason)}" for reason in part.reasons)
        yield from (f"- ≠ {_plain(change(item))}" for item in verdict.drift)
        if verdict.settles:
            yield f"- would settle it: {_plain(verdict.settles)}"
        yield ""
    ends = {end.node: end.says for end in part.trail.chain.ends}
    for branch in branches(part.trail.chain):
        yield from _branch(branch, part, ends)
    yield ""


def _branch(branch: Branch, part: Part, ends: dict[str, str]) -> Iterator[str]:
    """A station with how it came from the one above it; a hop in a row stays at one depth."""
    node, hop = branch.node, branch.hop
    indent = "  " * branch.depth
    asked = ", asked about" if node.id == part.focus else ""
    yield f"{indent}- **{_plain(station(node))}**, {_plain(standing(node))}{asked}"
    if hop is not None:
        above = part.trail.stations[hop.to_node].name
        yield f"{indent}  - {_plain(hop.relation)} {_plain(above)}, {_plain(surely(hop))}"
        yield from (f"{indent}  - ≠ {_plain(change(item))}" for item in hop.drift)
    if node.text:
        yield f"{indent}  - “{_plain(node.text)}”"
    if node.id in part.english:
        said = part.english[node.id]
        yield f"{indent}  - {_plain(said.translator)}: {_plain(said.text)}"
    if node.id in ends:
        yield f"{indent}  - {_plain(ends[node.id])}"


def _passage(found: Station) -> Iterator[str]:
    document, quote = found.document, found.quote
    assert document is not None
    assert quote is not None
    yield f"### {_plain(found.name)} ({found.id})\n"
    yield f"> “{_plain(found.node.text)}”\n"
    if document.title:
        yield f"- article: {_plain(document.title)}"
    if address(document):
        yield f"- address: <{address(document)}>"
    yield f"- published: {_plain(when(found.node.published))}"
    yield f"- characters {quote.start}–{quote.end}"
    if document.snapshot is not None:
        yield f"- read: {_plain(when(document.snapshot.retrieved))}"
        yield f"- SHA-256: `{one_line(document.snapshot.sha256)}`"
    yield ""


def _made(report: Report) -> Iterator[str]:
    making = report.making
    yield "## How this was made\n"
    yield f"Made {when(making.made)}, from the articles in one database. “Earliest known” means"
    yield "earliest in that database. Probabilities are calibrated on development data.\n"
    yield f"    {one_line(making.command)}\n"
    yield _plain(", ".join(f"{name} {version}" for name, version in making.versions.items()))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))
