"""Which format some bytes are in: by what the server says, the name, then the bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

TEXT = "text/plain"
MARKDOWN = "text/markdown"
PAGE = "text/html"
LINES = "application/x-ndjson"
RECORDS = "application/json"
FEED = "application/feed+xml"
ARCHIVE = "application/warc"
MAIL = "message/rfc822"
SUBTITLES = "text/vtt"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The formats that may hold several articles.
MANY = frozenset((LINES, RECORDS, FEED, ARCHIVE))

_BY_SUFFIX = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".rss": FEED,
    ".atom": FEED,
    ".xml": FEED,
    ".warc": ARCHIVE,
    ".eml": MAIL,
    ".vtt": SUBTITLES,
    ".srt": SUBTITLES,
    ".pdf": PDF,
    ".docx": WORD,
}
# What a folder is searched for. JSON is not among it: most of what lies beside articles
# in it is about them, not one of them.
KNOWN = tuple(_BY_SUFFIX)
_PACKED = (".gz", ".xz")
# Servers call anything text/plain, so that is not believed.
_DECLARED = {
    MARKDOWN: MARKDOWN,
    PAGE: PAGE,
    LINES: LINES,
    RECORDS: RECORDS,
    FEED: FEED,
    ARCHIVE: ARCHIVE,
    MAIL: MAIL,
    SUBTITLES: SUBTITLES,
    "application/x-subrip": SUBTITLES,
    "application/xhtml+xml": PAGE,
    "application/jsonl": LINES,
    "application/x-jsonlines": LINES,
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "application/xml": FEED,
    "text/xml": FEED,
}

_START = (
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--.{0,2000}?-->\s{0,200})?"
)
_IS_PAGE = re.compile(
    _START + rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_IS_FEED = re.compile(_START + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_IS_SUBTITLES = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT\b|\s{0,64}\d{1,9}\r?\n[\d:]{5,12},\d{3} --> )"
)
_IS_ARCHIVE = re.compile(rb"WARC/1\.\d\r?\n")
# No article begins like this. The line may be longer than what can be peeked at.
_IS_LINES = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,64}\{[ \t]*"(?:[^"\\\n]|\\.){0,100}"[ \t]*:')

# What a file is whatever it is called, and what it is where no name or server says.
_BY_START = ((_IS_PAGE, PAGE), (re.compile(rb"%PDF-"), PDF), (re.compile(rb"PK\x03\x04"), WORD))
_PERHAPS = (
    (_IS_FEED, FEED),
    (_IS_ARCHIVE, ARCHIVE),
    (_IS_SUBTITLES, SUBTITLES),
    (_IS_LINES, LINES),
)


def kind_of(content: bytes, source: str, media_type: str = "") -> str:
    """The media type of the bytes that begin with `content`; plain text when nothing says more.

    `source` is a path or address, `media_type` what a server declared.
    """
    for pattern, kind in _BY_START:
        if pattern.match(content):
            return kind
    declared = _DECLARED.get(media_type.lower(), "") or named(source)
    if declared and declared != TEXT:
        return declared
    for pattern, kind in _PERHAPS:
        if pattern.match(content):
            return kind
    return TEXT


def named(source: str) -> str:
    """The format the name of a file promises; nothing for an address or an unknown ending."""
    if "://" in source:
        return ""
    path = PurePath(source)
    suffix = (path.with_suffix("") if path.suffix in _PACKED else path).suffix.lower()
    return RECORDS if suffix == ".json" else _BY_SUFFIX.get(suffix, "")
