"""Long work shows how far it is, on stderr, when somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def progress(items: Iterable[Item], label: str) -> Iterator[Item]:
    """`items`, counted on stderr while they pass when stderr is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), "{task.description}", MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=label)


def steps(done: Iterable[tuple[int, int]], label: str) -> tuple[int, int]:
    """Follow long work that says how much of how much is done; what it said last."""
    last = (0, 0)
    if not sys.stderr.isatty():
        return [last, *done][-1]
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        for last in done:
            bar.update(task, completed=last[0], total=last[1])
    return last


def downloading() -> Callable[[int, int], None]:
    """Says on stderr how large a download is before it begins, and to somebody who watches
    how much has come."""
    begun = False

    def told(done: int, total: int) -> None:
        nonlocal begun
        if not begun:
            size = f"{total / 1e6:.1f} MB" if total else "a file of unknown size"
            here = f", {done / 1e6:.1f} MB of it are here already" if done else ""
            sys.stderr.write(f"Downloading {size}{here}\n")
            begun = True
        if sys.stderr.isatty():
            end = "\n" if total and done >= total else ""
            sys.stderr.write(f"\r{done / 1e6:.1f} MB{end}")
        sys.stderr.flush()

    return told
