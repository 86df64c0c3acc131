"""The gloss: words and short phrases in the source's order, honest about what it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import TranslationError
from provenance.languages.negation import denials
from provenance.translating import gloss

UKRAINIAN = "Прем'єр-міністр заявив, що 15 000 військових будуть в Україні. «Ні», — сказав він."


def test_it_says_that_it_is_a_gloss_and_is_never_sure() -> None:
    found = gloss(UKRAINIAN, "uk")
    assert (found.translator, found.source, found.target) == ("gloss", "uk", "en")
    assert found.source_text == UKRAINIAN
    assert "word by word" in found.flags
    assert 0.2 < found.confidence <= 0.4


def test_content_words_and_numbers_come_through() -> None:
    text = gloss(UKRAINIAN, "uk").text
    assert "15 000 military" in text
    assert "Ukraine" in text
    assert "minister" in text.lower()
    assert '"' in text
    assert "«" not in text


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("ru", "Солдаты не будут участвовать в боях", "will not participate in"),
        ("uk", "Велика Британія надала допомогу", "Great Britain"),
        ("de", "Der Vorschlag kam im Laufe der Woche", "in the course of the"),
        ("fr", "Il a pris part à la réunion", "took part in the meeting"),
        ("it", "Il vertice si terrà per la prima volta a Roma", "for the first time"),
    ],
)
def test_words_that_mean_something_together_are_rendered_together(
    language: str, text: str, english: str
) -> None:
    assert english in gloss(text, language).text


@pytest.mark.parametrize(
    ("language", "denied", "affirmed"),
    [
        ("ru", "Мы не согласны с этим решением.", "Мы согласны с этим решением."),
        ("de", "Das Parlament wird nicht zustimmen.", "Das Parlament wird zustimmen."),
        ("fr", "Le ministre ne viendra pas demain.", "Le ministre viendra demain."),
        ("ru", "Наши партнёры недовольны.", "Наши партнёры довольны."),
        ("uk", "Цього недостатньо.", "Цього достатньо."),
        ("de", "Das war ungeplant.", "Das war geplant."),
        ("pl", "Prezydent nie podpisze ustawy.", "Prezydent podpisze ustawę."),
        ("tr", "Anlaşma imzalanmadı.", "Anlaşma imzalandı."),
        ("zh", "我们没有谈判。", "我们有谈判。"),
        ("zh", "他不同意这个决定。", "他同意这个决定。"),
    ],
)
def test_a_denial_is_neither_lost_nor_made_up(language: str, denied: str, affirmed: str) -> None:
    assert denials(gloss(denied, language).text, "en")
    assert not denials(gloss(affirmed, language).text, "en")


@pytest.mark.parametrize("text", ["Ils ne prendront pas part aux combats", "Il n’a jamais négocié"])
def test_a_denial_in_two_parts_is_rendered_once(text: str) -> None:
    assert len(denials(gloss(text, "fr").text, "en")) == 1


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("中方将不得不采取必要措施", "zh", "will have to take"),
        ("Мы не можем не признать этого", "ru", "We cannot but accept"),
        ("Он чуть не упал", "ru", "almost fell"),
    ],
)
def test_words_whose_negation_denies_nothing_are_rendered_as_one(
    text: str, language: str, english: str
) -> None:
    assert english in gloss(text, language).text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("美国加征关税", "impose additional"),
        ("韩方同意", "South Korea"),
        ("央行加息", "central bank"),
    ],
)
def test_chinese_words_of_two_signs_are_no_country_and_no_preposition(
    text: str, english: str
) -> None:
    assert english.lower() in gloss(text, "zh").text.lower()
    assert "Canada" not in gloss(text, "zh").text


def test_no_phrase_reaches_over_a_mark() -> None:
    assert "will not" in gloss("Это не будет легко", "ru").text
    assert "will not" not in gloss("Нет и ещё раз не, будет легко", "ru").text


def test_unknown_names_are_romanised_and_latin_ones_kept() -> None:
    text = gloss("Брозельман сказал Quixelby, что Замбрутский придёт", "ru").text
    assert "Brozelman" in text
    assert "Quixelby" in text
    assert "Zambrutsk" in text


def test_chinese_gets_spaces_and_english_marks() -> None:
    text = gloss("首相说，战争结束了。", "zh").text
    assert "prime" in text.lower()
    assert "war" in text.lower()
    assert text.isascii()


def test_an_elided_article_parts_from_its_noun() -> None:
    assert "'" not in gloss("L'homme a parlé", "fr").text


def test_the_less_is_known_the_less_it_is_worth() -> None:
    known = gloss("Министр сказал", "ru").confidence
    assert gloss("Министр замбрутил кваркозябру", "ru").confidence < known


def test_a_language_without_a_table_is_refused_in_one_line() -> None:
    with pytest.raises(TranslationError, match="no built-in gloss for 'xx'") as refusal:
        gloss("abc", "xx")
    assert "\n" not in str(refusal.value)


@settings(deadline=None)  # the first example loads a table
@given(st.text(max_size=60), st.sampled_from(("ru", "de", "fr", "zh", "ar")))
def test_any_text_has_a_gloss_and_always_the_same(text: str, language: str) -> None:
    assert gloss(text, language) == gloss(text, language)


def test_an_address_or_a_handle_stays_as_it_is() -> None:
    text = "Selon @presse (https://a.fr/x) et a@b.fr : #guerre."
    made = gloss(text, "fr")
    assert all(kept in made.text for kept in ("@presse", "https://a.fr/x", "a@b.fr", "#guerre"))
    assert made.confidence == gloss("Selon et.", "fr").confidence


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [("Он погиб в боях за город.", "ru", "fight"), ("Она боялась боёв.", "ru", "afraid")],
)
def test_a_form_no_table_holds_means_what_those_spelled_like_it_mean(
    text: str, language: str, meant: str
) -> None:
    assert meant in gloss(text, language).text


def test_a_wording_met_once_yields_to_what_its_stem_means() -> None:
    assert gloss("мы направим", "ru").text == "We sent"


@pytest.mark.parametrize(
    ("language", "text", "english"),
    [
        ("fr", "les soldats britanniques", "The British soldiers"),
        ("es", "una fuerza multinacional", "A multinational force"),
        ("ar", "١٥ ألف", "15 thousand"),
    ],
)
def test_adjectives_go_before_their_nouns_and_figures_are_latin(
    language: str, text: str, english: str
) -> None:
    assert gloss(text, language).text == english


def test_a_denial_or_a_number_stays_where_it_is() -> None:
    assert gloss("pas possible", "fr").text == "Not possible"
    assert gloss("chapitre 12", "fr").text == "Chapter 12"


def test_a_language_whose_adjectives_stand_before_keeps_its_order() -> None:
    assert gloss("британские солдаты", "ru").text == "British soldiers"
