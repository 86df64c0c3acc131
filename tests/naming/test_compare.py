import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.naming import key, same

ALIKE = [
    ("Keir Starmer", "Kir Starmer"),
    ("Кира Стармера", "Keir Starmer"),
    ("Киром Стармером", "Sir Keir Starmer"),
    ("Volodymyr Zelenskyy", "Володимира Зеленського"),
    ("Владимиру Зеленскому", "Vladimir Zelensky"),
    ("Ursula von der Leyen", "Урсулой фон дер Ляйен"),
    ("Müller", "Mueller"),
    ("Bill Marlowe", "William Marlowe"),
    ("Starmer, Keir", "Keir Starmer"),
    ("习近平", "Xi Jinping"),
    ("김정은", "Kim Jong-un"),
    ("بنيامين نتنياهو", "Benjamin Netanyahu"),
    ("בנימין נתניהו", "Benjamin Netanyahu"),
    ("Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis"),
    ("Αλέξη Τσίπρα", "Alexis Tsipras"),
    ("Святлана Ціханоўская", "Sviatlana Tsikhanouskaya"),
    ("Аляксандр Лукашэнка", "Alexander Lukashenko"),
    ("Қасым-Жомарт Тоқаев", "Kassym-Jomart Tokayev"),
    ("Александар Вучић", "Aleksandar Vučić"),
    ("Бойко Борисов", "Boyko Borisov"),
    ("حسن روحانی", "Hassan Rouhani"),
    ("박근혜", "Park Geun-hye"),
    ("毛泽东", "Mao Tse-tung"),
    ("李登辉", "Lee Teng-hui"),
    ("Ђорђе Милићевић", "Đorđe Milićević"),
    ("Зоран Ђинђић", "Zoran Djindjic"),
    ("Γιώργος Παπανδρέου", "George Papandreou"),
    ("Γιάνης Βαρουφάκης", "Yanis Varoufakis"),
    ("Ντόναλντ Τραμπ", "Donald Trump"),
    ("Κυριάκου Μητσοτάκη", "Kyriakos Mitsotakis"),
    ("İlham Əliyev", "Ilham Aliyev"),
    ("معمر القذافي", "Muammar Gaddafi"),
]
# Ways to write a name that are no spelling: order, titles, hyphens, short forms.
WRITTEN = [
    ("Путин В. В.", "Владимир Путин"),
    ("Горбачёв Михаил Сергеевич", "Mikhail Gorbachev"),
    ("Дж. Байден", "Joe Biden"),
    ("Дик Чейни", "Richard Cheney"),
    ("Майк Пенс", "Michael Pence"),
    ("Володимир Зеленський", "Владимир Зеленский"),
    ("Дмитро Кулеба", "Дмитрий Кулеба"),
    ("Святлана Ціханоўская", "Светлана Тихановская"),
    ("Си Цзиньпином", "习近平"),
    ("حسن نصر الله", "Hassan Nasrallah"),
    ("عبدالفتاح السيسي", "Abdel Fattah el-Sisi"),
    ("محمدجواد ظریف", "Mohammad Javad Zarif"),
    ("Цай Инвэнь", "Tsai Ing-wen"),
    ("岸田文雄", "Fumio Kishida"),
    ("高市早苗", "Sanae Takaichi"),
    ("Ван И", "Wang Yi"),
    ("Martin Luther King", "Мартин Лютер Кинг"),
    ("Ben Affleck", "Бен Аффлек"),
    ("Ursula von der Leyen", "Ursula van der Leyen"),
    ("Borris Jonhson", "Boris Johnson"),
]
# Read as another dialect has it: likelier than not.
LIKELY = [("蒋介石", "Chiang Kai-shek")]
# Japanese names in Chinese characters, which have many readings each.
JAPANESE = [
    ("工藤", "Kudo"),
    ("秀夫", "Hideo"),
    ("石川", "Ishikawa"),
    ("小泉純一郎", "Junichiro Koizumi"),
    ("黒田東彦", "Haruhiko Kuroda"),
    ("菅義偉", "Yoshihide Suga"),
    ("小池百合子", "Yuriko Koike"),
    ("村上春樹", "Haruki Murakami"),
]
# A surname, or less than a name, on one side: nobody is decided.
OPEN = [
    ("トランプ", "Donald Trump"),
    ("特朗普", "Donald Trump"),
    ("王主席", "Wang Yi"),
    ("Wallace", "Ben Wallace"),
    ("Van Gogh", "Vincent van Gogh"),
    ("George H. W. Bush", "George W. Bush"),
]
APART = [
    ("Boris Johnson", "Ron Johnson"),
    ("Hillary Clinton", "Bill Clinton"),
    ("Борис Джонсон", "Mike Johnson"),
    ("Anna Petrova", "Olga Petrova"),
    ("Keir Starmer", "Emmanuel Macron"),
    ("Иванов", "Petersen"),
    ("Kim Jong-il", "Kim Jong-un"),
    ("Jean-Marie Le Pen", "Marine Le Pen"),
    ("Джон Байден", "Joe Biden"),
    ("Ben Johnson", "Boris Johnson"),
    ("Билл Клинтон", "Hillary Clinton"),
    ("Виталий Кличко", "Wladimir Klitschko"),
    ("Юрій Іванов", "Юрий Петров"),
    ("岸田文雄", "Nobuo Kishi"),
    ("山田", "Yamamoto"),
]


