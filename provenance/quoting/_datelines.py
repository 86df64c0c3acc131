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
    words = sentence.tokens
    bracketed = _past_brackets(sentence) if words[0].text in _BRACKETS else 0
    if bracketed:
        return bracketed
    if _wired(sentence):
        return 2
    for place in range(1, min(len(words) - 1, _DATELINE)):
        token, before = words[place], words[place - 1]
        if token.text in "-–—―" and before.text in ").":
            return _past_day(sentence, place + 1)
        struck = any(one.text == "/" for one in words[:place])
        if token.text == "/" and struck and place >= _WIRED and before.word:
            return place + 1  # "София, 5 октомври /БТА/"
        if token.text == ")" and _agency(sentence, place):
            return place + 1
    return 0


# How Korean and Japanese agencies open: "(도쿄=연합뉴스) 김수진 특파원 =", "【仙台共同】".
_BRACKETS = {"(": ")", "（": "）", "【": "】"}
_REPORTER = 8  # tokens of who wrote it, and where


def _past_brackets(sentence: Sentence) -> int:
    words, closing = sentence.tokens, _BRACKETS[sentence.tokens[0].text]
    near = range(1, min(len(words) - 1, _DATELINE))
    end = next((place for place in near if words[place].text == closing), 0)
    signed = closing == "】" or any(one.text == "=" for one in words[:end])
    if not end or not signed:
        return 0
    behind = range(end + 1, min(len(words) - 1, end + _REPORTER))
    return next((place for place in behind if words[place].text == "="), end) + 1


def _wired(sentence: Sentence) -> bool:
    """Whether an agency in capitals and a dash open a sentence behind the day: "Берлин. 4 мая.
    ИНТЕРФАКС - "."""
    words = sentence.tokens
    if sentence.opens_block or sentence.block or len(words) <= _WIRED:
        return False
    apart = words[0].end < words[1].start and words[1].text in "-–—―"
    return apart and words[0].text.isupper() and len(words[0].text) >= _WIRED


def _agency(sentence: Sentence, place: int) -> bool:
    """Whether an agency in brackets closes at token `place`, behind a place alone or one with a
    day, before the text: "Варна, 2 април (БТА) Заводът"."""
    opening, name, behind = (sentence.tokens[place + step] for step in (-2, -1, 1))
    before = sentence.tokens[: place - 2]
    dated = len(before) == 1 or any(one.text.isdigit() for one in before)
    named = opening.text == "(" and name.text.isupper() and name.word
    opens = behind.capital or sentence.quoted[place + 1] >= 0
    return bool(before) and before[0].capital and dated and named and opens


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
