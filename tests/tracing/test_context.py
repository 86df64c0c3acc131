from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Aligned, Match, Rendering, Span
from provenance.tracing import all_in_context, in_context, precedes
from tests.tracing.inventing import rendering, sure

BRIDGE = "The northern bridge will be closed for nine weeks from April."


def likely(one: Rendering, two: Rendering, probability: float = 0.3) -> float:
    return in_context(sure(1, 2, probability=probability), one, two).probability


def test_a_citation_makes_up_for_a_doubtful_match() -> None:
    wire = rendering(1, BRIDGE, "Reuters")
    assert likely(wire, rendering(2, BRIDGE, cites=["Reuters"])) > 0.7
    assert likely(rendering(2, BRIDGE, cites=["Reuters"]), wire) > 0.7
    assert likely(wire, rendering(2, BRIDGE, cites=["TASS"])) == 0.3


def test_a_link_does_too() -> None:
    page = rendering(1, BRIDGE, url="https://post.example/1")
    assert likely(rendering(2, BRIDGE, links=("https://post.example/1",)), page) > 0.7


def test_one_source_that_both_name_does_too_unless_it_is_an_agency() -> None:
    told = rendering(1, BRIDGE, cites=["The Guardian"])
    assert likely(told, rendering(2, BRIDGE, cites=["Гардиан", "BBC"])) > 0.5
    assert likely(told, rendering(2, BRIDGE, cites=["BBC"])) == 0.3
    wired = rendering(1, BRIDGE, cites=["Reuters"])
    assert likely(wired, rendering(2, BRIDGE, cites=["Reuters"])) == 0.3


def starmer(key: int, at: str, name: str = "Keir Starmer", outlet: str = "") -> Rendering:
    return rendering(key, BRIDGE, outlet, at, speaker=name, speaker_kind="person")


def test_a_description_that_ends_in_a_name_is_a_voice() -> None:
    """Both by a surname behind an office, which no table of offices needs to know."""
    told = starmer(1, "2026-03-02", "prime minister Starmer")
    assert likely(told, starmer(2, "2026-03-02", "Secretary Starmer")) > likely(
        told, starmer(2, "2026-03-02", "Secretary Marlow")
    )


@pytest.mark.parametrize(
    ("other", "likelier"),
    [
        (starmer(2, "2026-03-03"), True),
        (starmer(2, "2026-03-03", "Стармер"), True),
        (starmer(2, "2026-03-20"), False),
        (starmer(2, ""), True),
        (starmer(2, "2026-03-03", "Emmanuel Macron"), False),
        (rendering(2, BRIDGE, "UK Prime Minister's Office", "2026-03-03"), True),
        (rendering(2, BRIDGE, "Kremlin", "2026-03-03"), False),
    ],
)
def test_one_voice_within_days_makes_a_statement_likelier(other: Rendering, likelier: bool) -> None:
    assert (likely(starmer(1, "2026-03-02"), other) > 0.3) == likelier


@pytest.mark.parametrize(
    ("speaker", "kind", "around", "likelier"),
    [
        ("Britain", "group", " … Starmer told Sky News.", True),
        ("", None, "Так считает Кир Стармер … .", True),
        ("he", "person", "Keir Starmer spoke in Leeds. … ", True),
        ("Britain", "group", " … The mayor told Sky News.", False),
        ("Ann Holloway", "person", " … Starmer was not there.", False),
    ],
)
def test_who_speaks_in_one_may_be_named_beside_the_other(
    speaker: str, kind: Any, around: str, likelier: bool
) -> None:
    told = rendering(2, BRIDGE, speaker=speaker, speaker_kind=kind, around=around)
    named = likely(starmer(1, ""), told)
    assert (named > 0.5) == likelier
    mayor = rendering(1, BRIDGE, speaker="Ann Holloway", speaker_kind="person")
    at = replace(told, speaker="", speaker_kind=None, around="So said Ann Holloway … .")
    assert likely(mayor, at) > 0.5


