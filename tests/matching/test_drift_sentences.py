"""Whole sentences put into a statement, or left out of its middle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.matching import compare_parts, said_elsewhere
from provenance.matching._drift_sentences import strays
from provenance.model import Drift, Rendering
from tests.tracing.inventing import rendering

REACTOR = "The reactor was shut down on Monday after a valve failed."
NOBODY = "Nobody was hurt and no radiation escaped."
MARCH = "Engineers will restart the plant in March."
COURT = "We will sue the government in every court of the country."
RUSSIAN = {
    REACTOR: "Реактор был остановлен в понедельник после отказа клапана.",
    NOBODY: "Никто не пострадал, утечки радиации не было.",
    MARCH: "Инженеры перезапустят станцию в марте.",
    COURT: "Мы подадим на правительство в каждый суд страны.",
}


def said(key: int, *sentences: str) -> Rendering:
    return rendering(key, " ".join(sentences))


def told(later: Rendering, earlier: Rendering) -> list[Drift]:
    return [d for d in compare_parts(later, earlier).drift if d.kind in ("added", "lost")]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_sentence_put_into_a_mouth_is_told_wherever_it_stands(place: int) -> None:
    whole = [REACTOR, NOBODY, MARCH]
    later = said(2, *whole[:place], COURT, *whole[place:])
    (found,) = told(later, said(1, *whole))
    assert (found.kind, found.severity, found.certain) == ("added", "notable", True)
    assert found.from_span is not None
    assert later.text[found.from_span.start : found.from_span.end] == COURT


def test_across_languages_it_is_told_as_uncertain() -> None:
    russian = rendering(
        2, " ".join(RUSSIAN[s] for s in (REACTOR, NOBODY, MARCH, COURT)), language="ru"
    )
    (found,) = told(russian, said(1, REACTOR, NOBODY, MARCH))
    assert (found.from_text, found.certain) == (RUSSIAN[COURT], False)


def test_a_whole_translation_puts_nothing_in_and_leaves_nothing_out() -> None:
    russian = rendering(2, " ".join(RUSSIAN.values()), language="ru")
    assert not told(russian, said(1, *RUSSIAN))


def test_a_sentence_left_out_of_the_middle_is_told() -> None:
    russian = rendering(2, f"{RUSSIAN[REACTOR]} {RUSSIAN[MARCH]}", language="ru")
    (found,) = told(russian, said(1, REACTOR, NOBODY, MARCH))
    assert (found.kind, found.to_text, found.severity) == ("lost", NOBODY, "notable")


def test_a_cut_that_is_marked_is_small() -> None:
    later = said(2, REACTOR, "…", MARCH)
    assert [d.severity for d in told(later, said(1, REACTOR, NOBODY, MARCH))] == ["minor"]


def test_to_quote_only_the_beginning_leaves_nothing_out() -> None:
    assert not told(said(2, REACTOR, NOBODY), said(1, REACTOR, NOBODY, MARCH))


def test_what_stands_around_the_earlier_text_was_not_put_in() -> None:
    later, earlier = said(2, REACTOR, NOBODY, COURT), said(1, REACTOR, NOBODY)
    match = compare_parts(later, earlier)
    assert said_elsewhere(match, later, earlier) == match
    around = replace(earlier, around=f"The minister spoke in Lund. … {COURT} He left at noon.")
    assert not [d for d in said_elsewhere(match, later, around).drift if d.kind == "added"]


def test_what_stands_around_the_later_text_was_not_left_out() -> None:
    later, earlier = said(2, REACTOR, MARCH), said(1, REACTOR, NOBODY, MARCH)
    match = compare_parts(later, earlier)
    around = replace(later, around=f" … {NOBODY} So the minister.")
    assert not [d for d in said_elsewhere(match, around, earlier).drift if d.kind == "lost"]


CHANCE = st.floats(0.0, 1.0)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CHANCE, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES, st.booleans())
def test_what_is_put_in_one_way_is_left_out_the_other(
    chances: list[list[float]], same: bool
) -> None:
    turned = [list(column) for column in zip(*chances, strict=True)]
    assert strays(chances, same) == strays(turned, same)[::-1]


@given(TABLES, st.booleans())
def test_a_sentence_with_a_likely_counterpart_is_no_stray(
    chances: list[list[float]], same: bool
) -> None:
    new, gone = strays(chances, same)
    assert all(max(chances[place]) < 0.1 for place in new)
    assert all(max(row[place] for row in chances) < 0.1 for place in gone)
