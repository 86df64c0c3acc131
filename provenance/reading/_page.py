"""What a parser of one format hands over, and how it becomes a `Document`.

The parsers know formats; this module alone knows what identifies a document, how a
caller's defaults fill gaps, and in which form dates and language codes are kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from provenance.model import Document, Link, Snapshot
from provenance.reading._dates import iso

Clock = Callable[[], str]

_ALIASES = {
    "lang": "language",
    "date": "published",
    "published_at": "published",
    "pubdate": "published",
    "byline": "author",
    "link": "url",
    "source_url": "url",
    "site": "outlet",
    "publisher": "outlet",
    "headline": "title",
}
# No database and no terminal can hold these.
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
FIELDS = ("id", "language", "title", "outlet", "url", "published", "author")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one article with what its format says about it.

    `fields` has keys of `FIELDS` or their usual other names; whatever else it holds ends
    up in the document's `meta`. Links are offsets into `text`.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


def now() -> str:
    """The present moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def snapshot(content: bytes, media_type: str, source: str, retrieved: str) -> Snapshot:
    """The evidence for `content` as it was received."""
    digest = hashlib.sha256(content).hexdigest()
    return Snapshot(digest, content, media_type, _holdable(source), retrieved)


def document(page: Page, evidence: Snapshot, defaults: Mapping[str, str]) -> Document:
    """`page` as a document; `defaults` fill the fields it leaves empty.

    NUL and lone surrogates are replaced by U+FFFD, one for one, so that offsets stay true.
    """
    known, rest = _split(page.fields)
    fallback, _ = _split(defaults)
    given = {name: known.get(name) or fallback.get(name, "") for name in FIELDS}
    meta = {**rest, **{_holdable(name): _holdable(said) for name, said in page.meta.items()}}
    published = iso(given["published"])
    if given["published"] and not published:
        meta["published as written"] = given["published"]
    return Document(
        id=known.get("id") or evidence.sha256[:16],
        text=_holdable(page.text),
        language=language_code(given["language"]),
        title=given["title"],
        outlet=given["outlet"],
        url=given["url"],
        published=published,
        author=given["author"],
        links=tuple(Link(_holdable(link.url), link.start, link.end) for link in page.links),
        meta=meta,
        snapshot=evidence,
    )


def language_code(written: str) -> str:
    """ISO 639 code from a language tag (``ru-RU``, ``EN_us``); empty when it is no such tag."""
    code = written.strip().replace("_", "-").split("-")[0].lower()
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else ""


def _split(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    known: dict[str, str] = {}
    rest: dict[str, str] = {}
    for written, value in ((_holdable(key), _holdable(said)) for key, said in fields.items()):
        name = _ALIASES.get(written.lower(), written.lower())
        if name in FIELDS:
            known[name] = known.get(name) or value.strip()
        elif value:
            rest[written] = value
    return known, rest


def _holdable(text: str) -> str:
    return _UNHOLDABLE.sub("\ufffd", text)
