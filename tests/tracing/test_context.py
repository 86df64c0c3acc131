from __future__ import annotations

import pytest

from provenance.model import Rendering
from provenance.tracing import in_context
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


def starmer(key: int, at: str, name: str = "Keir Starmer", outlet: str = "") -> Rendering:
    return rendering(key, BRIDGE, outlet, at, speaker=name, speaker_kind="person")


@pytest.mark.parametrize(
    ("other", "likelier"),
    [
        (starmer(2, "2026-03-03"), True),
        (starmer(2, "2026-03-03", "Стармер"), True),
        (starmer(2, "2026-03-20"), False),
        (starmer(2, ""), False),
        (starmer(2, "2026-03-03", "Emmanuel Macron"), False),
        (rendering(2, BRIDGE, "UK Prime Minister's Office", "2026-03-03"), True),
        (rendering(2, BRIDGE, "Kremlin", "2026-03-03"), False),
    ],
)
def test_one_voice_within_days_makes_a_statement_likelier(other: Rendering, likelier: bool) -> None:
    assert (likely(starmer(1, "2026-03-02"), other) > 0.5) == likelier


def test_nothing_makes_a_statement_of_words_that_are_not_alike() -> None:
    wire = rendering(1, BRIDGE, "Reuters")
    assert likely(wire, rendering(2, BRIDGE, cites=["Reuters"]), 0.05) == 0.05


def test_what_was_added_is_told_as_a_feature() -> None:
    told = rendering(2, BRIDGE, cites=["Reuters"])
    match = in_context(sure(2, 1, probability=0.3), told, rendering(1, BRIDGE, "Reuters"))
    assert match.features["context"] > 0


def test_two_public_figures_make_a_doubtful_likeness_two_statements() -> None:
    macron = starmer(2, "2026-03-03", "Emmanuel Macron")
    assert likely(starmer(1, "2026-03-02"), macron, 0.6) < 0.5
    assert likely(starmer(1, "2026-03-02"), macron, 0.98) > 0.9


def test_a_pronoun_nobody_resolved_is_no_public_figure() -> None:
    said = rendering(1, "Das war der Plan.", speaker="Sie", speaker_kind="person", language="de")
    other = rendering(2, "Das war der Plan.", speaker="Angela Merkel", speaker_kind="person")
    assert likely(said, other) == 0.3
