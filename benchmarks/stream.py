"""What ``quotes`` holds in memory however many articles go through it.

``python -m benchmarks.stream [ARTICLES]`` sends real news articles (`corpus/moldova_press`)
as JSON lines through ``provenance quotes --input jsonl --nl -``, in a process of its own, and
prints what that process holds after every tenth of them (Linux only), and the most it held.
The articles are written to the pipe as they are read, so this process holds one at a time too.
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


def through(count: int) -> Iterator[tuple[int, int, float]]:
    """After every tenth of `count` articles: articles answered, quotes found in them, and
    megabytes held."""
    command = [sys.executable, str(_ROOT / "cli.py"), "quotes", "--input", "jsonl", "--nl", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        threading.Thread(target=_feed, args=(process.stdin, count), daemon=True).start()
        quotes = 0
        for answered, line in enumerate(process.stdout, 1):
            quotes += len(json.loads(line)["quotes"])
            if answered % max(1, count // 10) == 0:
                yield answered, quotes, _held(process.pid)
    if process.returncode:
        raise SystemExit(f"quotes ended with {process.returncode}")


def _held(process: int) -> float:
    """Megabytes of memory of a running process; nan where the system does not tell."""
    path = Path(f"/proc/{process}/statm")
    if not path.is_file():
        return float("nan")
    return int(path.read_text().split()[1]) * resource.getpagesize() / 1e6


def main(count: int = 10_000) -> None:
    """Print what is held after every tenth of `count` articles, and the peak."""
    for answered, quotes, held in through(count):
        print(f"{answered:>7,} articles {quotes:>8,} quotes   {held:,.0f} MB", flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = used.ru_utime + used.ru_stime
    print(f"peak {used.ru_maxrss * _UNIT / 1e6:,.0f} MB, {took:,.0f} s of processor time")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
