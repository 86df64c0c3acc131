"""How the command line fails: one clear line on stderr and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import click

from provenance.errors import ProvenanceError

# What a full disk says, or one's share of it, or a limit of the shell.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
NO, INTERRUPTED = 1, 130  # exit codes; click has its own for usage


def tell(message: str) -> None:
    """Write one line to stderr, made safe for a terminal."""
    from provenance.export.inert import one_line

    click.echo(one_line(message), err=True)


def tell_packages(languages: Iterable[str]) -> None:
    """Say in one line which packages would translate quotes in `languages`, if any would."""
    from provenance.translating import untranslated

    if wanted := untranslated(languages):
        commands = "; ".join(f"provenance models install {code} en" for code in wanted)
        tell(f"Compared word by word, not translated: {', '.join(wanted)}. To help: {commands}")


class Failures:
    """Turns what a user can cause (bad input, Ctrl-C, a closed pipe, a full disk) into one line."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, ProvenanceError):
            tell(f"Error: {error}")
            sys.exit(NO)
        if isinstance(error, KeyboardInterrupt):
            tell("Stopped. What was finished is stored; run the same command again to go on.")
            sys.exit(INTERRUPTED)
        if isinstance(error, BrokenPipeError):
            _close_quietly()
            sys.exit(NO)
        if isinstance(error, OSError) and error.errno in _FULL:
            tell(f"Error: cannot write the answer: {error.strerror}")
            _close_quietly()
            sys.exit(NO)


def _close_quietly() -> None:
    """Point stdout at nothing, so that Python's own flush at exit does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
