"""What a table or a sheet has of a record: a row a quote or a match, evidence in words.

JSON keeps the record as it is; a spreadsheet has no use for lists within a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from provenance.export.wording import change
from provenance.model import Drift

Record = Mapping[str, Any]

_BETWEEN = "; "


def quotes(document: Record) -> Iterator[Record]:
    """A row a quote of what ``quotes`` says of a document."""
    for quote in document["quotes"]:
        yield {
            "id": document["id"],
            "language": document["language"],
            "type": quote["type"],
            "text": quote["text"],
            "speaker": (quote["speaker"] or {}).get("name", ""),
            "via": _BETWEEN.join(relay["name"] for relay in quote["chain"]),
            "cue": (quote["cue"] or {}).get("text", ""),
            "confidence": quote["confidence"],
            "start": quote["start"],
            "end": quote["end"],
        }


def matches(query: Record) -> Iterator[Record]:
    """A row a match of what ``match`` says of a text."""
    for match in query["matches"]:
        kept = ("quote", "probability", "text", "language", "outlet", "published", "document")
        changes = _BETWEEN.join(change(Drift(**item)) for item in match["drift"])
        yield {"id": query["id"], **{name: match[name] for name in kept}, "changes": changes}


def language(document: Record) -> Iterator[Record]:
    """The ranking of ``detect`` in words: *ru 0.98; uk 0.02*."""
    ranking = _BETWEEN.join(f"{code} {share}" for code, share in document["ranking"])
    yield {**document, "ranking": ranking}


def in_words(record: Record) -> Iterator[Record]:
    """One row, each list in words; of evidence what weighs most comes first."""
    yield {name: _told(value) for name, value in record.items()}


def statement(found: Record) -> Iterator[Record]:
    """A statement without its renderings, of which the outlets remain."""
    outlets = dict.fromkeys(one["outlet"] for one in found["renderings"] if one["outlet"])
    rest = {name: _told(value) for name, value in found.items() if name != "renderings"}
    yield {**rest, "outlets": _BETWEEN.join(outlets)}


def status(database: Record) -> Iterator[Record]:
    """A row a thing that ``status`` counts or names."""
    for name, value in database.items():
        inside = value if isinstance(value, Mapping) else {"": value}
        for what, found in inside.items():
            yield {"of": name, "what": what, "value": found}


def _told(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return _BETWEEN.join(_weighed(value) if _is_evidence(value) else map(str, value))


def _is_evidence(items: list[Any]) -> bool:
    return bool(items) and isinstance(items[0], Mapping)


def _weighed(items: Iterable[Record]) -> Iterator[str]:
    for item in sorted(items, key=lambda item: -abs(item["weight"])):
        yield f"{item['weight']:+.1f} {item['says']}"
