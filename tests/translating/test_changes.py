"""What direct comparison tells of a passage and its English, by which words, in which scripts."""

import pytest

from provenance.translating import changed
from provenance.translating._denials import FEATURES as SIGNS
from provenance.translating._denials import evidence
from provenance.translating._direct import corresponding, foreign, prepared
from provenance.translating._judging import family
from provenance.translating._lexicon import lexicon
from provenance.translating._suspects import FEATURES, suspects


def features(text: str, language: str, english: str, name: str) -> dict[str, float]:
    """What speaks for `name` being put in."""
    known = lexicon(language)
    assert known is not None
    found = suspects(text, foreign(text, known), english, prepared(english), known)
    [one] = (suspect for suspect in found if suspect.word.text == name)
    return dict(zip(FEATURES, one.features, strict=True))


@pytest.mark.parametrize(
    ("text", "language", "english", "name"),
    [
        (
            "部长昨天在伦敦会见了记者。",
            "zh",
            "The minister met reporters in Kenya yesterday.",
            "Kenya",
        ),
        ("التقى الوزير الصحفيين في لندن.", "ar", "The minister met reporters in Kenya.", "Kenya"),
        ("Министр встретил врачей в Лондоне.", "ru", "The minister met doctors in Kenya.", "Kenya"),
    ],
)
def test_a_name_exchanged_leaves_the_other_over(
    text: str, language: str, english: str, name: str
) -> None:
    assert features(text, language, english, name)["name left over anywhere"] > 0
    [change] = changed(text, language, english)
    assert (change.kind, change.text) == ("name", name)
    assert changed(text, language, english.replace("Kenya", "London")) == ()


@pytest.mark.parametrize(
    ("text", "language", "english", "name"),
    [
        ("Польща закрила кордон для вантажівок.", "uk", "Slovakia closed the border.", "Slovakia"),
        ("Полиция Лондона задержала врачей.", "ru", "Kenya police detained doctors.", "Kenya"),
    ],
)
def test_a_name_is_looked_for_where_a_sentence_begins(
    text: str, language: str, english: str, name: str
) -> None:
    [change] = changed(text, language, english)
    assert (change.kind, change.text) == ("name", name)


def test_an_ordinary_word_that_opens_a_sentence_is_no_name() -> None:
    assert (
        changed("Поезда задержались из-за снега.", "ru", "Trains were late because of snow.") == ()
    )


def test_a_word_that_another_answers_explains_no_name() -> None:
    alone = features("他们去了法国。", "zh", "They went with French.", "French")
    both = features("他们去了法国。", "zh", "They went to France with French.", "French")
    assert alone["meant"] == both["meant"] > 0
    assert alone["meant, unanswered"] > both["meant, unanswered"] == 0


def test_a_chinese_month_is_meant_by_its_number() -> None:
    text = "他 10 月去了伦敦。"
    assert features(text, "zh", "He went to London in October.", "October")["meant"] == 1
    assert features(text, "zh", "He went to London in March.", "March")["meant"] < 0.2


def denial(text: str, language: str, english: str) -> dict[str, float]:
    """What speaks for a denial being lost or put in."""
    known = lexicon(language)
    assert known is not None
    aligned = corresponding(foreign(text, known), prepared(english)).aligned
    return dict(zip(SIGNS, evidence(text, language, english, aligned), strict=True))


def test_a_denial_belongs_to_its_clause() -> None:
    text = "部长昨天没有会见伦敦的医生，但是总统访问了巴黎的学校。"
    kept = "The minister did not meet London doctors, but the president visited Paris schools."
    moved = "The minister met London doctors, but the president refused to visit Paris schools."
    lost = "expected in a clause, undenied there"
    assert denial(text, "zh", kept)[lost] < 0 < denial(text, "zh", moved)[lost]


def test_a_denial_is_told_its_place_by_its_neighbours_not_by_its_answer() -> None:
    text = "部长昨天没有会见伦敦的医生，但是总统访问了巴黎的学校。"
    kept = "The minister did not meet London doctors, but the president visited Paris schools."
    moved = "The minister met London doctors, but the president did not visit Paris schools."
    bare = "comes from a clause in which nothing denies"
    assert denial(text, "zh", kept)[bare] == 0 < denial(text, "zh", moved)[bare]


def test_ordinary_chinese_words_spell_no_name() -> None:
    text = "我们可以使用这个方法。"
    assert features(text, "zh", "We can use this method in Keyi.", "Keyi")["same name"] < 0.5


@pytest.mark.parametrize(
    ("text", "english", "name"),
    [
        ("齐藤昨天会见了记者。", "Saito met reporters yesterday.", "Saito"),  # as Japanese
        ("汪昨天会见了记者。", "Wang met reporters yesterday.", "Wang"),  # of one character
        ("罗加兰的医生昨天罢工。", "Doctors in Rogaland went on strike.", "Rogaland"),  # by ear
    ],
)
def test_a_name_in_chinese_characters_is_read_in_each_way(
    text: str, english: str, name: str
) -> None:
    assert features(text, "zh", english, name)["same name"] > 0.9
    assert changed(text, "zh", english) == ()


def test_one_chinese_word_stands_for_a_name_of_two() -> None:
    text = "苏联军队昨天来了。"
    right = features(text, "zh", "Troops of the Soviet Union came yesterday.", "Union")
    wrong = features(text, "zh", "Troops of the Soviet Street came yesterday.", "Street")
    run = "meant in a run of words"
    assert right[run] > 0.4 > wrong[run] == 0
    assert right["explained"] >= right[run]


def test_no_two_names_are_spelled_in_the_same_characters() -> None:
    text = "罗加兰的医生昨天罢工。"
    alone = features(text, "zh", "Doctors in Rogalan went on strike.", "Rogalan")
    beside = features(text, "zh", "Doctors Rogalan of Rogaland went on strike.", "Rogalan")
    own = "same name, no other's"
    assert alone["same name"] == beside["same name"] == alone[own] > 0.5
    assert beside[own] < 0.1


def test_a_name_that_no_dictionary_has_is_left_over_in_pieces() -> None:
    text = "塞伦盖蒂的医生昨天罢工。"
    kept = features(text, "zh", "Serengeti doctors in Kenya went on strike.", "Kenya")
    lost = features(text, "zh", "Namibian doctors in Kenya went on strike.", "Kenya")
    pieces = "name in pieces left over anywhere"
    assert kept[pieces] < 0.1
    assert lost[pieces] > 0.5


def test_scripts_without_capitals_are_judged_by_themselves() -> None:
    assert {family(code) for code in ("ar", "fa", "zh")} == {"without capitals"}
    assert {family(code) for code in ("ru", "tr", "de")} == {"with capitals"}
