"""Decisions of people about hops: signed, kept for ever, and stronger than inference."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli._input import database, database_option
from provenance.cli._output import Format, dumps, formatted

if TYPE_CHECKING:
    from provenance.questions import Trace
    from provenance.tracing.reviews import Decision


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--by --note --json``; the command receives `by`, never empty, and the others."""

    @click.option("--by", default="", help="Who decides; else your name in git, else your login.")
    @click.option("-m", "--note", default="", help="Why, for whoever reads the record.")
    @click.option("--json", "as_json", is_flag=True, help="JSON for other programs.")
    @wraps(command)
    def run(*args: Any, by: str, **kwargs: Any) -> Any:
        from provenance.cli._signing import signer

        return command(*args, by=by or signer(), **kwargs)

    return run


def _about_a_hop(command: Callable[..., Any]) -> Callable[..., Any]:
    station = "The hop of this outlet, which the quote's trail names, not the quote's own."
    command = click.option("--station", default="", metavar="OUTLET", help=station)(command)
    return database(_signed(command))


@click.group()
@database_option
@click.pass_context
def review(context: click.Context, database: Path | None) -> None:
    """Accept, reject or add a hop, with your name and a note.

    What you decide wins over inference, now and when articles are added later. Nothing is
    erased: `unreview` takes a decision back with another record. SOURCE is a quote id, the
    name of an outlet, or `unknown`.

    \b
    provenance review accept 44 47 --note "The wire names the paper."
    provenance review add 54 TASS --by "Ann Lee"
    provenance review list
    """
    if database is not None:  # given before the subcommand: as good as behind it
        context.default_map = {name: {"database": database} for name in review.commands}


@review.command()
@click.argument("quote", type=click.IntRange(1))
@click.argument("source", default="")
@_about_a_hop
def accept(quote: int, source: str, **how: Any) -> None:
    """Say that QUOTE came from SOURCE, or from where its chain says it came."""
    _decide("accept", quote, source, **how)


@review.command()
@click.argument("quote", type=click.IntRange(1))
@click.argument("source", default="")
@_about_a_hop
def reject(quote: int, source: str, **how: Any) -> None:
    """Say that QUOTE did not come from SOURCE, or not from where its chain says it came."""
    _decide("reject", quote, source, **how)


@review.command()
@click.argument("quote", type=click.IntRange(1))
@click.argument("source")
@_about_a_hop
def add(quote: int, source: str, **how: Any) -> None:
    """Say that QUOTE came from SOURCE, which nothing proposes; they become one statement."""
    _decide("add", quote, source, **how)


@review.command("list")
@click.argument("quote", type=click.IntRange(1), required=False)
@database
@formatted
def list_reviews(quote: int | None, path: Path, form: Format) -> None:
    """Every decision on record, or those on QUOTE; those taken back name by which record."""
    from provenance.export import answers
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = store.review_record()
    form.write(answers.review(one) for one in found if quote in (None, one.quote))


@click.command()
@click.argument("review", type=click.IntRange(1))
@database
@_signed
def unreview(review: int, path: Path, by: str, note: str, as_json: bool) -> None:
    """Take a decision back, by its number in `review list`. Both stay on record.

    \b
    provenance unreview 3 --note "The wire was a fake."
    """
    from provenance import reviewing
    from provenance.store import open_store

    with open_store(path, create=False) as store:
        key, now = reviewing.unreview(store, review, by=by, note=note)
        _tell(store, f"Review {key} by {by}: takes review {review} back.", key, now, as_json)


def _decide(
    decision: Decision,
    quote: int,
    source: str,
    *,
    path: Path,
    station: str,
    by: str,
    note: str,
    as_json: bool,
) -> None:
    from provenance import reviewing
    from provenance.store import open_store

    with open_store(path, create=False) as store:
        key, now = reviewing.review(
            store, decision, quote, source, by=by, note=note, station=station
        )
        says = f"Review {key} by {by}: {decision}s a source of quote {quote}."
        _tell(store, says, key, now, as_json)


def _tell(store: Any, says: str, key: int, now: Trace, as_json: bool) -> None:
    """The record's number, and the chain as it stands now."""
    from provenance import questions
    from provenance.cli._failing import tell
    from provenance.cli._paint import show
    from provenance.cli._report import chain
    from provenance.export import contract

    english = questions.english(store, now.way)
    if as_json:
        ids = store.document_ids
        shape = contract.trace(now.way, now.end, now.focus, ids, english, reached=now.reached)
        click.echo(dumps({"review": key, "trace": shape}, indent=2))
        return
    tell(says)
    show(chain(now, english, whole=False, explain=False))