def test_full_names_that_no_table_lists_are_a_voice_too() -> None:
    mayor = starmer(1, "2026-03-02", "Ann Holloway")
    assert likely(mayor, starmer(2, "2026-03-02", "Ann Holloway")) > 0.3
    assert likely(mayor, starmer(2, "2026-03-02", "Bea Ashdown")) < 0.3


def test_across_languages_the_same_day_alone_speaks_for_one_statement() -> None:
    told = rendering(1, BRIDGE, at="2026-03-02")
    same_day = rendering(2, BRIDGE, at="2026-03-02", language="fr")
    assert likely(told, same_day) > 0.5
    assert likely(told, replace(same_day, published="2026-03-05")) == 0.3
    assert likely(told, replace(same_day, published="")) == 0.3


def test_what_was_said_long_ago_is_seldom_meant_unless_its_year_is_named() -> None:
    told = rendering(1, BRIDGE, at="2022-12-08")
    later = rendering(2, BRIDGE, at="2025-10-06", language="fr")
    recalled = replace(later, around="En 2022, vous avez dit … .")
    assert likely(told, later) < 0.3
    assert likely(told, recalled) == 0.3
    assert likely(told, replace(recalled, published="2022-10-06")) < 0.3


@pytest.mark.parametrize(
    ("called", "language", "at", "likelier"),
    [
        ("британский премьер", "ru", "2026-03-02", True),
        ("the British prime minister", "en", "2026-03-02", True),
        ("the British prime minister", "en", "2021-03-02", False),
        ("the French prime minister", "en", "2026-03-02", False),
        ("the former British prime minister", "en", "2026-03-02", False),
        ("premier", "en", "2026-03-02", False),
    ],
)
def test_who_is_called_by_an_office_is_whoever_held_it(
    called: str, language: str, at: str, likelier: bool
) -> None:
    told = replace(starmer(2, at, called), language=language)
    named = starmer(1, at)
    plain = replace(told, speaker="an old friend")
    assert (likely(named, told) > likely(named, plain)) == likelier


def test_nothing_makes_a_statement_of_words_that_are_not_alike() -> None:
    wire = rendering(1, BRIDGE, "Reuters")
    assert likely(wire, rendering(2, BRIDGE, cites=["Reuters"]), 0.01) == 0.01


def test_what_was_added_is_told_as_a_feature() -> None:
    told = rendering(2, BRIDGE, cites=["Reuters"])
    match = in_context(sure(2, 1, probability=0.3), told, rendering(1, BRIDGE, "Reuters"))
    assert match.features["context"] > 0


def test_what_one_person_says_on_two_days_in_two_languages_is_not_one_for_his_saying_it() -> None:
    monday = starmer(1, "2026-03-02")
    assert likely(monday, replace(starmer(2, "2026-03-05"), language="ru")) == pytest.approx(0.3)
    assert likely(monday, replace(starmer(2, "2026-04-02"), language="ru")) < 0.1
    assert likely(monday, replace(starmer(2, "2026-03-02"), language="ru")) > 0.8


def test_a_voice_counts_in_place_of_what_strangers_start_from() -> None:
    """In one language, too: a chance by words of one in ten is even where one person speaks."""
    monday = starmer(1, "2026-03-02")
    assert likely(monday, starmer(2, "2026-03-02"), 0.1) > 0.6
    assert likely(monday, starmer(2, "2026-03-05"), 0.1) == pytest.approx(0.47, abs=0.1)
    assert likely(monday, starmer(2, "2026-04-02"), 0.1) < 0.05
    assert likely(monday, starmer(2, "2026-03-02", "an old friend"), 0.1) < 0.1


def test_a_citation_makes_up_for_a_voice_on_another_day() -> None:
    record = starmer(1, "2026-03-02", outlet="Reuters")
    told = replace(starmer(2, "2026-04-02"), chain=rendering(9, BRIDGE, cites=["Reuters"]).chain)
    assert likely(record, told, 0.1) > 0.8


def test_two_public_figures_make_a_doubtful_likeness_two_statements() -> None:
    macron = starmer(2, "2026-03-03", "Emmanuel Macron")
    assert likely(starmer(1, "2026-03-02"), macron, 0.6) < 0.5
    assert likely(starmer(1, "2026-03-02"), macron, 0.98) > 0.9


