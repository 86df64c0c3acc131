"""PROV-JSON (W3C member submission, 2013): quotes derived from quotes, a bundle a statement.

Renderings and articles are entities, outlets and speakers agents. A hop is a derivation; an
article's quote is derived from the article as a quotation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from provenance.export.inert import escaped
from provenance.export.trails import Station, Trail, address, changes, digest

_PREFIXES = {"p": "urn:provenance:", "schema": "https://schema.org/"}
_Record = dict[str, dict[str, Any]]


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """One document; its bundles come a statement at a time."""
    yield f'{{"prefix": {json.dumps(_PREFIXES)}, "bundle": {{'
    opening = "\n"
    for trail in trails:
        name = f"p:statement-{trail.chain.statement}"
        yield f"{opening}{json.dumps(name)}: "
        yield escaped(json.dumps(_bundle(trail), ensure_ascii=False, indent=1))
        opening = ",\n"
    yield "}}\n"


def _bundle(trail: Trail) -> dict[str, _Record]:
    bundle: dict[str, _Record] = {
        name: {} for name in ("entity", "agent", "wasDerivedFrom", "wasAttributedTo")
    }
    for station in trail.stations.values():
        _add_station(bundle, station)
    for hop, later, earlier in trail.hops:
        facts = {"p:relation": hop.relation, "p:basis": hop.basis, "p:changes": changes(hop.drift)}
        odds = {"p:probability": hop.probability, "p:margin": hop.margin}
        _derive(bundle, later.id, earlier.id, {**_known(facts), **_numbers(odds)})
    return {kind: records for kind, records in bundle.items() if records}


def _add_station(bundle: dict[str, _Record], station: Station) -> None:
    node, document = station.node, station.document
    facts = {
        "prov:label": station.name,
        "prov:value": node.text,
        "p:kind": node.kind,
        "schema:inLanguage": node.language,
        "schema:datePublished": node.published,
    }
    bundle["entity"][f"p:{station.id}"] = {"prov:type": _name("schema:Quotation"), **_known(facts)}
    _attribute(bundle, station.id, "prov:Person", node.speaker)
    if document is None:
        _attribute(bundle, station.id, "prov:Organization", node.outlet)
        return
    article = f"article-{node.document}"
    bundle["entity"][f"p:{article}"] = _article(station)
    _attribute(bundle, article, "prov:Organization", node.outlet)
    _derive(bundle, station.id, article, {"prov:type": _name("prov:Quotation")})


def _article(station: Station) -> dict[str, Any]:
    document = station.document
    assert document is not None
    facts = {
        "prov:label": document.title,
        "schema:url": address(document),
        "schema:datePublished": document.published,
        "schema:inLanguage": document.language,
        "p:sha256": document.snapshot.sha256 if document.snapshot else "",
        "p:retrieved": document.snapshot.retrieved if document.snapshot else "",
    }
    return {"prov:type": _name("schema:NewsArticle"), **_known(facts)}


def _attribute(bundle: dict[str, _Record], entity: str, kind: str, name: str) -> None:
    if not name:
        return
    agent = f"p:agent-{digest(kind, name)}"
    bundle["agent"][agent] = {"prov:type": _name(kind), "prov:label": name}
    relation = {"prov:entity": f"p:{entity}", "prov:agent": agent}
    bundle["wasAttributedTo"][f"_:{digest(entity, agent)}"] = relation


def _derive(bundle: dict[str, _Record], later: str, earlier: str, facts: dict[str, Any]) -> None:
    ends = {"prov:generatedEntity": f"p:{later}", "prov:usedEntity": f"p:{earlier}"}
    bundle["wasDerivedFrom"][f"_:{digest(later, earlier)}"] = {**ends, **facts}


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _known(facts: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


def _numbers(facts: dict[str, float]) -> dict[str, Any]:
    return {name: {"$": f"{value:.4f}", "type": "xsd:double"} for name, value in facts.items()}
