"""Evidence of who translated whom, where packages for both directions are installed."""

from dataclasses import replace
from pathlib import Path

import pytest

from provenance.matching import compare
from provenance.model import Match
from provenance.tracing import directed, infer
from tests.tracing.inventing import rendering

RUSSIAN = rendering(1, "Генерал добавил, что 40 солдат прибудут в Лондоне.", language="ru")
ENGLISH = rendering(2, "The general added that 40 soldiers will arrive in London.")


def likely(match: Match, probability: float = 0.9) -> Match:
    return replace(match, probability=probability)


def test_a_likely_pair_across_languages_is_asked_about(returning: Path) -> None:
    forth = directed([(likely(compare(ENGLISH, RUSSIAN)), ENGLISH, RUSSIAN)])[0]
    back = directed([(likely(compare(RUSSIAN, ENGLISH)), RUSSIAN, ENGLISH)])[0]
    assert 0 < abs(forth.features["direction"]) <= 1
    assert forth.features["direction"] == pytest.approx(-back.features["direction"], abs=1e-4)


def test_the_chain_shows_it_in_words(returning: Path) -> None:
    match = directed([(likely(compare(ENGLISH, RUSSIAN), 0.99), ENGLISH, RUSSIAN)])[0]
    chain = infer(1, [ENGLISH, RUSSIAN], [match])
    told = [item for hop in chain.hops for item in hop.evidence if item.kind == "direction"]
    assert told
    assert all(abs(item.weight) <= 0.7 and "packages" in item.says for item in told)


def test_unlikely_pairs_and_one_language_are_not_asked_about(returning: Path) -> None:
    doubtful = likely(compare(ENGLISH, RUSSIAN), 0.4)
    same = likely(compare(ENGLISH, replace(ENGLISH, quote=3)))
    found = directed([(doubtful, ENGLISH, RUSSIAN), (same, ENGLISH, replace(ENGLISH, quote=3))])
    assert found == [doubtful, same]


def test_without_packages_nothing_is_added(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(elsewhere / "none"))
    match = likely(compare(ENGLISH, RUSSIAN))
    assert directed([(match, ENGLISH, RUSSIAN)]) == [match]
