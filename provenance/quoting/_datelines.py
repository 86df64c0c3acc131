"""Where a sentence begins behind its dateline: "OSLO, 5 May (Reuters) - "."""

from __future__ import annotations

from provenance.quoting._page import Sentence

# Tokens of a place in capitals with its day: "REGGIO EMILIA, 02 GIU".
_DAY = 9
_WIRED = 3  # tokens of a place and a day, at least, before an agency between strokes
# Tokens of a dateline: place, day, month, agency and their marks.
_DATELINE = 14


def past_dateline(sentence: Sentence) -> int:
    """The token after "ANKARA, 2 Mart (Reuters) -" at the head of `sentence`, 0 without one."""
    for place in range(1, min(len(sentence.tokens) - 1, _DATELINE)):
        token, before = sentence.tokens[place], sentence.tokens[place - 1]
        if token.text in "-–—―" and before.text in ").":
            return _past_day(sentence, place + 1)
        struck = any(one.text == "/" for one in sentence.tokens[:place])
        if token.text == "/" and struck and place > _WIRED and before.word:
            return place + 1  # "София, 5 октомври /БТА/"
    return 0


def _past_day(sentence: Sentence, first: int) -> int:
    """Past where and when behind an agency: "(ANSA) - ROMA, 02 GIU - "."""
    for place in range(first, min(len(sentence.tokens) - 1, first + _DAY)):
        token = sentence.tokens[place]
        if token.text in "-–—―" and sentence.tokens[place - 1].end < token.start:
            return place + 1 if place > first + 1 else first
        if sentence.quoted[place] >= 0 or not (
            token.text.isupper() or token.text.isdigit() or token.text in ",.-'"
        ):
            break
    return first
