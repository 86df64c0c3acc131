from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.naming import outlets
from tests.proportion import grows_in_proportion


def keys(text: str, language: str = "") -> list[str]:
    return [mention.outlet.key for mention in outlets.find(text, language)]


def written(text: str, language: str = "") -> list[str]:
    return [mention.text for mention in outlets.find(text, language)]


def test_the_table_is_large_and_its_rows_are_complete():
    table = outlets.all_outlets()
    assert len(table) >= 800
    assert len({outlet.key for outlet in table}) == len(table)
    for outlet in table:
        assert outlet.key.isascii() and outlet.name and len(outlet.country) == 2
        assert 2 <= len(outlet.language) <= 3
        assert outlet.kind in {
            *("agency", "newspaper", "magazine", "broadcaster", "site", "telegram", "government")
        }


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("According to Ria Novosti, plans are ready.", "en", "ria-novosti"),
        ("ОСЛО, 2 мар — РИА Новости. Министр прибыл.", "ru", "ria-novosti"),
        ("сообщил корреспондент агентства Интерфакс", "ru", "interfax"),
        ("рассказал он агентству «Рейтер»", "ru", "reuters"),
        ("в эфире телеканала CNN", "ru", "cnn"),
        ("розповів він «Українській правді»", "uk", "ukrainska-pravda"),
        ("zitiert die Agentur dpa den Minister", "de", "dpa"),
        ("Gdańsk (avec AFP)", "fr", "afp"),
        ("powiedziała w rozmowie z Polską Agencją Prasową", "pl", "pap"),
        ("dijo a la agencia EFE", "es", "efe"),
        ("据新华社报道", "zh", "xinhua"),
        ("نقلت وكالة رويترز", "ar", "reuters"),
        ("به گزارش خبرگزاری ایرنا", "fa", "irna"),
        ("Reuters'a göre", "tr", "reuters"),
        ("съобщи БТА", "bg", "bta"),
    ],
)
def test_an_outlet_is_found_in_the_script_and_case_it_stands_in(text, language, key):
    assert key in keys(text, language)
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sun rose over time and the post office opened.", "en"),
        ("Time flies, and the Sun has risen. People like life.", "en"),
        ("Сегодня взгляд на правду меняется. Правда в том, что время идёт.", "ru"),
        ("Die Zeit drängt, und das Bild ist unklar.", "de"),
        ("Эксперт отмечает, что агентство закрыто.", "ru"),
    ],
)
def test_common_words_are_not_outlets(text, language):
    assert keys(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("he told The Sun on Monday", "en", "the-sun"),
        ("wrote Time magazine", "en", "time"),
        ("пишет газета «Взгляд»", "ru", "vzglyad"),
        ("как сообщает «Правда»", "ru", "pravda"),
        ("sagte der Minister der Zeitung Die Zeit", "de", "die-zeit"),
    ],
)
def test_context_or_quotation_marks_make_a_common_word_an_outlet(text, language, key):
    assert keys(text, language) == [key]


def test_an_unlisted_outlet_is_made_from_what_the_text_calls_it():
    (mention,) = outlets.find("Об этом пишет газета «Приморский вестник».", "ru")
    assert mention.text == mention.outlet.name == "Приморский вестник"
    assert mention.outlet.key == "primorsk-vestnik" and not mention.outlet.country
    assert written("the newspaper Delovoy Kuryer reported", "en") == ["Delovoy Kuryer"]


def test_telegram_channels_are_named_by_title_or_handle():
    assert written("сообщил Telegram-канал «Береговой дозор»", "ru") == ["Береговой дозор"]
    (mention,) = outlets.find("в телеграм-канале @dozor_news", "ru")
    assert mention.outlet.kind == "telegram" and mention.text == "@dozor_news"


def test_the_longest_name_wins():
    assert keys("Sky News Arabia reported") == ["sky-news-arabia"]
    assert keys("РБК-Украина сообщает", "ru") == ["rbc-ukraine"]


def test_a_word_that_runs_into_a_link_still_shows_the_outlet():
    assert written("Об этом Reutersписало ранее", "ru") == ["Reuters"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ria Novosti", "ria-novosti"),
        ("«Интерфакса»", "interfax"),
        ("The Sun", "the-sun"),
        ("新华社", "xinhua"),
        ("الجزيرة", "al-jazeera"),
    ],
)
def test_lookup_takes_any_alias(name, key):
    found = outlets.lookup(name)
    assert found is not None and found.key == key


def test_lookup_of_a_stranger_is_none():
    assert outlets.lookup("Приморский вестник") is None
    assert outlets.lookup("") is None


def test_addresses_tell_the_outlet():
    def key(url: str) -> str:
        found = outlets.by_domain(url)
        return found.key if found else ""

    assert key("https://edition.cnn.com/2026/01/02/x") == "cnn"
    assert key("https://www.bbc.com/russian/news-1") == "bbc-russian"
    assert key("bbc.com") == "bbc"
    assert key("https://unheard-of.example/") == ""
    assert key("http://[broken") == ""


def test_an_address_that_a_state_keeps_for_its_offices_is_an_office():
    def country(url: str) -> str:
        found = outlets.office(url)
        return f"{found.country} {found.kind} {found.name}" if found else ""

    assert country("https://www.gov.pl/web/a") == "PL government gov.pl"
    assert country("https://harbour.gov.uk.example/") == ""
    assert country("harbours.gouv.fr") == "FR government harbours.gouv.fr"
    assert country("https://harbours.go.jp/a") == "JP government harbours.go.jp"
    assert country("https://harbours.gov/a") == "US government harbours.gov"
    assert country("https://www.coe.int/a") == " government coe.int"
    assert country("https://www.europarl.europa.eu/a") == "EU government europarl.europa.eu"
    assert country("https://go.it/") == country("https://gov.example/") == country("gov") == ""
    assert country("https://www.state.gov/a") == "", "listed under its own name"
    assert country("http://[broken") == country("") == ""


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_unicode_is_accepted_and_offsets_are_verbatim(text):
    end = 0
    for mention in outlets.find(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end


@given(
    st.lists(
        st.sampled_from(
            ["РИА", "Новости", "газета", "«", "»", " ", "The", "Sun", "Telegram", "\n", ".", "@a"]
        ),
        max_size=40,
    )
)
def test_mentions_never_overlap_in_broken_quotations(parts):
    text = "".join(parts)
    mentions = outlets.find(text, "ru")
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize("unit", ["газета «", "РИА ", "Telegram ", "The ", "1+", "新", "A"])
def test_time_grows_with_length_only(unit):
    assert grows_in_proportion(lambda times: outlets.find(unit * times), 10_000)


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Laut STANDARD wird das Bad saniert.", "de", ["STANDARD"]),
        ("Laut STANDARD DIN 5 wird das Bad saniert.", "de", []),
        ("Der ISO-STANDARD berichtet davon nichts.", "de", []),
        ("According to STANDARD & POOR, rates will rise.", "en", []),
    ],
)
def test_a_common_word_in_capitals_beside_capitals_is_no_newspaper(
    text: str, language: str, named: list[str]
) -> None:
    assert written(text, language) == named


def test_names_whose_article_is_in_the_preposition_are_found_beside_a_verb_of_saying():
    assert keys("a déclaré le maire au Figaro", "fr") == ["le-figaro"]
    assert keys("ha detto il sindaco al Foglio", "it") == ["il-foglio"]
    assert keys("la Coupe du Monde au Point du Jour", "fr") == []
    assert outlets.lookup("Point") is None


def test_endings_of_an_acronym_are_small_letters():
    assert keys("сообщает CNAS", "ru") == []