@pytest.mark.parametrize(("one", "other"), LIKELY)
def test_a_reading_of_another_dialect_is_likelier_than_not(one, other):
    assert same(one, other).probability > 0.5


@pytest.mark.parametrize(("one", "other"), ALIKE + WRITTEN + JAPANESE)
def test_spellings_of_one_name_are_the_same(one, other):
    assert same(one, other).probability > 0.7


@pytest.mark.parametrize(("one", "other"), APART)
def test_people_who_share_a_surname_or_nothing_stay_apart(one, other):
    assert same(one, other).probability < 0.4


@pytest.mark.parametrize(("one", "other"), OPEN)
def test_what_fits_others_as_well_stays_open(one, other):
    assert 0.2 < same(one, other).probability <= 0.5


@pytest.mark.parametrize(("one", "other"), ALIKE + WRITTEN + OPEN + APART)
def test_the_order_of_the_two_names_does_not_matter(one, other):
    assert same(one, other) == same(other, one)


def test_a_surname_alone_is_a_candidate_and_says_so():
    match = same("Стармера", "Keir Starmer")
    assert 0.2 < match.probability <= 0.5
    assert any(one.kind == "surname only" for one in match.evidence)


@pytest.mark.parametrize(("one", "other"), [("Johnson", "Johnston"), ("Hansen", "Hanson")])
def test_a_first_name_in_common_makes_neighbouring_surnames_no_surer(one, other):
    alone = same(one, other).probability
    assert same(f"Boris {one}", f"Boris {other}").probability <= alone < 0.9


def test_an_initial_helps_less_than_a_name():
    full = same("Boris Johnson", "Борис Джонсон").probability
    initial = same("B. Johnson", "Борис Джонсон").probability
    wrong = same("M. Johnson", "Борис Джонсон").probability
    assert wrong < initial < full


def test_the_evidence_names_the_case_form_it_read():
    says = [one.says for one in same("Стармером", "Starmer").evidence]
    assert any("«стармер»" in one for one in says)


@pytest.mark.parametrize(
    "names",
    [
        ("Keir Starmer", "Kir Starmer", "Sir Keir Starmer", "Кир Стармер", "Кира Стармера"),
        ("Sergey Lavrov", "Sergei Lavrov", "Сергей Лавров"),
    ],
)
def test_one_key_groups_the_spellings_of_a_name(names):
    assert len({key(name) for name in names}) == 1


def test_keys_are_plain_letters_and_never_fail():
    assert key("Dr. Keir Starmer").isascii()
    assert key("") == "" and key("…") == ""


@given(st.text(alphabet=st.characters(), max_size=60), st.text(max_size=60))
def test_any_two_strings_compare_either_way_round(one, other):
    match = same(one, other)
    assert match == same(other, one)
    assert 0 <= match.probability <= 1


@given(st.text(alphabet="абвгдежзиклмнопрстуABCDEFabcdef -.'", min_size=1, max_size=30))
def test_a_name_is_the_same_as_itself(name):
    if any(letter.isalnum() for letter in name):
        assert same(name, name).probability > 0.9


def test_endless_names_are_cut_short():
    assert 0 <= same("а" * 100_000, "a b " * 50_000).probability <= 1
