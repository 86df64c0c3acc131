"""Lists on standard output: JSON by default, or lines, CSV, TSV, a table.

The flags are those of sqlite-utils, so that what a reporter knows there works here.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import ProvenanceError
from provenance.export.inert import cell, escaped, one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

Record = Mapping[str, Any]

Rows = Callable[[Record], Iterable[Record]]
"""The rows that a record is in a table or a sheet."""

_WIDE = 50  # characters of a line in a table cell: two columns of text fit a wide terminal
_ENDLESS = 10_000  # characters of a line that nothing breaks
_LONG = 400  # characters of a table cell: eight lines, after which the other rows are lost sight of


def _alone(record: Record) -> Iterable[Record]:
    return (record,)


@dataclass(frozen=True, slots=True)
class Format:
    """How a list is to be written; all False means a JSON array."""

    nl: bool = False
    csv: bool = False
    tsv: bool = False
    table: bool = False

    def write(self, records: Iterable[Record], rows: Rows = _alone) -> None:
        """Write `records` to standard output as they come; a table waits for the last.

        `rows` says which rows of a table or sheet a record is.
        """
        if self.nl:
            _write_lines(records)
        elif self.csv or self.tsv:
            _write_separated(_each(records, rows), "\t" if self.tsv else ",")
        elif self.table:
            _write_table(_each(records, rows))
        else:
            _write_array(records)


def formatted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--nl --csv --tsv -t/--table`` to a command, which receives them as `form`."""

    @wraps(command)
    def run(*args: Any, nl: bool, csv: bool, tsv: bool, table: bool, **kwargs: Any) -> Any:
        return command(*args, form=Format(nl, csv, tsv, table), **kwargs)

    for option in (
        click.option("-t", "--table", is_flag=True, help="A table for reading."),
        click.option("--tsv", is_flag=True, help="Tab-separated values."),
        click.option("--csv", is_flag=True, help="Comma-separated values."),
        click.option("--nl", is_flag=True, help="One JSON object a line, in input order."),
    ):
        run = option(run)
    return run


writing = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    default="-",
    help="The file to write; else standard output.",
)


def dumps(value: Any, indent: int | None = None) -> str:
    """`value` as JSON, readable in any script, inert in a terminal."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def to_file(pieces: Iterable[str], output: str) -> None:
    """Write text to the file `output`, or standard output for ``-``: all of it or nothing,
    for a file appears only when it is complete. Raises `ProvenanceError` when it cannot."""
    try:
        with click.open_file(output, "w", encoding="utf-8", atomic=output != "-") as file:
            for piece in pieces:
                file.write(piece)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ProvenanceError(f"cannot write {output}: {error.strerror or error}") from error


def _write_lines(records: Iterable[Record]) -> None:
    for record in records:
        click.echo(dumps(record))


def _write_array(records: Iterable[Record]) -> None:
    opening = "["
    for record in records:
        click.echo(f"{opening}\n{_indented(dumps(record, indent=2))}", nl=False)
        opening = ","
    click.echo("[]" if opening == "[" else "\n]")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


def _write_separated(records: Iterable[Record], delimiter: str) -> None:
    writer = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    for row in _rows(records):
        writer.writerow([cell(text) for text in row])


def _each(records: Iterable[Record], rows: Rows) -> Iterator[Record]:
    return chain.from_iterable(map(rows, records))


def _rows(records: Iterable[Record]) -> Iterator[list[str]]:
    """The header of the first record, then each record in its order, cells as text."""
    waiting = iter(records)
    first = next(waiting, None)
    if first is None:
        return
    header = list(first)
    yield header
    for record in chain([first], waiting):
        yield [_cell(record.get(name)) for name in header]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return one_line(value) if isinstance(value, str) else dumps(value)


def _write_table(records: Iterable[Record]) -> None:
    """A table, in a pipe as wide as it is; a sheet a record where a terminal has no room for its
    words beside each other."""
    from rich.console import Console

    from provenance.cli._paint import show

    rows = [[_shortened(cell) for cell in row] for row in _rows(records)]
    if not rows:
        return
    table, screen = _table(rows), Console()
    widest = screen.options.update(width=_ENDLESS)
    if screen.is_terminal and screen.measure(table, options=widest).minimum > screen.width:
        show(_sheets(rows))
    else:
        show(table, wide=_ENDLESS)


def _table(rows: Sequence[Sequence[str]]) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in rows[0]:
        table.add_column(name, max_width=_WIDE, overflow="fold")
    for row in rows[1:]:
        table.add_row(*map(Text, row))
    return table


def _sheets(rows: Sequence[Sequence[str]]) -> RenderableType:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    shown: list[RenderableType] = []
    for row in rows[1:]:
        sheet = Table.grid(padding=(0, 2))
        for name, value in zip(rows[0], row, strict=True):
            sheet.add_row(Text(name, style="bold"), Text(value))
        shown += [sheet, Text()]
    return Group(*shown)


def _shortened(cell: str) -> str:
    return cell if len(cell) <= _LONG else f"{cell[: _LONG - 1]}…"
