"""Between languages the words of the source are asked too, and nothing is told as certain."""

from provenance.matching import compare
from provenance.model import Drift, Rendering

SOURCE = "Министр заявил, что 15 000 солдат будут размещены после прекращения огня."
ENGLISH = "The minister said that 15,000 soldiers would be deployed after a ceasefire."


def told(later: str, earlier: str, *languages: str) -> tuple[Drift, ...]:
    one, other = (
        Rendering(0, 0, text, language)
        for text, language in zip((later, earlier), languages, strict=True)
    )
    return compare(one, other).drift


def test_a_faithful_translation_is_told_of_nothing() -> None:
    assert told(ENGLISH, SOURCE, "en", "ru") == ()
    assert told(SOURCE, ENGLISH, "ru", "en") == ()


def test_a_name_nothing_in_the_source_stands_for_is_shown_on_its_side() -> None:
    english = ENGLISH.replace("after", "in Montevideo after")
    (drift,) = (d for d in told(english, SOURCE, "en", "ru") if d.kind == "name")
    assert (drift.from_text, drift.to_text, drift.certain) == ("Montevideo", "", False)
    (back,) = (d for d in told(SOURCE, english, "ru", "en") if d.kind == "name")
    assert (back.from_text, back.to_text) == ("", "Montevideo")


def test_a_kind_is_told_once() -> None:
    english = ENGLISH.replace("15,000", "50,000")
    assert [d.kind for d in told(english, SOURCE, "en", "ru")].count("number") == 1


def test_a_part_of_a_text_is_not_asked_for_what_the_rest_has() -> None:
    whole = f"{SOURCE} Тем временем в Монтевидео 300 школ на севере страны остались закрыты."
    assert "name" not in {d.kind for d in told(ENGLISH, whole, "en", "ru")}


def test_another_statement_is_not_judged() -> None:
    assert told("Montevideo will host the games.", SOURCE, "en", "ru") == ()
