"""Web pages: the article through trafilatura, and what the page says about itself.

trafilatura decides what is article and what is furniture. We walk the tree it returns
ourselves, so that paragraphs stay apart and every link keeps its place in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from provenance.errors import ReadError
from provenance.model import Link
from provenance.reading._characters import clean
from provenance.reading._page import Page

if TYPE_CHECKING:
    from configparser import ConfigParser

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
# Elements that stand apart, in trafilatura's trees and in HTML itself.
_BLOCKS = frozenset((
    "p", "head", "quote", "list", "item", "table", "row", "code", "fw",
    "div", "ul", "ol", "li", "blockquote", "pre", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
    "section", "article", "header", "footer", "figure", "figcaption", "dl", "dt", "dd", "hr",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
# Names under which pages credit their sources; the origin of a document is read from them.
_CREDITS = re.compile(
    r"(?:.*[:._-])?(?:source|original-source|syndication-source|standout|credit|copyright|rights"
    r"|byl|byline|agency|provider|translator|translation|publisher|author|locale|site_name"
    r"|content-language|language|keywords|generator)",
    re.IGNORECASE,
)
_LD_CREDITS = ("author", "publisher", "creditText", "isBasedOn", "translationOfWork",
               "translator", "sourceOrganization", "contentLocation", "inLanguage",
               "copyrightHolder", "dateline", "provider")  # fmt: skip
_DATE = {"outputformat": "%Y-%m-%dT%H:%M:%S%z"}
# trafilatura takes a page under 250 characters for empty; sixty Chinese characters are
# a paragraph of news. Found on short pages; below 60, cookie notices come through.
_SHORTEST = "60"
# The shortest news item seen is a sentence; a page four fifths of which are links is an index.
_LEAST_TEXT = 20
_MOST_LINKED = 0.8


def declared_charset(content: bytes) -> str:
    """The charset a page names for itself in its first 4 KiB, or nothing."""
    match = _CHARSET.search(content[:4096])
    return (match[1] or match[2]).decode("ascii") if match else ""


def html_page(text: str, url: str = "") -> Page:
    """The article of a page. Raises `ReadError` when there is none."""
    import trafilatura

    found = trafilatura.bare_extraction(
        text,
        url=url or None,
        include_links=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATE,
        config=_config(),
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise ReadError("no article found on the page: save the article itself, or its text")
    writer = _Writer(url)
    writer.block(found.body)
    body = "".join(writer.pieces)
    if not _is_article(body, writer.links):
        raise ReadError("no article found on the page: save the article itself, or its text")
    meta = _meta(text, url)
    fields = {
        "title": found.title or "",
        "outlet": found.sitename or "",
        "url": meta.get("canonical") or found.url or url,
        "published": _published(found.date or "", meta),
        "author": found.author or "",
        "language": meta.get("html lang", ""),
    }
    return Page(body, fields, tuple(writer.links), meta)


def fragment_page(markup: str) -> Page:
    """The words of a piece of HTML, all of it article, as feeds carry it."""
    from lxml import html  # type: ignore[import-untyped]

    if not markup.strip():
        return Page("")
    try:
        tree = html.fragment_fromstring(clean(markup), create_parent="div")
    except (ValueError, html.etree.ParserError):
        return Page(clean(markup))
    writer = _Writer("")
    writer.block(tree)
    return Page("".join(writer.pieces), {}, tuple(writer.links))


def _joined(base: str, address: str) -> str:
    """`address` made whole; as it stands where it is no address at all."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()


def _is_article(body: str, links: list[Link]) -> bool:
    """Whether what was found is more than a menu: some length, and not all of it links."""
    linked = sum(link.end - link.start for link in links)
    return len(body.strip()) >= _LEAST_TEXT and linked < _MOST_LINKED * len(body)


@cache
def _config() -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORTEST)
    return config


def _published(date: str, meta: dict[str, str]) -> str:
    """`date` without a midnight that only means that no time of day was found."""
    exact = meta.get("datePublished") or meta.get("article:published_time", "")
    if exact[:10] == date[:10] and len(exact) > 10:
        return exact
    return re.sub(r"T00:00:00(?:\+00:?00)?$", "", date)


class _Writer:
    """Writes the words of an extracted tree one after another, keeping count of offsets."""

    def __init__(self, base: str) -> None:
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self._base = base
        self._at = 0
        self._gap = ""

    def block(self, element: Any) -> None:
        """Write `element`, its children and what stands between them."""
        separate = element.tag in _BLOCKS
        if separate:
            self._separate("\n\n")
        start = self._start()
        if element.tag in ("lb", "br"):
            self._separate("\n")
        self._write(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _UNSEEN:
                self.block(child)
            self._write(child.tail)
        target = element.get("target") if element.tag == "ref" else element.get("href")
        if target and self._at > start:
            self.links.append(Link(_joined(self._base, target), start, self._at))
        if separate:
            self._separate("\n\n")

    def _start(self) -> int:
        return self._at + (len(self._gap) if self.pieces else 0)

    def _separate(self, gap: str) -> None:
        self._gap = max(self._gap, gap, key=len)

    def _write(self, text: str | None) -> None:
        words = re.sub(r"\s+", " ", text or "")
        if self._gap or not self.pieces:
            words = words.lstrip(" ")
        if not words:
            return
        if self.pieces:
            words = self._gap + words
        self._gap = ""
        self.pieces.append(words)
        self._at += len(words)


def _meta(text: str, url: str) -> dict[str, str]:
    """What the page's head says: credits, canonical address, translations, JSON-LD."""
    from lxml import html

    try:
        tree = html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (ValueError, html.etree.ParserError):
        return {}
    meta: dict[str, str] = {}
    if tree.get("lang"):
        meta["html lang"] = tree.get("lang", "")
    for name, value in _head(tree, url):
        meta.setdefault(name, value[:1000])
    return meta


def _head(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    for tag in tree.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("http-equiv") or ""
        value = (tag.get("content") or "").strip()
        if value and (_CREDITS.fullmatch(name) or name == "article:published_time"):
            yield name.lower(), value
    for tag in tree.iter("link"):
        target = _joined(url, tag.get("href") or "")
        if (tag.get("rel") or "").lower() == "canonical" and target:
            yield "canonical", target
        elif tag.get("hreflang") and target:
            yield f"alternate:{tag.get('hreflang')}", target
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from _linked_data(script.text or "")


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return
    nodes = loaded if isinstance(loaded, list) else [loaded]
    for node in nodes:
        graph = node.get("@graph", [node]) if isinstance(node, dict) else []
        for item in graph if isinstance(graph, list) else []:
            if isinstance(item, dict) and "Article" in str(item.get("@type", "")):
                yield from _article(item)


def _article(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(item.get("datePublished"), str):
        yield "datePublished", item["datePublished"]
    for name in _LD_CREDITS:
        value = item.get(name)
        values = value if isinstance(value, list) else [value]
        said = [v.get("name") or v.get("url") or "" if isinstance(v, dict) else v for v in values]
        joined = ", ".join(str(one) for one in said if isinstance(one, str) and one)
        if joined:
            yield f"ld:{name}", joined
