"""Asking where words come from: trace one quote, audit every quote of a draft."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli._asked import asked, asking
from provenance.cli._failing import NO, tell_packages
from provenance.cli._input import Sources, database, described, reading, sure_enough
from provenance.cli._output import dumps

if TYPE_CHECKING:
    from provenance.questions import Audit, Trace
    from provenance.store import Store

# Verdicts that make `audit --strict` fail: the draft says what the record does not.
_WRONG = frozenset({"altered", "misattributed", "circular"})


@click.command()
@database
@asking
@click.option("--all", "whole", is_flag=True, help="The whole statement, not only the way back.")
@click.option("--explain", is_flag=True, help="Show the evidence of every hop with its weight.")
@click.option("--json", "as_json", is_flag=True, help="The contract's JSON.")
def trace(path: Path, what: str, whole: bool, explain: bool, as_json: bool) -> None:
    """Trace a quote back to its earliest known source, and say why the trail ends there.

    \b
    provenance trace 12
    provenance trace draft.md
    provenance trace "We will not send combat troops"
    """
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = _found(store, what)
        if as_json:
            _print_json(store, found, whole)
        else:
            _print_trees(store, found, whole, explain)
    chains = (item.chain if whole else item.way for item in found)
    tell_packages(node.language for chain in chains for node in chain.nodes if node.text)


@click.command()
@database
@reading
@described
@click.option("--strict", is_flag=True, help="Exit 1 on altered, misattributed or circular.")
@sure_enough
@click.option("--explain", is_flag=True, help="Show the evidence on the document's origin.")
@click.option("--json", "as_json", is_flag=True, help="The contract's JSON.")
def audit(
    *,
    path: Path,
    sources: Sources,
    strict: bool,
    confidence: float,
    explain: bool,
    as_json: bool,
) -> None:
    """Give a verdict on every quote of a draft, with reasons. The draft is not stored.

    \b
    provenance audit draft.md
    provenance audit --strict --json draft.md
    """
    from provenance import questions
    from provenance.store import open_store

    with open_store(path, create=True) as store:
        audits = (questions.audit(store, document, confidence) for document in sources)
        seen = _write_audits(audits, explain, as_json)
    if strict and _WRONG & seen:
        sys.exit(NO)
    sources.finish()


def _found(store: Store, what: str) -> list[Trace]:
    """Traces of a quote id, a file, a stored document's URL, or free text."""
    from provenance import questions

    return [traced for one in asked(what) for traced in questions.trace(store, one)]


def _print_json(store: Store, found: list[Trace], whole: bool) -> None:
    from provenance import questions
    from provenance.export import contract

    shapes = []
    for item in found:
        shown = item.chain if whole else item.way
        english = questions.english(store, shown)
        ids = store.document_ids
        shapes.append(
            contract.trace(shown, item.end, item.focus, ids, english, reached=item.reached)
        )
    click.echo(dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))


def _print_trees(store: Store, found: list[Trace], whole: bool, explain: bool) -> None:
    from provenance import questions
    from provenance.cli._paint import show
    from provenance.cli._report import chain

    if not found:
        show("No quotes found in it.")
    for item in found:
        english = questions.english(store, item.chain if whole else item.way)
        show(chain(item, english, whole, explain))


def _write_audits(audits: Iterable[Audit], explain: bool, as_json: bool) -> set[str]:
    """Print every audit as it comes; the kinds of verdict seen."""
    from provenance.cli._paint import show
    from provenance.cli._report import audited

    seen: set[str] = set()
    shapes: list[dict[str, Any]] = []
    for item in audits:
        seen |= {judged.verdict.kind for judged in item.quotes}
        if as_json:
            shapes.append(_audit_shape(item))
        else:
            show(audited(item, explain))
    if as_json:
        click.echo(dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
    return seen


def _audit_shape(item: Audit) -> dict[str, Any]:
    from provenance.export import contract

    return {
        **contract.origin(item.reading.document, item.reading.origin),
        "language": item.reading.document.language,
        "doubtful": item.doubtful,
        "quotes": [contract.verdict(judged.quote, judged.verdict) for judged in item.quotes],
    }
