"""Which format some bytes are in: by what the server says, the name, then the bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from provenance.reading._lines import looks_like_lines

# File name endings of the formats read here; a folder is searched for these.
_BY_SUFFIX = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
}
KNOWN = frozenset(_BY_SUFFIX)
_DECLARED = frozenset(_BY_SUFFIX.values()) - {"text/plain"}
_OTHER_NAMES = {
    "application/xhtml+xml": "text/html",
    "application/jsonl": "application/x-ndjson",
    "application/x-jsonlines": "application/x-ndjson",
}
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(content: bytes, source: str, media_type: str) -> str:
    """The media type of `content`, judged in that order; ``text/plain`` when nothing says more.

    Servers call anything ``text/plain``, so that alone is not believed.
    """
    declared = _OTHER_NAMES.get(media_type, media_type)
    if declared in _DECLARED or declared == "application/json":
        return declared
    name = PurePath(source.removesuffix(".gz").removesuffix(".xz"))
    by_name = "" if "://" in source else _BY_SUFFIX.get(name.suffix.lower(), "")
    if by_name and by_name != "text/plain":
        return by_name
    if name.suffix.lower() == ".json":
        return "application/json"
    head = content[:65536].removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head[:4096]):
        return "text/html"
    if not by_name and looks_like_lines(head):
        return "application/x-ndjson"
    return "text/plain"
