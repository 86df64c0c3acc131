"""Text from outside is harmless in a terminal, and JSON stays the same JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from provenance.cli._output import dumps
from provenance.export.inert import one_line, visible


def test_terminal_escapes_are_spelt_out() -> None:
    assert visible("\x1b]0;owned\x07red") == "\\x1b]0;owned\\x07red"


def test_bidirectional_overrides_are_spelt_out() -> None:
    assert visible("user\u202etxt.exe") == "user\\u202etxt.exe"


def test_line_breaks_and_tabs_fold_in_one_line() -> None:
    assert one_line("one\n\ttwo   three") == "one two three"


def test_marks_stacked_over_other_lines_are_cut() -> None:
    assert visible("Z" + "\u0335\u0301" * 40 + "y") == "Z" + "\u0335\u0301" * 3 + "y"


def test_ordinary_text_of_any_script_is_left_alone() -> None:
    for text in ("Кир Стармер", "新华社", "وكالة الأنباء", "naïve façade", "بِسْمِ ٱللَّٰهِ", "שָׁלוֹם"):
        assert visible(text) == text


@given(st.text())
def test_what_is_visible_has_no_control_characters(text: str) -> None:
    shown = visible(text)
    assert not any(char == "\x1b" or 0x7F <= ord(char) < 0xA0 for char in shown)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_reads_back_as_what_was_written(text: str) -> None:
    written = dumps({"text": text})
    assert json.loads(written) == {"text": text}
    assert "\x1b" not in written
    assert "\u202e" not in written