def test_a_pronoun_nobody_resolved_is_no_public_figure() -> None:
    said = rendering(1, "Das war der Plan.", speaker="Sie", speaker_kind="person", language="de")
    other = rendering(2, "Das war der Plan.", speaker="Angela Merkel", speaker_kind="person")
    assert likely(said, other) == 0.3


def page(key: int, document: int, start: int, end: int = 0) -> Rendering:
    end = end or start + 50
    return replace(rendering(key, BRIDGE), document=document, start=start, end=end)


def shared(*pairs: tuple[Rendering, Rendering, float]) -> list[float]:
    """What each pair's probability becomes beside the others of its document."""
    found = [(sure(a.quote, b.quote, probability=p), a, b) for a, b, p in pairs]
    return [match.probability for match in all_in_context(found)]


def test_documents_that_share_one_statement_are_likelier_to_share_another() -> None:
    weak = (page(1, 1, 0), page(2, 2, 0), 0.3)
    strong = (page(3, 1, 100), page(4, 2, 100), 0.97)
    assert shared(weak) == [0.3]
    assert 0.35 < shared(weak, strong)[0] < 0.5, "what stands around may say the same"
    abroad = (weak[0], replace(weak[1], language="ru"), 0.3)
    assert shared(abroad, strong)[0] > 0.5
    assert shared(weak, (page(3, 1, 100), page(4, 9, 100), 0.97))[0] == 0.3


def test_two_sentences_of_one_speech_are_not_both_what_a_quote_renders() -> None:
    """The speaker and the day are those of every sentence of it."""
    speech = [replace(starmer(n, "2026-03-02"), document=1, start=100 * n) for n in (1, 2)]
    first, second = (replace(one, end=one.start + 60) for one in speech)
    told = replace(starmer(3, "2026-03-02"), document=3, language="ru")
    said, other = placed(3, 1, 0.95), placed(3, 2, 0.3)
    assert all_in_context([(other, told, second)])[0].probability > 0.8
    both = all_in_context([(said, told, first), (other, told, second)])
    assert both[0].probability > 0.95
    assert both[1].probability == 0.3
    elsewhere = replace(other, alignment=(Aligned(Span(30, 60), Span(0, 30), 1.0),))
    cut = all_in_context([(said, told, first), (elsewhere, told, second)])
    assert cut[1].probability > 0.8, "its second half may be the second sentence"


def placed(later: int, earlier: int, probability: float) -> Match:
    """A match of the first thirty letters of the later text."""
    aligned = Aligned(Span(0, 30), Span(0, 30), 1.0)
    return replace(sure(later, earlier, probability), alignment=(aligned,))


def test_weak_pairs_add_up() -> None:
    places = [(page(n, 1, 100 * n), page(10 + n, 2, 100 * n), 0.3) for n in range(1, 5)]
    assert shared(*places)[0] > shared(*places[:2])[0] > 0.3


def test_a_quote_within_the_quote_is_no_other_statement() -> None:
    outer = (page(1, 1, 0, 90), page(2, 2, 0, 90), 0.3)
    inner = (page(3, 1, 20, 60), page(4, 2, 20, 60), 0.97)
    assert shared(outer, inner)[0] == 0.3


@given(st.permutations(range(4)))
def test_the_order_of_a_document_s_pairs_is_immaterial(order: list[int]) -> None:
    pairs = [(page(n, 1, 100 * n), page(10 + n, 2, 100 * n), 0.2 + n / 10) for n in range(4)]
    asked = [pairs[n] for n in order]
    assert shared(*asked) == [shared(*pairs)[n] for n in order]


def test_which_is_earlier_hangs_on_what_they_are_not_on_when_they_were_stored() -> None:
    monday, tuesday = (rendering(n, BRIDGE, at=f"2026-03-0{n}") for n in (2, 3))
    assert precedes(monday, tuesday)
    assert not precedes(tuesday, monday)
    undated = rendering(9, BRIDGE, "Gazette 9")
    swapped = replace(undated, quote=1, document=1)
    other = rendering(5, BRIDGE, "Gazette 5")
    assert precedes(other, undated) == precedes(other, swapped)
