"""Web Annotation JSON-LD (W3C recommendation, 2017): every quote of a trail in its article.

A quote is selected twice, by its words with their surroundings and by its position, so that
it is found again in a page that has changed. A hop is a link to the earlier quote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from provenance.export.inert import escaped
from provenance.export.trails import Station, Trail, address, changes, digest
from provenance.export.wording import surely
from provenance.model import Document, Hop, Quote

_AROUND = 32  # characters before and after: what Hypothesis keeps, enough to tell repeats apart
_Shape = dict[str, Any]


def lines(trails: Iterable[Trail]) -> Iterator[str]:
    """One JSON array, an annotation a stored quote."""
    opening = "["
    for trail in trails:
        for annotation in _annotations(trail):
            yield f"{opening}\n{escaped(json.dumps(annotation, ensure_ascii=False, indent=1))}"
            opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _annotations(trail: Trail) -> Iterator[_Shape]:
    back = trail.back
    for name, station in trail.stations.items():
        target = _target(station)
        if target is None:
            continue
        hop = back.get(name)
        yield {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:provenance:annotation:{station.id}",
            "type": "Annotation",
            "motivation": "describing" if hop is None else "linking",
            "body": [*_says(trail, station, hop), *_source(trail, hop)],
            "target": target,
        }


def _target(station: Station) -> _Shape | None:
    if station.document is None or station.quote is None:
        return None
    return {
        "source": _source_of(station.document),
        "selector": _selectors(station.document, station.quote),
    }


def _source_of(document: Document) -> str:
    """The page's address, else the hash of the bytes that were read, else the document's id."""
    page = address(document)
    if page:
        return page
    if document.snapshot is not None:
        return f"urn:sha256:{document.snapshot.sha256}"
    return f"urn:provenance:document:{digest(document.id)}"


def _selectors(document: Document, quote: Quote) -> list[_Shape]:
    start, end, text = quote.start, quote.end, document.text
    words = {
        "type": "TextQuoteSelector",
        "exact": quote.text,
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    return [words, {"type": "TextPositionSelector", "start": start, "end": end}]


def _says(trail: Trail, station: Station, hop: Hop | None) -> Iterator[_Shape]:
    if station.node.speaker:
        yield _text(f"Said by {station.node.speaker}.", "identifying")
    if hop is not None:
        earlier = trail.stations[hop.to_node]
        sentence = f"This {hop.relation} {earlier.name} ({surely(hop)})."
        yield _text(" ".join([sentence, changes(hop.drift)]).strip(), "describing")
    for end in trail.chain.ends:
        if end.node == station.node.id:
            yield _text(end.says, "assessing")


def _source(trail: Trail, hop: Hop | None) -> Iterator[_Shape]:
    """The earlier quote, where it is stored."""
    target = _target(trail.stations[hop.to_node]) if hop is not None else None
    if target is not None:
        yield {"type": "SpecificResource", "purpose": "linking", **target}


def _text(value: str, purpose: str) -> _Shape:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "language": "en",
        "purpose": purpose,
    }
