"""E-mail: a press office's message as its words, its subject and the time it was sent.

Parsed by the standard library. The text part is the article, else the words of the HTML part;
attachments are not read. Whom it was sent to is in the snapshot and nowhere else.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from provenance.errors import ReadError
from provenance.reading._characters import decode
from provenance.reading._html import fragment_page
from provenance.reading._page import Page

# RFC 3676: in a flowed text a line that ends in a space goes on in the next; "-- " ends it all.
_FLOWED = re.compile(r"(?<!^--) \n(?=[^\s>])", re.MULTILINE)

# The library takes a sixth of a millisecond for each part; a newsletter has some dozens.
_MOST_PARTS = 10_000
# No header we read is longer; the library's time for one grows with its square, or faster.
_LONGEST_HEADER = 1_000

_registry = HeaderRegistry()
_POLICY = policy.default.clone(
    header_factory=lambda name, value: _registry(name, value[:_LONGEST_HEADER])
)


def mail_page(content: bytes) -> Page:
    """The page of a message (RFC 5322). Raises `ReadError` when it has no words."""
    if content.count(b"\n--") > _MOST_PARTS:
        raise ReadError(f"is an e-mail of over {_MOST_PARTS:,} parts: save its text instead")
    try:
        message = message_from_bytes(content, policy=_POLICY)
        body = message.get_body(("plain", "html"))
        page = _words(body) if body is not None else Page("")
    except (LookupError, ValueError, MessageError, RecursionError):
        raise ReadError("is a broken e-mail: save its text instead") from None
    if not page.text.strip():
        raise ReadError("is an e-mail without text: save what is attached to it as a file")
    sender = _header(message, "from")
    fields = {
        "title": _header(message, "subject"),
        "published": _header(message, "date"),
        "author": parseaddr(sender)[0],
    }
    return Page(page.text, fields, page.links, {"from": sender} if sender else {})


def _words(part: MIMEPart) -> Page:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if not content.strip():
        return Page("")
    text = decode(content, part.get_content_charset() or "").text
    if part.get_content_type() == "text/html":
        return fragment_page(text)
    return Page(_FLOWED.sub(" ", text) if part.get_param("format") == "flowed" else text)


def _header(message: EmailMessage, name: str) -> str:
    """A header in one line; empty where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    # What the library's parser trips over.
    except (ValueError, IndexError, AttributeError, RecursionError):
        return ""
