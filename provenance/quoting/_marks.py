"""Quotation marks of the world, paired: which passages stand between them.

One pass with a bounded stack, so a text of nothing but opening marks costs what any other
text does. Marks that serve as both sides (" ' and, between languages, “ » ’) are told
apart by the white space and punctuation around them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOSERS = {
    "“": '”"“',
    "„": '“”"‟',
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‚": "‘’'",
    "‘": "’'",
    "「": "」",
    "『": "』",
    "〝": "〟〞",
    "﹁": "﹂",
    "﹃": "﹄",
    "《": "》",
    "＂": "＂",
    '"': '"”“',
    "״": "״",
    "'": "'’",
    "<<": ">>",
}
_MARK = re.compile("<<|>>|[\"״'“”„‟«»‹›‚‘’「」『』〝〟〞﹁﹂﹃﹄《》＂]")
_SINGLE = frozenset("'‘’‚")
_ONLY_OPEN = frozenset({"„", "‚", "「", "『", "〝", "﹁", "﹃", "《", "<<"})
_ONLY_CLOSE = frozenset({"」", "』", "〟", "〞", "﹂", "﹄", "》", ">>"})
# Titles of works: kept as passages so that nothing else reads them, never speech.
TITLE_MARKS = frozenset("《")
# Deeper nesting than four does not occur in print; the bound keeps hostile text linear.
_DEPTH = 6


class Marked(NamedTuple):
    """A passage between marks: inside at ``start:end``, marks and all at ``outer``.

    `depth` is 0 for a passage in no other, `closed` False when the block ended first.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    mark: str
    closed: bool = True


class _Open(NamedTuple):
    mark: str
    start: int
    end: int


def marked(text: str, start: int, end: int) -> list[Marked]:
    """Passages between quotation marks in the block ``text[start:end]``, in text order."""
    stack: list[_Open] = []
    passages: list[Marked] = []
    for match in _MARK.finditer(text, start, end):
        if match.group() in _GERSHAYIM and _shortens(text, match.start()):
            continue
        found = _Open(match.group(), match.start(), match.end())
        opener = _opened_by(stack, found, text, start, end)
        if opener is not None:
            begun = stack[opener]
            del stack[opener:]
            passages.append(
                Marked(begun.end, found.start, begun.start, found.end, opener, begun.mark)
            )
        elif _opens(found, text, start, end) and len(stack) < _DEPTH:
            stack.append(found)
    passages.extend(_unfinished(stack, passages, text, end))
    return _settle([_inward(text, passage) for passage in passages])


def _shortens(text: str, at: int) -> bool:
    """Whether the mark at `at` stands before the last letter of a Hebrew acronym: צה"ל."""
    return bool(_ACRONYM.match(text, at)) and "א" <= text[at - 1 : at] <= "ת"


_GERSHAYIM = frozenset('"״')
_ACRONYM = re.compile('["״][א-ת](?:ית|ים|ות|יות|[יהו])?(?![א-ת])')


def _prefixed(text: str, at: int) -> bool:
    """Whether one Hebrew letter, a particle, stands before the mark at `at`: ב"הארץ"."""
    return at > 0 and text[at - 1] in "בהוכלמש" and not (at > 1 and text[at - 2].isalnum())


def _inward(text: str, passage: Marked) -> Marked:
    """`passage` without the white space that some languages set inside the marks."""
    start, end = passage.start, passage.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return passage._replace(start=start, end=end)


def _settle(passages: list[Marked]) -> list[Marked]:
    """In text order, depths counted anew, since an opener never closed holds nothing."""
    passages.sort(key=lambda passage: (passage.outer_start, -passage.outer_end))
    settled: list[Marked] = []
    around: list[int] = []
    for passage in passages:
        while around and around[-1] <= passage.outer_start:
            around.pop()
        if passage.end > passage.start:
            settled.append(passage._replace(depth=len(around)))
            around.append(passage.outer_end)
    return settled


