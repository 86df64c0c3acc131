"""schema.org in JSON-LD: what search engines and archives read of a report.

Quotes are `Quotation`s based on earlier ones, articles `NewsArticle`s; verdicts become
`ClaimReview`s only in the name of a newsroom that asked for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from provenance.export.inert import escaped, one_line
from provenance.export.report import Part, Report
from provenance.export.trails import Station, address
from provenance.model import Hop

_Shape = dict[str, Any]


def data_block(report: Report) -> str:
    """The JSON for a ``<script type="application/ld+json">``: nothing in it ends the element."""
    shape = {"@context": "https://schema.org", "@graph": list(_graph(report))}
    text = escaped(json.dumps(shape, ensure_ascii=False))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _graph(report: Report) -> Iterator[_Shape]:
    yield _article(report)
    seen: set[str] = set()
    for part in report.parts:
        back = part.trail.back
        for station in part.trail.stations.values():
            if station.node.text and station.id not in seen:
                seen.add(station.id)
                yield _quotation(part, station, back.get(station.node.id))
        if report.making.reviewer and part.verdict is not None:
            yield _claim_review(report, part)


def _article(report: Report) -> _Shape:
    """The draft; for a statement, the report itself."""
    draft = report.draft
    if draft is None:
        return _known({"@type": "Report", "name": report.title, "dateCreated": report.making.made})
    return _known(
        {
            "@type": "NewsArticle",
            "@id": f"#{_fragment(draft.id)}",
            "headline": one_line(report.title),
            "inLanguage": draft.language,
            "datePublished": draft.published,
            "publisher": _named("Organization", draft.outlet),
        }
    )


def _quotation(part: Part, station: Station, back: Hop | None) -> _Shape:
    node = station.node
    return _known(
        {
            "@type": "Quotation",
            "@id": f"#{station.id}",
            "text": one_line(node.text),
            "inLanguage": node.language,
            "creator": _named("Person", node.speaker),
            "datePublished": node.published,
            "isPartOf": _source(station),
            "isBasedOn": {"@id": f"#{part.trail.stations[back.to_node].id}"} if back else None,
        }
    )


def _source(station: Station) -> _Shape | None:
    document = station.document
    if document is None:
        return None
    return _known(
        {
            "@type": "NewsArticle",
            "headline": one_line(document.title),
            "url": address(document),
            "publisher": _named("Organization", station.node.outlet),
        }
    )


def _claim_review(report: Report, part: Part) -> _Shape:
    assert part.quote is not None
    assert part.verdict is not None
    speaker = part.quote.speaker
    return {
        "@type": "ClaimReview",
        "claimReviewed": one_line(part.quote.text),
        "author": _named("Organization", report.making.reviewer),
        "datePublished": report.making.made[:10],
        "reviewRating": {"@type": "Rating", "alternateName": part.verdict.kind},
        "itemReviewed": _known(
            {
                "@type": "Claim",
                "author": _named("Person", speaker.known_as if speaker else ""),
                "appearance": {"@id": f"#{_fragment(report.draft.id)}"} if report.draft else None,
            }
        ),
    }


def _named(kind: str, name: str) -> _Shape | None:
    return {"@type": kind, "name": one_line(name)} if name else None


def _fragment(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name)


def _known(facts: _Shape) -> _Shape:
    return {name: value for name, value in facts.items() if value}
