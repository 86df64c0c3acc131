import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.naming import passages, passed_through


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Dzhonson", "ru"),
        ("Khillari", "ru"),
        ("Tschernomyrdin", "de"),
        ("Loukachenko", "fr"),
        ("Yuehanxun", "zh"),
        ("Jonseun", "ko"),
    ],
)
def test_the_run_of_letters_tells_the_language_a_name_came_through(name, language):
    found = passed_through(name)
    assert found and found.language == language
    assert found.weight > 2  # nats: seven times as likely as in the usual spelling


@pytest.mark.parametrize("name", ["Johnson", "Miller", "Garcia", "Obama", "Kir", "X", ""])
def test_a_name_that_shows_nothing_is_left_alone(name):
    assert passed_through(name) is None


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_name_has_chances_that_leave_room_for_the_usual_spelling(name):
    assert 0 <= sum(found.probability for found in passages(name)) <= 1.001
