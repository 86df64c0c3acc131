"""Reading many texts for the index, in one process or beside each other in several."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from provenance.matching import Entries, Prepared, entries, merged, prepare

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_PART = 4_096  # texts read at once by one of several processes: none waits long for the last
Text = tuple[str, str, str]


class Readers:
    """Gives what is to be stored of texts, later: ``readers.read(texts)()``.

    With several `jobs` all but one are processes of their own, and the texts asked for first are
    read while the caller does something else. Who waits for texts reads those that no process
    has begun, from the last on: the first second and a half a process only loads what it needs.
    """

    def __init__(self, jobs: int) -> None:
        self._pool = _pool(jobs - 1) if jobs > 1 else None

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
        waiting = [(part, self._pool.submit(_entries, _plain(part))) for part in parts]

        def found() -> Entries:
            last = [entries(part) for part, other in reversed(waiting) if other.cancel()]
            first = [other.result() for _, other in waiting if not other.cancelled()]
            return merged([*first, *reversed(last)])

        return found


def _plain(texts: Sequence[Prepared]) -> list[Text]:
    return [(one.text, one.language, one.english.text if one.english else "") for one in texts]


def _pool(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a copy of an open SQLite connection must never be used.
    return ProcessPoolExecutor(jobs, get_context("spawn"), _ignore_interrupt)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes


def _entries(texts: Sequence[Text]) -> Entries:
    return entries([prepare(*text) for text in texts])