def _opened_by(stack: list[_Open], mark: _Open, text: str, start: int, end: int) -> int | None:
    """The place on the stack of the opener that `mark` closes, if it closes one."""
    if mark.mark in _ONLY_OPEN or not stack:
        return None
    for place in range(len(stack) - 1, -1, -1):
        if mark.mark in _CLOSERS.get(stack[place].mark, ""):
            return place if _closes(stack[place], mark, text, start, end) else None
    return None


def _closes(opener: _Open, mark: _Open, text: str, start: int, end: int) -> bool:
    if mark.mark in _ONLY_CLOSE or (mark.mark in "”»«›‹" and opener.mark != mark.mark):
        return True
    after = text[mark.end] if mark.end < end else " "
    before = text[mark.start - 1] if mark.start > start else " "
    if mark.mark in _SINGLE:
        return not after.isalnum() and not before.isspace()
    if opener.mark == "„":
        return True
    return not (before.isspace() and after.isalnum())


def _opens(mark: _Open, text: str, start: int, end: int) -> bool:
    if mark.mark in _ONLY_OPEN or mark.mark == "«":
        return True
    if mark.mark in _ONLY_CLOSE:
        return False
    after = text[mark.end] if mark.end < end else " "
    before = text[mark.start - 1] if mark.start > start else " "
    if mark.mark == "’" or (mark.mark in "'”»›" and after.isspace()):
        return False
    prefixed = mark.mark in _GERSHAYIM and _prefixed(text, mark.start)
    free = prefixed or (not before.isalnum() and before not in ".,;!?%")
    return free and not after.isspace() if mark.mark in "'\"״”»›" else not after.isspace()


def _unfinished(stack: list[_Open], passages: list[Marked], text: str, end: int) -> list[Marked]:
    """A double mark never closed: to a straight mark that can only close, as in careless print,
    else to the end of its block when it opens the block, or when the next block opens with the
    same mark, as quotations of several paragraphs do."""
    for opener in stack[:1]:
        if opener.mark in _SINGLE:
            continue
        stray = _stray(passages, text, opener, end)
        if stray is not None:
            return [Marked(opener.end, stray, opener.start, stray + 1, 0, opener.mark)]
        opened = _opens_block(text, opener) or _cut_off(text, opener, end)
        if opened or _reopened(text, end, opener.mark):
            return [Marked(opener.end, end, opener.start, end, 0, opener.mark, closed=False)]
    return []


def _cut_off(text: str, opener: _Open, end: int) -> bool:
    """Whether a mark that can only open stands right behind a colon, and little follows:
    speech cut off. Where much does, the mark that closes was lost within it."""
    before = text[max(0, opener.start - 3) : opener.start].rstrip()
    near = end - opener.end <= _LONGEST_CUT_OFF
    return near and opener.mark in _DIRECTED and before.endswith((":", "："))


# Characters: what is cut off in news is one saying; a longer rest holds other text.
_LONGEST_CUT_OFF = 500
_DIRECTED = frozenset("«“„「『")


def _opens_block(text: str, opener: _Open) -> bool:
    """Whether nothing but marks and spaces stands before `opener` on its line."""
    place = opener.start - 1
    while place >= 0 and text[place] != "\n" and not text[place].isalnum():
        if text[place] in _CLOSERS:
            return False
        place -= 1
    return place < 0 or text[place] == "\n"


def _stray(passages: list[Marked], text: str, opener: _Open, end: int) -> int | None:
    """Where a straight mark no passage ends with closes what `opener` began."""
    taken = {one.outer_end - 1 for one in passages}
    place = text.find('"', opener.end, end)
    while place >= 0:
        after = text[place + 1] if place + 1 < end else " "
        if place not in taken and not text[place - 1].isspace() and not after.isalnum():
            return place
        place = text.find('"', place + 1, end)
    return None


def _reopened(text: str, end: int, mark: str) -> bool:
    """Whether the text after `end` begins with `mark`."""
    place = end
    while place < len(text) and text[place].isspace():
        place += 1
    return text.startswith(mark, place)
