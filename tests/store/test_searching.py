"""Full-text search: any script, no operators, nothing breaks it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from provenance.store import Run, Store
from tests.store import given

SAID = {
    "en": "We will not send troops before May.",
    "fr": "L’Élysée n’enverra pas de forces déployées à Odésa.",
    "ru": "Зелёный свет не дадим, ещё рано.",
    "ar": "لن نُرسِلَ قُوّاتٍ",
    "zh": "停火协议尚未签署",
    "th": "เราจะไม่ส่งทหาร",
    "ko": "우리는 군대를 보내지 않는다",
}


@pytest.fixture
def stored(store: Store, run: Run) -> dict[str, int]:
    return {
        language: given.add_saying(store, run, words, id=language, title=f"Title {language}")
        for language, words in SAID.items()
    }


def quotes(store: Store, asked: str) -> set[int | None]:
    return {found.quote for found in store.search(asked)} - {None}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("TROOPS send", "en"),
        ("elysee", "fr"),
        ("deployees Odesa", "fr"),
        ("зеленый", "ru"),
        ("قوات", "ar"),
        ("停火", "zh"),
        ("协议尚未", "zh"),
        ("署", None),
        ("停", "zh"),
        ("ทหาร", "th"),
        ("군대를", "ko"),
        ("dropped", None),
    ],
)
def test_words_are_found_without_case_accents_or_vowel_marks(
    store: Store, stored: dict[str, int], asked: str, language: str | None
) -> None:
    assert quotes(store, asked) == ({stored[language]} if language else set())


def test_the_document_is_found_beside_its_quote(store: Store, stored: dict[str, int]) -> None:
    quote, document = store.search("troops")
    assert (quote.quote, quote.text) == (stored["en"], SAID["en"])
    assert document.quote is None
    assert document.title == "Title en"
    assert "troops" in document.text


@pytest.mark.parametrize(
    "asked",
    ['"', "troops OR", "NOT troops", "text:troops*", "NEAR(a b)", "(", "^", "—", "", "\0", "' --"],
)
def test_operators_are_only_words(store: Store, stored: dict[str, int], asked: str) -> None:
    assert all(found.title == "Title en" for found in store.search(asked))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.text(max_size=30))
def test_no_question_breaks_the_search(store: Store, asked: str) -> None:
    assert store.search(asked.encode("utf-8", "ignore").decode()) == ()


def test_no_more_is_found_than_asked_for(store: Store, run: Run) -> None:
    for number in range(5):
        given.add_saying(store, run, f"Troops {number}.")
    assert len(store.search("troops", limit=3)) == 3
    assert len(store.search("troops", limit=7)) == 7
