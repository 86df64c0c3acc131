"""A text cut at its marks: nothing lost, nothing twice, everything marked that is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.explore._marking import Mark, Piece, paragraphs, pieces, window


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text("ab \n", max_size=60))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, st.sampled_from("xyz")), max_size=8))
    return text, [Mark(min(a, b), max(a, b), kind) for a, b, kind in spans]


@given(marked())
def test_pieces_are_the_text_and_know_what_they_are(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    at = 0
    for piece in pieces(text, marks):
        assert text.startswith(piece.text, at)
        here = {m.kind for m in marks if m.start <= at and m.end >= at + len(piece.text)}
        assert set(piece.kinds.split()) == {kind for kind in here if piece.text}
        at += len(piece.text)
    assert at == len(text)


@given(marked())
def test_paragraphs_hold_all_that_is_not_white(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    found = "".join(piece.text for one in paragraphs(text, marks) for piece in one)
    assert "".join(found.split()) == "".join(text.split())


def test_a_mark_says_what_it_is_and_where_it_leads() -> None:
    marks = [Mark(0, 3, "speaker", "who said it"), Mark(2, 5, "other", "quote 2", "/2")]
    assert pieces("abcdef", marks) == [
        Piece("ab", "speaker", "who said it", ""),
        Piece("c", "speaker other", "who said it; quote 2", "/2"),
        Piece("de", "other", "quote 2", "/2"),
        Piece("f"),
    ]


@given(
    text=st.text("ab \n", max_size=300),
    at=st.integers(0, 300),
    size=st.integers(0, 40),
    around=st.integers(0, 60),
)
def test_a_window_holds_what_it_is_about_and_not_much_more(
    text: str, at: int, size: int, around: int
) -> None:
    start = min(at, len(text))
    end = min(start + size, len(text))
    first, last = window(text, start, end, around)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert start - first <= 2 * around + 1
    assert last - end <= 2 * around + 1


def test_a_window_is_cut_between_paragraphs() -> None:
    text = "one\ntwo two two\nthe quote\nfour four\nfive"
    start = text.index("the quote")
    first, last = window(text, start, start + 9, 8)
    assert text[first:last] == "two two two\nthe quote\nfour four"
