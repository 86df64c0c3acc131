"""RSS and Atom feeds: each entry an article, as far as the feed gives its text.

Parsed by lxml with entities, external files and huge trees switched off, so that a feed
can neither grow without end nor reach for anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading._head import joined
from provenance.reading._html import fragment_page
from provenance.reading._kinds import FEED
from provenance.reading._page import Clock, Page, document, snapshot

# Where formats put the text, best first: the whole article, then a summary.
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("published", "pubDate", "date", "updated")
_AUTHORS = ("author", "creator")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(
    content: bytes, source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    """Documents of the entries of a feed, in its order.

    An entry's snapshot is its own XML. Raises `ReadError` when this is no feed; an entry
    without text comes out as an `Unreadable`.
    """
    root = _parsed(content)
    channel = next((node for node in root.iter() if _name(node) == "channel"), root)
    outlet = _text(channel, ("title",))
    language = _text(channel, ("language",)) or root.get(_LANG, "")
    base = defaults.get("url", "") or _address(channel, "")
    entries = [node for node in root.iter() if _name(node) in ("item", "entry")]
    if not entries:
        raise ReadError("is XML, but no feed with articles: save the article as HTML or text")
    for number, entry in enumerate(entries, start=1):
        try:
            page = _page(entry, outlet, language, base)
        except ReadError as error:
            yield Unreadable(source, f"entry {number} of the feed {error}")
            continue
        if page.text.strip():
            yield document(page, snapshot(_xml(entry), FEED, source, clock()), defaults)
        else:
            yield Unreadable(source, f"entry {number} of the feed has no text")


def _parsed(content: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"broken XML: {str(error).splitlines()[0]}") from None
    if root is None:
        raise ReadError("broken XML: nothing in it can be read")
    return root


def _page(entry: Any, outlet: str, language: str, base: str) -> Page:
    texts = [_inner(node) for name in _TEXTS for node in entry if _name(node) == name]
    body = fragment_page(max(texts, key=len, default=""), base)
    fields = {
        "title": _text(entry, ("title",)),
        "outlet": outlet,
        "url": _address(entry, base),
        "published": _text(entry, _DATES),
        "author": _text(entry, _AUTHORS),
    }
    stated = entry.get(_LANG, "") or language
    return Page(body.text, fields, body.links, {"feed language": stated} if stated else {})


def _address(entry: Any, base: str) -> str:
    links = [node for node in entry if _name(node) == "link"]
    own = [node for node in links if node.get("rel", "alternate") == "alternate"]
    written = next((node.get("href") or (node.text or "").strip() for node in own), "")
    return joined(base, written) if written else ""


def _inner(node: Any) -> str:
    """The HTML of a text node: escaped in RSS, possibly real XHTML in Atom."""
    if len(node) == 0:
        return node.text or ""
    return "".join([node.text or "", *(_xml(child).decode("utf-8") for child in node)])


def _text(parent: Any, names: tuple[str, ...]) -> str:
    found = (
        " ".join("".join(n.itertext()).split()) for name in names for n in _named(parent, name)
    )
    return next((text for text in found if text), "")


def _named(parent: Any, name: str) -> Iterator[Any]:
    return (node for node in parent if _name(node) == name)


def _name(node: Any) -> str:
    """Local name of an element, without its namespace; empty for comments."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _xml(node: Any) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(node, encoding="utf-8", with_tail=False)
    return written
