"""Fit what circumstances add to the words of a match: ``python -m training.context``.

``context.tsv`` names 495 pairs of quotes from different outlets of `moldova_press` (document
and offsets), none of them of a relay case, and says of each whether both render one statement,
as somebody who read them judged. No two are of the same two documents. Two readers drew them:
one evenly by the words' chance (.0005 to .92), by days and by whether one person speaks; the
other, earlier, of chances of .04 to .9, by days, speakers and shared statements. A draw that
leans on what the program made of a pair would tell of the program and not of pairs.

Log-odds are those of the words plus a weight for each circumstance, and one for being a pair at
all, or for one person speaking in both: logistic regression with the words as offset, weights
with a normal prior around nothing. Prints the weights and the loss in ten-fold cross-validation.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import records
from provenance import pipeline
from provenance.matching import compare_parts
from provenance.model import Document, Rendering, around
from provenance.tracing.context import circumstances, sharing, weights

_TABLE = Path(__file__).with_suffix(".tsv")
# Standard deviation of a weight, nats: 1 of what is added to a start, 3 of a start, 4 of a share
# that varies by a quarter.
_PRIORS = np.array((1.0, 1.0, 3.0, 3.0, 3.0, 1.0, 4.0, 3.0))
_FOLDS = 10
NAMES = ("day", "week", "same_day", "same", "same_late", "shared", "around", "alone")
_BOUND = 1e-3  # no chance by words is believed beyond


@dataclass(frozen=True)
class Pair:
    """A judged pair: log-odds by the words and by what is counted, the other circumstances by
    `NAMES`, one statement or not."""

    odds: float
    amounts: tuple[float, ...]
    same: bool


def pairs() -> Iterator[Pair]:
    """Every judged pair, with what the program knows of it now."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wanted = {row[side] for row in rows for side in ("later", "earlier")}
    read = dict(_read(wanted))
    for row in rows:
        ours, theirs = read[row["later"]], read[row["earlier"]]
        yield _pair(
            ours,
            theirs,
            _at(ours, int(row["start"]), int(row["end"])),
            _at(theirs, int(row["from"]), int(row["to"])),
            row["same"] == "1",
        )


def _read(wanted: set[str]) -> Iterator[tuple[str, list[Rendering]]]:
    keys = count(1)
    rows = (row for row in records("corpus/moldova_press.jsonl.xz") if row["id"] in wanted)
    for number, row in enumerate(rows, 1):
        document = Document(row["id"], row["text"], row["lang"], outlet=row["outlet"] or "")
        made = pipeline.analyse(document)
        yield (
            row["id"],
            [
                Rendering(
                    next(keys),
                    number,
                    pipeline.words_of(quote),
                    quote.language or made.document.language,
                    quote.start,
                    quote.end,
                    speaker=_called(quote),
                    speaker_kind=quote.speaker.kind if quote.speaker else None,
                    outlet=document.outlet,
                    published=row["published"] or "",
                    url=row["url"] or "",
                    chain=quote.chain,
                    around=around(made.document.text, quote.start, quote.end),
                )
                for quote in made.renderings
            ],
        )


def _called(quote: Any) -> str:
    return (quote.speaker.canonical or quote.speaker.name) if quote.speaker else ""


def _at(quotes: Sequence[Rendering], start: int, end: int) -> Rendering:
    """The quote that shares most with a stretch of its text."""
    return max(
        quotes, key=lambda q: min(q.end, end) - max(q.start, start) - (q.end - q.start) / 1e4
    )


def _pair(
    ours: Sequence[Rendering],
    theirs: Sequence[Rendering],
    later: Rendering,
    earlier: Rendering,
    same: bool,
) -> Pair:
    found = [(compare_parts(one, two), one, two) for one in ours for two in theirs]
    place = next(n for n, (_, one, two) in enumerate(found) if one is later and two is earlier)
    chance = min(max(found[place][0].probability, _BOUND), 1 - _BOUND)
    known = circumstances(later, earlier)
    odds = math.log(chance / (1 - chance))
    odds += weights()["named"] * (known.voice == "named")
    odds += weights()["one_source"] * known.one_source
    voiced = float(known.voice in ("same", "office"))
    amounts = (
        (1 - voiced) * (known.days == "day"),
        (1 - voiced) * (known.days == "week"),
        voiced * (known.days == "day"),
        voiced * (known.days == "week"),
        voiced * (known.days == "longer"),
        sharing(found)[place],
        (1 - voiced) * known.around,
        1 - voiced,
    )
    return Pair(odds, amounts, same)


def fit(known: Sequence[Pair]) -> Any:
    """The weights of `NAMES` by Newton's method."""
    offset, amounts, same = _arrays(known)
    weights = np.zeros(len(NAMES))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(offset + amounts @ weights)))
        slope = amounts.T @ (same - chance) - weights / _PRIORS**2
        bend = (amounts * (chance * (1 - chance))[:, None]).T @ amounts
        weights += np.linalg.solve(bend + np.diag(1 / _PRIORS**2), slope)
    return weights


def loss(known: Sequence[Pair], weights: Any) -> float:
    """Negative log likelihood of all pairs together, in nats."""
    offset, amounts, same = _arrays(known)
    odds = (offset + amounts @ weights) * np.where(same > 0, 1, -1)
    return float(np.log1p(np.exp(-odds)).sum())


def _arrays(known: Sequence[Pair]) -> tuple[Any, Any, Any]:
    return (
        np.array([pair.odds for pair in known]),
        np.array([pair.amounts for pair in known]),
        np.array([float(pair.same) for pair in known]),
    )


def main() -> None:
    """Print the weights, and what they are worth on pairs they were not fitted on."""
    known = list(pairs())
    folds = [
        (known[n::_FOLDS], [p for i, p in enumerate(known) if i % _FOLDS != n])
        for n in range(_FOLDS)
    ]
    held_out = sum(loss(part, fit(rest)) for part, rest in folds) / len(known)
    by_words = loss(known, np.zeros(len(NAMES))) / len(known)
    right = sum(pair.same for pair in known)
    print(
        f"{len(known)} pairs, {right} of one statement: loss {by_words:.3f} → {held_out:.3f} nats"
    )
    for name, weight in zip(NAMES, fit(known), strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
