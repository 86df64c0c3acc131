"""A Telegram channel as its own site shows it (``t.me/s/name``): each post an article.

A post's snapshot is its piece of the page. Where it was forwarded from stands with it, as in
an export of the channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.model import Document, Unreadable
from provenance.reading._characters import decode
from provenance.reading._html import declared_charset, element_page, tree_of
from provenance.reading._kinds import PAGE
from provenance.reading._page import Clock, Page, document, snapshot

_POST = "tgme_widget_message"


def is_channel(content: bytes) -> bool:
    """Whether a page shows posts as Telegram does."""
    return b"data-post=" in content and f"{_POST}_text".encode() in content


def read_channel(
    content: bytes, source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    """Documents of the posts that have words, in the page's order; none of any other page.

    Raises `ReadError` when this is no page.
    """
    if not is_channel(content):
        return
    tree = tree_of(decode(content, declared_charset(content)).text)
    for post in tree.iter("div"):
        page = _page(post) if post.get("data-post") else Page("")
        if page.text.strip():
            yield document(page, snapshot(_markup(post), PAGE, source, clock()), defaults)


def _page(post: Any) -> Page:
    # A post that answers another holds the beginning of that one too, in a class of its own.
    texts = [element_page(part) for part in _parts(post, "text")]
    body = max(texts, key=lambda page: len(page.text), default=Page(""))
    forwarded = _words(post, "forwarded_from_name")
    fields = {
        "id": f"telegram-{post.get('data-post').replace('/', '-')}",
        "outlet": _words(post, "owner_name"),
        "url": f"https://t.me/{post.get('data-post')}",
        "published": next((time.get("datetime", "") for time in post.iter("time")), ""),
        "author": _words(post, "from_author"),
    }
    return Page(body.text, fields, body.links, {"forwarded source": forwarded} if forwarded else {})


def _parts(post: Any, name: str) -> Iterator[Any]:
    return (one for one in post.iter() if f"{_POST}_{name}" in (one.get("class") or "").split())


def _words(post: Any, name: str) -> str:
    return next((" ".join(part.text_content().split()) for part in _parts(post, name)), "")


def _markup(post: Any) -> bytes:
    from lxml import etree  # type: ignore[import-untyped]

    written: bytes = etree.tostring(post, encoding="utf-8", with_tail=False, method="html")
    return written
