"""Reading many texts for the index, in one process or beside each other in several."""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from provenance.matching import Entries, Prepared, entries, merged, prepare

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PART = 4_096  # texts read at once by one of several processes: none waits long for the last
_AHEAD = 2  # parts a process is given at a time: one it reads, and the next
Text = tuple[str, str, str]


class _Part:
    """Texts to be read: by another process once it is `handed`, else by this one."""

    def __init__(self, texts: Sequence[Prepared]) -> None:
        self._texts = texts
        self._other: Future[Entries] | None = None
        self._own: Entries | None = None

    @property
    def done(self) -> bool:
        """Whether they have been read, here or there."""
        return self._own is not None or (self._other is not None and self._other.done())

    def handed(self, pool: ProcessPoolExecutor) -> Future[Entries]:
        """The future in which another process reads them; `RuntimeError` where none can."""
        self._other = pool.submit(_entries, _plain(self._texts))
        return self._other

    def read_here(self) -> None:
        """Read them in this process."""
        self._own = entries(self._texts)

    def found(self) -> Entries:
        """What is to be stored of them, when it is known; read here where a reader was killed."""
        if self._own is None and self._other is not None:
            with suppress(RuntimeError):
                return self._other.result()
        if self._own is None:
            self.read_here()
        assert self._own is not None
        return self._own


class Readers:
    """Gives what is to be stored of texts, later: ``readers.read(texts)()``.

    With several `jobs` all but one are processes of their own, and the texts asked for first are
    read while the caller does something else. Who waits for texts reads those that no process
    has begun, from the last on, and then those asked for later: the first second and a half a
    process only loads what it needs. Should one be killed, this one reads on alone.
    """

    def __init__(self, jobs: int) -> None:
        self._pool = _pool(jobs - 1) if jobs > 1 else None
        self._most = _AHEAD * (jobs - 1)
        self._idle: deque[_Part] = deque()
        self._handed = 0
        self._lock = Lock()

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._idle.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def read(self, texts: Sequence[Prepared]) -> Callable[[], Entries]:
        """What gives the entries of `texts`, in their order."""
        if self._pool is None:
            return lambda: entries(texts)
        waiting = [_Part(texts[at : at + _PART]) for at in range(0, len(texts), _PART)]
        self._idle.extend(waiting)
        self._hand_over()

        def found() -> Entries:
            self._read_here(waiting)
            return merged([part.found() for part in waiting])

        return found

    def _hand_over(self) -> None:
        """Give the other processes as much as keeps them busy.

        What they have been given is never taken back: when a process is killed, cancelled work
        makes the pool's own thread fail (Python 3.11), and closing it would wait forever.
        """
        while self._pool is not None and (part := self._next()) is not None:
            try:
                reading = part.handed(self._pool)
            except RuntimeError:  # a process was killed, or the pool is closing
                self._keep(part)
                return
            reading.add_done_callback(self._handed_back)

    def _next(self) -> _Part | None:
        """The part to hand over, None while the others have enough. The lock is not held while
        the pool is asked: its thread may hold the pool's own and wait for this one."""
        with self._lock:
            if not self._idle or self._handed >= self._most:
                return None
            self._handed += 1
            return self._idle.popleft()

    def _keep(self, part: _Part) -> None:
        with self._lock:
            self._handed -= 1
            self._idle.appendleft(part)

    def _handed_back(self, reading: Future[Entries]) -> None:
        with self._lock:
            self._handed -= 1
        if not reading.cancelled() and reading.exception() is None:
            self._hand_over()

    def _read_here(self, wanted: Sequence[_Part]) -> None:
        """Read what nobody has begun: of the `wanted`, and of all while these are not done."""
        while not all(part.done for part in wanted):
            part = self._taken(wanted)
            if part is None:
                return
            part.read_here()

    def _taken(self, wanted: Sequence[_Part]) -> _Part | None:
        """The last of the `wanted` that nobody has begun, else the last of all; None for none."""
        with self._lock:
            idle = [part for part in wanted if part in self._idle] or list(self._idle)
            if idle:
                self._idle.remove(idle[-1])
            return idle[-1] if idle else None


def _plain(texts: Sequence[Prepared]) -> list[Text]:
    return [(one.text, one.language, one.english.text if one.english else "") for one in texts]


def _pool(jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a copy of an open SQLite connection must never be used.
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (gc.get_threshold(),))


def _begin(often: tuple[int, int, int]) -> None:
    """Garbage is looked for as `often` as where the process was begun."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    gc.set_threshold(*often)
    atexit.register(os._exit, 0)  # clearing away all the words it knows would take long


def _entries(texts: Sequence[Text]) -> Entries:
    return entries([prepare(*text) for text in texts])
