"""Subtitles (WebVTT, SubRip): what was said in a recording, as a transcript.

Parsed by webvtt-py. Cues follow each other as sentences do; another voice begins another
paragraph, which its name and a colon open, as in a printed interview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from io import StringIO

from provenance.errors import ReadError
from provenance.reading._joining import joined
from provenance.reading._page import Page

# How the next speaker is marked where no voice is named: a dash, two arrows, or a name in front.
_TURN = re.compile(r"(?:[-–—]\s|>>|[^\W\d_][\w .'’-]{1,40}:\s)")
_MARKUP = re.compile(r"</?[a-z][^<>]{0,100}>|\{\\[^{}]{0,100}\}", re.IGNORECASE)

# A cue lasts some seconds, so this is a day of talk; webvtt-py takes three seconds for it.
_MOST_CUES = 20_000


def subtitles_page(text: str) -> Page:
    """The transcript of subtitles. Raises `ReadError` when they hold none, or far too many."""
    if text.count("-->") > _MOST_CUES:
        raise ReadError(f"holds over {_MOST_CUES:,} cues: split it")
    paragraphs: list[str] = []
    before = ""
    for voice, said in _cues(text):
        begins = voice != before if voice or before else bool(_TURN.match(said))
        if begins or not paragraphs:
            paragraphs.append(f"{voice}: {said}" if voice else said)
        else:
            paragraphs[-1] = joined(paragraphs[-1], said)
        before = voice
    if not paragraphs:
        raise ReadError("holds no subtitles: save the transcript as text")
    return Page("\n\n".join(paragraphs))


def _cues(text: str) -> Iterator[tuple[str, str]]:
    """Who speaks, where that is said, and the words of each cue that were not in the last."""
    import webvtt

    kind = "vtt" if text.lstrip("\ufeff \n").startswith("WEBVTT") else "srt"
    try:
        found = webvtt.from_buffer(StringIO(text), format=kind)
    except webvtt.errors.MalformedFileError:
        raise ReadError("broken subtitles: save the transcript as text") from None
    last: list[str] = []
    for cue in found.captions:
        lines = [" ".join(_MARKUP.sub("", line).split()) for line in cue.text.splitlines()]
        lines = [line for line in lines if line]
        new = lines[_rolled(last, lines) :]
        last = lines
        if new:
            yield cue.voice or "", reduce(joined, new)


def _rolled(last: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines a cue begins with that the last one ended with: live captions roll."""
    longest = min(len(last), len(lines))
    return next((n for n in range(longest, 0, -1) if last[-n:] == lines[:n]), 0)
