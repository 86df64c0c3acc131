import pytest

from provenance.naming import people


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Kir Starmer", "Keir Starmer"),
        ("Keir Starmer", "Keir Starmer"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Кира Стармера", "Keir Starmer"),
        ("British Prime Minister Keir Starmer", "Keir Starmer"),
        ("Владимиром Зеленским", "Volodymyr Zelenskyy"),
        ("Wolodymyr Selenskyj", "Volodymyr Zelenskyy"),
        ("Дональда Трампа", "Donald Trump"),
        ("Ursula fon der Lyayen", "Ursula von der Leyen"),
        ("Orbán Viktor", "Viktor Orbán"),
        ("习近平", "Xi Jinping"),
        ("V. Putin", "Vladimir Putin"),
        ("Ben Uolles", "Ben Wallace"),
        ("Mao Nin", "Mao Ning"),
        ("習近平", "Xi Jinping"),
    ],
)
def test_a_public_figure_is_known_in_any_spelling(written, name):
    found = people.lookup(written)
    assert found is not None and found.name == name


def test_a_person_has_a_country_and_offices_in_words_of_no_language():
    found = people.lookup("Keir Starmer")
    assert found is not None and found.country == "GB"
    assert found.offices[0] == people.Office("head of government", 2024, 0)


@pytest.mark.parametrize("name", ["Ron Johnson", "Ivan Petrov", "", "42", "Mike Zelensky"])
def test_strangers_are_nobody(name):
    assert people.lookup(name) is None


@pytest.mark.parametrize(
    "name", ["Wang Li", "Lin Qing", "Mao Ming", "Li Qing", "Ван Ли", "王义", "John Kerr"]
)
def test_who_shares_a_surname_and_some_letters_with_a_public_figure_is_another(name):
    assert people.lookup(name) is None


def test_a_surname_several_bear_is_not_decided():
    assert people.lookup("Johnson") is None
    names = {person.name for person, _ in people.candidates("Johnson")}
    assert {"Boris Johnson", "Mike Johnson"} <= names


def test_a_surname_is_settled_by_the_full_name_nearby():
    context = "Keir Starmer spoke first. Later Starmer left."
    found = people.lookup("Starmer", context)
    assert found is not None and found.name == "Keir Starmer"
    assert people.lookup("Starmer", "Nobody else spoke.") is None


def test_every_row_is_complete():
    for person in people.everyone():
        assert person.name and len(person.country) == 2 and person.russian
        assert all(office.role and office.since > 1900 for office in person.offices)


def test_a_syllable_is_nobody() -> None:
    for name in ("Ý", "×\U00080572Ý", "Yi", "He"):
        assert people.lookup(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ким Чен Ын", "Kim Jong-un"),
        ("Ким Чен Ына", "金正恩"),
        ("Аляксандр Лукашэнка", "Александр Лукашенко"),
    ],
)
def test_two_listed_names_of_one_figure_are_the_same_where_letters_do_not_tell(one, other):
    match = people.same_person(one, other)
    assert match.probability > 0.9
    assert [evidence.kind for evidence in match.evidence] == ["public figure"]


@pytest.mark.parametrize(
    ("one", "other"), [("Kim Jong-il", "Kim Jong-un"), ("特朗普", "Donald Trump"), ("", "")]
)
def test_the_table_joins_neither_two_figures_nor_a_surname(one, other):
    assert people.same_person(one, other).probability <= 0.5
