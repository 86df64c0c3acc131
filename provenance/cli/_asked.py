"""What a question is about: the id of a quote, a file, the URL of a stored document, words.

"-" is what stands on standard input, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click

from provenance.cli._input import Sources, at
from provenance.errors import ProvenanceError
from provenance.model import Document

Asked = int | str | Document

_PATH = re.compile(r"(?!\w+://)\S*/\S*|\S+\.[A-Za-z]\w{0,4}")  # nobody quotes a single such word


def asked(what: str) -> Iterator[Asked]:
    """`what` as `provenance.questions` takes it: one question, or one a document of a file."""
    if not what.strip():
        raise ProvenanceError("nothing is asked: give a quote id, a file, a URL or some words")
    if what.isdecimal():
        yield int(what)
    elif what == "-" or at(what) == "file":
        yield from Sources((what,), "auto", {})
    elif at(what) == "folder":
        raise ProvenanceError(f"{what}: a folder; ask about one file of it")
    elif _PATH.fullmatch(what):
        raise ProvenanceError(f"{what}: no such file")
    else:
        yield what


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument ``QUOTE-ID|FILE|URL|TEXT``; the command receives `what`, one string."""

    @click.argument("what", nargs=-1, required=True, metavar="QUOTE-ID|FILE|URL|TEXT")
    @wraps(command)
    def run(*args: Any, what: tuple[str, ...], **kwargs: Any) -> Any:
        return command(*args, what=" ".join(what), **kwargs)

    return run
