"""Probabilities of names as they were when the comparison was last made faster: whoever fits
new weights writes them anew."""

from __future__ import annotations

import pytest

from provenance.naming import same

PINNED = [
    ("Кира Стармера", "Keir Starmer", 0.9248),
    ("Бориса Джонсона", "Boris Johnson", 0.9967),
    ("Урсулу фон дер Ляйен", "Ursula von der Leyen", 0.9977),
    ("Зеленского", "Zelenskyy", 0.9970),
    ("Хиллари Клинтон", "Hillary Clinton", 0.9991),
    ("Клинтон", "Clifton", 0.6611),
    ("习近平", "Xi Jinping", 0.9991),
    ("马英九", "Ma Ying-jeou", 0.9758),
    ("安倍晋三", "Shinzo Abe", 0.5391),
    ("王毅", "Wang Yang", 0.5000),
    ("بنيامين نتنياهو", "Benjamin Netanyahu", 0.9929),
    ("القذافي", "Gaddafi", 0.7453),
    ("בנימין נתניהו", "Binyamin Netanyahu", 0.9975),
    ("トランプ", "Trump", 0.9594),
    ("문재인", "Moon Jae-in", 0.9991),
    ("Киріакос Міцотакіс", "Кириакос Мицотакис", 0.9991),
    ("Джорджа Буша", "George H. W. Bush", 0.9981),
    ("Orbán Viktor", "Viktor Orban", 0.9991),
    ("Петра Порошенко", "Pavlo Poroshenko", 0.0228),
    ("Starmer", "Starmre", 0.7311),
]


@pytest.mark.parametrize(("one", "other", "probability"), PINNED)
def test_speed_changes_no_verdict(one: str, other: str, probability: float) -> None:
    assert same(one, other).probability == pytest.approx(probability, abs=6e-5)
    assert same(other, one).probability == same(one, other).probability
