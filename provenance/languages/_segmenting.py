"""Chinese and Japanese runs of characters cut into words by the likeliest path.

The vocabulary ``languages/<code>/vocabulary.tsv`` has one word and its count a line. A run
is cut so that the product of the words' probabilities is greatest (a unigram model, the
dynamic programme of every Chinese segmenter); a character the vocabulary lacks stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log

_PIECE = 1000  # longer runs are cut blindly here; punctuation parts real text every 10 or 20
_UNKNOWN = 0.1  # the count of an unseen character: rarer than any word that was seen


def lengths(run: str, language: str) -> list[int]:
    """Lengths of the words `run` is cut into, in order; they sum to ``len(run)``."""
    found: list[int] = []
    for start in range(0, len(run), _PIECE):
        found.extend(_likeliest(run[start : start + _PIECE], language))
    return found


def _likeliest(run: str, language: str) -> list[int]:
    """The cut of one piece, by dynamic programming from its end."""
    costs, longest, unknown = vocabulary(language)
    best = [0.0] * (len(run) + 1)
    step = [1] * (len(run) + 1)
    for start in range(len(run) - 1, -1, -1):
        least = unknown + best[start + 1]
        for size in range(1, min(longest, len(run) - start) + 1):
            cost = costs.get(run[start : start + size])
            if cost is not None and cost + best[start + size] <= least:
                least, step[start] = cost + best[start + size], size
        best[start] = least
    return _walk(step, len(run))


def _walk(step: list[int], end: int) -> list[int]:
    at, taken = 0, []
    while at < end:
        taken.append(step[at])
        at += step[at]
    return taken


@cache
def vocabulary(language: str) -> tuple[Mapping[str, float], int, float]:
    """Cost (negative log probability) of each word, the longest word, an unseen one's cost."""
    path = files(__package__) / language / "vocabulary.tsv"
    if not path.is_file():
        return {}, 0, 1.0
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    counts = {word: float(count) for word, count in rows if word}
    total = log(sum(counts.values()))
    costs = {word: total - log(count) for word, count in counts.items()}
    return costs, max(map(len, costs)), total - log(_UNKNOWN)
