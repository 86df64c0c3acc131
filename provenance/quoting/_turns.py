"""Turns of an interview or briefing: paragraphs that open with whose they are and a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from provenance.model import Span
from provenance.quoting._page import blocks
from provenance.quoting._particles import listed

# A label: up to six words, perhaps with an outlet in brackets, before a colon and words.
_LABEL = re.compile(
    r"\s*([^\W\d_][^:：\n.!?。！？]{0,60}(?:\.\s?[^:：\n.!?]{1,30}){0,2})[:：]\s*\S"
)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 6
# What opens a question of a Japanese or Chinese interview: "――工事はいつ終わりますか。"
_DASHED = "――"


def questions(text: str) -> tuple[Span, ...]:
    """The paragraphs in which somebody is asked, each before one that opens with a label too:
    the words of who asks, and of whom he cites, are not what the text reports."""
    turns = [(Span(start, end), _label(text[start:end])) for start, end in blocks(text)]
    askers = _askers(text, turns)
    return tuple(
        span
        for (span, label), (_, next_one) in pairwise(turns)
        if label and next_one and (label in askers or asks(label))
    )


def _askers(text: str, turns: Sequence[tuple[Span, str]]) -> frozenset[str]:
    """Labels of papers that ask: some of what they head ends in a question mark, and the gazetteer
    knows them ("Caixin: …?"), or all, and the text has them between marks ("«الخليج»")."""
    from provenance.naming import outlets

    asked: dict[str, list[bool]] = {}
    for span, label in turns:
        if label:
            ends = text[span.start : span.end].rstrip().endswith(("?", "？", "؟"))
            asked.setdefault(label, []).append(ends)
    return frozenset(
        label
        for label, ends in asked.items()
        if (all(ends) and _between_marks(label, text))
        or (any(ends) and outlets.lookup(label) is not None)
    )


def _between_marks(label: str, text: str) -> bool:
    return any(mark + label in text for mark in '«“„《「"')


# The first of the signs of Chinese, Japanese and Korean, whose nouns end in their heads.
_CJK = "\u2e80"


def within(asked: Sequence[Span], offset: int) -> bool:
    """Whether `offset` lies in one of the paragraphs `asked`."""
    return any(span.start <= offset < span.end for span in asked)


def asks(label: str) -> bool:
    """Whether a label is of who asks: "Question", "Вопрос", "路透社记者"."""
    if label == _DASHED:
        return True
    words = [word.casefold() for word in _WORD.findall(label)]
    ends = tuple(word for word in listed("asks") if word > _CJK and len(word) < 3)
    return bool(listed("asks").intersection(words)) or any(w.endswith(ends) for w in words[-1:])


def answers(label: str) -> bool:
    """Whether a label is of who answers and names nobody: "Answer", "Ответ"."""
    return label.casefold().strip() in listed("answers")


def _label(paragraph: str) -> str:
    """What a paragraph opens with before a colon, empty where that is more than a label."""
    if paragraph.startswith(("――", "──", "——")):
        return _DASHED
    found = _LABEL.match(paragraph)
    label = found.group(1) if found else ""
    return label if 0 < len(_WORD.findall(label)) <= _MOST else ""
