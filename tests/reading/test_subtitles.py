"""Subtitles: cues become the sentences of a transcript, voices its paragraphs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document
from provenance.reading import read, read_bytes

NAMED = """WEBVTT

NOTE by hand

00:00:01.000 --> 00:00:04.000
<v Helen Marsh>We will not

00:00:04.200 --> 00:00:07.000 align:start
<v Helen Marsh>send <i>soldiers</i> to the strait.

00:00:07.200 --> 00:00:09.000
<v Paul Grey>A mistake.
"""
SUBRIP = """1
00:00:01,000 --> 00:00:04,000
Helen Marsh: We will not

2
00:00:04,200 --> 00:00:07,000
send <i>soldiers</i>
to the strait.

3
00:00:07,200 --> 00:00:09,000
- A mistake.
"""
ROLLING = """WEBVTT

00:00:01.000 --> 00:00:02.000
We will not

00:00:02.000 --> 00:00:04.000
We will not
send soldiers

00:00:04.000 --> 00:00:06.000
send soldiers
to the strait.
"""


def text(content: str) -> str:
    return read_bytes(content.encode(), source="a.vtt").text


def test_a_voice_opens_a_paragraph() -> None:
    said = "Helen Marsh: We will not send soldiers to the strait.\n\nPaul Grey: A mistake."
    assert text(NAMED) == said


def test_so_does_a_dash_or_a_name_where_no_voice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "talk"  # known by its bytes
    path.write_text(SUBRIP)
    (found,) = read(path)
    assert isinstance(found, Document)
    said = "Helen Marsh: We will not send soldiers to the strait.\n\n- A mistake."
    assert found.text == said


def test_live_captions_roll_and_no_line_comes_twice() -> None:
    assert text(ROLLING) == "We will not send soldiers to the strait."


def test_a_script_without_spaces_gets_none() -> None:
    chinese = NAMED.replace("We will not", "我们不会").replace("send <i>soldiers</i>", "派遣军队")
    assert "Helen Marsh: 我们不会派遣军队 to" in text(chinese)


def test_subtitles_of_nothing_are_told() -> None:
    with pytest.raises(ReadError, match="no subtitles"):
        text("WEBVTT\n\nNOTE nothing\n")


def test_more_cues_than_a_day_has_are_told() -> None:
    with pytest.raises(ReadError, match="over 20,000 cues"):
        text("WEBVTT\n\n" + "00:00.000 --> 00:01.000\na\n\n" * 20_001)


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(junk: str) -> None:
    for damaged in (f"WEBVTT\n\n{junk}", NAMED[:60] + junk + NAMED[60:], f"1\n{junk}"):
        try:
            text(damaged.encode(errors="replace").decode())
        except ReadError as error:
            assert "\n" not in str(error)
