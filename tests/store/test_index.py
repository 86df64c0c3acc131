"""The candidate index in the database: what is added is found, in the same transaction."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.matching import MemoryIndex, prepare
from provenance.store.index import SqliteIndex

TEXTS = (
    "The council may send tents to the flooded valley.",
    "Pilots left the company last winter.",
    "Hillary Clinton opened the harbour.",
    "Совет закрыл старую школу в понедельник.",
    "Not now.",
)


def opened(path: str = ":memory:") -> SqliteIndex:
    index = SqliteIndex(sqlite3.connect(path), "quotes_index")
    index.create()
    return index


def language(text: str) -> str:
    return "en" if text.isascii() else "ru"


def filled() -> SqliteIndex:
    index = opened()
    index.add_many((key, prepare(text, language(text))) for key, text in enumerate(TEXTS))
    return index


def keys(index: SqliteIndex, text: str) -> list[int]:
    return [key for key, _ in index.search(prepare(text, language(text)))]


def test_every_text_finds_itself_first() -> None:
    index = filled()
    assert [keys(index, text)[0] for text in TEXTS] == list(range(len(TEXTS)))
    assert len(index) == len(TEXTS)


def test_english_finds_what_is_stored_in_russian() -> None:
    assert keys(filled(), "The council closed the old school on Monday")[0] == 3


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12), st.integers(1, 5))
def test_it_ranks_as_the_index_in_memory_does_however_it_was_filled(
    texts: list[str], step: int
) -> None:
    memory, index = MemoryIndex(), opened()
    items = [(key * 30_000, prepare(text, language(text))) for key, text in enumerate(texts)]
    memory.add_many(items)
    for start in range(0, len(items), step):
        index.add_many(items[start : start + step])
    for _, prepared in items:
        found, expected = index.search(prepared), memory.search(prepared)
        assert {key for key, _ in found} == {key for key, _ in expected}
        assert dict(found) == pytest.approx(dict(expected), rel=0.02)


def test_adding_a_stored_key_again_changes_nothing() -> None:
    index = filled()
    assert index.add_many([(0, prepare("Something else", "en"))]) == 0
    assert keys(index, "Something else") == []
    assert index.stored([0, 4, 99]) == {0, 4}


def test_what_is_stored_depends_neither_on_batches_nor_on_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [(key * 30_000, prepare(text, language(text))) for key, text in enumerate(TEXTS)]
    items += [(200_000 + key, prepare(f"{TEXTS[key % 5]} {key}", "en")) for key in range(40)]
    found = []
    for batch, jobs in ((1 << 15, 1), (7, 1), (7, 2)):
        monkeypatch.setattr("provenance.store.index._BATCH", batch)
        connection = sqlite3.connect(":memory:")
        index = SqliteIndex(connection, "quotes_index")
        index.create()
        assert index.add_many([*items, *items[:3]], jobs) == len(items)
        found.append(
            [
                connection.execute(f"SELECT {columns} FROM quotes_index_{table}").fetchall()
                for table, columns in (
                    ("keys", "*"),
                    ("postings", "*"),
                    ("directions", "made_with, chunk, body"),
                )
            ]
        )
    assert found[0] == found[1] == found[2]


def test_a_removed_key_is_found_no_more_and_a_rebuild_forgets_it() -> None:
    index = filled()
    index.remove([1])
    assert 1 not in keys(index, TEXTS[1])
    assert len(index) == len(TEXTS) - 1
    assert index.rebuild([(7, prepare(TEXTS[1], "en"))]) == 1
    assert keys(index, TEXTS[1]) == [7]
    assert 0 not in keys(index, TEXTS[0])


def test_what_is_rolled_back_is_not_found(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "one.db")
    index = SqliteIndex(connection, "quotes_index")
    index.create()
    connection.commit()
    index.add(1, prepare(TEXTS[0], "en"))
    connection.rollback()
    assert keys(index, TEXTS[0]) == []
    index.add(1, prepare(TEXTS[0], "en"))
    connection.commit()
    again = SqliteIndex(sqlite3.connect(tmp_path / "one.db"), "quotes_index")
    assert keys(again, TEXTS[0]) == [1]


@pytest.mark.parametrize("text", ['" OR 1=1 --', "NEAR(a b) AND *", "", "🎺", "the of and", "\x00"])
def test_any_text_can_be_asked(text: str) -> None:
    assert filled().search(prepare(text, "en"), 3) is not None


def test_a_very_long_question_is_answered() -> None:
    asked = "tents " + " ".join(f"word{i}" for i in range(10_000))
    assert keys(filled(), asked) == [0]


def test_a_name_that_is_no_table_name_is_refused() -> None:
    with pytest.raises(ValueError, match="not a table name"):
        SqliteIndex(sqlite3.connect(":memory:"), "x; DROP TABLE quotes")


def one_of_two(index: SqliteIndex) -> int:
    """Terms find both texts alike; which stands first is for their directions to say."""
    return keys(index, "They drove the truck.")[0]


LORRY, CHOIR = "They saw the lorry.", "They saw the choir."


@pytest.mark.parametrize("order", [(LORRY, CHOIR), (CHOIR, LORRY)])
def test_directions_decide_between_what_terms_find_alike(order: tuple[str, str]) -> None:
    index = opened()
    index.add_many((key, prepare(text, "en")) for key, text in enumerate(order))
    assert one_of_two(index) == order.index(LORRY)


def test_a_direction_that_was_undone_is_forgotten(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "one.db")
    index = SqliteIndex(connection, "quotes_index")
    index.create()
    connection.commit()
    for first, second, right in ((LORRY, CHOIR, 1), (CHOIR, LORRY, 2)):
        index.add_many([(1, prepare(first, "en")), (2, prepare(second, "en"))])
        assert one_of_two(index) == right
        connection.rollback()


def test_what_another_process_adds_or_rebuilds_is_seen(tmp_path: Path) -> None:
    ours = SqliteIndex(sqlite3.connect(tmp_path / "one.db"), "quotes_index")
    ours.create()
    connection = sqlite3.connect(tmp_path / "one.db")
    theirs = SqliteIndex(connection, "quotes_index")
    for number in (2_000, 5_000, 70_000):
        theirs.rebuild([(number, prepare(CHOIR, "en")), (1, prepare(LORRY, "en"))])
        connection.commit()
        assert one_of_two(ours) == 1
        theirs.rebuild([(1, prepare(CHOIR, "en"))])
        theirs.add(number, prepare(LORRY, "en"))
        connection.commit()
        assert one_of_two(ours) == number


def test_what_is_removed_here_or_elsewhere_is_hidden_until_that_is_undone(tmp_path: Path) -> None:
    ours, connection = (sqlite3.connect(tmp_path / "one.db") for _ in range(2))
    index, theirs = (SqliteIndex(one, "quotes_index") for one in (ours, connection))
    index.create()
    index.add_many([(1, prepare(CHOIR, "en")), (2, prepare(LORRY, "en"))])
    ours.commit()
    assert set(keys(index, CHOIR)) == {1, 2}
    index.remove([1])
    assert keys(index, CHOIR) == [2]
    ours.rollback()
    assert set(keys(index, CHOIR)) == {1, 2}
    theirs.remove([2])
    connection.commit()
    assert keys(index, CHOIR) == [1]


def test_many_chunks_at_once_are_read_as_one_by_one() -> None:
    index = opened()
    items = [(number * 1024, prepare(CHOIR, "en")) for number in range(200)]
    index.add_many([*items, (150 * 1024 + 7, prepare(LORRY, "en"))])
    assert one_of_two(index) == 150 * 1024 + 7


@given(st.permutations(range(len(TEXTS))), st.sampled_from(TEXTS))
def test_it_ranks_alike_in_whatever_order_keys_are_added(order: list[int], text: str) -> None:
    """Directions lie in the order of adding; only keys that ascend from 0 are read at a stroke."""
    memory, index = MemoryIndex(), opened()
    for key in order:
        stored = prepare(TEXTS[key], language(TEXTS[key]))
        memory.add(key, stored)
        index.add(key, stored)
    asked = prepare(text, language(text))
    ranked = [key for key, _ in memory.search(asked)]
    assert keys(index, text) == ranked


def test_texts_stored_without_a_direction_are_found_by_their_terms() -> None:
    """As in a database from before there were any, or of another table of vectors."""
    index = filled()
    index._connection.execute("UPDATE quotes_index_directions SET made_with = 0")
    assert [keys(index, text)[0] for text in TEXTS] == list(range(len(TEXTS)))
    index.add(1 << 40, prepare(TEXTS[0], "en"))
    assert set(keys(index, TEXTS[0])[:2]) == {0, 1 << 40}


def test_how_common_words_are_is_forgotten_when_it_is_undone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "one.db")
    index = SqliteIndex(connection, "quotes_index")
    index.create()
    index.add_many((key, prepare(text, "en")) for key, text in enumerate(TEXTS))
    connection.commit()
    asked = prepare(TEXTS[0], "en")
    before = index.search(asked)
    index.add_many((key, prepare(TEXTS[0], "en")) for key in range(100, 200))
    assert index.search(asked) != before
    connection.rollback()
    assert index.search(asked) == before
    again = SqliteIndex(sqlite3.connect(tmp_path / "one.db"), "quotes_index")
    assert again.search(asked) == before
