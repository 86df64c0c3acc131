from __future__ import annotations

from pathlib import Path

import pytest

from provenance import add, open_store, trace
from provenance.model import Document
from provenance.pipeline import analyse
from provenance.tracing.passages import is_passage

SPEECH = """Good evening.

The harbour of Dover will be dredged before the ferries return in April. Every lighthouse
between here and Ramsgate gets new lamps this winter.

I told the council: “Our keepers have earned their wages for thirty lonely years.”
"""
NEWS = "The mayor spoke for an hour about the harbour. " * 20
RELAY = "«Порт Дувр углубят до апреля, пока не вернулись паромы», — заявил Кир Стармер."


def speech(at: str = "2026-06-01T20:00Z") -> Document:
    return Document("speech", SPEECH, outlet="UK Prime Minister's Office", published=at)


def said(document: Document) -> list[str]:
    return [" ".join(one.text.split()) for one in analyse(document).passages]


def test_what_an_office_publishes_is_its_own_words_sentence_by_sentence() -> None:
    first, second = said(speech())[:2]
    assert first.startswith("The harbour of Dover")
    assert second.startswith("Every lighthouse")


def test_a_passage_overlaps_no_quote_and_stands_at_its_offsets() -> None:
    read = analyse(speech())
    for passage in read.passages:
        assert read.document.text[passage.start : passage.end] == passage.text
        for quote in read.quotes:
            assert passage.end <= quote.start or quote.end <= passage.start
        assert is_passage(passage)
    assert not any(map(is_passage, read.quotes))


@pytest.mark.parametrize(
    "document",
    [
        Document("news", NEWS, outlet="Harbour Post"),
        Document("quoting", SPEECH, outlet="Harbour Post"),
    ],
)
def test_an_article_has_quotes_only(document: Document) -> None:
    assert analyse(document).passages == ()


def test_a_post_that_quotes_nobody_is_its_author_s_words() -> None:
    post = Document("post", "The harbour of Dover will be dredged in April.", outlet="A blog")
    assert said(post) == ["The harbour of Dover will be dredged in April."]


def test_a_relay_is_traced_to_a_transcript_that_came_out_after_it(tmp_path: Path) -> None:
    """Reported as it was held; the office's text is the record of it, hours later."""
    relay = Document("relay", RELAY, outlet="Портовый вестник", published="2026-06-01T18:00Z")
    for order in ([speech(), relay], [relay, speech()]):
        path = tmp_path / f"{order[0].id}.db"
        with open_store(path) as store:
            list(add(store, order))
            (found,) = trace(store, relay)
            end = next(node for node in found.way.nodes if node.id == found.end)
            assert end.outlet == "UK Prime Minister's Office"
            assert found.way.ends[0].reason == "primary source"
            told = [one for one in trace(store, "speech") if len(one.chain.nodes) > 1]
            assert [node.outlet for node in told[0].way.nodes] == [end.outlet]


def test_a_medium_s_later_text_is_no_source(tmp_path: Path) -> None:
    relay = Document("relay", RELAY, outlet="Портовый вестник", published="2026-06-01T18:00Z")
    text = f"“{SPEECH.split(chr(10))[2]}” Keir Starmer said."
    later = Document("later", text, outlet="Harbour Post", published="2026-06-01T20:00Z")
    with open_store(tmp_path / "case.db") as store:
        list(add(store, [relay, later]))
        (found,) = trace(store, relay)
        assert "Harbour Post" not in [node.outlet for node in found.way.nodes]
