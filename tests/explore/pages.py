"""The worked case as a database, and the pages on it that the browser looks at."""

from __future__ import annotations

from pathlib import Path

from provenance import pipeline
from provenance.store import open_store

# By name; the numbers are those of the worked case, which is built the same every time.
PAGES = {
    "statements": "provenance/-/statements",
    "search": "provenance/-/statements?q=ceasefire",
    "chain": "provenance/-/chain/1",
    "chain-asked": "provenance/-/chain/13?quote=54",
    "chain-inferred": "provenance/-/chain/15",
    "timeline": "provenance/-/timeline/1",
    "quote": "provenance/-/quote/54",
    "compare": "provenance/-/compare/54/44",
    "outlets": "provenance/-/outlets",
    "outlet": "provenance/-/outlet/5",
    "row-quote": "provenance/quotes/54",
    "row-statement": "provenance/statements/13",
}


def demo(path: Path) -> Path:
    """The worked case, built at `path`."""
    with open_store(path) as store:
        pipeline.demo(store)
    return path
