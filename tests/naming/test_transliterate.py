import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.naming.transliterate import romanise, script, standards, transliterate


@pytest.mark.parametrize(
    ("text", "standard", "latin"),
    [
        ("Елена Хрущёва", "ru-bgn", "Yelena Khrushchyova"),
        ("Юлия", "ru-gost", "Iuliia"),
        ("Жуков", "ru-iso9", "Žukov"),
        ("Хрущёв", "ru-german", "Chruschtschjow"),
        ("Зеленський", "uk-2010", "Zelenskyi"),
        ("Згурський", "uk-2010", "Zghurskyi"),
        ("Юрій", "uk-2010", "Yurii"),
        ("Лукашэнка", "be-2007", "Lukašenka"),
        ("Щерев", "bg-2009", "Shterev"),
        ("Вучић", "sr", "Vučić"),
        ("Μητσοτάκης", "el-elot", "Mitsotakis"),
        ("スターマー", "ja-hepburn", "sutama"),
        ("김", "ko-rr", "gim"),
        ("МИД", "ru-bgn", "MID"),
    ],
)
def test_the_standards_spell_as_they_should(text, standard, latin):
    assert transliterate(text, standard) == latin


def test_a_standard_nobody_has_is_an_error():
    with pytest.raises(KeyError):
        transliterate("а", "martian")


def test_every_standard_says_what_it_is():
    assert len(standards()) >= 15
    assert all(title for title in standards().values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Keir", "Latn"),
        ("Кир", "Cyrl"),
        ("كير", "Arab"),
        ("קיר", "Hebr"),
        ("习近平", "Hani"),
        ("キア", "Jpan"),
        ("키어", "Kore"),
        ("Κιρ", "Grek"),
        ("123 …", "Zyyy"),
    ],
)
def test_the_script_is_that_of_the_first_letter(text, code):
    assert script(text) == code


def test_chinese_people_are_read_in_pinyin():
    assert romanise("习近平") == "Xijinping"


@given(st.text(alphabet=st.characters(), max_size=80), st.sampled_from(sorted(standards())))
def test_any_text_is_accepted(text, standard):
    assert isinstance(transliterate(text, standard), str)
    assert isinstance(romanise(text), str)
