"""Numbers in figures: met in any writing, missed in none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._numerals import unmet


@pytest.mark.parametrize(
    ("text", "language", "english"),
    [
        ("Взрыв был в 02:30.", "ru", "The blast was at 0230."),
        ("Это было в 70-х годах.", "ru", "That was in the 1970s."),
        ("Погибло 15 000 человек.", "ru", "15,000 people died."),
        ("Au XVIIIe siècle, la ville brûla.", "fr", "In the 18th century the town burned."),
        ("Седьмой флот вышел в море.", "ru", "The 7th fleet put to sea."),
        ("Le taux est de 3,5 points.", "fr", "The rate is 3.5 points."),
        ("会议于3月20日举行。", "zh", "The meeting was held on March 20."),
        ("自 20 世纪 70 年代以来", "zh", "since the 1970s"),
        ("约 10 万人参加了活动。", "zh", "Some 100,000 people took part."),
        ("قُتل ٢٥ جندياً.", "ar", "25 soldiers were killed."),
        ("بني في القرن الثامن عشر", "ar", "It was built in the 18th century."),
        ("منذ سبعينيات القرن العشرين", "ar", "since the 1970s"),
        ("В семидесятых годах", "ru", "In the 1970s"),
        ("Полтора часа пути", "ru", "A 1.5 hour drive"),
        ("À 8 h 46 exactement", "fr", "At exactly 8:46"),
        ("Ровно в 08:46", "ru", "At exactly 8:46"),
        ("11 点 29 分左右", "zh", "Around 11:29"),
        ("220 万平方公里", "zh", "2.2 million km2"),
        ("w latach siedemdziesiątych", "pl", "in the 1970s"),
        ("سجل هدفين في المباراة.", "ar", "He scored 2 goals in the match."),
        ("新冠病毒检测呈阳性。", "zh", "Tested positive for COVID-19."),
        ("W V wieku p.n.e.", "pl", "In the 5th century BC"),
        ("У ХVII столітті", "uk", "In the 17th century"),  # typed in Cyrillic letters
        ("Поезд ушёл в 16:23.", "ru", "The train left at 4:23 pm."),
        ("Собрание в 22.00.", "ru", "The meeting is at 10 p.m."),
        ("Spotkanie o szesnastej", "pl", "A meeting at 4:00 p.m."),
        ("Otwarte od 6:30", "pl", "Open from 6.30"),
        ("Osiemnastoletni kierowca", "pl", "An 18-year-old driver"),
        ("Двадцатипятилетний водитель", "ru", "A 25-year-old driver"),
        ("Двомісячна перерва", "uk", "A break of 2 months"),
        ("Eine zehnseitige Liste", "de", "A 10-page list"),
        ("Выпуск двадцать первый", "ru", "Issue 21"),
        ("od 3–5 tysięcy złotych", "pl", "from 3,000 to 5,000 zlotys"),
        ("Bir buçuk milyon lira", "tr", "1.5 million lira"),
        ("贸易额达651亿元。", "zh", "Trade came to RMB65.1 billion."),
        ("共发出2万4801张，7万8千人申请。", "zh", "24,801 were issued, 78,000 people applied."),
        ("全长三点七公里，已完成八成。", "zh", "It is 3.7 kilometres long, 80% of it done."),
    ],
)
def test_a_number_is_met_in_any_writing(text: str, language: str, english: str) -> None:
    assert unmet(text, language, english, "en") == ((), ())


@pytest.mark.parametrize(
    ("text", "english", "lost", "gained"),
    [
        ("Погибло 15 человек.", "22 people died.", ("15",), ("22",)),
        ("Взрыв был в 9:30.", "The blast was at 9:37.", ("9:30",), ("9:37",)),
        ("Ставка 3,5.", "The rate is 35.", ("3,5",), ("35",)),
        ("Люди погибли.", "48 people died.", (), ("48",)),
        ("Поезд ушёл в 16:23.", "The train left at 5:23 pm.", ("16:23",), ("5:23",)),
        ("Двухмесячный срок.", "A term of 9 months.", (), ("9",)),
        ("COVID-19", "COVID-26", (), ("26",)),
        ("Бюджет 3 млн.", "A budget of 3 billion.", ("3",), ("3",)),
    ],
)
def test_another_number_is_not(
    text: str, english: str, lost: tuple[str, ...], gained: tuple[str, ...]
) -> None:
    assert unmet(text, "ru", english, "en") == (lost, gained)


def test_eighteen_in_arabic_is_not_twenty_eight() -> None:
    assert unmet("في الثامن عشر من مايو", "ar", "On May 28", "en") == ((), ("28",))


@given(st.text(max_size=60))
def test_a_text_has_all_its_own_numbers(text: str) -> None:
    assert unmet(text, "en", text, "en") == ((), ())
