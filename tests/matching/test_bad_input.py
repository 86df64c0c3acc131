"""Queries nobody should send are answered honestly, and within bounds."""

from __future__ import annotations

import sqlite3

import pytest

from provenance.matching import match, prepare
from provenance.model import Match
from provenance.store.index import SqliteIndex
from tests.matching.saying import said

STORED = (
    "The harbour master may close the northern pier before the winter storms arrive.",
    "Nobody asked the fishermen whether 240 boats could leave in 15 days.",
    "Tents are sold on the market every Saturday before noon.",
    "It is not what it was, and it will not be what it is.",
)
BOILERPLATE = "Subscribe to our channel and never miss the latest news from the region."


def index(texts: tuple[str, ...] | list[str]) -> SqliteIndex:
    found = SqliteIndex(sqlite3.connect(":memory:"), "texts")
    found.create()
    found.add_many((key, prepare(text, "en")) for key, text in enumerate(texts))
    return found


def asked(query: str, texts: tuple[str, ...] | list[str] = STORED) -> tuple[Match, ...]:
    keys = [key for key, _ in index(texts).search(prepare(query, "en"), 50)]
    return match(said(query), [said(texts[key], key=key) for key in keys])


@pytest.mark.parametrize(
    "query",
    [
        "winter",
        "the of and to in",
        "it is",
        "240 15",
        "1 2 3 4 5 6 7 8 9",
        "🎺🎺🎺",
        "...",
        "",
        "\x00\u202e",
    ],
)
def test_what_says_nothing_is_no_statement(query: str) -> None:
    assert all(found.probability < 0.5 for found in asked(query))


@pytest.mark.parametrize(
    "query",
    [
        'NEAR("harbour" OR pier) AND * ^ -"',
        "pier'); DROP TABLE texts_postings; --",
        "harbour* AND NOT pier:",
        "%_\\",
    ],
)
def test_operators_are_only_characters(query: str) -> None:
    found = asked(query)
    assert {one.to_quote for one in found if one.probability > 0.5} <= {0}
    assert len(index(STORED)) == len(STORED)


def test_capitals_change_nothing() -> None:
    found = asked(STORED[0].upper())
    assert (found[0].to_quote, found[0].probability > 0.9) == (0, True)


def test_ten_thousand_words_are_one_query() -> None:
    filler = " ".join(f"word{number % 400}x" for number in range(10_000))
    assert asked(f"{STORED[0]} {filler}")[0].to_quote == 0
    assert asked(filler) == ()


def test_boilerplate_of_ten_thousand_documents_gives_as_many_answers_as_asked_for() -> None:
    texts = [*STORED, *[BOILERPLATE] * 10_000]
    found = asked(BOILERPLATE, texts)
    assert len(found) == 50
    assert all(one.probability > 0.9 for one in found)
    assert asked(STORED[0], texts)[0].to_quote == 0


@pytest.mark.parametrize(
    "query",
    [
        "the of and to in a that it is " * 1_000,
        " ".join(map(str, range(5_000))),
        "one hundred thousand million " * 2_000,
        "winter " * 10_000,
        "a" * 60_000,
        "🎺" * 30_000,
    ],
    ids=["function words", "figures", "number words", "one word", "one letter", "emoji"],
)
def test_a_long_query_of_one_kind_is_no_statement(query: str) -> None:
    assert all(found.probability < 0.5 for found in asked(query))


def test_a_query_that_says_one_stored_thing_again_and_again_finds_it() -> None:
    assert asked(f"{STORED[0]} " * 200)[0].to_quote == 0
