"""Probabilities of names as they were when the comparison was last made faster: whoever fits
new weights writes them anew."""

from __future__ import annotations

import pytest

from provenance.naming import same

PINNED = [
    ("Кира Стармера", "Keir Starmer", 0.9239),
    ("Бориса Джонсона", "Boris Johnson", 0.9965),
    ("Урсулу фон дер Ляйен", "Ursula von der Leyen", 0.9976),
    ("Зеленского", "Zelenskyy", 0.9970),
    ("Хиллари Клинтон", "Hillary Clinton", 0.9991),
    ("Клинтон", "Clifton", 0.6724),
    ("习近平", "Xi Jinping", 0.9975),
    ("马英九", "Ma Ying-jeou", 0.9970),
    ("安倍晋三", "Shinzo Abe", 0.5000),
    ("王毅", "Wang Yang", 0.5000),
    ("بنيامين نتنياهو", "Benjamin Netanyahu", 0.9961),
    ("القذافي", "Gaddafi", 0.6573),
    ("בנימין נתניהו", "Binyamin Netanyahu", 0.9975),
    ("トランプ", "Trump", 0.9579),
    ("문재인", "Moon Jae-in", 0.9988),
    ("Киріакос Міцотакіс", "Кириакос Мицотакис", 0.9991),
    ("Джорджа Буша", "George H. W. Bush", 0.9975),
    ("Orbán Viktor", "Viktor Orban", 0.9991),
    ("Петра Порошенко", "Pavlo Poroshenko", 0.0201),
    ("Starmer", "Starmre", 0.7311),
]


@pytest.mark.parametrize(("one", "other", "probability"), PINNED)
def test_speed_changes_no_verdict(one: str, other: str, probability: float) -> None:
    assert same(one, other).probability == pytest.approx(probability, abs=6e-5)
    assert same(other, one).probability == same(one, other).probability
