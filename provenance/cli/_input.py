"""What a command is given: files, folders, URLs, ``-``, or JSON lines; and the database."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from provenance.cli._failing import NO, tell
from provenance.model import Document, Unreadable

# Failures told of one source: a file that is no JSON lines at all has one in every line.
_TOLD = 20
_DEFAULTS = ("outlet", "url", "published", "title", "author", "language")


class Sources:
    """Documents of the sources a user named, in order; what cannot be read is told and counted."""

    def __init__(self, names: Sequence[str], kind: str, defaults: dict[str, str]) -> None:
        self.given = bool(names)
        self.names = names or ("-",)
        self.kind = kind
        self.defaults = {name: value for name, value in defaults.items() if value}
        self.failed: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Document]:
        for item in self.items():
            if isinstance(item, Document):
                yield item
            else:
                self.tell(item)

    def items(self) -> Iterator[Document | Unreadable]:
        """Everything read, failures among it; what was doubtful in the reading is told."""
        for name in self.names:
            if name == "-" and sys.stdin.isatty():
                tell("Reading what you type; end with Ctrl-D.")
            for item in self._read(name):
                if isinstance(item, Document) and "warning" in item.meta:
                    tell(f"Warning: {name}: {item.meta['warning']}")
                yield item

    def tell(self, failure: Unreadable) -> None:
        """Report a failure on stderr, unless its source has had many, and remember it."""
        self.failed[failure.source] += 1
        if self.failed[failure.source] > _TOLD:
            return
        line = f", line {failure.line}" if failure.line else ""
        tell(f"Error: {failure.source}{line}: {failure.reason}")

    def finish(self) -> None:
        """Leave with exit code 1 when something could not be read."""
        for source, count in self.failed.items():
            if count > _TOLD:
                tell(f"Error: {source}: {count - _TOLD:,} more of it could not be read")
        if self.failed:
            sys.exit(NO)

    def _read(self, name: str) -> Iterator[Document | Unreadable]:
        from provenance.reading import read

        if self.kind != "jsonl":
            return read(name, defaults=self.defaults)
        if name != "-" and at(name) != "file":
            return iter([Unreadable(name, "no such file; check the spelling of its path")])
        return self._lines(name)

    def _lines(self, name: str) -> Iterator[Document | Unreadable]:
        from provenance.reading import read_lines

        try:
            with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as stream:
                yield from read_lines(stream, name, defaults=self.defaults)
        except OSError as error:
            yield Unreadable(name, f"cannot be read: {error.strerror or error}")


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``SOURCES… --input`` and metadata options; the command receives `sources`."""

    @click.argument("sources", nargs=-1)
    @click.option(
        "--input",
        "kind",
        type=click.Choice(["auto", "jsonl"]),
        default="auto",
        show_default=True,
        help='What the sources hold; jsonl is one {"id","text",…} a line.',
    )
    @wraps(command)
    def run(*args: Any, sources: tuple[str, ...], kind: str, **kwargs: Any) -> Any:
        defaults = {name: kwargs.pop(name) or "" for name in _DEFAULTS if name in kwargs}
        return command(*args, sources=Sources(sources, kind, defaults), **kwargs)

    return run


def described(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add options that say what a source does not: outlet, URL, time, title, language."""
    for name in reversed(_DEFAULTS):
        words = f"{name.capitalize()} of the documents, where they do not say."
        command = click.option(f"--{name}", default="", metavar="TEXT", help=words)(command)
    return command


sure_enough = click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Judge only passages at least this sure to be quotes.",
)


database_option = click.option(
    "-d",
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Database file; else $PROVENANCE_DB, else the user's data folder.",
)


def database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-d/--database``; the command receives `path`."""

    @database_option
    @wraps(command)
    def run(*args: Any, database: Path | None, **kwargs: Any) -> Any:
        return command(*args, path=database or default_database(), **kwargs)

    return run


def at(name: str) -> Literal["file", "folder", ""]:
    """What stands at the path `name`, which may be any words: most are too long to be one."""
    try:
        return "folder" if Path(name).is_dir() else "file" if Path(name).exists() else ""
    except (OSError, ValueError):
        return ""


def default_database() -> Path:
    """``$PROVENANCE_DB``, else ``provenance.db`` in the user's data folder."""
    named = os.environ.get("PROVENANCE_DB")
    if named:
        return Path(named)
    return data_folder() / "provenance.db"


def data_folder() -> Path:
    """The user's data folder for this tool, as the platform has it."""
    from platformdirs import user_data_path

    return user_data_path("provenance", appauthor=False)
