"""Direct comparison: a passage finds its English without any translation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.translating import changed, compare

RUSSIAN = "Министр заявил, что 15 000 солдат будут размещены после прекращения огня."
ENGLISH = "The minister said that 15,000 soldiers would be deployed after a ceasefire."
OTHER = "Schools in the north will stay closed until the roads are clear of snow."


def test_the_same_statement_scores_above_another() -> None:
    same, other = compare(RUSSIAN, "ru", ENGLISH), compare(RUSSIAN, "ru", OTHER)
    assert same is not None
    assert other is not None
    assert same.score > 0.5
    assert other.score < 0.3


def test_aligned_words_point_into_both_texts() -> None:
    found = compare(RUSSIAN, "ru", ENGLISH)
    assert found is not None
    pairs = {
        (RUSSIAN[a.from_span.start : a.from_span.end], ENGLISH[a.to_span.start : a.to_span.end])
        for a in found.aligned
    }
    assert {("Министр", "minister"), ("солдат", "soldiers"), ("15 000", "15,000")} <= pairs


def test_what_only_one_side_has_lowers_that_side_alone() -> None:
    whole = compare(RUSSIAN, "ru", ENGLISH)
    more = compare(RUSSIAN, "ru", f"{ENGLISH} {OTHER}")
    assert whole is not None
    assert more is not None
    assert more.foreign >= whole.foreign
    assert more.english < whole.english


def test_without_a_lexicon_there_is_no_comparison() -> None:
    assert compare("abc", "xx", "abc") is None


def test_an_untouched_rendering_changes_nothing() -> None:
    assert changed(RUSSIAN, "ru", ENGLISH) == ()


@pytest.mark.parametrize(
    ("english", "kind", "shown", "lost"),
    [
        (ENGLISH.replace("15,000", "50,000"), "number", "50,000", "15 000"),
        (ENGLISH.replace("would be", "would not be"), "negation", "", ""),
        (ENGLISH.replace("after", "in Montevideo after"), "name", "Montevideo", ""),
    ],
)
def test_a_flip_is_seen_from_the_source(english: str, kind: str, shown: str, lost: str) -> None:
    (change,) = changed(RUSSIAN, "ru", english)
    assert (change.kind, change.text, change.lost) == (kind, shown, lost)
    assert (english[change.span.start : change.span.end] if change.span else "") == shown


@settings(deadline=None)  # the first example loads a table
@given(st.text(max_size=40), st.text(max_size=40))
def test_scores_are_shares(text: str, english: str) -> None:
    found = compare(text, "uk", english)
    assert found is not None
    assert 0 <= found.score <= 1
    assert 0 <= found.foreign <= 1
    assert 0 <= found.english <= 1
