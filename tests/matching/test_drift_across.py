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


HEARSAY = {
    "ar": "ربما افتتحت الشركة مصنعا ثانيا قرب الحدود.",
    "fa": "گفته می‌شود این شرکت کارخانه دومی در نزدیکی مرز افتتاح کرده است.",
    "tr": "İddiaya göre şirket sınırın yakınında ikinci bir fabrika açmış.",
    "zh": "据称该公司在边境附近开设了第二家工厂。",
    "ru": "Компания якобы открыла второй завод возле границы.",
    "uk": "Компанія нібито відкрила другий завод біля кордону.",
    "de": "Das Unternehmen hat angeblich eine zweite Fabrik nahe der Grenze eröffnet.",
    "fr": "L'entreprise aurait ouvert une deuxième usine près de la frontière.",
    "es": "La empresa habría abierto una segunda fábrica cerca de la frontera.",
    "it": "L'azienda avrebbe aperto una seconda fabbrica vicino al confine.",
    "pl": "Firma rzekomo otworzyła drugą fabrykę w pobliżu granicy.",
}


@pytest.mark.parametrize("language", HEARSAY)
def test_hearsay_told_as_fact_is_a_lost_hedge(language: str) -> None:
    fact = "The company has opened a second factory near the border."
    heard = fact.replace("has", "has reportedly")
    assert "hedge" in {d.kind for d in told(fact, HEARSAY[language], "en", language)}
    assert "hedge" not in {d.kind for d in told(heard, HEARSAY[language], "en", language)}


HEARD = {
    "ar": "يقال إن الشركة افتتحت مصنعا ثانيا قرب الحدود.",
    "tr": "Şirket sınırın yakınında ikinci bir fabrika açmış.",
    "de": "Das Unternehmen soll eine zweite Fabrik nahe der Grenze eröffnet haben.",
}


@pytest.mark.parametrize(("language", "heard"), (HEARSAY | HEARD).items())
def test_a_fact_told_as_hearsay_is_an_added_hedge(language: str, heard: str) -> None:
    fact = "The company has opened a second factory near the border."
    (drift,) = (d for d in told(heard, fact, language, "en") if d.kind == "hedge")
    assert (drift.severity, drift.certain, drift.to_text) == ("notable", False, "")
    answered = fact.replace("has", "is said to have")
    assert "hedge" not in {d.kind for d in told(heard, answered, language, "en")}


@pytest.mark.parametrize(
    ("language", "text", "english"),
    (
        ("de", "Das Unternehmen habe eine zweite Fabrik eröffnet.", "has opened"),
        ("de", "Das Unternehmen soll die Macht haben, eine zweite Fabrik zu eröffnen.", "can open"),
        ("it", "L'azienda avrebbe dovuto aprire una seconda fabbrica.", "was due to open"),
        ("tr", "Şirket, ikinci bir fabrika açmış, işçi aramaya devam ediyor.", "has opened"),
    ),
)
def test_what_only_looks_like_hearsay_hedges_nothing(
    language: str, text: str, english: str
) -> None:
    fact = f"The company {english} a second factory."
    assert "hedge" not in {d.kind for d in told(text, fact, language, "en")}


def test_hearsay_within_a_language_is_named_so() -> None:
    fact = "Die Regierung hat den Vertrag mit dem Hafen gekündigt."
    heard = "Die Regierung soll den Vertrag mit dem Hafen gekündigt haben."
    (lost,) = (d for d in told(fact, heard, "de", "de") if d.kind == "hedge")
    (new,) = (d for d in told(heard, fact, "de", "de") if d.kind == "hedge")
    assert "told as hearsay" in lost.says and lost.certain
    assert "is now hearsay" in new.says and new.severity == "notable"


def test_a_verb_that_says_may_by_its_ending_is_answered_by_may() -> None:
    source = "Cumhurbaşkanı seçimlerden sonra Ankara'yı ziyaret edebilir."
    faithful = told("The president may visit Ankara after the elections.", source, "en", "tr")
    hardened = told("The president will visit Ankara after the elections.", source, "en", "tr")
    assert "hedge" not in {d.kind for d in faithful}
    assert [(d.to_text, d.certain) for d in hardened if d.kind == "hedge"] == [("edebilir", False)]


