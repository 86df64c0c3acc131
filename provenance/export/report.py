"""A report: what an editor is handed to prove a chain, before it is written in any format.

It is about a draft, with a verdict on each of its quotes, or about one statement, with all
its renderings. Everything in it can be checked: passages with offsets, hashes and times, the
versions that judged, the command that does it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.export.trails import Station, Trail, trails
from provenance.model import Chain, Origin, Quote, Translation, Verdict

if TYPE_CHECKING:
    from provenance.questions import Audit, Judged
    from provenance.store import Store


@dataclass(frozen=True, slots=True)
class Making:
    """How a report came about: when (ISO 8601, UTC), by which command and which versions.

    `reviewer` is the newsroom that answers for the verdicts, where it wants them marked up
    as its ClaimReviews.
    """

    made: str
    command: str
    versions: Mapping[str, str]
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The article judged: what identifies it and where its text seems to come from."""

    id: str
    language: str
    url: str
    outlet: str
    published: str
    sha256: str
    retrieved: str
    origin: Origin
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One trail of a report, with what its foreign stations say, by node.

    In a report on a draft, `quote` is the draft's and `verdict` what is to be said of it.
    """

    trail: Trail
    focus: str
    english: Mapping[str, Translation]
    quote: Quote | None = None
    verdict: Verdict | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the verdict is what it is, where no change listed beside it says the same."""
        return self.verdict.unlisted if self.verdict is not None else ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says; `_report_html` and `_report_markdown` write it."""

    title: str
    making: Making
    parts: tuple[Part, ...]
    draft: Draft | None = None

    @property
    def verdicts(self) -> dict[str, int]:
        """How many quotes got each verdict, the commonest first."""
        kinds = Counter(part.verdict.kind for part in self.parts if part.verdict is not None)
        return dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))

    @property
    def evidence(self) -> tuple[Station, ...]:
        """The stored passages that the trails rest on, each once."""
        found = (station for part in self.parts for station in part.trail.stations.values())
        return tuple({one.id: one for one in found if one.quote is not None}.values())


def of_draft(store: Store, audit: Audit, making: Making) -> Report:
    """The report on a draft as audited against `store`."""
    document = audit.reading.document
    snapshot = document.snapshot
    draft = Draft(
        document.id,
        document.language,
        document.url,
        document.outlet,
        document.published,
        snapshot.sha256 if snapshot else "",
        snapshot.retrieved if snapshot else "",
        audit.reading.origin,
        audit.doubtful,
    )
    parts = tuple(_judged(store, judged) for judged in audit.quotes)
    return Report(document.heading, making, parts, draft)


def of_statement(store: Store, chain: Chain, making: Making) -> Report:
    """The report on one statement and everybody who is known to have carried it."""
    speaker = next((node.speaker for node in chain.nodes if node.speaker), "speaker unknown")
    part = _part(store, chain, "")
    return Report(f"Statement {chain.statement}: {speaker}", making, (part,))


def _judged(store: Store, judged: Judged) -> Part:
    trace = judged.trace
    return replace(_part(store, trace.way, trace.focus), quote=judged.quote, verdict=judged.verdict)


def _part(store: Store, chain: Chain, focus: str) -> Part:
    from provenance import questions

    (trail,) = trails(store, [chain])
    return Part(trail, focus, questions.english(store, chain))
