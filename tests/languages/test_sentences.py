"""Sentences: spans that cover the text, cut where a reader would cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.languages.sentences import sentences
from tests.proportion import grows_in_proportion


def cut(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, language)]


@given(
    st.text(alphabet=st.sampled_from("aA Ж中。.!?…\n\"'»”U.S 5г."), max_size=60),
    st.sampled_from(("en", "ru", "de", "zh", "xx")),
)
def test_spans_are_ordered_trimmed_and_lose_nothing(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ["Mr. Hale met J. K. Orr.", "They spoke."]),
        ("en", ["He lives in the U.S.", "He said so."]),
        ("en", ["The U.S. Senate sat until 5 p.m.", "It rose."]),
        ("en", ['"Really?" he asked.', "Nobody answered..."]),
        ("en", ["It cost 3.5 million... and more.", "“No.”", "Yes!"]),
        ("ru", ["В 2014 г. Москва и т. д.", "Он сказал: «Нет!» — и ушёл."]),
        ("ru", ["А. С. Перов жил в г. Туле.", "Всё."]),
        ("uk", ["У 2022 р. вона сказала: «Так».", "І пішла."]),
        ("de", ["Am 2. März sprach Dr. Moll z. B. nicht.", "„Wir gehen.“", "Er ging."]),
        ("fr", ["M. Roux est parti.", "« Non ! » a-t-il dit."]),
        ("ar", ["قال الرئيس.", "هل تذهب؟", "نعم."]),
        ("fa", ["او گفت؟", "بله۔", "رفت."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(language: str, parts: list[str]) -> None:
    assert cut(" ".join(parts), language) == parts


def test_chinese_needs_no_spaces_and_keeps_the_closing_quote() -> None:
    parts = ["首相说：“我们不会去。”", "他走了。", "“没有。”", "好！"]
    assert cut("".join(parts), "zh") == parts


def test_a_headline_stands_alone() -> None:
    text = "Talks end without result\n\nThe talks ended on Monday.\nDelegates left"
    assert cut(text, "en") == [
        "Talks end without result",
        "The talks ended on Monday.",
        "Delegates left",
    ]


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The delegates, who had come from eleven countries to the old town by\n"
        "Lake Veldt, left without having signed anything that could be shown to\n"
        "the press. They will meet again."
    )
    assert len(sentences(text, "en")) == 2


@pytest.mark.parametrize("unit", [".", ". ", "A. ", "A.", "\n", "a\n", " ", "!”", "“", "。", "x"])
def test_a_long_line_of_anything_takes_time_in_proportion(unit: str) -> None:
    assert grows_in_proportion(lambda times: sentences(unit * times, "en"), 50_000)
