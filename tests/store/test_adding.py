"""Adding a document: everything or nothing, once, and given back exactly."""

from __future__ import annotations

import sqlite3
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from provenance.errors import StoreError
from provenance.model import Cue, Document, Link, Quote, Relay, Span, Speaker
from provenance.store import Run, Store
from tests.store import given

TABLES = ("documents", "quotes", "attributions", "links", "sentences", "snapshots", "runs")


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    raw = sqlite3.connect(path)
    found = {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    raw.close()
    return found


def test_a_document_comes_back_as_it_was_read(store: Store, run: Run) -> None:
    stored = store.add(
        given.full_document(), given.ENGLISH, [given.full_quote()], given.ORIGIN, (), run=run
    )
    assert stored.status == "new"
    assert store.document(stored.key) == given.full_document()
    assert store.quotes(stored.key) == (given.full_quote(),)
    assert store.origin(stored.key) == given.ORIGIN


def test_the_same_bytes_twice_change_nothing(path: Path) -> None:
    def add() -> str:
        with given.opened(path) as (store, run):
            parts = (given.ENGLISH, [given.full_quote()], given.ORIGIN, [Span(0, 9)])
            return store.add(given.full_document(), *parts, run=run).status

    assert add() == "new"
    before = rows(path)
    assert add() == "unchanged"
    assert rows(path) == before


def test_unchanged_names_the_same_keys(store: Store, run: Run) -> None:
    first = given.add(store, run, given.TEXT, given.full_quote())
    again = given.add(store, run, given.TEXT, given.full_quote())
    assert (again.key, again.quotes) == (first.key, first.quotes)
    assert store.known(given.document(id=given.TEXT[:40], url="", language="en")) == again


@pytest.mark.parametrize("field", ["id", "url", "outlet", "published", "title", "text"])
def test_what_differs_in_a_telling_field_is_another_document(
    store: Store, run: Run, field: str
) -> None:
    one = given.document()
    other = replace(one, **{field: "other"})
    keys = {
        store.add(document, given.ENGLISH, (), given.UNKNOWN, (), run=run).key
        for document in (one, other)
    }
    assert len(keys) == 2


def test_a_page_fetched_twice_with_other_bytes_but_the_same_words_is_one(
    store: Store, run: Run
) -> None:
    def fetched(content: bytes) -> Document:
        bytes_read = given.snapshot(content)
        return given.document(id=bytes_read.sha256[:16], snapshot=bytes_read)

    for content, status in ((b"one ad", "new"), (b"another ad", "unchanged")):
        stored = store.add(fetched(content), given.ENGLISH, (), given.UNKNOWN, (), run=run)
        assert stored.status == status


def test_changed_words_under_a_known_url_are_a_new_version(store: Store, run: Run) -> None:
    old = given.add(store, run, "Before.", url="https://s.example/1")
    new = given.add(store, run, "After.", url="https://s.example/1")
    assert store.find_document("https://s.example/1") == new.key
    found = store._connection.value("SELECT previous FROM documents WHERE id = ?", (new.key,))
    assert found == old.key


def test_a_run_that_stores_nothing_leaves_no_row(store: Store) -> None:
    with store.run("idle", {}):
        pass
    assert store.status().counts["runs"] == 0


def test_a_run_names_its_versions_models_and_outcome(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.run("add", {"translator": "argos 1.9"}) as run:
        given.add(store, run)
        raise KeyboardInterrupt
    row = store._connection.row("SELECT * FROM runs")
    assert row is not None
    assert (row["command"], row["outcome"]) == ("add", "stopped")
    assert row["finished"] >= row["started"]
    assert store.status().models == {"translator": "argos 1.9"}
    assert "sqlite" in store.status().versions


def test_a_false_quote_takes_its_document_with_it(store: Store, run: Run) -> None:
    bad = replace(given.quote(), text="We will send 15,000 troops if asked")
    with pytest.raises(StoreError, match="verbatim"):
        given.add(store, run, given.TEXT, given.quote(), bad)
    counts = store.status().counts
    assert (counts["documents"], counts["quotes"], counts["runs"]) == (0, 0, 0)
    assert given.add(store, run, given.TEXT, given.quote()).status == "new"


def test_rows_remembered_from_an_undone_transaction_are_forgotten(store: Store, run: Run) -> None:
    with pytest.raises(ZeroDivisionError), store.atomic():
        given.add(store, run, given.TEXT, given.full_quote())
        raise ZeroDivisionError
    given.add(store, run, given.TEXT, given.full_quote())
    broken = store._connection.rows("PRAGMA foreign_key_check")
    assert broken == []


@pytest.mark.parametrize("text", ["half \ud800 a character", "a NUL \0 in it"])
def test_text_that_cannot_be_stored_is_refused_in_one_line(
    store: Store, run: Run, text: str
) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        given.add(store, run, text)
    assert store.status().counts["documents"] == 0


HOSTILE = "'); DROP TABLE documents; --\" \\ <script>alert(1)</script> \u202e %s {0} ?1 :x"


def test_hostile_strings_are_only_strings(store: Store, run: Run) -> None:
    fields = dict.fromkeys(("id", "url", "title", "outlet", "published", "author"), HOSTILE)
    document = given.document(
        HOSTILE, **fields, meta={HOSTILE: HOSTILE}, links=(Link(HOSTILE, 0, 1),), language="en"
    )
    said = Quote(
        0,
        len(HOSTILE),
        HOSTILE,
        "direct",
        Speaker(0, 1, "'", HOSTILE, "person"),
        Cue(0, 1, "'"),
        (Relay(HOSTILE, "outlet", HOSTILE, HOSTILE),),
        language="en",
    )
    stored = store.add(document, given.ENGLISH, [said], given.UNKNOWN, (), run=run)
    assert store.document(stored.key) == document
    assert store.quotes(stored.key) == (said,)
    assert store.find_document(HOSTILE) == stored.key
    assert store.rendering(stored.quotes[0]).text == HOSTILE


def test_a_missing_document_is_named(store: Store) -> None:
    with pytest.raises(StoreError, match="no document 7"):
        store.document(7)
    with pytest.raises(StoreError, match="no quote 7"):
        store.rendering(7)


def test_a_document_is_found_by_url_id_path_or_hash(store: Store, run: Run) -> None:
    document = given.full_document()
    key = store.add(document, given.ENGLISH, (), given.UNKNOWN, (), run=run).key
    assert document.snapshot is not None
    asked = (document.url, document.id, document.snapshot.source, document.snapshot.sha256)
    assert [store.find_document(name) for name in asked] == [key] * 4
    assert store.find_document("") is None
    assert store.find_document("elsewhere") is None


def test_a_list_of_documents_says_what_each_is_known_by(store: Store, run: Run) -> None:
    stored = given.add(store, run, given.TEXT, given.quote(), id="a", outlet="The Sample Gazette")
    (summary,) = store.documents()
    assert (summary.key, summary.id, summary.quotes) == (stored.key, "a", 1)
    assert summary.outlet == "The Sample Gazette"
    assert dict(store.document_ids) == {stored.key: "a"}
    assert store.document_ids.get(99, "") == ""


def test_the_same_bytes_are_kept_once_and_compressed(store: Store, run: Run) -> None:
    content = b"<p>The same page.</p>" * 500
    for name in ("a", "b"):
        given.add(store, run, f"Entry {name}.", id=name, snapshot=given.snapshot(content))
    row = store._connection.row("SELECT *, length(content) AS kept FROM snapshots")
    assert row is not None
    assert store.status().counts["snapshots"] == 1
    assert (row["size"], row["encoding"]) == (len(content), "gzip")
    assert row["kept"] < len(content) / 10


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60
)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Document, tuple[Quote, ...]]:
    text = draw(texts)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places).map(sorted), max_size=3))
    quotes = tuple(
        Quote(
            start,
            end,
            text[start:end],
            draw(st.sampled_from(["direct", "indirect", "mixed"])),
            speaker=Speaker(start, end, text[start:end], draw(texts), "person"),
            confidence=draw(st.floats(0, 1)),
            spans=(Span(start, end),),
            language=draw(st.sampled_from(["en", "zh", "ar"])),
        )
        for start, end in spans
    )
    names = {field: draw(texts) for field in ("id", "title", "url", "author", "published")}
    meta = draw(st.dictionaries(texts, texts, max_size=2))
    return Document(text=text, language="und", outlet="", meta=meta, **names), quotes


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(articles())
def test_any_text_in_any_script_comes_back_exactly(
    store: Store, article: tuple[Document, tuple[Quote, ...]]
) -> None:
    document, quotes = article
    with store.run("test", {}) as run:
        stored = store.add(document, given.ENGLISH, quotes, given.ORIGIN, (), run=run)
    if stored.status == "new":
        assert store.document(stored.key) == document
        assert store.quotes(stored.key) == quotes
    assert [one.text for one in store.renderings(stored.quotes)] == [
        quote.text for quote in store.quotes(stored.key)
    ]


def test_offsets_count_code_points_in_every_script(store: Store, run: Run) -> None:
    text = "𝔘𝔫𝔦 👩‍👩‍👧 停火协议 said: «не пошлём» e\u0301" + string.whitespace
    said = "не пошлём"
    stored = given.add(store, run, text, given.quote(said, text))
    assert store.rendering(stored.quotes[0]).text == said
