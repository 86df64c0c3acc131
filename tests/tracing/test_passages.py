from __future__ import annotations

from pathlib import Path

import pytest

from provenance import add, audit, open_store, trace
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


QUOTED = "“This was no easy step,” said Anna Keller, chief executive of Nordwerk."
CLOSED = "Nordwerk closes its plant in Zwickau at the end of March."
MOVED = "The making of brake discs goes to Wrocław in two years."


def why(text: str, outlet: str, author: str = "") -> list[tuple[str, str]]:
    read = analyse(Document("text", text, outlet=outlet, author=author))
    return [
        (one.evidence[0].says, one.speaker.name if one.speaker else "") for one in read.passages
    ]


def test_a_page_in_the_first_person_is_its_publisher_s() -> None:
    text = f"We close our plant in Zwickau at the end of March.\n\n{QUOTED}\n\nOur {MOVED}"
    told = why(text, outlet="Nordwerk")
    assert told == [("2 of 2 sentences outside quotes say “we” or “I”", "Nordwerk")] * 2


def test_a_page_that_quotes_the_firm_s_own_people_is_the_firm_s() -> None:
    told = why(f"{CLOSED}\n\n{QUOTED}\n\n{MOVED}", outlet="Nordwerk")
    assert told == [("its own people are quoted in it", "Nordwerk")] * 2


@pytest.mark.parametrize("outlet", ["Harbour Post", "Reuters", ""])
def test_what_others_print_of_a_firm_is_not_theirs(outlet: str) -> None:
    assert why(f"{CLOSED}\n\n{QUOTED}\n\n{MOVED}", outlet=outlet) == []


def test_whom_a_paper_talked_to_does_not_speak_for_it() -> None:
    text = f"“This was no easy step,” Mayor Anna Keller told Nordwerk Echo. {MOVED}"
    assert why(text, outlet="Nordwerk Echo") == []


@pytest.mark.parametrize(
    ("text", "outlet", "calls"),
    [
        (f"Press release\n\n{CLOSED}\n\n{QUOTED}\n\n{MOVED}", "Zwickau page", "Press release"),
        (
            "Пресс-релиз\n\nКомпания «Азимут» закрывает завод в Твери с апреля.\n\n"
            "«Это было трудно», — сказал директор завода Пётр Лавров.",
            "Азимут",
            "Пресс-релиз",
        ),
        (
            "보도자료\n한빛전자는 3월 말 구미 공장을 닫고 생산을 대전으로 옮긴다. "
            "“어려운 결정이었다”고 김민수 대표이사는 말했다.",
            "한빛전자",
            "보도자료",
        ),
    ],
)
def test_a_page_that_calls_itself_a_statement_is_one(text: str, outlet: str, calls: str) -> None:
    assert {says for says, _ in why(text, outlet=outlet)} == {f"it calls itself “{calls}”"}


def test_a_headline_about_a_statement_makes_none() -> None:
    text = (
        "Statement by the minister angers the house\n\nThe minister said “we will not pay” "
        "on Monday. The opposition walked out and did not come back that day."
    )
    assert why(text, outlet="Harbour Post") == []


def test_a_listed_newspaper_s_column_is_no_statement() -> None:
    text = f"We close our plant in Zwickau at the end of March.\n\n{QUOTED}\n\nOur {MOVED}"
    assert why(text, outlet="The Guardian") == []


@pytest.mark.parametrize(
    ("outlet", "author"),
    [("Володимир Зеленський / Official", ""), ("Le Monde", "Volodymyr Zelensky")],
)
def test_a_public_figure_s_post_and_column_are_his(outlet: str, author: str) -> None:
    text = f"The harbour of Odesa works again tonight.\n\n{QUOTED}\n\n{MOVED}"
    assert {who for _, who in why(text, outlet, author)} == {"Volodymyr Zelenskyy"}


def test_a_relay_is_traced_to_the_firm_s_own_page(tmp_path: Path) -> None:
    page = Document(
        "page",
        f"We do not plan any further closures in Germany.\n\n{QUOTED}\n\nOur {MOVED}",
        outlet="Nordwerk",
        published="2026-05-04T08:00Z",
    )
    relay = Document(
        "relay",
        "«Мы не планируем новых закрытий в Германии», — заявили в компании Nordwerk.",
        outlet="Портовый вестник",
        published="2026-05-04T12:00Z",
    )
    with open_store(tmp_path / "case.db") as store:
        list(add(store, [page, relay]))
        (found,) = trace(store, relay)
        assert next(node.outlet for node in found.way.nodes) == "Nordwerk"
        assert found.way.ends[0].reason == "primary source"


def test_whoever_gets_another_s_post_put_in_his_mouth_is_misattributed(tmp_path: Path) -> None:
    post = Document(
        "post",
        "Ми не погодимося на жодні переговори без участі України.",
        outlet="Володимир Зеленський",
        published="2026-05-04T08:00Z",
    )
    draft = Document(
        "draft",
        "“We will not agree to any negotiations without the participation of Ukraine,” said "
        "Andriy Yermak.",
        published="2026-05-04T12:00Z",
    )
    with open_store(tmp_path / "case.db") as store:
        list(add(store, [post]))
        (judged,) = audit(store, draft).quotes
        assert judged.verdict.kind == "misattributed"
