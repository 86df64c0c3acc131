"""A report on an article of forty quotes: ``python -m benchmarks.report``.

The worked case is stored, forty of its quotes are put into one article, and the command runs
in a process of its own, as a user starts it: seconds by the clock and of processor, and the
size of the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from provenance import pipeline
from provenance.store import Store, open_store

_QUOTES = 40
_RUNS = 5


def article(store: Store) -> str:
    """Forty quotes of what is stored, each with a speaker."""
    said = [
        quote.text
        for summary in store.documents()
        for quote in store.quotes(summary.key)
        if quote.type == "direct"
    ]
    lines = [f"Keir Starmer said: “{text}”" for text in (said * _QUOTES)[:_QUOTES]]
    return "\n\n".join(["---\ntitle: Forty quotes\noutlet: Sample\n---", *lines])


def main() -> None:
    """Store, write, run, print."""
    with tempfile.TemporaryDirectory() as folder:
        database, draft, page = (Path(folder) / name for name in ("c.db", "draft.md", "r.html"))
        with open_store(database) as store:
            pipeline.demo(store)
            draft.write_text(article(store), encoding="utf-8")
        command = [sys.executable, "-c", "from provenance.cli import main; main()", "report"]
        command += ["-d", str(database), str(draft), "-o", str(page)]
        walls, processors = zip(*(_run(command) for _ in range(_RUNS)), strict=True)
        print(f"report of {_QUOTES} quotes, the middle of {_RUNS} runs")
        print(f"  by the clock  {sorted(walls)[_RUNS // 2]:.2f} s")
        print(f"  of processor  {sorted(processors)[_RUNS // 2]:.2f} s")
        print(f"  file          {page.stat().st_size / 1000:.0f} kB")


def _run(command: list[str]) -> tuple[float, float]:
    began, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system
    return time.perf_counter() - began, used - before.children_user - before.children_system


if __name__ == "__main__":
    main()
