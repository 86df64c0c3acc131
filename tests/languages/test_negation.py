"""Denials are seen in words, in affixes of verbs and in characters, and not where none is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.languages import codes, negation


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We will not come.", "en"),
        ("They couldn’t come.", "en"),
        ("Мы не придём.", "ru"),
        ("Wir haben keinen Plan.", "de"),
        ("Askerler Kiev'e gelmeyecek.", "tr"),
        ("Anlaşmayı imzalamadılar.", "tr"),
        ("Bakan bunu söylemedi.", "tr"),
        ("وزیر نیامد.", "fa"),
        ("آنها نمی‌خواهند بجنگند.", "fa"),
        ("لن نقبل هذا الاتفاق.", "ar"),
        ("他们没有签字。", "zh"),
        ("他不同意这个决定。", "zh"),
        ("El gobierno no subirá los impuestos.", "es"),
        ("Quest'anno non si vota.", "it"),
        ("Решението не е взето.", "bg"),
        ("決定は今年ではない。", "ja"),
        ("계획은 없다.", "ko"),
    ],
)
def test_a_denial_is_found_at_its_place(text: str, language: str) -> None:
    found = negation.denials(text, language)
    assert found
    assert all(0 <= place <= 1 for place in found)
    assert set(found) <= set(negation.possible(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cosmonaut No. 11 came under the union flag.", "en"),
        ("Komedi temmuzda akademide gösterildi.", "tr"),
        ("Askerler Kiev'e gelecek.", "tr"),
        ("Bakan Yılmaz ile Durmuş Korkmaz'ın evi yandı.", "tr"),
        ("نام او نزدیک است.", "fa"),
        ("不仅如此，未来不同。", "zh"),
        ("Несколько недель он был в небе.", "ru"),
        ("Sin embargo, la paz llegó.", "es"),
        ("La personne qui arrive parle.", "fr"),
        ("I giornali ne hanno parlato.", "it"),
        ("كلا البلدين وقع الاتفاق.", "ar"),
        ("لا بد من السلام.", "ar"),
        ("两国差不多。", "zh"),
        ("Si vota o no, decidono loro.", "it"),
        ("Министърът обяви това преди няколко седмици.", "bg"),
        ("増税を行うかもしれない。", "ja"),
        ("안전을 지킨다.", "ko"),
    ],
)
def test_what_only_looks_like_a_denial_is_none(text: str, language: str) -> None:
    assert negation.denials(text, language) == ()


def test_words_that_may_render_a_denial_are_weaker() -> None:
    assert negation.denials("They were unable to come.", "en") == ()
    assert negation.possible("They were unable to come.", "en")


def test_it_says_where_it_knows_nothing() -> None:
    assert negation.known("tr")
    assert not negation.known("xx")
    assert negation.denials("not", "xx") == ()


@given(st.text(max_size=60), st.sampled_from(codes()))
def test_any_text_is_taken(text: str, language: str) -> None:
    assert all(0 <= place <= 1 for place in negation.possible(text, language))


@pytest.mark.parametrize(
    ("text", "cue", "language"),
    [
        ("The minister denied that the port is closed.", "denied", "en"),
        ("The minister ruled out a tax.", "ruled out", "en"),
        ("La ministre a démenti que le port soit fermé.", "démenti", "fr"),
        ("Министр опровергла, что порт закрыт.", "опровергла", "ru"),
        ("Die Ministerin bestritt, dass der Hafen nicht offen ist.", "bestritt", "de"),
        ("部长否认港口已经关闭。", "否认", "zh"),
    ],
)
def test_a_verb_that_denies_what_it_introduces(text: str, cue: str, language: str) -> None:
    at = text.index(cue)
    assert negation.denied_by(text, at, at + len(cue), language) == cue


@pytest.mark.parametrize(
    ("text", "cue", "language"),
    [
        ("The minister said that the port is closed.", "said", "en"),
        ("The minister has not denied that the port is closed.", "has not denied", "en"),
        ("La ministre n'a pas démenti que le port soit fermé.", "démenti", "fr"),
        ("Министр не опровергла, что порт закрыт.", "опровергла", "ru"),
        ("Die Ministerin bestritt nicht, dass der Hafen offen ist.", "bestritt", "de"),
    ],
)
def test_a_verb_that_is_denied_itself_denies_nothing(text: str, cue: str, language: str) -> None:
    at = text.index(cue)
    assert negation.denied_by(text, at, at + len(cue), language) == ""
