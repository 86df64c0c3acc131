from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Aligned, Match, Span
from provenance.tracing import group
from tests.tracing.inventing import rendering, sure

PATIENT = settings(deadline=None, max_examples=60)  # the first call imports libraries

BRIDGE = "The northern bridge will be closed for nine weeks from April."
TAXES = "Nobody in this council has proposed raising the dog licence."


def test_renderings_that_match_are_one_statement_and_others_stand_alone() -> None:
    told = [rendering(key, BRIDGE) for key in (1, 2, 3)]
    assert group([sure(2, 1)], told) == ((1, 2), (3,))


def test_a_match_below_the_threshold_joins_nothing() -> None:
    told = [rendering(1, BRIDGE), rendering(2, BRIDGE)]
    assert group([sure(2, 1, probability=0.4)], told) == ((1,), (2,))


def test_what_a_person_put_together_stays_together() -> None:
    told = [rendering(1, BRIDGE), rendering(2, TAXES), rendering(3, TAXES)]
    assert group([sure(3, 2)], told, decided=[(1, 2), (1, 99)]) == ((1, 2, 3),)


def test_a_weak_middle_does_not_join_two_strangers() -> None:
    told = [rendering(1, BRIDGE), rendering(2, "That is our plan."), rendering(3, TAXES)]
    found = group([sure(2, 1, probability=0.7), sure(3, 2, probability=0.6)], told)
    assert found == ((1, 2), (3,))


def test_a_commonplace_does_not_fuse_two_statements_it_fully_matches() -> None:
    """Both contain the boilerplate, and nobody compared them; their words differ."""
    told = [rendering(1, BRIDGE), rendering(2, BRIDGE), rendering(3, TAXES), rendering(4, TAXES)]
    found = group([sure(2, 1), sure(4, 3), sure(3, 1, probability=0.93)], told)
    assert found == ((1, 2), (3, 4))


def test_a_translation_nobody_could_compare_directly_still_joins_through_a_strong_middle() -> None:
    told = [
        rendering(1, BRIDGE),
        rendering(2, "Северный мост закроют на девять недель", language="ru"),
        rendering(3, "Північний міст закриють на дев'ять тижнів", language="uk"),
    ]
    assert group([sure(2, 1), sure(3, 2)], told) == ((1, 2, 3),)


def test_a_quote_within_a_quote_speaks_for_both() -> None:
    whole = rendering(1, f"The mayor: “{BRIDGE}”", document=1, start=0, end=90)
    inner = rendering(2, BRIDGE, document=1, start=12, end=80)
    beside = rendering(2, BRIDGE, document=1, start=90, end=150)
    told = rendering(3, BRIDGE, document=2)
    found = [sure(2, 1, 0.9), sure(3, 2, 0.6), sure(3, 1, 0.1)]
    assert group(found, [whole, inner, told]) == ((1, 2, 3),)
    assert group(found, [whole, beside, told]) == ((1, 2), (3,))


def test_a_pair_found_unlike_keeps_its_groups_apart() -> None:
    told = [rendering(key, BRIDGE) for key in (1, 2, 3)]
    found = group([sure(2, 1), sure(3, 2, 0.92), sure(3, 1, 0.01)], told)
    assert found == ((1, 2), (3,))


def test_a_pair_that_may_be_alike_or_not_keeps_nothing_apart() -> None:
    told = [rendering(key, BRIDGE) for key in (1, 2, 3, 4)]
    undecided = [sure(4, 1, 0.4), sure(4, 3, 0.3)]
    found = group([sure(2, 1), sure(3, 1), sure(3, 2), sure(4, 2, 0.8), *undecided], told)
    assert found == ((1, 2, 3, 4),)


def test_quotes_cut_from_different_places_of_a_speech_need_not_be_alike() -> None:
    speech = rendering(1, f"{BRIDGE} {TAXES}")
    first, last = rendering(2, BRIDGE), rendering(3, TAXES)
    cut = [excerpt(2, 1, 0, len(BRIDGE)), excerpt(3, 1, len(BRIDGE) + 1, len(speech.text), 0.8)]
    assert group(cut, [speech, first, last]) == ((1, 2, 3),)
    unplaced = [sure(2, 1), sure(3, 1, 0.8)]
    assert group(unplaced, [speech, first, last]) == ((1, 2), (3,))


