"""States by the words that stand for them, and "we", which stands for any.

Who is reported no longer says "we": "we are ready" becomes "London is ready", "Britain is".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from provenance.languages.words import stem_of
from provenance.matching._senses import Lexeme

WE = "we"
_SENSES = 2  # of a foreign word: the first of *Великобритания* is "kingdom"


@lru_cache(maxsize=100_000)
def state(word: Lexeme) -> str:
    """The code of the state that `word` stands for, `WE` for who speaks, "" for neither."""
    known = _states()
    return next((known[sense] for sense, _ in word.senses[:_SENSES] if sense in known), "")


def stands(one: str, other: str) -> bool:
    """Whether words for `one` and `other` may stand for the same: one state by two of its
    names, or by its name and by "we"."""
    return bool(one and other) and (one == other or WE in (one, other))


def one_state(one: Lexeme, other: Lexeme) -> bool:
    """Whether two words may stand for one state, see `stands`."""
    return stands(state(one), state(other))


@cache
def _states() -> Mapping[str, str]:
    text = (files(__package__) / "states.tsv").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
    return {stem_of(word, "en"): code for code, words in rows for word in words.split()}
