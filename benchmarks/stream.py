"""What ``quotes`` holds in memory however many articles go through it.

``python -m benchmarks.stream [ARTICLES]`` sends real news articles (`corpus/moldova_press`)
as JSON lines through ``provenance quotes --input jsonl --nl -``, in a process of its own:
first a tenth of them, then all, and prints the most memory each run held. The articles are
written to the pipe as they are read, so this process holds one at a time as well.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from benchmarks import records

_ROOT = Path(__file__).resolve().parent.parent
# Linux tells kilobytes, macOS bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


def lines(count: int) -> Iterator[str]:
    """The first `count` articles of the corpus as JSON lines."""
    for one in islice(records("corpus/moldova_press.jsonl.xz"), count):
        yield json.dumps({"id": one["id"], "text": one["text"]}, ensure_ascii=False) + "\n"


def _feed(pipe: IO[str], count: int) -> None:
    with pipe:
        pipe.writelines(lines(count))


def through(count: int) -> tuple[int, int]:
    """Quotes found in `count` articles, and articles answered."""
    command = [sys.executable, str(_ROOT / "cli.py"), "quotes", "--input", "jsonl", "--nl", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        threading.Thread(target=_feed, args=(process.stdin, count), daemon=True).start()
        answered = quotes = 0
        for line in process.stdout:
            answered += 1
            quotes += len(json.loads(line)["quotes"])
    if process.returncode:
        raise SystemExit(f"quotes ended with {process.returncode}")
    return quotes, answered


def main(count: int = 10_000) -> None:
    """Print peak memory for a tenth of `count` articles and for all of them."""
    for articles in (count // 10, count):  # the peak told is of all children so far
        quotes, answered = through(articles)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, took = used.ru_maxrss * _UNIT / 1e6, used.ru_utime + used.ru_stime
        print(
            f"{answered:>7,} articles {quotes:>8,} quotes   peak {peak:,.0f} MB"
            f"   {took:,.0f} s of processor so far"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
