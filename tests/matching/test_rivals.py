"""The best of many answers is believed by how far it leads before what says another thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.matching import MemoryIndex, prepare, weighed
from provenance.model import Match, Rendering, Span
from provenance.pipeline import best_matches
from tests.matching.saying import said

QUERY = said("The harbour may be closed for the winter, the council said on Monday.")
CLOSED = "The council said the harbour might be closed in winter."
SHUT = "On Monday the council said that it may close the harbour for the winter."
SCHOOL = "The school may be closed for the summer, a teacher said on Friday."
OTHER = "Tents are sold on the market before noon."

Answers = list[tuple[Match, Rendering]]


def answer(key: int, text: str, sure: float, span: Span | None = None) -> tuple[Match, Rendering]:
    part = span or Span(0, len(QUERY.text))
    match = Match(100, key, score=sure, probability=sure, features={}, from_span=part)
    return match, said(text, key=key)


def among(*first: tuple[Match, Rendering]) -> Answers:
    """`first`, and what is not like the query to make a dozen."""
    rest = [answer(key, OTHER, 0.001) for key in range(len(first), 12)]
    return weighed(QUERY, [*first, *rest])


def sure(found: Answers) -> list[float]:
    return [match.probability for match, _ in found]


def test_an_answer_that_leads_far_is_believed_more_than_one_with_a_rival() -> None:
    alone = among(answer(0, CLOSED, 0.6))
    contested = among(answer(0, CLOSED, 0.6), answer(1, SCHOOL, 0.58))
    assert sure(alone)[0] > 0.6 > sure(contested)[0]


def test_a_second_rendering_of_the_same_is_no_rival() -> None:
    same, other = (
        sure(among(answer(0, CLOSED, 0.95), answer(1, text, 0.94))) for text in (SHUT, SCHOOL)
    )
    assert same[0] > same[1] > 0.9
    assert other[0] < 0.9


def test_what_is_hardly_likely_itself_contests_whatever_it_says() -> None:
    same, other = (
        sure(among(answer(0, CLOSED, 0.6), answer(1, text, 0.58))) for text in (SHUT, SCHOOL)
    )
    assert same == other


def test_a_crowd_of_rivals_makes_the_best_less_sure_than_one() -> None:
    rivals = [answer(key, SCHOOL, 0.4) for key in range(1, 6)]
    one, five = (sure(among(answer(0, CLOSED, 0.6), *rivals[:many])) for many in (1, 5))
    assert one[0] > five[0]


def test_other_renderings_of_the_same_are_no_crowd() -> None:
    others = [answer(key, SHUT, 0.93) for key in range(1, 6)]
    several = sure(among(answer(0, CLOSED, 0.95), *others))
    assert several[0] == sure(among(answer(0, CLOSED, 0.95)))[0]


def test_what_only_a_part_renders_is_believed_less() -> None:
    match, other = answer(0, CLOSED, 0.6)
    part = replace(match, features={"part": 0.6}), other
    assert sure(among(part))[0] < sure(among((match, other)))[0]


def test_renderings_of_two_parts_of_the_query_are_no_rivals() -> None:
    middle = len(QUERY.text) // 2
    parts = Span(0, middle), Span(middle, len(QUERY.text))
    found = among(answer(0, CLOSED, 0.95, parts[0]), answer(1, SCHOOL, 0.94, parts[1]))
    assert sure(found)[0] > 0.9


def test_a_rival_is_believed_no_more_than_what_it_contests() -> None:
    first, second = sure(among(answer(0, CLOSED, 0.6), answer(1, SCHOOL, 0.6)))[:2]
    assert second <= first


def test_to_lead_before_few_means_nothing() -> None:
    few = [answer(0, CLOSED, 0.6), answer(1, SCHOOL, 0.5)]
    assert weighed(QUERY, few) == few


def test_features_tell_the_lead_and_what_the_pair_is_worth_alone() -> None:
    match, _ = among(answer(0, CLOSED, 0.6), answer(1, SCHOOL, 0.6))[0]
    assert match.features["alone"] == 0.6
    assert match.features["lead"] == pytest.approx(0.0)
    assert -8.0 <= match.features["crowd"] < 0.0


def test_only_who_asks_hears_of_the_lead() -> None:
    texts = [CLOSED, *[f"{OTHER} The harbour stall has number {number}." for number in range(20)]]
    index = MemoryIndex()
    index.add_many((key, prepare(text, "en")) for key, text in enumerate(texts))

    def first(asked_for: bool) -> Match:
        stored = [said(text, key=key) for key, text in enumerate(texts)]
        fetched = lambda keys: [replace(stored[key], document=key + 1) for key in keys]  # noqa: E731
        return best_matches(index, fetched, QUERY, 15, asked_for=asked_for)[0][0]

    assert first(True).features["alone"] == first(False).probability
    assert "lead" not in first(False).features


@given(st.lists(st.floats(0.0, 1.0), min_size=0, max_size=15))
def test_the_order_stays_and_every_answer_is_a_probability(chances: list[float]) -> None:
    texts = (CLOSED, SHUT, SCHOOL, OTHER)
    asked = [
        answer(key, texts[key % 4], chance)
        for key, chance in enumerate(sorted(chances, reverse=True))
    ]
    found = weighed(QUERY, asked)
    assert [match.to_quote for match, _ in found] == list(range(len(chances)))
    assert sure(found) == sorted(sure(found), reverse=True)
    assert all(0.0 <= chance <= 1.0 for chance in sure(found))
    kept = [replace(m, probability=0.0, features={}) for m, _ in found]
    assert kept == [replace(m, probability=0.0) for m, _ in asked]
