"""The worked case as a database, and the pages on it that the browser looks at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from provenance import pipeline
from provenance.model import Document
from provenance.store import open_store

_HOP = """
SELECT hops.statement, later.quote, earlier.quote, documents.outlet
FROM hops
JOIN nodes AS later ON later.id = hops.from_node
JOIN nodes AS earlier ON earlier.id = hops.to_node
LEFT JOIN documents ON documents.id = earlier.document
WHERE chosen AND later.outlet = ? AND earlier.outlet = ? ORDER BY hops.id
"""
_INFERRED = "SELECT statement FROM nodes WHERE kind = 'inferred' AND listed ORDER BY id"


# Worded through Russian and citing nobody, with nothing stored that it may come from: its
# source can only be inferred.
UNCITED = Document(
    id="harbour-digest",
    outlet="Harbour Digest",
    language="en",
    published="2026-03-09",
    url="https://digest.example/harbour",
    text=(
        "The head of the government of Great Britain Kir Starmer declared on the course of the "
        "press conference: “We will build in the ports seven icebreakers, and not one of them "
        "will be rented.”\n\n“The ice is not a threat for those who have worked out a plan,” "
        "added Kir Starmer. Boris Dzhonson, within the framework of his trip, did not come."
    ),
)


def demo(path: Path) -> Path:
    """The worked case, built at `path`, and a text whose source can only be inferred."""
    with open_store(path) as store:
        pipeline.demo(store)
    return with_uncited(path)


def with_uncited(path: Path) -> Path:
    """The worked case at `path`, to which a text is added whose source can only be inferred."""
    with open_store(path) as store:
        list(pipeline.add(store, [UNCITED]))
    return path


def hop(database: Path, later: str, earlier: str) -> tuple[int, int, int, int]:
    """Statement, later and earlier quote, and the earlier outlet's key, of the first hop
    between two outlets."""
    with closing(sqlite3.connect(database)) as raw:
        found: tuple[int, int, int, int] = raw.execute(_HOP, (later, earlier)).fetchone()
    return found


def pages(database: Path) -> dict[str, str]:
    """One page of every kind by name, on the worked case at `database`."""
    travelled, _, _, agency = hop(database, "Free Horizon", "RIA Novosti")
    altered, later, earlier, _ = hop(database, "Военный телеграф", "TASS")
    with closing(sqlite3.connect(database)) as raw:
        inferred = raw.execute(_INFERRED).fetchone()[0]
    return {
        "statements": "provenance/-/statements",
        "search": "provenance/-/statements?q=ceasefire",
        "chain": f"provenance/-/chain/{travelled}",
        "chain-asked": f"provenance/-/chain/{altered}?quote={later}",
        "chain-inferred": f"provenance/-/chain/{inferred}",
        "timeline": f"provenance/-/timeline/{travelled}",
        "quote": f"provenance/-/quote/{later}",
        "compare": f"provenance/-/compare/{later}/{earlier}",
        "outlets": "provenance/-/outlets",
        "outlet": f"provenance/-/outlet/{agency}",
        "row-quote": f"provenance/quotes/{later}",
        "row-statement": f"provenance/statements/{altered}",
    }


LISTS = ("statements", "search", "outlets", "outlet")
CHAINS = ("chain", "chain-asked", "chain-inferred", "timeline")
OURS = (*LISTS, *CHAINS, "quote", "compare")
ROWS = ("row-quote", "row-statement")
