"""A channel as Telegram Desktop exports it (``result.json``): each message an article.

A message's snapshot is its own JSON. What was forwarded keeps the name of where it is from,
which is how the origin of a document comes to know of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from provenance.errors import ReadError
from provenance.model import Document, Link, Unreadable
from provenance.reading._characters import clean
from provenance.reading._kinds import RECORDS
from provenance.reading._page import Clock, Page, document, snapshot

_ACCOUNT = 'holds all chats of an account: export one channel ("Export chat history")'
_SILENT = "holds no messages with text"


def is_chat(loaded: Any) -> bool:
    """Whether parsed JSON is an export of a chat, or of all of an account."""
    return isinstance(loaded, dict) and (
        isinstance(loaded.get("messages"), list) or isinstance(loaded.get("chats"), dict)
    )


def read_chat(
    chat: Mapping[str, Any], source: str, defaults: Mapping[str, str], clock: Clock
) -> Iterator[Document | Unreadable]:
    """Documents of the messages that have words. Raises `ReadError` where none has."""
    if "messages" not in chat:
        raise ReadError(_ACCOUNT)
    silent = True
    for message in chat["messages"]:
        page = _page(message, chat) if isinstance(message, dict) else Page("")
        if page.text.strip():
            silent = False
            own = json.dumps(message, ensure_ascii=False).encode("utf-8", errors="replace")
            yield document(page, snapshot(own, RECORDS, source, clock()), defaults)
    if silent:
        raise ReadError(_SILENT)


def _page(message: Mapping[str, Any], chat: Mapping[str, Any]) -> Page:
    text, links = _words(message.get("text"))
    outlet, author = _text(chat.get("name")), _text(message.get("from"))
    fields = {
        "id": f"telegram-{_text(chat.get('id'))}-{_text(message.get('id'))}",
        "outlet": outlet,
        "published": _sent(message),
        "author": author if author != outlet else "",
    }
    forwarded = _text(message.get("forwarded_from"))
    return Page(text, fields, links, {"forwarded source": forwarded} if forwarded else {})


def _words(written: Any) -> tuple[str, tuple[Link, ...]]:
    """The words of a message, which come plain or in pieces, and the links among them."""
    text, links = "", []
    for piece in written if isinstance(written, list) else [written]:
        of = piece if isinstance(piece, dict) else {"text": piece}
        start, text = len(text), text + clean(_text(of.get("text")))
        address = _text(of.get("href")) or (text[start:] if of.get("type") == "link" else "")
        if address and start < len(text):
            links.append(Link(address, start, len(text)))
    return text, tuple(links)


def _sent(message: Mapping[str, Any]) -> str:
    """When it was sent, in UTC; as the export's own clock has it where there is no such time."""
    try:
        return datetime.fromtimestamp(int(message["date_unixtime"]), UTC).isoformat()
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return _text(message.get("date"))


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
