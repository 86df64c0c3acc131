"""Through which language a Latin spelling of a name came, from runs of its letters.

*Dzh*, *kh* and *iy* are Russian ways to write names, *tsch* is German, *eo* Korean. The
weights are ``data/passages.tsv``, learned by ``python -m training.passages``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from provenance.naming._letters import latin_letters

_LONGEST = 4  # letters of a run
_SURE = 0.7  # below it nothing is said; python -m benchmarks.names prints what that costs
_LEAST = 3  # letters of a name that can show anything
_MOST = 64


@dataclass(frozen=True, slots=True)
class Passage:
    """The language a spelling came through, how likely, and the log likelihood ratio (nats)
    against the usual spelling of a name."""

    language: str
    probability: float
    weight: float


def runs(letters: str) -> frozenset[str]:
    """Runs of two to four letters of a name in plain Latin, its edges marked ^ and $."""
    text = f"^{letters}$"
    return frozenset(
        text[at : at + size]
        for size in range(2, _LONGEST + 1)
        for at in range(len(text) - size + 1)
    )


@cache
def _table() -> tuple[Sequence[str], Mapping[str, Sequence[float]]]:
    path = files(__package__) / "data" / "passages.tsv"
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]
    return rows[0][1:], {row[0]: [float(cell) for cell in row[1:]] for row in rows[1:]}


def passages(name: str) -> tuple[Passage, ...]:
    """Languages that one word of a name in Latin letters may have come through, likeliest
    first; that it is simply the usual spelling competes with all of them."""
    letters = latin_letters(name[:_MOST])
    if len(letters) < _LEAST:
        return ()
    languages, weights = _table()
    bias = weights[""]
    totals = [0.0] * len(languages)
    for run in sorted(runs(letters)):
        for at, weight in enumerate(weights.get(run, ())):
            totals[at] += weight
    odds = [total + start for total, start in zip(totals, bias, strict=True)]
    whole = log(1.0 + sum(exp(min(one, 50.0)) for one in odds))
    found = [
        Passage(language, round(exp(min(one, 50.0) - whole), 4), round(total, 2))
        for language, one, total in zip(languages, odds, totals, strict=True)
    ]
    return tuple(sorted(found, key=lambda passage: (-passage.probability, passage.language)))


def passed_through(name: str) -> Passage | None:
    """The language a spelling most likely came through; None where it does not show."""
    found = passages(name)
    return found[0] if found and found[0].probability >= _SURE else None
