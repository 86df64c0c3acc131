"""PDF: the words of a press release, its lines made paragraphs again.

Characters come from PDFium in the order in which they are read, column by column. A PDF knows
lines, not paragraphs: a line is taken to end one where the next word would still have had room
in it. Arabic letters, which PDFs keep as drawn, come out in the wrong order with every library
tried, so such a file is refused: wrong words are no evidence.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from provenance.errors import ReadError
from provenance.reading._characters import clean
from provenance.reading._joining import between, joined
from provenance.reading._page import Page
from provenance.reading._pdfium import LOCKED, LONG

_MOST_PAGES = 1000  # of an article, or of a transcript of days
_SECONDS = 60  # a thousand pages of a book take ten
_PAGES = str(Path(__file__).with_name("_pdfium.py"))
_BY_HAND = "save its text first, for instance with pdftotext"
_NEEDED = "is a PDF: pip install pypdfium2 to read it, or save its text with pdftotext"
_LOCKED = "is a locked PDF: save a copy without its password"
_SCANNED = "is a PDF without text, a scan perhaps: recognise its text first, with ocrmypdf"
_BROKEN = f"is a broken PDF: {_BY_HAND}"
_ARABIC = "is a PDF in Arabic script, whose letters come in no sure order: save its text instead"
_ARABIC_LETTER = re.compile("[\u0620-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_MOST_ARABIC = 0.05  # of its characters: a name or two in a text that is otherwise read well
_DIVIDED = "\x02"  # how PDFium tells a hyphen and the end of the line after it
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010]$")
_AND = re.compile(r"(?:and|or|to|und|oder|bis)\b")  # after it the hyphen stays: “Vor- und Nachteil”
_FOLDED = re.compile(r"\d+")
_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
# Letters differ in width: what is this share of the longest lines had room for another word
# (lines inside a paragraph, in Latin, Cyrillic and Hebrew letters, are .87 to 1 of the longest).
_FULL = 0.85
_LONGEST = 0.95  # of lines ordered by length, the one that stands for the width of the column


def pdf_page(content: bytes) -> Page:
    """The page of a PDF. Raises `ReadError` where it is locked, broken, or has no text."""
    pages = [[line for line in page.split("\n") if line.strip()] for page in _texts(content)]
    lines = [" ".join(line.split()) for line in _without_furniture(pages)]
    if not lines:
        raise ReadError(_SCANNED)
    text = "\n\n".join(_paragraphs(lines))
    if len(_ARABIC_LETTER.findall(text)) > _MOST_ARABIC * len(text):
        raise ReadError(_ARABIC)
    return Page(text)


def _texts(content: bytes) -> list[str]:
    """The text of each page, a hyphen at a line's end as such."""
    if find_spec("pypdfium2") is None:
        raise ReadError(_NEEDED)
    try:
        done = subprocess.run(
            [sys.executable, "-P", _PAGES, str(_MOST_PAGES)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReadError(f"is a PDF that takes over {_SECONDS} seconds: {_BY_HAND}") from None
    if done.returncode == LOCKED:
        raise ReadError(_LOCKED)
    if done.returncode == LONG:
        raise ReadError(f"holds over {_MOST_PAGES:,} pages: split it")
    if done.returncode:
        raise ReadError(_BROKEN)
    return [clean(text.replace(_DIVIDED, "-\n")) for text in json.loads(done.stdout)]


def _without_furniture(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of all pages but for those that more than half of them begin or end with."""
    edges = Counter(line for page in pages for line in {_FOLDED.sub("0", x) for x in _edges(page)})
    for page in pages:
        for at, line in enumerate(page):
            outer = at < _EDGE or at >= len(page) - _EDGE
            if not (outer and len(pages) > 1 and edges[_FOLDED.sub("0", line)] > len(pages) / 2):
                yield line


def _edges(page: Sequence[str]) -> Sequence[str]:
    return [*page[:_EDGE], *page[-_EDGE:]]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    width = sorted(map(len, lines))[int(_LONGEST * (len(lines) - 1))]
    paragraph = lines[0]
    for last, line in pairwise(lines):
        if _ends(last, line, width):
            yield paragraph
            paragraph = line
        else:
            paragraph = _whole(paragraph, line)
    yield paragraph


def _ends(last: str, line: str, width: int) -> bool:
    """Whether `last` is a paragraph's last line: no clause goes on, and there was room for more."""
    if last.endswith((",", "，", "、", "-")) or line[0].islower():
        return False
    word = line.split(maxsplit=1)[0] if between(line) else line[0]
    return len(last) + 1 + len(word) < _FULL * width


def _whole(paragraph: str, line: str) -> str:
    """Two lines as one; a word that was divided between them is whole again.

    A hyphen goes where a small letter follows, for most were put there to divide a word.
    """
    if not _HYPHENATED.search(paragraph) or _AND.match(line):
        return joined(paragraph, line)
    return (paragraph[:-1] if line[0].islower() else paragraph) + line
