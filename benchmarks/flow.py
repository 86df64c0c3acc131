"""What the whole flow costs, step by step: ``python -m benchmarks.flow [ARTICLES]``.

Real news articles (`corpus/moldova_press`, in Russian) go through every step in turn, in one
process on one core. Time is the processor's, so that a busy machine does not blur it; the
first article, which loads what a step needs, is told apart from the rest. The start of the
command line is measured as a user feels it, in whole processes.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from benchmarks import records
from provenance import pipeline, questions
from provenance.model import Document
from provenance.store import open_store

_ROOT = Path(__file__).resolve().parent.parent
_STARTS = 5  # the median of five starts


def articles(count: int) -> list[Document]:
    """The first `count` articles of the corpus."""
    return [
        Document(
            one["id"],
            one["text"],
            title=one.get("title") or "",
            outlet=one.get("outlet") or "",
            url=one.get("url") or "",
            published=one.get("published") or "",
        )
        for one in islice(records("corpus/moldova_press.jsonl.xz"), count)
    ]


def measured(what: str, documents: list[Document], step: Callable[[Document], object]) -> None:
    """Print what `step` costs over `documents`, the first apart from the rest."""
    first, *rest = documents
    loading = _seconds(step, [first])
    took = _seconds(step, rest)
    size = sum(len(document.text.encode()) for document in rest) / 1000
    print(
        f"{what:<34} {1000 * took / len(rest):>8.1f} ms an article {size / took:>8,.0f} kB a second"
        f"   {loading:>5.1f} s to load"
    )


def _seconds(step: Callable[[Document], object], documents: Iterable[Document]) -> float:
    start = time.process_time()
    for document in documents:
        step(document)
    return time.process_time() - start


def starting() -> None:
    """Print how long ``provenance --help`` takes from nothing to the prompt."""
    took = []
    for _ in range(_STARTS):
        start = time.perf_counter()
        command = [sys.executable, str(_ROOT / "cli.py"), "--help"]
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - start)
    print(f"{'provenance --help':<34} {statistics.median(took):>8.2f} s")


def main(count: int = 200) -> None:
    """Print the cost of every step for `count` articles."""
    documents, others = articles(count), articles(2 * count)[count:]
    starting()
    measured("detect", documents, pipeline.detect)
    measured("quotes", documents, pipeline.quotes)
    # Others, for what is read twice in one process is remembered in part.
    measured("quotes, origin, sentences", others, pipeline.analyse)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "case.db"
        storing(database, documents)
        size = database.stat().st_size / len(documents) / 1000
        print(f"{'database':<34} {size:>8.1f} kB an article")


def storing(database: Path, documents: list[Document]) -> None:
    """Print what it costs to add `documents` with matches and chains, and to audit some."""
    with open_store(database) as store:
        start = time.process_time()
        quotes = sum(added.quotes for added in pipeline.add(store, documents))
        each = 1000 * (time.process_time() - start) / len(documents)
        print(f"{'add, matched and chained':<34} {each:>8.1f} ms an article, {quotes:,} quotes")
        measured("audit", documents[:20], lambda one: questions.audit(store, one))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
