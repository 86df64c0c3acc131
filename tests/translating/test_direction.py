"""Which of two texts is the translation, by packages that translate either way."""

from pathlib import Path

import pytest

from provenance.errors import TranslationError
from provenance.translating import direction, translator

RUSSIAN = "Генерал добавил, что 40 солдат прибудут в Лондоне."
ENGLISH = "The general added that 40 soldiers will arrive in London."
STRANGE = "Посол прибудут мир ответ солдат невозможен в Берлине, что подтвердил учитель."


def test_what_a_model_made_of_a_text_looks_translated_from_it(returning: Path) -> None:
    engine = translator("ru", "en")
    assert engine is not None
    made = engine.translate([STRANGE], "ru", "en")[0].text
    found = direction([(STRANGE, made)], "ru", "en")
    assert found is not None
    assert found[0] is not None
    assert found[0] > 0


def test_the_answer_turns_with_the_question(returning: Path) -> None:
    forth = direction([(RUSSIAN, ENGLISH), (STRANGE, ENGLISH)], "ru", "en")
    back = direction([(ENGLISH, RUSSIAN), (ENGLISH, STRANGE)], "en", "ru")
    assert forth is not None
    assert back is not None
    assert forth == pytest.approx([-value for value in back if value is not None], abs=1e-4)


def test_nothing_is_said_of_empty_texts_and_of_those_too_long(returning: Path) -> None:
    assert direction([("", ENGLISH), (RUSSIAN * 40, ENGLISH)], "ru", "en") == (None, None)


def test_one_direction_alone_says_nothing(installed: Path) -> None:
    assert direction([(RUSSIAN, ENGLISH)], "ru", "en") is None
    assert direction([(RUSSIAN, ENGLISH)], "ru", "de") is None


def test_a_broken_package_is_told(returning: Path, tmp_path: Path) -> None:
    model = next(returning.glob("*en_ru*")) / "model" / "model.bin"
    kept = model.read_bytes()
    try:
        model.write_bytes(b"rubbish")
        with pytest.raises(TranslationError, match="broken"):
            direction([(RUSSIAN, ENGLISH)], "ru", "en")
    finally:
        model.write_bytes(kept)
