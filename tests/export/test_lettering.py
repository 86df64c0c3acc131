"""Lines that fit their room, whatever the script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.export.inert import one_line
from provenance.export.lettering import ELLIPSIS, right_to_left, width, wrapped

SIZE = 16.0


@given(text=st.text(max_size=300), room=st.floats(40, 600), most=st.integers(1, 8))
def test_lines_are_few_and_fit(text: str, room: float, most: int) -> None:
    lines = wrapped(one_line(text), SIZE, room, most)
    assert len(lines) <= most
    assert all(width(line, SIZE) <= room + 1e-6 for line in lines)


@given(text=st.text(max_size=300), room=st.floats(40, 600))
def test_nothing_is_lost_where_there_is_room(text: str, room: float) -> None:
    lines = wrapped(one_line(text), SIZE, room, 10_000)
    assert "".join("".join(lines).split()) == "".join(one_line(text).split())


def test_what_is_cut_says_so() -> None:
    (line,) = wrapped("one two three four five six seven", SIZE, 120, 1)
    assert line.endswith(ELLIPSIS)


def test_lines_break_at_spaces_and_between_chinese_letters() -> None:
    assert wrapped("several words here", SIZE, 80, 9) == ["several", "words", "here"]
    assert wrapped("我们不会派遣部队", SIZE, 4.2 * SIZE, 9) == ["我们不会", "派遣部队"]


def test_a_letter_keeps_its_marks() -> None:
    lines = wrapped("e\u0301" * 40, SIZE, 60, 40)
    assert all(not line.startswith("\u0301") for line in lines)


@pytest.mark.parametrize(
    ("text", "backward"),
    [("لن نرسل", True), ("«שלום»", True), ("“Hello”", False), ("15 000", False), ("", False)],
)
def test_the_first_letter_with_a_direction_decides(text: str, backward: bool) -> None:
    assert right_to_left(text) is backward
