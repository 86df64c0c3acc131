"""What is stored can be found: quotes at once, sentences when their run ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.matching import prepare
from provenance.model import Span, Translation
from provenance.store import Run, Store, _candidates, open_store
from provenance.store.index import SqliteIndex
from tests.store import given

ASKED = prepare("Will 15,000 troops be sent if asked?", "en")


def found(index: SqliteIndex) -> list[int]:
    return [key for key, _ in index.search(ASKED, 5)]


def add_sentences(store: Store, run: Run, text: str = given.TEXT) -> None:
    middle = text.index("The paper")
    spans = (Span(0, middle - 1), Span(middle, len(text)))
    store.add(given.document(text), given.ENGLISH, (), given.UNKNOWN, spans, run=run)


def test_a_quote_is_found_as_soon_as_it_is_stored(store: Store, run: Run) -> None:
    key = given.add(store, run, given.TEXT, given.quote("Daily Sample"), given.quote()).quotes[1]
    assert found(store.index) == [key]


def test_a_quote_is_found_through_a_translation_remembered_with_it(store: Store, run: Run) -> None:
    words = "ʘʘʘ"  # in no word list
    text = f"“{words}”"
    with store.atomic():
        key = given.add(store, run, text, given.quote(words, text), language="xx").quotes[0]
        made = Translation(words, "15,000 troops if asked", "xx", "en", "argos", "1", 0.9)
        store.remember([made], run)
        assert found(store.index) == []
    assert found(store.index) == [key]


def test_an_undone_document_is_not_found(store: Store, run: Run) -> None:
    with pytest.raises(ZeroDivisionError), store.atomic():
        given.add(store, run, given.TEXT, given.quote())
        raise ZeroDivisionError
    assert found(store.index) == []


def test_sentences_are_found_once_their_run_ends(path: Path) -> None:
    with open_store(path) as store:
        with store.run("test", {}) as run:
            add_sentences(store, run)
        assert found(store.sentence_index) == [1]
        assert store.sentence_renderings([1])[0].text.startswith("Minister Ada Example")


def test_sentences_of_a_stopped_run_are_found_too(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), given.opened(path) as (store, run):
        add_sentences(store, run)
        raise KeyboardInterrupt
    with open_store(path, read_only=True) as store:
        assert found(store.sentence_index) == [1]


def test_sentences_of_a_killed_run_are_found_after_the_next(path: Path) -> None:
    with open_store(path) as store:
        killed = store.run("killed", {})
        add_sentences(store, killed.__enter__())  # and never leaves it
        assert found(store.sentence_index) == []
    with given.opened(path):
        pass
    with open_store(path) as store:
        assert found(store.sentence_index) == [1]


def test_many_sentences_do_not_wait_for_the_end(
    store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_candidates, "BATCH", 3)
    for number in range(2):
        add_sentences(store, run, f"{number}. {given.TEXT}")
    assert len(found(store.sentence_index)) == 2
