"""Sentences of a text as spans: where one ends, in any script."""

from __future__ import annotations

import re

from provenance.model import Span

_END = re.compile(r"[.!?…。！？؟۔]+[\"'»”“’)\]]*(?=\s|$)|[。！？]|\n\s*\n")


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """Sentence spans of `text`, in order, trimmed of white space, never overlapping."""
    spans: list[Span] = []
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece.rstrip())))
        start = end
    return tuple(spans)