@pytest.mark.parametrize("language", ("ar", "zh"))
def test_of_two_denials_the_one_that_is_gone_is_told(language: str) -> None:
    source = {
        "ar": "لن يعبر جنودنا النهر، ولم يتم تدمير الجسر.",
        "zh": "我们的士兵不会过河，桥梁也没有被摧毁。",
    }[language]
    english = "Our soldiers will not cross the river, and the bridge has not been destroyed."
    affirmed = english.replace("has not", "has")
    assert "negation" not in {d.kind for d in told(english, source, "en", language)}
    assert "negation" in {d.kind for d in told(affirmed, source, "en", language)}


@pytest.mark.parametrize(
    ("language", "text", "english"),
    (
        (
            "ru",
            "Он закрыт, пока инженеры не проверят мост.",
            "It is closed until engineers check the bridge.",
        ),
        (
            "pl",
            "Minister nie ma wątpliwości, że się otworzy.",
            "The minister is certain that it will open.",
        ),
        (
            "pl",
            "Port czeka na statki i na nie wpływa pogoda.",
            "The weather affects ships that the port awaits.",
        ),
        ("it", "Il porto ha oggi più navi che mai.", "The port has more ships than ever today."),
        (
            "it",
            "Il porto ospita navi e ne ripara i motori.",
            "The port hosts ships and repairs their engines.",
        ),
        ("es", "Sin embargo, el puerto abrió ayer.", "However, the port opened yesterday."),
        ("fa", "بندر برق ندارد.", "The port has no electricity."),
        ("tr", "Gemi limana girmeden önce durdu.", "The ship stopped before it entered the port."),
        (
            "tr",
            "Liman kapalı olmasa da gemiler bekliyor.",
            "Ships wait although the port is not closed.",
        ),
        ("de", "Die Fahrt mit der Fähre ist kostenlos.", "The trip by ferry is without charge."),
    ),
)
def test_what_denies_only_in_form_is_told_of_nothing(
    language: str, text: str, english: str
) -> None:
    assert "negation" not in {d.kind for d in told(english, text, "en", language)}
    assert "negation" not in {d.kind for d in told(text, english, language, "en")}


@pytest.mark.parametrize(
    ("text", "english"),
    (
        ("Nie brakuje chleba w sklepach miasta.", "The city's shops have bread."),
        ("Czy minister nie zna tego raportu?", "Does the minister know this report?"),
    ),
)
def test_a_denied_denial_and_a_question_deny_nothing(text: str, english: str) -> None:
    assert "negation" not in {d.kind for d in told(text, english, "pl", "en")}


@pytest.mark.parametrize(
    ("kind", "later", "earlier", "languages"),
    (
        ("replaced", "Oberst Jan Holt führt sie.", "General Jan Holt leads them.", "de en"),
        ("replaced", "La maire Ida Holt est ici.", "Deputy mayor Ida Holt is here.", "fr en"),
        ("quantifier", "Alle Schulen haben Wasser.", "Some schools have water.", "de en"),
        ("number", "La strada è lunga 40 miglia.", "The road is 40 kilometres long.", "it en"),
        ("replaced", "Порт откроется до среды.", "The port will open before Friday.", "ru en"),
        (
            "condition",
            "Nous ouvrirons des écoles.",
            "If prices fall, we will open schools.",
            "fr en",
        ),
    ),
)
def test_a_change_planted_in_another_language_is_told(
    kind: str, later: str, earlier: str, languages: str
) -> None:
    one, other = languages.split()
    assert kind in {d.kind for d in told(later, earlier, one, other)}


def test_a_denial_is_not_answered_by_that_of_another_sentence() -> None:
    english = "He may come unless the storm returns. The army did not close the road."
    german = (
        "Er könnte kommen, falls der Sturm nicht zurückkehrt. Die Armee hat die Straße {}gesperrt."
    )
    denied, affirmed = german.format("nicht "), german.format("")
    assert "negation" not in {d.kind for d in told(denied, english, "de", "en")}
    assert "negation" in {d.kind for d in told(affirmed, english, "de", "en")}


def test_a_day_told_as_another_is_told_once() -> None:
    found = told(
        "La alcaldesa visitará la presa el martes.",
        "The mayor will visit the dam on Thursday.",
        "es",
        "en",
    )
    assert [d.kind for d in found] == ["replaced"]
