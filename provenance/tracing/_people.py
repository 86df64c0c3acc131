"""The public figures that tracing takes a speaker for, whatever the spelling."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from provenance.languages import table
from provenance.languages.words import fold
from provenance.model import Rendering

if TYPE_CHECKING:
    from provenance.naming.people import Person

# What parts a channel's name: "Volodymyr Zelenskyy / Official".
_APART = re.compile(r"[|/()\[\]•·—–]| - ")


def figures(rendering: Rendering) -> frozenset[Person]:
    """The public figures its speaker may be, by the name or, where it ends a description
    ("Chancellor Scholz"), by that end; a pronoun nobody resolved names none."""
    name = rendering.speaker
    if rendering.speaker_kind != "person" or fold(name) in _pronouns(rendering.language):
        return frozenset()
    return called(name) or called(_described(name, rendering.language))


def figure(rendering: Rendering) -> Person | None:
    """The public figure its speaker is; None where that is open."""
    from provenance.naming import people

    if rendering.speaker_kind != "person" or not rendering.speaker:
        return None
    known = people.lookup(rendering.speaker)
    described = _described(rendering.speaker, rendering.language)
    if known is None and described:
        may_be = called(described)
        return next(iter(may_be)) if len(may_be) == 1 else None
    return known


@lru_cache(maxsize=4096)
def called(name: str) -> frozenset[Person]:
    """The public figures a name may mean: a surname alone, several."""
    from provenance.naming import people

    return frozenset(person for person, _ in people.candidates(name)) if name else frozenset()


@lru_cache(maxsize=4096)
def namesake(outlet: str) -> Person | None:
    """The public figure whose name a channel, or a part of its name, bears."""
    from provenance.naming import people

    parts = filter(None, (part.strip() for part in _APART.split(outlet)))
    return next(filter(None, map(people.lookup, parts)), None)


@lru_cache(maxsize=4096)
def _described(phrase: str, language: str) -> str:
    from provenance.quoting import surname

    return surname(phrase, language) if " " in phrase else ""


@cache
def _pronouns(language: str) -> frozenset[str]:
    groups = table(language, "quoting").get("pronouns", {}).values()
    return frozenset(fold(word) for group in groups for word in group)
