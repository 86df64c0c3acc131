"""FollowTheMoney entities, one JSON object a line: articles, outlets, people, and hops.

An article is an `Article`, an outlet an `Organization`, a hop an `UnknownLink` from the later
article to the earlier article or the outlet named, who spoke in an article a `Documentation`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.export.inert import escaped, one_line
from provenance.export.trails import Station, Trail, address, changes, digest
from provenance.export.wording import surely
from provenance.model import Document, Hop, Speaker

_Entity = dict[str, Any]
_SCHEMAS = {"person": "Person", "group": "Organization"}

_LONGEST_NAME = 384  # characters: what FollowTheMoney takes for a name


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """Each entity once, whatever number of statements it plays a part in."""
    written: set[str] = set()
    for trail in trails:
        for entity in _entities(trail):
            if entity["id"] not in written:
                written.add(entity["id"])
                yield escaped(json.dumps(entity, ensure_ascii=False)) + "\n"


def _entities(trail: Trail) -> Iterator[_Entity]:
    things = {name: _thing(station) for name, station in trail.stations.items()}
    for name, station in trail.stations.items():
        yield from (_organisation(outlet) for outlet in (station.node.outlet,) if outlet)
        thing = things[name]
        if thing is not None:
            yield thing
            yield from _documented(station, thing)
    for hop in trail.chain.hops:
        later, earlier = things[hop.from_node], things[hop.to_node]
        if later is not None and earlier is not None and later["id"] != earlier["id"]:
            yield _link(trail, hop, later["id"], earlier["id"])


def _thing(station: Station) -> _Entity | None:
    """What stands for a station: its article, else the outlet or person that is named."""
    if station.document is not None:
        return _article(station, station.document)
    if station.node.outlet:
        return _organisation(station.node.outlet)
    return _speaker("Person", station.node.speaker) if station.node.speaker else None


def _article(station: Station, document: Document) -> _Entity:
    outlet = station.node.outlet
    snapshot = document.snapshot
    return _entity(
        "Article",
        f"article-{digest(document.url, document.id, document.text)}",
        title=document.title or document.id,
        author=document.author,
        publishedAt=_date(document.published),
        retrievedAt=_date(snapshot.retrieved if snapshot else ""),
        language=_languages().get(document.language, ""),
        sourceUrl=address(document),
        publisher=outlet,
        notes=f"SHA-256 of the bytes read: {snapshot.sha256}" if snapshot else "",
    )


def _documented(station: Station, article: _Entity) -> Iterator[_Entity]:
    """Who published a stored article, and whom it quotes."""
    if station.quote is None:
        return
    if station.node.outlet:
        outlet = _organisation(station.node.outlet)
        yield _documentation(station, article, outlet, role="publisher")
    who = _quoted(station.quote.speaker)
    if who is not None:
        yield who
        yield _documentation(station, article, who, role="quoted", summary=station.node.text)


def _quoted(speaker: Speaker | None) -> _Entity | None:
    """Who is quoted: a person or a group, or an outlet, the same that publishes and is named."""
    if speaker is None:
        return None
    if speaker.kind == "outlet":
        return _organisation(speaker.known_as)
    schema = _SCHEMAS.get(speaker.kind)
    return _speaker(schema, speaker.known_as) if schema else None


def _documentation(
    station: Station, article: _Entity, other: _Entity, role: str, summary: str = ""
) -> _Entity:
    return _entity(
        "Documentation",
        f"{role}-{digest(article['id'], other['id'], summary and station.id)}",
        document=article["id"],
        entity=other["id"],
        role=role,
        summary=summary,
        recordId=summary and station.id,
        date=_date(station.node.published),
    )


def _link(trail: Trail, hop: Hop, later: str, earlier: str) -> _Entity:
    return _entity(
        "UnknownLink",
        f"hop-{digest(str(trail.chain.statement), hop.from_node, hop.to_node, later, earlier)}",
        subject=later,
        object=earlier,
        role=hop.relation,
        recordId=trail.stations[hop.from_node].id,
        summary=changes(hop.drift),
        description=surely(hop),
        date=_date(trail.stations[hop.from_node].node.published),
    )


def _organisation(name: str) -> _Entity:
    return _entity("Organization", f"outlet-{digest(name)}", name=_named(name))


def _speaker(schema: str, name: str) -> _Entity:
    return _entity(schema, f"speaker-{digest(schema, name)}", name=_named(name))


def _named(name: str) -> str:
    return one_line(name)[:_LONGEST_NAME]


def _entity(schema: str, key: str, **facts: str) -> _Entity:
    properties = {name: [one_line(value)] for name, value in facts.items() if value.strip()}
    return {"id": key, "schema": schema, "properties": properties}


def _date(text: str) -> str:
    """A time as FollowTheMoney has it: UTC without a zone, or whatever precision there is."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return text[:7]  # a month or a year
    if len(text) <= len("2026-03-02"):
        return text
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if time.tzinfo else text[:19]


@cache
def _languages() -> dict[str, str]:
    """ISO 639-3 codes by ISO 639-1, which is what FollowTheMoney wants."""
    return tomllib.loads((files(__package__) / "iso639_3.toml").read_text(encoding="utf-8"))
