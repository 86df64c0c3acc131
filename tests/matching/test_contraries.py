"""Words of which one excludes the other are data, the same families in every language."""

import re

import pytest

from provenance.languages import table
from provenance.matching import compare, prepare
from provenance.matching._contraries import Class, classes
from provenance.model import Rendering

LANGUAGES = ("ar", "bg", "de", "en", "es", "fa", "fr", "it", "pl", "ru", "tr", "uk", "zh")


def listed(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = table(language, "meaning")["contraries"]
    return found


def said(text: str, language: str) -> set[str]:
    return {kind.name for kind in classes(prepare(text, language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_same_families_and_classes(language: str) -> None:
    english = listed("en")
    assert listed(language).keys() <= english.keys()
    for family, members in listed(language).items():
        assert members.keys() <= english[family].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months_are_complete_and_no_word_is_of_two_classes(language: str) -> None:
    families = listed(language)
    assert (len(families["weekday"]), len(families["month"])) == (7, 12)
    for members in families.values():
        words = [word for written in members.values() for word in set(written.split())]
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "language", "classes"),
    [
        ("It may rain in May, before the march.", "en", {"may", "before"}),
        ("West Bank towns north of the river", "en", {"north"}),
        ("Der Anstieg begann am Montag.", "de", {"rise", "monday"}),
        ("وارتفعت الصادرات يوم الثلاثاء", "ar", {"rise", "export", "tuesday"}),
        ("بازار روز سه شنبه تعطیل بود", "fa", {"tuesday", "closed"}),
        ("İthalatın azalması çarşambadan beri", "tr", {"import", "fall", "wednesday"}),
        ("北部地区11月的进口增加了", "zh", {"north", "november", "import", "rise"}),
        ("La escuela del este cerró en agosto", "es", {"east", "closed", "august"}),
    ],
)
def test_words_are_found_with_their_endings_and_what_is_joined_to_them(
    text: str, language: str, classes: set[str]
) -> None:
    assert said(text, language) == classes


def test_only_classes_of_one_family_exclude_each_other() -> None:
    monday, tuesday = Class("weekday", "monday"), Class("weekday", "tuesday")
    assert monday.rivals(tuesday) and tuesday.rivals(monday)
    assert not monday.rivals(monday) and not monday.rivals(Class("month", "march"))


TALKS = {
    "ar": "ستبدأ المحادثات بين الوزراء في جنيف يوم الاثنين.",
    "de": "Die Gespräche zwischen den Ministern in Genf beginnen am Montag.",
    "es": "Las conversaciones entre los ministros en Ginebra comenzarán el lunes.",
    "fa": "گفتگوهای وزیران در ژنو روز دوشنبه آغاز می‌شود.",
    "fr": "Les discussions entre les ministres à Genève commenceront lundi.",
    "it": "I colloqui tra i ministri a Ginevra inizieranno lunedì.",
    "pl": "Rozmowy między ministrami w Genewie rozpoczną się w poniedziałek.",
    "ru": "Переговоры между министрами в Женеве начнутся в понедельник.",
    "tr": "Cenevre'de bakanlar arasındaki görüşmeler pazartesi günü başlayacak.",
    "uk": "Переговори між міністрами в Женеві почнуться в понеділок.",
    "zh": "部长们在日内瓦的会谈将于周一开始。",
}


@pytest.mark.parametrize("language", TALKS)
def test_another_day_is_told_in_every_language_and_the_same_is_not(language: str) -> None:
    english = "The talks between the ministers in Geneva will begin on Monday."
    source = Rendering(0, 0, TALKS[language], language)
    faithful = compare(Rendering(0, 0, english, "en"), source).drift
    assert not [drift for drift in faithful if drift.severity != "minor"]
    changed = compare(Rendering(0, 0, english.replace("Monday", "Tuesday"), "en"), source).drift
    (drift,) = (drift for drift in changed if drift.kind == "replaced")
    assert (drift.from_text, drift.severity, drift.certain) == ("Tuesday", "serious", True)


def test_of_two_rises_one_may_have_been_a_fall() -> None:
    earlier = "Die Arbeitslosigkeit sank im Juni, während die Exporte stiegen."
    later = "Unemployment rose in June while exports rose."
    found = compare(Rendering(0, 0, later, "en"), Rendering(0, 0, earlier, "de")).drift
    assert [d.says for d in found if d.kind == "replaced"] == ["“sank” became “rose”."]


def test_one_event_told_from_its_other_end_is_not_certainly_another() -> None:
    later, earlier = "Norway sold the ferry to Iceland.", "Island kaufte die Fähre von Norwegen."
    found = compare(Rendering(0, 0, later, "en"), Rendering(0, 0, earlier, "de")).drift
    assert not any(drift.certain for drift in found if drift.kind == "replaced")


def test_words_in_the_table_are_written_as_the_table_says() -> None:
    for language in LANGUAGES:
        for members in listed(language).values():
            for word in " ".join(members.values()).split():
                assert re.fullmatch(r"[^\s*]+\*?", word), (language, word)


@pytest.mark.parametrize(
    ("night", "language"),
    (
        ("Die Brücke wurde in der Nacht zum Montag gesperrt.", "de"),
        ("Мост закрыли в ночь на понедельник.", "ru"),
        ("Міст закрили в ніч на понеділок.", "uk"),
        ("Мостът беше затворен в нощта срещу понеделник.", "bg"),
    ),
)
def test_the_night_to_monday_is_that_of_sunday(night: str, language: str) -> None:
    later = Rendering(0, 0, "The bridge was closed on Sunday night.", "en")
    found = compare(later, Rendering(0, 0, night, language)).drift
    assert not {drift.kind for drift in found} & {"replaced", "name"}
