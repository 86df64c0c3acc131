"""Between languages the words of the source are asked too, and nothing is told as certain."""

import pytest

from provenance.matching import compare
from provenance.model import Drift, Rendering

SOURCE = "Министр заявил, что 15 000 солдат будут размещены после прекращения огня."
ENGLISH = "The minister said that 15,000 soldiers would be deployed after a ceasefire."


def told(later: str, earlier: str, *languages: str) -> tuple[Drift, ...]:
    one, other = (
        Rendering(0, 0, text, language)
        for text, language in zip((later, earlier), languages, strict=True)
    )
    return compare(one, other).drift


def test_a_faithful_translation_is_told_of_nothing() -> None:
    assert told(ENGLISH, SOURCE, "en", "ru") == ()
    assert told(SOURCE, ENGLISH, "ru", "en") == ()


def test_a_name_nothing_in_the_source_stands_for_is_shown_on_its_side() -> None:
    english = ENGLISH.replace("after", "in Montevideo after")
    (drift,) = (d for d in told(english, SOURCE, "en", "ru") if d.kind == "name")
    assert (drift.from_text, drift.to_text, drift.certain) == ("Montevideo", "", False)
    (back,) = (d for d in told(SOURCE, english, "ru", "en") if d.kind == "name")
    assert (back.from_text, back.to_text) == ("", "Montevideo")


def test_a_kind_is_told_once() -> None:
    english = ENGLISH.replace("15,000", "50,000")
    assert [d.kind for d in told(english, SOURCE, "en", "ru")].count("number") == 1


def test_a_part_of_a_text_is_not_asked_for_what_the_rest_has() -> None:
    whole = f"{SOURCE} Тем временем в Монтевидео 300 школ на севере страны остались закрыты."
    assert "name" not in {d.kind for d in told(ENGLISH, whole, "en", "ru")}


def test_another_statement_is_not_judged() -> None:
    assert told("Montevideo will host the games.", SOURCE, "en", "ru") == ()


DENIED = {
    "ar": "لن نفرض ضرائب جديدة على الشركات الصغيرة هذا العام.",
    "fa": "ما امسال مالیات جدیدی بر کسب‌وکارهای کوچک وضع نخواهیم کرد.",
    "tr": "Bu yıl küçük işletmelere yeni vergiler koymayacağız.",
    "zh": "我们今年不会对小企业征收新税。",
    "ru": "Мы не будем вводить новые налоги для малого бизнеса в этом году.",
    "uk": "Цього року ми не запроваджуватимемо нових податків для малого бізнесу.",
    "de": "Wir werden in diesem Jahr keine neuen Steuern für kleine Unternehmen einführen.",
    "fr": "Nous n'imposerons pas de nouvelles taxes aux petites entreprises cette année.",
    "es": "Este gobierno no impondrá nuevos impuestos a las pequeñas empresas.",
    "it": "Quest'anno non imporremo nuove tasse alle piccole imprese.",
    "pl": "W tym roku nie nałożymy nowych podatków na małe firmy.",
}


@pytest.mark.parametrize("language", DENIED)
def test_a_denial_that_the_english_lacks_is_told(language: str) -> None:
    english = "We will not impose new taxes on small businesses this year."
    affirmed = english.replace("not ", "")
    assert "negation" in {d.kind for d in told(affirmed, DENIED[language], "en", language)}
    assert "negation" in {d.kind for d in told(DENIED[language], affirmed, language, "en")}
    assert not {d for d in told(english, DENIED[language], "en", language) if d.severity != "minor"}


@pytest.mark.parametrize("language", ("ar", "fa", "tr", "zh"))
def test_a_denial_known_by_its_absence_is_never_certain(language: str) -> None:
    found = told("We will impose new taxes on small businesses.", DENIED[language], "en", language)
    (drift,) = (d for d in found if d.kind == "negation")
    assert not drift.certain and drift.severity == "serious"


def test_a_denial_of_a_clause_that_was_not_quoted_is_not_missed() -> None:
    source = "سيفتح الميناء غدا أمام سفن الصيد، لكن الحكومة لن ترسل أي مساعدات مالية إلى الصيادين."
    found = told("The port will open to fishing ships tomorrow.", source, "en", "ar")
    assert "negation" not in {d.kind for d in found}
