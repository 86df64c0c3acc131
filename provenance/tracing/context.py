"""What else than words speaks for two texts rendering one statement.

A match gives the chance by the words alone. That one text names the other's outlet, or that
one person speaks in both within days, makes a doubtful likeness likely; it makes nothing out
of no likeness at all.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from provenance.languages import table
from provenance.languages.words import fold
from provenance.model import Match, Rendering
from provenance.tracing import times
from provenance.tracing._outlets import face, own, relays

if TYPE_CHECKING:
    from provenance.naming.people import Person

# Log-odds, by hand. A pair of which one names the other's outlet or links to it is about
# seven times likelier one statement than any two that look as alike; a person says several
# things in three days, so his name and the days are worth less. That two public figures are
# named counts as much against it; words that agree well stay likely, as they must where one of
# the names is wrong.
_POINTED = 2.0
_SAME_VOICE = 1.5
_OTHER_VOICE = -1.5
_DAYS = 3 * 24.0  # hours
_ALIKE = 0.1  # below this the words are too different for anything else to matter


def in_context(match: Match, later: Rendering, earlier: Rendering) -> Match:
    """`match` with the probability it has when outlets, links, speakers and times are known.

    What was added, in log-odds, is its feature ``context``.
    """
    if not _ALIKE <= match.probability < 1.0:
        return match
    added = _POINTED if _pointed(later, earlier) else 0.0
    added = added or _by_voice(later, earlier)
    if not added:
        return match
    odds = match.probability / (1 - match.probability) * math.exp(added)
    features = {**match.features, "context": added}
    return replace(match, probability=odds / (1 + odds), features=features)


def _pointed(one: Rendering, two: Rendering) -> bool:
    """Whether either text names the other's outlet as a source, or links to it."""
    if (two.url and two.url in one.links) or (one.url and one.url in two.links):
        return True
    cited = ({face(relay.name).key for relay in relays(r)} for r in (one, two))
    return any(own(r).key in keys for r, keys in zip((two, one), cited, strict=True))


def _by_voice(one: Rendering, two: Rendering) -> float:
    """What it says for one statement that these two are said to speak."""
    mine, theirs = _figures(one), _figures(two)
    if mine and theirs and not mine & theirs:
        return _OTHER_VOICE
    return _SAME_VOICE if _same_voice(one, two) else 0.0


def _same_voice(one: Rendering, two: Rendering) -> bool:
    """Whether one public figure speaks in both, or for him his office, within days."""
    gap = times.hours(one.published, two.published)
    if gap is None or abs(gap) > _DAYS:
        return False
    mine, theirs = _figures(one), _figures(two)
    if mine and theirs:
        return bool(mine & theirs)
    return _speaks_for(two, mine) or _speaks_for(one, theirs)


def _figures(rendering: Rendering) -> frozenset[Person]:
    """The public figures its speaker may be; a pronoun nobody resolved names none."""
    name = rendering.speaker
    if rendering.speaker_kind != "person" or fold(name) in _pronouns(rendering.language):
        return frozenset()
    return _called(name)


@cache
def _pronouns(language: str) -> frozenset[str]:
    groups = table(language, "quoting").get("pronouns", {}).values()
    return frozenset(fold(word) for group in groups for word in group)


@lru_cache(maxsize=4096)
def _called(name: str) -> frozenset[Person]:
    """The public figures a name may mean: a surname alone, several."""
    from provenance.naming import people

    return frozenset(person for person, _ in people.candidates(name)) if name else frozenset()


def _speaks_for(rendering: Rendering, people: frozenset[Person]) -> bool:
    """Whether the office of one of `people`'s country published it."""
    outlet = own(rendering)
    office = outlet.kind == "government" and bool(outlet.country)
    return office and outlet.country in {person.country for person in people}
