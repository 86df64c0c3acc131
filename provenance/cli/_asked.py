"""What a question is about: the id of a quote, a file, the URL of a stored document, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click

from provenance.cli._input import Sources
from provenance.model import Document

Asked = int | str | Document


def asked(what: str) -> Iterator[Asked]:
    """`what` as `provenance.questions` takes it: one question, or one a document of a file."""
    if what.isdecimal():
        yield int(what)
    elif Path(what).is_file():
        yield from Sources((what,), "auto", {})
    else:
        yield what


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument ``QUOTE-ID|FILE|URL|TEXT``; the command receives `what`, one string."""

    @click.argument("what", nargs=-1, required=True, metavar="QUOTE-ID|FILE|URL|TEXT")
    @wraps(command)
    def run(*args: Any, what: tuple[str, ...], **kwargs: Any) -> Any:
        return command(*args, what=" ".join(what), **kwargs)

    return run
