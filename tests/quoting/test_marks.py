"""Quotation marks are paired in every style of print."""

from __future__ import annotations

import pytest

from provenance.quoting._marks import marked


def _inside(text: str) -> list[str]:
    return [text[one.start : one.end] for one in marked(text, 0, len(text)) if one.depth == 0]


@pytest.mark.parametrize(
    "text",
    [
        *("“a b”", "„a b“", "„a b”", "«a b»", "« a b »", "»a b«", "‹a b›", "›a b‹", "‘a b’"),
        *(
            "‚a b‘",
            '"a b"',
            "'a b'",
            "「a b」",
            "『a b』",
            "〝a b〟",
            "”a b”",
            "<<a b>>",
            "＂a b＂",
        ),
    ],
)
def test_each_style_is_recognised(text: str) -> None:
    assert _inside(f"x {text} y") == ["a b"]


def test_apostrophes_open_and_close_nothing() -> None:
    assert _inside("It’s the workers’ right, isn't it, O'Brien's dogs'") == []


def test_nested_marks_count_one_deeper() -> None:
    text = "“He said ‘never’ twice”"
    assert [one.depth for one in marked(text, 0, len(text))] == [0, 1]


def test_an_opener_never_closed_quotes_its_block_when_it_opens_it() -> None:
    text = "“The first paragraph goes on"
    (passage,) = marked(text, 0, len(text))
    assert not passage.closed and passage.end == len(text)


def test_a_stray_opener_in_mid_block_quotes_nothing() -> None:
    assert _inside("He is 6' 2\" tall and “ never closes it") == []


def test_english_and_german_low_and_high_marks_do_not_mix_up() -> None:
    assert _inside("„Ja“, sagte er, „nein“.") == ["Ja", "nein"]
