"""One file for an editor: the verdicts on a draft, or how one statement travelled."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli._failing import tell
from provenance.cli._input import Sources, at, database, sure_enough
from provenance.cli._output import to_file, writing
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from provenance.export.report import Making, Report
    from provenance.model import Document
    from provenance.store import Store

_MARKDOWN = (".md", ".markdown")


@click.command()
@database
@click.argument("what", metavar="FILE|URL|STATEMENT")
@writing
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown"]),
    help="Else by the file's ending: .md is Markdown, everything else HTML.",
)
@sure_enough
@click.option(
    "--claim-review",
    "reviewer",
    default="",
    metavar="NEWSROOM",
    help="Mark verdicts up as this newsroom's ClaimReviews (schema.org).",
)
def report(
    *,
    path: Path,
    what: str,
    output: str,
    form: str | None,
    confidence: float,
    reviewer: str,
) -> None:
    """Write one self-contained file: verdicts, chains drawn, passages with hashes.

    It opens offline, prints on paper, and contains nothing that runs. A number is a
    statement's; a file or the address of a stored article is judged quote by quote.

    \b
    provenance report draft.md -o report.html
    provenance report 3 -o statement.md
    """
    from provenance.store import open_store

    chosen = form or ("markdown" if output.lower().endswith(_MARKDOWN) else "html")
    again = ["-d", path.name, what, "-o", output, "--format", chosen]
    again += ["--confidence", f"{confidence:g}"]
    with open_store(path, create=not what.isdecimal()) as store:
        made = _report(store, what, confidence, _making(again, reviewer))
    to_file([_written(made, chosen)], output)
    if output != "-":
        tell(f"Written: {output}")


def _report(store: Store, what: str, confidence: float, making: Making) -> Report:
    from provenance import questions
    from provenance.export.report import of_draft, of_statement

    if what.isdecimal():
        chain = store.chain(int(what))
        if not chain.nodes:
            raise ProvenanceError(f"no statement {what}; `provenance statements -t` lists them")
        return of_statement(store, chain, making)
    audit = questions.audit(store, _document(store, what), confidence)
    return of_draft(store, audit, making)


def _document(store: Store, what: str) -> Document:
    """The one article that `what` names: a file, or one that is stored."""
    if not at(what):
        stored = store.find_document(what)
        if stored is not None:
            return store.document(stored)
    sources = Sources((what,), "auto", {})
    found = list(sources)
    if len(found) == 1:
        return found[0]
    if sources.failed:
        raise ProvenanceError("no report without an article; see above")
    raise ProvenanceError(f"{what} holds {len(found)} articles; a report is about one")


def _making(arguments: list[str], reviewer: str) -> Making:
    """Names of files only: where they lie on this machine is nobody's business."""
    from importlib.metadata import version

    from provenance.export.report import Making
    from provenance.pipeline import versions

    named = [Path(word).name if "/" in word and "://" not in word else word for word in arguments]
    if reviewer:
        named += ["--claim-review", reviewer]
    command = shlex.join(["provenance", "report", *named])
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Making(
        made, command, {"provenance": version("provenance-tracker"), **versions()}, reviewer
    )


def _written(made: Report, form: str) -> str:
    if form == "markdown":
        from provenance.export import _report_markdown

        return _report_markdown.text(made)
    from provenance.export import _report_html

    return _report_html.text(made)
