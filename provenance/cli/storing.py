"""The database from the terminal: add documents, match a text, status, path."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import _rows
from provenance.cli._failing import tell, tell_packages
from provenance.cli._input import Sources, database, described, reading
from provenance.cli._output import Format, formatted
from provenance.cli._progress import progress, steps
from provenance.export.inert import one_line
from provenance.model import plain

if TYPE_CHECKING:
    from provenance.pipeline import Added


@click.command()
@database
@reading
@described
@formatted
def add(path: Path, sources: Sources, form: Format) -> None:
    """Store documents, their quotes, matches and chains. Adding twice changes nothing.

    \b
    provenance add articles/ -d case.db
    provenance add --input jsonl -d case.db < articles.jsonl
    """
    from provenance import pipeline
    from provenance.store import open_store

    with open_store(path) as store:
        passed = progress(pipeline.add(store, sources.items()), "Adding")
        _tell_added(passed, sources, form)
    sources.finish()


@click.command()
@database
@reading
@click.option("--top", default=10, show_default=True, metavar="K", type=click.IntRange(1))
@click.option(
    "--against",
    type=click.Choice(["quotes", "sentences"]),
    default="quotes",
    show_default=True,
    help="Match stored quotes only, or every stored sentence.",
)
@click.option("--explain", is_flag=True, help="Show features and the alignment side by side.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Relate all stored quotes to each other anew; a stopped run goes on where it was.",
)
@click.option(
    "--jobs",
    default=0,
    metavar="N",
    type=click.IntRange(0, 1024),
    help="Processes; 0 for as many as there are cores.",
)
@formatted
def match(
    *,
    path: Path,
    sources: Sources,
    top: int,
    against: str,
    explain: bool,
    everything: bool,
    jobs: int,
    form: Format,
) -> None:
    """Find the stored passages that render each text, in any language, best first.

    \b
    echo "We will not send combat troops" | provenance match
    provenance match --input jsonl --nl --top 5 < queries.jsonl
    provenance match --all -d case.db
    """
    from provenance import questions
    from provenance.store import open_store

    if everything:
        if sources.given:
            raise click.UsageError("--all compares what is stored: give no texts with it")
        _match_all(path, jobs, form)
        return

    with open_store(path, create=False, read_only=True) as store:
        found = questions.match_all(store, progress(sources, "Matching"), top, against, jobs)
        form.write(_matched(store.document_ids, found, explain), _rows.matches)
    sources.finish()


def _match_all(path: Path, jobs: int, form: Format) -> None:
    from provenance import pipeline
    from provenance.store import open_store

    with open_store(path, create=False) as store:
        done, _ = steps(pipeline.relate_all(store, jobs), "Relating")
        counts = store.status().counts
    found = {"compared": done, "matches": counts["matches"], "statements": counts["statements"]}
    if form == Format():
        click.echo(", ".join(f"{count} {name}" for name, count in found.items()))
    else:
        form.write([found])


@click.command()
@database
@click.option(
    "--least",
    default=2,
    show_default=True,
    metavar="N",
    type=click.IntRange(1),
    help="Only statements that this many quotes render.",
)
@click.option("--speaker", default="", metavar="NAME", help="Only those by this speaker.")
@formatted
def statements(path: Path, least: int, speaker: str, form: Format) -> None:
    """List what was said, each once, with all its renderings; the most repeated first.

    \b
    provenance statements -d case.db -t
    provenance statements -d case.db --speaker Starmer --nl
    """
    from provenance import questions
    from provenance.export import contract
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = questions.grouped(store, least, speaker)
        shapes = (contract.statement(*one, store.document_ids) for one in found)
        form.write(shapes, _rows.statement)


@click.command()
@database
@formatted
def status(path: Path, form: Format) -> None:
    """Say what the database holds, which languages and outlets, and which models made it."""
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        form.write([plain(store.status())], _rows.status)


@click.command()
@database
def path(path: Path) -> None:
    """Print where the database is, whether or not it exists yet."""
    click.echo(one_line(str(path)))


def _tell_added(passed: Iterator[Added], sources: Sources, form: Format) -> None:
    counts: Counter[str] = Counter()
    languages: set[str] = set()
    lacking: Counter[str] = Counter()

    def records() -> Iterator[dict[str, Any]]:
        for item in passed:
            counts[item.status] += 1
            counts["quotes"] += item.quotes if item.status == "new" else 0
            languages.update(item.languages)
            lacking.update(item.lacks)
            if item.failure is not None:
                sources.tell(item.failure)
            else:
                yield {
                    "id": item.id,
                    "document": item.key,
                    "status": item.status,
                    "quotes": item.quotes,
                }

    if form == Format():
        for _ in records():
            pass
    else:
        form.write(records())
    quotes = counts["quotes"]
    stored = f"{counts['new']} new with {quotes} quote{'' if quotes == 1 else 's'}"
    summary = f"{stored}, {counts['unchanged']} unchanged, {counts['failed']} failed"
    click.echo(summary, file=sys.stdout if form == Format() else sys.stderr)
    if lacking:
        without = ", ".join(f"{count} without {what}" for what, count in sorted(lacking.items()))
        tell(f"{without}: --outlet and --published say them; who had it from whom hangs on both.")
    tell_packages(languages)


def _matched(
    ids: Mapping[int, str], found: Iterator[Any], explain: bool
) -> Iterator[dict[str, Any]]:
    from provenance.export import contract

    for document, pairs in found:
        shapes = [
            contract.match(item, rendering, ids[rendering.document], explain)
            for item, rendering in pairs
        ]
        yield {"id": document.id, "matches": shapes}
