"""Flags fire on what is wrong with a translation and stay quiet on what is right."""

import pytest

from provenance.translating._distrust import flags, trust
from tests.proportion import grows_in_proportion

SOURCE = "Министр сказал, что 15 000 солдат не прибудут в Киев до конца года."
RIGHT = "The minister said that 15,000 soldiers would not arrive in Kyiv before the year ends."


def test_a_right_translation_raises_no_flag() -> None:
    assert flags(SOURCE, RIGHT, "ru", "en") == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        (RIGHT + " the year the year the year the year the year", "repetition"),
        ("The minister said no.", "length"),
        (f"{RIGHT} {RIGHT}", "length"),
        ("The minister said that the apple harvest of the valley had been plentiful.", "content"),
        (SOURCE, "echoed"),
        (RIGHT.replace("15,000", "50,000"), "numbers"),
        (RIGHT.replace("not ", ""), "negation"),
        (RIGHT.replace("Kyiv", "Lisbon"), "names"),
        (
            "Der Minister sagte, dass 15.000 Soldaten vor dem Jahresende nicht nach Kiew kommen.",
            "wrong language",
        ),
    ],
)
def test_each_fault_raises_its_flag(text: str, flag: str) -> None:
    assert flag in flags(SOURCE, text, "ru", "en")


def test_content_that_nothing_stands_for_is_told_either_way() -> None:
    source = "Der Präsident sagte, dass 40 km genug sind."
    right, wrong = "The president said that 40 km are enough.", "40 cars will arrive."
    assert "content" in flags(source, wrong, "de", "en")
    assert "content" in flags(wrong, source, "en", "de")
    assert flags(source, right, "de", "en") == flags(right, source, "en", "de") == ()


def test_content_is_not_missed_where_words_are_not_known() -> None:
    assert "content" not in flags("Ministrul a spus asta.", "Forty cars will arrive.", "ro", "en")
    assert "content" not in flags("Zorblax quimpfte.", "Zorblax was quimping.", "de", "en")


def test_a_source_that_repeats_itself_may_be_repeated() -> None:
    source = "Нет, нет, нет, нет, нет, сказал министр."
    assert "repetition" not in flags(source, "No, no, no, no, no, said the minister.", "ru", "en")


def test_a_number_in_words_is_the_same_number() -> None:
    assert "numbers" not in flags("Прибыли 3 врача.", "Three doctors arrived.", "ru", "en")


def test_affixed_negation_counts() -> None:
    found = flags(
        "Мир сейчас не является возможным.", "Peace is impossible at this time.", "ru", "en"
    )
    assert "negation" not in found


@pytest.mark.parametrize(
    ("source", "language", "denied"),
    [
        (
            "Askerler bu yıl Kiev'e gelmeyecek.",
            "tr",
            "The soldiers will not come to Kyiv this year.",
        ),
        ("سربازان امسال به کیف نمی‌آیند.", "fa", "The soldiers will not come to Kyiv this year."),
    ],
)
def test_a_denial_inside_a_verb_counts(source: str, language: str, denied: str) -> None:
    assert "negation" not in flags(source, denied, language, "en")
    assert "negation" in flags(source, denied.replace("not ", ""), language, "en")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Об этом сообщила Урсула фон дер Ляйен.", "Ursula von der Leyen reported this."),
        ("Вчера Дональд Замбрутский был в Пекине.", "Donald Zambrutsky was in Beijing yesterday."),
        ("Это заявил глава Китая.", "The Chinese leader stated this."),
    ],
)
def test_a_name_in_its_english_spelling_is_not_lost(source: str, text: str) -> None:
    assert "names" not in flags(source, text, "ru", "en")


def test_every_flag_costs_confidence() -> None:
    assert trust(0.9, ()) == 0.9
    assert trust(0.9, ("numbers",)) > trust(0.9, ("numbers", "negation")) > 0
    assert trust(1.5, ()) == 1.0


def test_a_line_of_megabytes_is_not_compared_word_with_word() -> None:
    source, text = "Путин не приехал сегодня. ", "Somebody came home today. "
    assert {"negation", "names"} <= set(flags(source, text, "ru", "en"))
    assert not {"negation", "names"} & set(flags(source * 300, text * 300, "ru", "en"))


@pytest.mark.parametrize("unit", ["Аб ", "1 ", "中文名", "не1 Аб. "])
@pytest.mark.parametrize("language", ["ru", "zh"])
def test_hostile_text_takes_time_in_proportion(unit: str, language: str) -> None:
    def work(times: int) -> None:
        flags(unit * times, "Ab " * times, language, "en")

    assert grows_in_proportion(work, 1_000, 40)  # of a sentence each word meets each
    assert grows_in_proportion(work, 10_000)
