"""How much of what stands around two quotes in their documents they have in common.

A text that is copied or retold brings its neighbours with it: the sentence that leads in, the
place, the numbers before and after; and where one outlet puts in quotation marks what another
puts beside them, words of the one quote stand around the other. What both quotes say is left
out: the match has judged it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from provenance.model import Rendering

# What a pair shares on average, of the judged pairs of `training.context`: taken where too little
# stands around a text to tell.
_USUAL = 0.27
_LITTLE = 60.0  # nats; some ten words: of the judged pairs one side of one has less


def surroundings(one: Rendering, two: Rendering) -> float:
    """The share of what stands around two quotes of one language that they have in common.

    Words are weighed by their information; 0 is nothing in common, 1 as much as the two
    neighbourhoods have between them (their geometric mean).
    """
    mine, theirs = _words(one.around, one.language), _words(two.around, two.language)
    said = _words(one.text, one.language), _words(two.text, two.language)
    both = mine | theirs | said[0] | said[1]
    quoted = said[0].keys() | said[1].keys()
    sizes = [_nats(near.keys() - quoted, both) for near in (mine, theirs)]
    if min(sizes) < _LITTLE:
        return _USUAL
    beside = (mine.keys() & theirs.keys()) - quoted
    told = (said[0].keys() - said[1].keys()) & theirs.keys()
    told |= (said[1].keys() - said[0].keys()) & mine.keys()
    return _nats(beside | told, both) / math.sqrt(math.prod(sizes))


def _nats(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.fsum(weights[stem] for stem in sorted(stems))


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> dict[str, float]:
    """The information of each word of a text, by its stem."""
    from provenance.matching import prepare

    tokens = prepare(text, language).tokens
    return {token.lexeme.stem: token.lexeme.weight for token in tokens}
