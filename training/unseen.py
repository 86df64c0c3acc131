"""Sentence pairs beside a table, and signs of denials, that were learned without them.

What weighs the words of a lexicon has to see how it fares on text it was not learned from.
The few hundred sentences of a development set are little; so a share of the sentence pairs of
`training.gloss` is held out, a table and signs learned from the rest stand in for the shipped
ones, and the held-out pairs are read with them. Whole blocks are held out, because neighbours
are of one article.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from provenance.translating import _denials, _lexicon, _suspects, _tables
from training.denials import Weights, observed, weights
from training.gloss import learned, pairs

_BLOCK = 100  # neighbouring pairs that are held out together
_SHARES = 12  # of which one is held out at a time
# Times another share is held out. Twelve are all there is; ar and fa have little to hold out.
# Six times as many pairs of ar alone: 87.8 % of flips seen at 4 % told, 83.8 before. Twice as
# many of zh: 68.3 % of names, 66.3 before, at 0.4 to 3 % told.
_TURNS = {"ar": 9, "fa": 9, "zh": 3}
_TURNS_ELSE = 2
_LETTERS = range(60, 300)  # of the English: neither a label nor a paragraph
_MOST = 4000  # pairs of a share that are read: all of Chinese ones, of which each table costs most


def unseen(language: str) -> Iterator[tuple[str, str]]:
    """Foreign and English sentences, each while what has not seen it stands in.

    Take what is wanted of a pair before asking for the next.
    """
    chance = random.Random(4)
    rows, shown = list(pairs(language)), observed(language)
    for turn in range(_TURNS.get(language, _TURNS_ELSE)):
        held = {number for number, row in enumerate(rows) if _held(number, row, turn)}
        table = learned(language, (row for number, row in enumerate(rows) if number not in held))
        kept = [row[:2] for number, row in enumerate(rows) if number in held]
        with _standing_in(language, _tables.made(table), weights(shown, without=held)):
            yield from chance.sample(kept, min(_MOST, len(kept)))


def _held(number: int, row: tuple[str, str, float], turn: int) -> bool:
    """Whether a pair is held out in a turn; entries of word lists, which weigh more, never."""
    _, english, weight = row
    return number // _BLOCK % _SHARES == turn and len(english) in _LETTERS and weight == 1.0


@contextmanager
def _standing_in(
    language: str, table: _tables.Table, signs: Mapping[str, Weights]
) -> Iterator[None]:
    """`table` and `signs` in the place of the shipped ones."""
    shipped = _tables.table
    weighed = {**_denials._weights(), **{(language, side): own for side, own in signs.items()}}
    with (
        patch.object(_tables, "table", lambda code: table if code == language else shipped(code)),
        patch.object(_denials, "_weights", lambda: weighed),
    ):
        _forget()
        yield
    _forget()


def _forget() -> None:
    _lexicon.lexicon.cache_clear()
    _suspects.heads.cache_clear()
