"""How much of a text hangs on the outlets it credits.

An article that quotes another outlet in passing is no relay; one that has all it says from
there is. So what counts is where the credit stands and what share of the sentences and the
quotes it governs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from provenance import languages
from provenance.languages.sentences import sentences
from provenance.model import Document, Quote

_OPENING = 400  # characters in which headline and lead have said what the text is about
_PARAGRAPHS = 2
_READ = 20_000  # characters whose sentences are told apart
_WORDS = 3  # words between an outlet's name and its reporter's trade: “NBC News Senior …”
_NEAR = 64  # characters looked at behind a name


def opening(text: str) -> int:
    """Where the opening ends: after two paragraphs, or within them in longer ones."""
    start = len(text) - len(text.lstrip())
    place = start
    for _ in range(_PARAGRAPHS):
        found = text.find("\n", place + 1, start + _OPENING)
        if found < 0:
            return start + _OPENING
        place = found
        while text[place : place + 2] == "\n\n":
            place += 1
    return place


@cache
def _staff(language: str) -> re.Pattern[str] | None:
    trades = languages.table(language, "origin").get("staff", ())
    told = "|".join(re.escape(trade) for trade in trades)
    skipped = rf"(?:[\w-]+ ){{0,{_WORDS}}}?"
    return re.compile(rf"(?:['’]s?)?\s+{skipped}(?:{told})\b", re.IGNORECASE) if told else None


def staffed(document: Document, end: int) -> bool:
    """Whether behind the outlet's name that ends at `end` stands one of its people, its polls
    or its programmes: what is told is then about these, not from its reports."""
    pattern = _staff(document.language)
    return bool(pattern and pattern.match(document.text, end, end + _NEAR))


def shares(
    document: Document, quotes: Sequence[Quote], places: Iterable[int]
) -> tuple[float, float]:
    """The share of the sentences that cite an outlet, and that of the quotes that hang on one.

    `places` are where outlets are cited. A quote hangs on an outlet when one stands in its
    chain or in a sentence it is part of. Both in [0, 1]; no quotes give 0.
    """
    starts = [span.start for span in sentences(document.text[:_READ], document.language)]
    named = [one.start for quote in quotes for one in quote.chain if one.kind == "outlet"]
    cited = {bisect_right(starts, at) for at in (*places, *named) if at is not None}
    hanging = 0
    for quote in quotes:
        first, last = (bisect_right(starts, at) for at in (quote.start, quote.end - 1))
        chained = any(relay.kind == "outlet" for relay in quote.chain)
        hanging += chained or any(first <= place <= last for place in cited)
    return len(cited) / max(1, len(starts)), hanging / max(1, len(quotes))
