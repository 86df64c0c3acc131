"""Names by ear: one skeleton for the usual spellings of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.languages.words import fold
from provenance.matching._names import skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        "Зеленский Зеленський Zelenskyy Zelensky Selenskyj",
        "Стармер Starmer",
        "Хиллари Hillary Khillari",
        "Джонсон Johnson",
        "Ушаков Ushakov Uschakow",
        "Порошенко Poroshenko",
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: str) -> None:
    assert len({skeleton(fold(spelling)) for spelling in spellings.split()}) == 1


def test_different_names_differ() -> None:
    assert len({skeleton(name) for name in ("starmer", "macron", "zelensky", "johnson")}) == 4


@given(st.text(max_size=40))
def test_any_word_has_a_skeleton_of_consonants_or_none(word: str) -> None:
    assert set(skeleton(fold(word))) <= set("BPFVDTGKJSLMNRH")
