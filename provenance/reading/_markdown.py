"""Plain text and Markdown, with or without front matter.

Front matter is the block between two ``---`` lines at the top, one ``key: value`` a line:
the flat part of YAML that articles use, read by a small safe parser. A block it cannot
read is left in the text, where a person will see it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import Link
from provenance.reading._joining import between
from provenance.reading._page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n(?P<block>(?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w. -]{0,60}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)|[ \t]+(?P<more>\S.*)")
_QUOTED = re.compile(r"""(?P<mark>['"])(?P<inside>.*)(?P=mark)\s*(?:#.*)?""")
_NOTHING = frozenset(("|", ">", "|-", ">-", "null", "~"))
# Nobody writes Markdown of this length by hand, and a hostile one takes seconds.
_LONGEST = 300_000


def plain_page(text: str) -> Page:
    """The page of a plain text: its front matter as fields, the rest untouched."""
    fields, body = front_matter(text)
    return Page(body, fields)


def markdown_page(text: str) -> Page:
    """The page of a Markdown text: words without markup, paragraphs a blank line apart."""
    from markdown_it import MarkdownIt

    fields, body = front_matter(text)
    if len(body) > _LONGEST:
        return Page(body, fields)
    writer = _Writer()
    writer.blocks(MarkdownIt("commonmark").parse(body))
    if writer.heading and not fields.get("title"):
        fields = {**fields, "title": writer.heading}
    return Page("".join(writer.pieces), fields, tuple(writer.links))


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Fields of the block at the top of `text`, and the text after it.

    Lists become their items joined by commas, quotation marks around a value go,
    comments go. Without a readable block: no fields, the text as it was.
    """
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    fields = _entries(match["block"])
    if fields is None:
        return {}, text
    return fields, text[match.end() :].lstrip("\n")


def _entries(block: str) -> dict[str, str] | None:
    fields: dict[str, str] = {}
    key = ""
    for line in block.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line)
        item = None if entry else _ITEM.fullmatch(line)
        if entry:
            key = entry["key"].strip().lower()
            fields[key] = _value(entry["value"] or "")
        elif item and key:
            more = _value(item["value"] or item["more"] or "")
            fields[key] = f"{fields[key]}, {more}" if fields[key] else more
        else:
            return None
    return fields or None


def _value(written: str) -> str:
    quoted = _QUOTED.fullmatch(written.strip())
    if quoted:
        inside = quoted["inside"]
        return inside.replace("''", "'") if quoted["mark"] == "'" else inside.replace('\\"', '"')
    value = re.split(r"(?:^|\s)#", written.strip(), maxsplit=1)[0].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_value(part) for part in value[1:-1].split(","))
    return "" if value in _NOTHING else value


# A line that opens a turn of an interview: a dash, or a word or three and a colon.
_TURN = re.compile(r"[—–]\s|(?:[^\W\d_][^\s:：]{0,30} ?){1,3}[:：]\s*[^\W\d_]")


class _Writer:
    """Writes the words of parsed Markdown one after another, keeping count of offsets."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.heading = ""
        self._at = 0
        self._open: list[tuple[str, int]] = []

    def blocks(self, tokens: Sequence[Token]) -> None:
        previous = ""
        for token in tokens:
            if token.type == "inline":
                if previous != "list_item_open":
                    self._separate()
                start = len(self.pieces)
                self._inline(token.children or [])
                if previous == "heading_open" and not self.heading:
                    self.heading = "".join(self.pieces[start:])
            elif token.type == "list_item_open":
                # Kept, for a dash at the start of a line is often somebody speaking.
                self._separate()
                self._write("- " if token.markup in "-*+" else f"{token.info}{token.markup} ")
            elif token.type in ("fence", "code_block", "html_block"):
                self._separate()
                self._write(token.content.strip("\n"))
            if token.type != "paragraph_open":
                previous = token.type

    def _inline(self, tokens: Sequence[Token]) -> None:
        for place, token in enumerate(tokens):
            if token.type == "link_open":
                self._open.append((str(token.attrGet("href") or ""), self._at))
            elif token.type == "link_close" and self._open:
                url, start = self._open.pop()
                self.links.append(Link(url, start, self._at))
            elif token.type == "softbreak":
                behind = "".join(one.content for one in tokens[place + 1 : place + 2])
                if _TURN.match(behind):
                    self._write("\n")
                else:
                    self._soft_break()
            elif token.type == "hardbreak":
                self._write("\n")
            elif token.type in ("text", "code_inline"):
                self._write(token.content)

    def _soft_break(self) -> None:
        self._write(between(self.pieces[-1] if self.pieces else ""))

    def _separate(self) -> None:
        if self.pieces:
            self._write("\n\n")

    def _write(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self._at += len(text)
