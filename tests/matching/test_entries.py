"""Many texts read at once are stored as each is when read alone, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.matching import Entries, Prepared, directions, entries, merged, prepare
from provenance.matching._index import entry

TEXTS = (
    prepare("The council may send tents to the flooded valley.", "en"),
    prepare("“We lost 15,000 head of cattle,” Mayor Ann Lee told the Harbour Post.", "en"),
    prepare("Twenty-five million people in the G7 paid €3.5m, not thirty thousand.", "en"),
    prepare("COUNCIL OF LOWER HARBOUR IS NOT TO SELL THE OLD FERRY, SAYS MAYOR LEE", "en"),
    prepare("Not now.", "en"),
    prepare("Three, or 2 to 1?", "en"),
    prepare("", "en"),
    prepare("🎺 … Ⓐ Ⅷ", "en"),
    prepare("Мэр Анна Ли закрыла 25 школ в Нижней Гавани в понедельник.", "ru"),
    prepare("Мэр закрыла школу.", "ru", "The mayor, Anna Lee, closed 2 schools in Lower Harbour."),
    prepare("Die Bürgermeisterin schließt fünfundzwanzig Schulen in Unterhafen.", "de"),
    prepare("市长星期一关闭了二十五所学校 in Lower Harbour。", "zh"),
    prepare("أغلقت رئيسة البلدية ٢٥ مدرسة في المرفأ السفلي يوم الاثنين", "ar"),
    prepare("l’école d'Anne-Marie n’a pas fermé", "fr"),
)

some = st.lists(st.sampled_from(TEXTS), max_size=8)


def alone(prepared: Prepared) -> tuple[dict[str, float], bytes]:
    read = entry(prepared)
    return dict(read.impacts), directions([read.words])[0].tobytes()


def together(found: Entries) -> list[tuple[dict[str, float], bytes]]:
    impacts: list[dict[str, float]] = [{} for _ in found.directions]
    rows = zip(found.term.tolist(), found.text.tolist(), found.impact.tolist(), strict=True)
    for term, text, impact in rows:
        impacts[text][found.terms[term]] = impact
    return [(own, row.tobytes()) for own, row in zip(impacts, found.directions, strict=True)]


@settings(max_examples=60, deadline=None)
@given(some)
def test_texts_read_at_once_are_stored_as_alone(texts: list[Prepared]) -> None:
    assert together(entries(texts)) == list(map(alone, texts))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=80), max_size=4), st.sampled_from(["en", "ru", "de", "zh", "fr", ""])
)
def test_whatever_they_hold(texts: list[str], language: str) -> None:
    read = [prepare(text, language) for text in texts]
    assert together(entries(read)) == list(map(alone, read))


@settings(max_examples=20, deadline=None)
@given(some, st.integers(0, 8))
def test_entries_of_two_parts_are_those_of_the_whole(texts: list[Prepared], cut: int) -> None:
    whole = entries(texts)
    parts = merged([entries(texts[:cut]), entries(texts[cut:])])
    assert parts.terms == whole.terms
    for one, other in zip(parts[1:], whole[1:], strict=True):
        assert np.array_equal(one, other)


def test_terms_are_in_order_and_those_of_a_term_by_text() -> None:
    found = entries(TEXTS)
    assert list(found.terms) == sorted(found.terms)
    places = list(zip(found.term.tolist(), found.text.tolist(), strict=True))
    assert places == sorted(set(places))


@pytest.mark.parametrize("limit", [3, 100])
def test_words_forgotten_change_nothing(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr("provenance.matching._vocabulary._REMEMBERED", limit)
    for text in TEXTS:
        assert together(entries([text])) == [alone(text)]
