"""Web pages: the article through trafilatura, links in place, credits as evidence.

trafilatura decides what is article and what is furniture. We walk the tree it returns
ourselves, so that paragraphs stay apart and every link keeps its place in the text.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from provenance.errors import ReadError
from provenance.model import Link
from provenance.reading._characters import clean
from provenance.reading._head import joined, statements
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
# A date is taken from what the page says of itself, with its time of day, and the first
# publication before an update; not from dates the article mentions.
_DATE = {
    "outputformat": "%Y-%m-%dT%H:%M:%S%z",
    "extensive_search": False,
    "original_date": True,
}
# trafilatura takes a page under 250 characters for empty; sixty Chinese characters are
# a paragraph of news. Found on short pages; below 60, cookie notices come through.
_SHORTEST = "60"
# The shortest news item seen is a sentence; a page four fifths of which are links is an index.
_LEAST_TEXT = 20
_MOST_LINKED = 0.8
# A news page has one to five thousand elements, with comments twenty; trafilatura needs
# seconds for each ten thousand more.
_MOST_ELEMENTS = 30_000
# The parser compares each attribute of a tag with all before it: 200,000 take it minutes, and
# no signal stops it. A tag of a page has some dozens.
_MOST_ATTRIBUTES = 2_000
_TAG = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
_ATTRIBUTE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')|(?<![\s/])[\s/]++[^\s/=]""")
_REFERENCE = re.compile(r"&#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,8});?")
# What XML cannot hold, which trafilatura's trees are; a reference to it is read as a space.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]?")
_NONE = "no article found on the page: save the article itself, or its text"


def declared_charset(content: bytes) -> str:
    """The charset a page names for itself in its first 4 KiB, or nothing."""
    match = _CHARSET.search(content[:4096])
    return (match[1] or match[2]).decode("ascii") if match else ""


def html_page(text: str, url: str = "") -> Page:
    """The article of a page found at `url`. Raises `ReadError` when there is none.

    The language a page states is kept in `meta`, not believed: templates lie about it.
    """
    tree = tree_of(text)
    meta = statements(tree, url)
    found = _extracted(tree, url)
    if found is None or found.body is None:
        raise ReadError(_NONE)
    writer = _Writer(url)
    writer.block(found.body)
    body = "".join(writer.pieces)
    if not _is_article(body, writer.links):
        raise ReadError(_NONE)
    fields = {
        "title": found.title or "",
        "outlet": _outlet(found.sitename or "", found.hostname or ""),
        "url": _address(url, meta.get("canonical") or found.url or ""),
        "published": _published(found.date or "", meta),
        "author": found.author or "",
    }
    return Page(body, fields, tuple(writer.links), meta)


def fragment_page(markup: str, base: str = "") -> Page:
    """The words of a piece of HTML found at `base`, all of it article, as feeds carry it.

    Raises `ReadError` where it cannot be parsed in bounded time.
    """
    from lxml import html  # type: ignore[import-untyped]

    if not markup.strip():
        return Page("")
    try:
        tree = html.fragment_fromstring(_parseable(clean(markup)), create_parent="div")
    except (ValueError, html.etree.ParserError):
        return Page(clean(markup))
    return element_page(tree, base)


def element_page(element: Any, base: str = "") -> Page:
    """The words of a parsed piece of HTML found at `base`, all of it article."""
    writer = _Writer(base)
    writer.block(element)
    return Page("".join(writer.pieces).rstrip(), {}, tuple(writer.links))


def tree_of(text: str) -> Any:
    """A page parsed. Raises `ReadError` when it cannot be, or is far too large."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")
    try:
        content = _parseable(text).encode("utf-8", errors="replace")
        tree = html.document_fromstring(content, parser=parser)
    except (ValueError, html.etree.ParserError):
        raise ReadError(_NONE) from None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise ReadError(f"a page of more than {_MOST_ELEMENTS:,} elements: save its text instead")
    return tree


def _parseable(markup: str) -> str:
    """`markup` as the parser can take it. Raises `ReadError` where a tag would hold it up."""
    long = (tag[0] for tag in _TAG.finditer(markup) if len(tag[0]) > _MOST_ATTRIBUTES)
    if any(len(_ATTRIBUTE.findall(tag)) > _MOST_ATTRIBUTES for tag in long):
        raise ReadError("holds a tag of a thousand attributes: save its text instead")
    return _REFERENCE.sub(_holdable, markup)


def _holdable(reference: re.Match[str]) -> str:
    return " " if _UNHOLDABLE.fullmatch(unescape(reference[0])) else reference[0]


def _extracted(tree: Any, url: str) -> Any:
    import trafilatura

    # Its warnings are about its own steps; what they come to is told in one line by us.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url or None,
            include_links=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATE),
            config=_config(),
        )
    except Exception as error:  # a page can break any of its hundred heuristics
        raise ReadError(f"{_NONE} ({type(error).__name__})") from None


def _address(url: str, stated: str) -> str:
    """Where the document is: at `stated`, unless that is somewhere else altogether.

    A canonical address on another site says where the text comes from, not where it is.
    """
    if not stated.startswith(("http://", "https://")):
        return url
    try:
        elsewhere = url and urlsplit(url).hostname != urlsplit(stated).hostname
    except ValueError:
        return url
    return url if elsewhere else stated


def _outlet(site: str, host: str) -> str:
    """`site` where it is a name; a bare host name is the address over again."""
    return "" if site.lower().removeprefix("www.") == host.lower().removeprefix("www.") else site


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
        first, at = len(self.pieces), self._at
        if element.tag in ("lb", "br"):
            self._separate("\n")
        self._write(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _UNSEEN:
                self.block(child)
            self._write(child.tail)
        target = element.get("target") if element.tag == "ref" else element.get("href")
        if target:
            self._link(target, "".join(self.pieces[first:]), at)
        if separate:
            self._separate("\n\n")

    def _link(self, target: str, anchor: str, at: int) -> None:
        """Remember the link whose `anchor` was written from `at` on, unless that is blank."""
        words = anchor.strip()
        if words:
            start = at + anchor.index(words)
            self.links.append(Link(joined(self._base, target), start, start + len(words)))

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
