"""What stands around two quotes, and how much of it they have in common."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Rendering
from provenance.tracing import in_context
from provenance.tracing._surroundings import surroundings
from tests.tracing.inventing import rendering, sure

BRIDGE = "The bridge will open when it is safe."
LEAD = "On Tuesday the harbour board met in Northport about the 40 broken piers of the old bridge"
RETOLD = "The harbour board of Northport met on Tuesday; of the old bridge 40 piers are broken"
OTHER = "A brewery in Southwick has bought two lorries and wants to sell its beer across the border"


def told(key: int, around: str, text: str = BRIDGE, at: str = "2026-03-02") -> Rendering:
    return rendering(key, text, at=at, around=around)


def test_a_retold_lead_is_shared_another_is_not() -> None:
    alike = surroundings(told(1, LEAD), told(2, RETOLD))
    strange = surroundings(told(1, LEAD), told(2, OTHER))
    assert alike > 0.6
    assert strange < 0.2


def test_words_one_puts_in_quotation_marks_may_stand_around_the_others() -> None:
    short = told(1, f"{OTHER}. She said in Northport that all broken piers were replaced.")
    more = told(2, OTHER, f"{BRIDGE} All broken piers in Northport were replaced.")
    assert surroundings(short, more) > surroundings(short, told(2, OTHER))


def test_where_little_stands_around_it_says_nothing_either_way() -> None:
    assert surroundings(told(1, ""), told(2, LEAD)) == surroundings(told(1, " … "), told(2, OTHER))


def test_a_doubtful_pair_is_likelier_where_its_surroundings_are_alike() -> None:
    match = sure(2, 1, 0.5)
    alike = in_context(match, told(2, RETOLD), told(1, LEAD))
    strange = in_context(match, told(2, OTHER), told(1, LEAD))
    assert strange.probability < 0.2
    assert alike.probability > 0.5


def test_across_languages_nobody_has_judged_them() -> None:
    match = sure(2, 1, 0.5)
    one, two = told(1, LEAD), rendering(2, BRIDGE, at="2026-03-02", around=RETOLD, language="de")
    other = rendering(2, BRIDGE, at="2026-03-02", around=OTHER, language="de")
    assert in_context(match, two, one) == in_context(match, other, one)


WORDS = st.lists(st.sampled_from(f"{LEAD} {OTHER}".split()), min_size=0, max_size=60).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS)
def test_it_is_a_share_and_the_same_from_either_side(one: str, two: str) -> None:
    first, second = told(1, one), told(2, two)
    assert surroundings(first, second) >= 0.0
    assert surroundings(first, second) == pytest.approx(surroundings(second, first))
