"""Which of two matched texts in different languages is the translation of the other.

Asked of the translation packages of both directions, where both are installed
(`provenance.translating.direction`); elsewhere nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from provenance.errors import TranslationError
from provenance.model import Match, Rendering
from provenance.tracing.context import Compared
from provenance.tracing.statements import THRESHOLD

# Nats a token beyond which the models are not more to be believed: those of the two directions
# were trained apart, and how far each is off on other texts than its own is not known.
_MOST = 1.0


def directed(found: Sequence[Compared]) -> list[Match]:
    """The matches in the order given, likely ones across languages with a feature ``direction``:
    positive, at most 1, where the text of `from_quote` looks translated from the other."""
    told: dict[int, float] = {}
    asked = [place for place, one in enumerate(found) if _to_ask(*one)]
    asked.sort(key=lambda place: (*_languages(found[place]), place))
    for languages, places in groupby(asked, key=lambda place: _languages(found[place])):
        told |= _told(list(places), found, *languages)
    return [
        replace(match, features={**match.features, "direction": told[place]})
        if place in told
        else match
        for place, (match, _, _) in enumerate(found)
    ]


def _told(
    places: Iterable[int], found: Sequence[Compared], earlier: str, later: str
) -> Mapping[int, float]:
    from provenance.translating import direction

    places = list(places)
    pairs = [(found[place][2].text, found[place][1].text) for place in places]
    try:
        answers = direction(pairs, earlier, later)
    except TranslationError:  # a broken package is told of where it would have translated
        return {}
    told = zip(places, answers or [None] * len(places), strict=True)
    return {place: min(max(a, -_MOST), _MOST) for place, a in told if a is not None}


def _to_ask(match: Match, later: Rendering, earlier: Rendering) -> bool:
    known = later.language and earlier.language and later.language != earlier.language
    return bool(known) and match.probability >= THRESHOLD


def _languages(one: Compared) -> tuple[str, str]:
    return one[2].language, one[1].language
