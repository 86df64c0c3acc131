"""Quotes: true to their document by the database's own hand, and as matching sees them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from provenance.model import LanguageGuess, Origin, Relay, Span, Speaker, Translation
from provenance.store import Run, Store
from tests.store import given


@pytest.fixture
def stored(path: Path) -> sqlite3.Connection:
    """A database with one document and quote, in the hands of another program."""
    with given.opened(path) as (store, run):
        given.add(store, run, given.TEXT, given.quote())
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA foreign_keys = ON")
    return raw


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE quotes SET text = 'We will send 50,000 troops.'",
        "UPDATE quotes SET start = start + 1",
        'UPDATE quotes SET "end" = "end" - 1',
        """INSERT INTO quotes SELECT 99, document, start, "end", 'never said', type, language,
        speaker, speaker_name, speaker_kind, speaker_text, speaker_start, speaker_end, cue_text,
        cue_start, cue_end, confidence, spans, evidence, text_hash, run FROM quotes""",
    ],
)
def test_no_program_can_store_words_that_are_not_there(
    stored: sqlite3.Connection, sql: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="verbatim"):
        stored.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents SET text = 'other'",
        "UPDATE documents SET title = ''",
        "DELETE FROM documents",
        "INSERT OR REPLACE INTO documents SELECT * FROM documents",
    ],
)
def test_no_program_can_change_a_document(stored: sqlite3.Connection, sql: str) -> None:
    columns = ", ".join(
        row[1] for row in stored.execute("PRAGMA table_info(documents)") if row[1] != "label"
    )
    sql = sql.replace("documents SELECT *", f"documents ({columns}) SELECT {columns}")
    with pytest.raises(sqlite3.IntegrityError, match="immutable"):
        stored.execute(sql)


def test_a_rendering_says_all_that_is_known(store: Store, run: Run) -> None:
    key = store.add(
        given.full_document(), given.ENGLISH, [given.full_quote()], given.ORIGIN, (), run=run
    ).quotes[0]
    one = store.rendering(key)
    parts = [given.TEXT[span.start : span.end] for span in given.full_quote().spans]
    assert (one.text, one.language, one.type) == (" … ".join(parts), "en", "direct")
    assert given.TEXT[one.start : one.end] == given.SAID
    assert (one.speaker, one.speaker_kind) == ("Ada Example", "person")
    assert one.chain == given.full_quote().chain
    assert (one.outlet, one.country) == ("Daily Sample", "")
    assert one.links == ("https://paper.example/a", "https://far.example/")
    assert (one.origin, one.source_language) == ("translated relay", "ru")
    assert [scar.kind for scar in one.fingerprints] == ["name"]
    assert (one.title, one.published) == ("Troops", "2026-03-02")


@pytest.mark.parametrize(
    ("fields", "country"),
    [
        ({"outlet": "РИА Новости"}, "RU"),
        ({"outlet": "", "url": "https://www.theguardian.com/world/2026/x"}, "GB"),
        ({"outlet": "", "url": "http://[broken"}, ""),
        ({"outlet": ""}, ""),
    ],
)
def test_a_known_outlet_is_recognised_by_name_or_address(
    store: Store, run: Run, fields: dict[str, str], country: str
) -> None:
    key = given.add(store, run, given.TEXT, given.quote(), **fields).quotes[0]
    assert store.rendering(key).country == country


def test_renderings_come_in_the_order_asked(store: Store, run: Run) -> None:
    keys = [given.add_saying(store, run, f"Words {number}.") for number in range(4)]
    asked = [keys[2], keys[0], keys[3], keys[0]]
    assert [one.quote for one in store.renderings(asked)] == asked
    assert store.renderings([]) == ()


def test_a_translation_into_english_comes_with_the_rendering(store: Store, run: Run) -> None:
    text = "Она сказала: «Войска не пошлём»"
    key = given.add(store, run, text, given.quote("Войска не пошлём", text), language="ru").quotes[
        0
    ]
    assert store.rendering(key).english == ""
    for translator, english, confidence in (
        ("gloss", "troops not send", 0.99),
        ("argos", "We will not send troops", 0.7),
        ("old", "Troops no we send", 0.4),
    ):
        made = Translation("Войска не пошлём", english, "ru", "en", translator, "1", confidence)
        store.remember([made], run)
    assert store.rendering(key).english == "We will not send troops"
    store.remember([Translation("Войска не пошлём", "?", "bg", "en", "argos", "1", 0.95)], run)
    assert store.rendering(key).english == "We will not send troops"


def test_a_quote_without_a_language_has_its_documents(store: Store, run: Run) -> None:
    guess = LanguageGuess("de", 0.9, (("de", 0.9),), "Latn")
    document = given.document(language="")
    stored = store.add(document, guess, [given.quote()], given.UNKNOWN, (), run=run)
    assert store.rendering(stored.quotes[0]).language == "de"
    assert store.document(stored.key).language == "de"


def test_the_same_speaker_in_one_spelling_is_one_row_but_officials_stay_strangers(
    store: Store, run: Run
) -> None:
    def said_by(name: str, kind: str) -> Speaker:
        return Speaker(0, 8, given.TEXT[:8], name, kind)  # type: ignore[arg-type]

    for number, speaker in enumerate(
        [said_by("Ada Example", "person")] * 2 + [said_by("an official", "anonymous")] * 2
    ):
        given.add(store, run, given.TEXT, given.quote(speaker=speaker), id=str(number))
    rows = store._connection.rows("SELECT speaker FROM quotes ORDER BY id")
    assert [row[0] for row in rows] == [1, 1, None, None]
    names = store._connection.rows("SELECT name, language FROM speaker_names")
    assert [tuple(row) for row in names] == [("Ada Example", "en")]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["Keir Starmer", "Kir Starmer", "Кир Стармер", "Кіра Стармера"]),
        ("outlet", ["TASS", "ТАСС"]),
        ("group", ["Parliament", "PARLIAMENT"]),
    ],
)
def test_all_spellings_of_a_known_name_are_one_speaker(
    store: Store, run: Run, kind: str, names: list[str]
) -> None:
    canonical = names[0] if kind == "person" else ""
    for name in names:
        speaker = Speaker(0, 8, given.TEXT[:8], name, kind, canonical)  # type: ignore[arg-type]
        given.add(store, run, given.TEXT, given.quote(speaker=speaker), id=name)
    (row,) = store._connection.rows("SELECT name FROM speakers")
    assert row["name"] == names[0]
    written = store._connection.rows("SELECT name FROM speaker_names ORDER BY id")
    assert [row["name"] for row in written] == names


def test_relays_are_tied_to_the_outlets_they_name(store: Store, run: Run) -> None:
    relay = Relay("РИА Новости", "outlet", "RIA", "reported", 0, 3)
    person = Relay("a colleague", "person", "a colleague", "told")
    given.add(store, run, given.TEXT, given.quote(chain=(relay, person)))
    rows = store._connection.rows(
        """SELECT attributions.name, outlets.country FROM attributions
        LEFT JOIN outlets ON outlets.id = attributions.outlet ORDER BY step"""
    )
    assert [tuple(row) for row in rows] == [("РИА Новости", "RU"), ("a colleague", None)]


def test_sentences_are_renderings_too(store: Store, run: Run) -> None:
    origin = Origin("original", "en", (), 0.9, ())
    spans = (Span(0, 9), Span(10, 20))
    store.add(given.document(language="en"), given.ENGLISH, (), origin, spans, run=run)
    one, two = store.sentence_renderings([1, 2])
    assert (one.text, two.text) == (given.TEXT[0:9], given.TEXT[10:20])
    assert (two.quote, two.document, two.outlet) == (2, 1, "Daily Sample")


def test_a_documents_quotes_are_given_as_renderings(store: Store, run: Run) -> None:
    stored = given.add(store, run, given.TEXT, given.quote(), given.quote("Daily Sample"))
    assert [one.text for one in store.renderings_of(stored.key)] == [given.SAID, "Daily Sample"]
