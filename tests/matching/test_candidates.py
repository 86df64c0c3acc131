"""Candidates: what an index finds, and by which terms."""

from __future__ import annotations

import numpy as np
import pytest

from provenance.matching import MemoryIndex, directions, prepare, terms
from provenance.matching._meaning import nearness
from provenance.matching._senses import Lexeme
from provenance.model import Rendering
from provenance.pipeline import best_matches

TEXTS = (
    "The council may send tents to the flooded valley.",
    "Pilots left the company last winter.",
    "Hillary Clinton opened the harbour.",
    "No, it was not.",
)


def index() -> MemoryIndex:
    found = MemoryIndex()
    found.add_many((key, prepare(text, "en")) for key, text in enumerate(TEXTS))
    return found


def first(text: str, language: str = "en") -> int | None:
    return next((key for key, _ in index().search(prepare(text, language))), None)


def test_a_text_finds_itself() -> None:
    assert [first(text) for text in TEXTS] == [0, 1, 2, 3]


def test_a_translation_finds_the_original() -> None:
    assert first("Совет может отправить палатки в долину", "ru") == 0
    assert first("Die Piloten verließen im Winter das Unternehmen", "de") == 1


def test_a_name_is_found_as_it_sounds() -> None:
    assert first("Khillari Klinton") == 2


def test_a_stored_translation_is_a_second_road() -> None:
    found = terms(prepare("Совет", "ru", "council"))
    assert "e:council" in found
    assert any(term.startswith("ru:") for term in found)


def test_synonyms_are_asked_for_and_not_stored() -> None:
    prepared = prepare("The prison was odd", "en")
    assert set(terms(prepared)) < set(terms(prepared, asking=True))


def test_other_words_for_it_find_the_original() -> None:
    found = index()
    found.add(9, prepare("Whose baggage is this?", "en"))
    assert found.search(prepare("Their luggage vanished", "en"))[0][0] == 9


def test_a_second_look_goes_further_where_nothing_likely_was_found() -> None:
    """The first passage found is the query's own, and so no answer."""
    text = "The council may send tents to the flooded valley."
    stored = {1: Rendering(1, 7, text, "en"), 2: Rendering(2, 8, f"It says: {text}", "en")}
    found = MemoryIndex()
    found.add_many((key, prepare(one.text, "en")) for key, one in stored.items())

    def asked(wide: bool) -> list[int]:
        query = Rendering(0, 7, text, "en")
        matches = best_matches(found, lambda keys: [stored[k] for k in keys], query, 1, wide)
        return [match.to_quote for match, _ in matches]

    assert asked(wide=False) == []
    assert asked(wide=True) == [2]


def test_nothing_in_common_finds_nothing() -> None:
    assert first("Quarterly dividends rose") is None
    assert first("") is None
    assert MemoryIndex().search(prepare(TEXTS[0], "en")) == []


def test_a_key_is_stored_once() -> None:
    found = index()
    found.add(0, prepare("Something else entirely", "en"))
    assert len(found) == len(TEXTS)
    assert found.search(prepare("entirely else", "en")) == []


def test_the_limit_is_kept() -> None:
    found = MemoryIndex()
    found.add_many((key, prepare("boilerplate notice", "en")) for key in range(500))
    assert [key for key, _ in found.search(prepare("boilerplate", "en"), 10)] == list(range(10))


def test_a_text_with_no_word_in_common_but_the_commonest_is_near() -> None:
    """Of two that share as many words with the question, the one on the same subject."""
    found = MemoryIndex()
    found.add(1, prepare("They saw the choir.", "en"))
    found.add(2, prepare("They saw the lorry.", "en"))
    assert [key for key, _ in found.search(prepare("They drove the truck.", "en"))] == [2, 1]


def test_a_foreign_text_is_where_its_english_is() -> None:
    one, other, else_ = directions(
        [
            words("Правительство повысило налоги", "ru"),
            words("The government raised taxes", "en"),
            words("A dog swam across the lake", "en"),
        ]
    )
    near, far = nearness(one, np.array([other, else_]))
    assert near > 0.6
    assert far < 0.3


def test_a_text_of_unknown_words_has_no_direction_and_nothing_counts_against_it() -> None:
    unknown, known = directions([words("Qwxzt vbnqp", "en"), words("The dog", "en")])
    assert not unknown[:-1].any()  # the last is how long it is
    assert nearness(known, np.array([unknown, known])).tolist() == pytest.approx([1, 1], abs=0.02)
    assert nearness(unknown, np.array([known])).tolist() == [0]


def words(text: str, language: str) -> list[Lexeme]:
    return [token.lexeme for token in prepare(text, language).tokens]
