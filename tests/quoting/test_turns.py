"""Turns of a briefing: what is asked is nobody's statement, what is answered somebody's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Document
from provenance.quoting import extract, questions

BRIEFINGS = {
    "en": (
        "Press briefing, Port Ellery, 3 June\n\n"
        "QUESTION: Reuters says that the tunnel is closed. Is it?\n\n"
        "IDA BRANDT: The tunnel is open, and nobody has asked us to close it."
    ),
    "ru": (
        "Брифинг в Порт-Эллери, 3 июня\n\n"
        "Вопрос: Агентство Рейтер сообщает, что тоннель закрыт. Это так?\n\n"
        "Ида Брандт: Тоннель открыт, и никто не просил нас его закрывать."
    ),
    "zh": (
        "6月3日，发言人林青主持例行记者会。\n\n"
        "路透社记者：隧道是否已经关闭？\n\n"
        "林青：隧道是开放的，没有人要求我们关闭隧道。"
    ),
}


@pytest.mark.parametrize("language", BRIEFINGS)
def test_an_answer_is_quoted_and_the_question_before_it_is_not(language: str) -> None:
    text = BRIEFINGS[language]
    (quote,) = extract(Document("briefing", text, language))
    assert quote.text == text.rsplit("\n", 1)[1].split(":")[-1].split("：")[-1].strip()
    assert (quote.type, quote.chain) == ("direct", ())
    assert quote.speaker is not None
    assert quote.speaker.text in {"IDA BRANDT", "Ида Брандт", "林青"}


def test_an_answer_without_a_name_has_no_speaker() -> None:
    text = BRIEFINGS["ru"].replace("Ида Брандт", "Ответ")
    (quote,) = extract(Document("briefing", text, "ru"))
    assert quote.speaker is None


def test_a_heading_that_only_looks_like_a_question_asks_nothing() -> None:
    assert questions("Question: who pays?\n\nNobody in Port Ellery knows.") == ()


@given(st.text(alphabet="QA:： \n.вопрос记者ab", max_size=200))
def test_questions_are_paragraphs_of_the_text_in_order(text: str) -> None:
    found = questions(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


INTERVIEWS = {
    "ar": "حوار مع مدير الميناء المهندس عبد الله ابن الخطيب.\n\nس: هل الوضع خطير؟\n\n"
    "ج: الميناء آمن والعمل مستمر.",
    "tr": "Liman Müdürü Gülten Korkmaz'la konuştuk.\n\nSoru: Durum tehlikeli mi?\n\n"
    "Cevap: Liman güvenli, çalışma sürüyor.",
    "en": "The Herald met Energy Minister Clara Voss.\n\nQ: Is it safe?\n\n"
    "A: The port is safe, work goes on.",
}


@pytest.mark.parametrize("language", INTERVIEWS)
def test_who_answers_is_the_one_person_the_text_names_before_the_first_question(
    language: str,
) -> None:
    (quote,) = extract(Document("interview", INTERVIEWS[language], language))
    assert quote.speaker is not None
    assert quote.speaker.name in {"عبد الله ابن الخطيب", "Gülten Korkmaz", "Clara Voss"}


def test_an_outlet_that_asks_is_not_quoted() -> None:
    text = "财新：贵国是否已经收到通知？\n\n姜泰旭：没有，我们没有收到任何正式通知。"
    (quote,) = extract(Document("interview", text, "zh"))
    assert quote.speaker is not None and quote.speaker.name == "姜泰旭"


@pytest.mark.parametrize(
    ("lead", "language"),
    [
        ("Liman Müdürü Gülten Korkmaz düzenlediği toplantıda şunları söyledi:", "tr"),
        ("Министр транспорта Сергей Айдаров на встрече с журналистами сказал:", "ru"),
        ("Transport Minister Clara Voss told reporters in the port on Monday:", "en"),
    ],
)
def test_what_is_said_may_stand_in_the_paragraph_behind_its_colon(lead: str, language: str) -> None:
    said = {"tr": "“Liman açık.”", "ru": "«Порт открыт».", "en": "“The port is open.”"}[language]
    (quote,) = extract(Document("statement", f"{lead}\n\n{said}", language))
    assert quote.speaker is not None
    assert quote.speaker.name in lead
