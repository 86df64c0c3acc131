"""What direct comparison tells of a passage and its English, by which words, in which scripts."""

import pytest

from provenance.translating import changed
from provenance.translating._direct import foreign, prepared
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


def test_ordinary_chinese_words_spell_no_name() -> None:
    text = "我们可以使用这个方法。"
    assert features(text, "zh", "We can use this method in Keyi.", "Keyi")["same name"] < 0.5


def test_scripts_without_capitals_are_judged_by_themselves() -> None:
    assert {family(code) for code in ("ar", "fa", "zh")} == {"without capitals"}
    assert {family(code) for code in ("ru", "tr", "de")} == {"with capitals"}
