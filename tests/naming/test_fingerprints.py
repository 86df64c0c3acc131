import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.naming import betrayed, fingerprints
from provenance.naming.fingerprints import languages_of
from tests.proportion import grows_in_proportion


def languages(text: str, language: str = "en") -> set[str]:
    return set(languages_of(fingerprints(text, language)))


@pytest.mark.parametrize(
    ("text", "word", "form"),
    [
        ("Prime Minister Kir Starmer arrived.", "Kir", "«Кир»"),
        ("His name was Dzhonson.", "Dzhonson", "«Джонсон»"),
        ("They compared him to Gitler.", "Gitler", "«Гитлер»"),
        ("Commissioner Ursula fon der Lyayen spoke.", "Lyayen", "«Ляйен»"),
        ("The train left Kharkov at noon.", "Kharkov", "«Харьков»"),
    ],
)
def test_a_letter_by_letter_spelling_points_to_russian(text, word, form):
    (found,) = [one for one in fingerprints(text) if one.text == word]
    assert form in found.says and found.says.endswith("Russian")
    assert found.weight > 0
    assert text[found.start : found.end] == word


def test_a_case_ending_left_on_is_a_scar():
    found = fingerprints("a meeting with Keir Starmera on Monday")
    assert [(one.kind, one.text) for one in found] == [("case ending", "Starmera")]


def test_german_and_french_spellings_point_there():
    assert languages("President Wolodymyr Selenskyj spoke") == {"de"}
    assert languages("Mr Loukachenko spoke") == {"fr"}


def test_ukrainian_forms_in_russian_text_and_back():
    assert languages("Президент Володимир Зеленский прибыл", "ru") == {"uk"}
    assert languages("Президент Зеленський сказал", "ru") == {"uk"}
    assert languages("Міністр бывший прибув", "uk") == {"ru"}


@pytest.mark.parametrize(
    "text",
    [
        "Keir Starmer met Donald Trump and Ursula von der Leyen in London.",
        "Mr Johnson, Harry Hill and Hillary Clinton were there.",
        "The tramp crossed the fog near the bay; Kira smiled.",
        "Vladimir Putin spoke to Sergei Lavrov and Dmitry Peskov.",
        "Petr Pavel and Andrej Babiš argued.",
    ],
)
def test_ordinary_names_are_no_scars(text):
    assert fingerprints(text) == ()


def test_the_scar_of_a_person_needs_that_person_beside_it():
    assert fingerprints("Kir Bulychov wrote novels.") == ()


@given(st.text(alphabet=st.characters(), max_size=200), st.sampled_from(["en", "ru", "uk", "de"]))
def test_any_text_is_accepted_and_offsets_are_verbatim(text, language):
    for one in fingerprints(text, language):
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("unit", ["Kir ", "Starmera ", "Ria Novosti ", "Dzhonson", "і"])
def test_time_grows_with_length_only(unit):
    def work(times: int) -> None:
        fingerprints(unit * times)
        fingerprints(unit * times, "ru")

    assert grows_in_proportion(work, 12_500)


def test_a_name_alone_tells_by_its_scars_or_else_by_its_letters():
    (scar,) = betrayed("Kir Starmer")
    assert scar.text == "Kir" and "«Кир»" in scar.says
    (letters,) = betrayed("Dzheyms Smith")
    assert letters.text == "Dzheyms" and letters.says.endswith("Russian")
    assert betrayed("Keir Starmer") == () and betrayed("Кир Стармер") == ()