def test_a_text_and_what_was_cut_from_it_are_one_witness() -> None:
    speech = rendering(1, f"{BRIDGE} {TAXES}")
    cuts = [rendering(key, BRIDGE) for key in (2, 3)]
    told = rendering(4, "Налог на собак никто повышать не будет", language="ru")
    cut = [excerpt(key, 1, 0, len(BRIDGE)) for key in (2, 3)]
    assert group([*cut, sure(4, 1, 0.7)], [speech, *cuts, told]) == ((1, 2, 3, 4),)
    apart = [sure(2, 1), sure(3, 1), sure(4, 1, 0.7)]
    assert group(apart, [speech, *cuts, told]) == ((1, 2, 3), (4,))


def test_that_a_language_nobody_reads_has_no_match_says_nothing() -> None:
    """Of Bulgarian there is no word table: its text is seldom matched, whatever it says."""
    english, russian = rendering(1, BRIDGE), rendering(2, "Северный мост закроют", language="ru")
    told = rendering(3, "Северният мост ще бъде затворен", language="bg")
    found = [sure(2, 1, 0.9), sure(3, 2, 0.6)]
    assert group(found, [english, russian, told]) == ((1, 2, 3),)
    polish = replace(told, text="Most północny będzie zamknięty", language="pl")
    assert group(found, [english, russian, polish]) == ((1, 2), (3,))
    put = replace(told, english="Nobody denies everything.")
    assert group(found, [english, russian, put]) == ((1, 2), (3,))


def test_two_passages_of_one_document_are_seldom_one_statement() -> None:
    """An interview printed twice: question by question, not all of it one."""
    asked = "Is it true that the bridge will be closed?"
    told = [
        rendering(1, BRIDGE, document=1, start=0, end=60),
        rendering(2, BRIDGE, document=2, start=0, end=60),
        rendering(3, asked, document=1, start=80, end=120),
        rendering(4, asked, document=2, start=80, end=120),
    ]
    found = [sure(2, 1), sure(4, 3), sure(3, 2, 0.85)]
    assert group(found, told) == ((1, 2), (3, 4))


def excerpt(later: int, earlier: int, start: int, end: int, probability: float = 0.99) -> Match:
    """A match whose later text is the stretch of the earlier from `start` to `end`."""
    aligned = Aligned(Span(0, end - start), Span(start, end), 1.0)
    return replace(sure(later, earlier, probability), alignment=(aligned,))


LINKS = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 8), st.floats(0, 1)).filter(lambda x: x[0] != x[1]),
    max_size=20,
)


@PATIENT
@given(LINKS, st.randoms(use_true_random=False))
def test_grouping_partitions_and_ignores_order(
    links: list[tuple[int, int, float]], shuffler: random.Random
) -> None:
    told = [rendering(key, BRIDGE if key % 2 else TAXES) for key in range(1, 9)]
    found: list[Match] = [sure(one, two, chance) for one, two, chance in links]
    groups = group(found, told)
    assert sorted(key for members in groups for key in members) == list(range(1, 9))
    shuffler.shuffle(found)
    shuffler.shuffle(told)
    assert group(found, told) == groups


@PATIENT
@given(LINKS)
def test_regrouping_what_is_connected_gives_what_regrouping_all_gives(
    links: list[tuple[int, int, float]],
) -> None:
    told = [rendering(key, BRIDGE) for key in range(1, 9)]
    found = [sure(one, two, chance) for one, two, chance in links]
    connected = {1}
    for _ in range(8):
        for match in found:
            if match.probability >= 0.5 and connected & {match.from_quote, match.to_quote}:
                connected |= {match.from_quote, match.to_quote}
    part = [r for r in told if r.quote in connected]
    assert set(group(found, part)) <= set(group(found, told))
