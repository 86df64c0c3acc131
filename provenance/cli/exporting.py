"""Chains for other tools: one command, one format a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli._asked import asked
from provenance.cli._failing import tell
from provenance.cli._input import database
from provenance.cli._output import to_file, writing
from provenance.cli._progress import progress
from provenance.errors import ProvenanceError
from provenance.export.formats import FORMATS
from provenance.model import Chain

if TYPE_CHECKING:
    from provenance.store import Store

_EPILOG = "Formats:\n\n" + "\n\n".join(
    f"\b\n{form.name}: {form.says}\n  {form.example}" for form in FORMATS.values()
)


@click.command(epilog=_EPILOG)
@database
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.argument("what", nargs=-1, metavar="[QUOTE-ID|FILE|URL|TEXT]...")
@click.option(
    "-s", "--statement", "numbers", multiple=True, type=int, metavar="N", help="This statement."
)
@writing
def export(
    path: Path, form: str, what: tuple[str, ...], numbers: tuple[int, ...], output: str
) -> None:
    """Write chains for other tools: all that travelled, or those you name.

    \b
    provenance export csv > hops.csv
    provenance export mermaid 12
    provenance export prov draft.md -o draft.prov.json
    """
    from provenance.export.trails import trails
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        chains = progress(_chains(store, what, numbers), "Exporting")
        to_file(FORMATS[form].lines(trails(store, _counted(chains))), output)


def _chains(store: Store, what: Iterable[str], numbers: Iterable[int]) -> Iterable[Chain]:
    """The chains asked for, each once; all that travelled where nothing is asked for."""
    from provenance import questions

    if not what and not numbers:
        return questions.statements(store)
    return dict.fromkeys((*_numbered(store, numbers), *_traced(store, what)))


def _numbered(store: Store, numbers: Iterable[int]) -> Iterator[Chain]:
    for number in numbers:
        chain = store.chain(number)
        if not chain.nodes:
            raise ProvenanceError(f"no statement {number}; `provenance trace --json` shows numbers")
        yield chain


def _traced(store: Store, what: Iterable[str]) -> Iterator[Chain]:
    from provenance import questions

    questioned = (one for words in what for one in asked(words))
    return (trace.chain for one in questioned for trace in questions.trace(store, one))


def _counted(chains: Iterable[Chain]) -> Iterator[Chain]:
    """`chains`; says so when there was none."""
    empty = True
    for chain in chains:
        empty = False
        yield chain
    if empty:
        tell("Nothing to export: no statement is known in two articles. Name a quote, or add more.")
