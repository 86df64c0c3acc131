"""Outlets and people as tracing compares them: by key, whatever the script or alias."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from provenance import languages
from provenance.languages.words import fold
from provenance.model import Relay, Rendering


@dataclass(frozen=True, slots=True)
class Face:
    """What tracing knows of an outlet: its key, how to write it, language, country, kind."""

    key: str
    name: str
    language: str = ""
    country: str = ""
    kind: str = ""


@lru_cache(maxsize=4096)
def face(name: str) -> Face:
    """The outlet, or public figure, called `name`; others are known by their folded name."""
    from provenance.naming import outlets, people

    outlet = outlets.lookup(name) if name else None
    if outlet is not None:
        key = outlet.key or _slug(outlet.name)
        return Face(key, outlet.name, outlet.language, outlet.country, outlet.kind)
    person = people.lookup(name) if name else None
    return Face(_slug(name), name) if person is None else Face(_slug(person.name), person.name)


# Share of a country's listed outlets a language needs to be one people speak in there.
_SPOKEN = 0.25


@cache
def tongues(country: str) -> frozenset[str]:
    """The languages in which public figures of `country` (ISO code) speak, by its outlets."""
    from provenance.naming import outlets

    found = Counter(o.language for o in outlets.all_outlets() if o.country == country)
    return frozenset(code for code, count in found.items() if count >= _SPOKEN * found.total())


def _slug(name: str) -> str:
    letters = (char if char.isalnum() else " " for char in fold(name))
    return "-".join("".join(letters).split())


def own(rendering: Rendering) -> Face:
    """The outlet that published `rendering`, from its name or, where unlisted, its address."""
    from provenance.naming import outlets

    found = face(rendering.outlet)
    if found.kind or not rendering.url:
        return found
    by_address = outlets.by_domain(rendering.url)
    if by_address is not None:
        return face(by_address.name)
    office = outlets.office(rendering.url)
    if office is None:
        return found
    called = found if found.key else Face(_slug(office.name), office.name)
    return replace(called, country=office.country, kind=office.kind)


def live(rendering: Rendering) -> bool:
    """Whether its address says that a page is live coverage, as its language or English has it."""
    parts = re.split(r"[/?#]", rendering.url.lower())
    named = (*_live(rendering.language), *_live("en"))
    return any(
        part == word or part.startswith(f"{word}-") or part.endswith(f"-{word}")
        for part in parts
        for word in named
    )


@cache
def _live(language: str) -> tuple[str, ...]:
    return tuple(languages.table(language, "origin").get("live", ()))


def relays(rendering: Rendering) -> tuple[Relay, ...]:
    """The steps a document names, nearest to it first, without its own outlet's voice.

    An outlet given as the speaker ("the BBC reports") is where the words were read, and the
    innermost step. Anonymous sources are no stations: they say why a trail ends, not where
    it leads.
    """
    mine = own(rendering).key
    outward = [relay for relay in reversed(rendering.chain) if relay.kind != "anonymous"]
    if rendering.speaker_kind == "outlet" and rendering.speaker:
        told = Relay(rendering.speaker, "outlet", rendering.speaker, "reported")
        keys = {face(relay.name).key for relay in outward}
        outward += [] if face(told.name).key in keys else [told]
    while outward and face(outward[0].name).key == mine and mine:
        outward.pop(0)
    return tuple(outward)


def cites_anonymous(rendering: Rendering) -> bool:
    """Whether the trail of `rendering` goes back to somebody unnamed."""
    innermost = rendering.chain[0].kind if rendering.chain else ""
    return "anonymous" in (rendering.speaker_kind, innermost)
