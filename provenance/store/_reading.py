"""Reading many texts for the index, in one process or beside each other in several."""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from provenance.matching import Entries, Prepared, entries, merged, prepare

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PART = 4_096  # texts read at once by one of several processes: none waits long for the last
Text = tuple[str, str, str]


class _Part:
    """Texts that another process is to read, unless this one does before it has begun."""

    def __init__(self, texts: Sequence[Prepared], other: Future[Entries]) -> None:
        self._texts = texts
        self._other = other
        self._own: Entries | None = None

    @property
    def done(self) -> bool:
        """Whether they have been read, here or there."""
        return self._own is not None or self._other.done()

    def read_here(self) -> bool:
        """Read them here if nobody has begun to; whether this was so."""
        if self._own is not None or not self._other.cancel():
            return False
        self._own = entries(self._texts)
        return True

    def found(self) -> Entries:
        """What is to be stored of them, when it is known."""
        return self._other.result() if self._own is None else self._own


class Readers:
    """Gives what is to be stored of texts, later: ``readers.read(texts)()``.

    With several `jobs` all but one are processes of their own, and the texts asked for first are
    read while the caller does something else. Who waits for texts reads those that no process
    has begun, from the last on, and then those asked for later: the first second and a half a
    process only loads what it needs.
    """

    def __init__(self, jobs: int) -> None:
        self._pool = _pool(jobs - 1) if jobs > 1 else None
        self._parts: list[_Part] = []

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def read(self, texts: Sequence[Prepared]) -> Callable[[], Entries]:
        """What gives the entries of `texts`, in their order."""
        if self._pool is None:
            return lambda: entries(texts)
        parts = [texts[start : start + _PART] for start in range(0, len(texts), _PART)]
        waiting = [_Part(part, self._pool.submit(_entries, _plain(part))) for part in parts]
        self._parts += waiting

        def found() -> Entries:
            self._read_here(waiting)
            self._parts = [part for part in self._parts if part not in waiting]
            return merged([part.found() for part in waiting])

        return found

    def _read_here(self, wanted: Sequence[_Part]) -> None:
        """Read what nobody has begun: of the `wanted`, and of all while these are not done."""
        for part in (*reversed(wanted), *reversed(self._parts)):
            if all(one.done for one in wanted):
                return
            part.read_here()


def _plain(texts: Sequence[Prepared]) -> list[Text]:
    return [(one.text, one.language, one.english.text if one.english else "") for one in texts]


def _pool(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a copy of an open SQLite connection must never be used.
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    atexit.register(os._exit, 0)  # clearing away all the words it knows would take long


def _entries(texts: Sequence[Text]) -> Entries:
    return entries([prepare(*text) for text in texts])
