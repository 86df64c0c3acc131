from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Span
from provenance.tracing import Difference, difference
from tests.tracing.inventing import rendering


def told(found: Difference) -> list[tuple[str, str, str]]:
    def cut(text: str, span: Span | None) -> str:
        return text[span.start : span.end] if span else ""

    return [
        (step.change, cut(found.earlier.text, step.earlier), cut(found.later.text, step.later))
        for step in found.steps
    ]


def compared(one: str, two: str, first: str = "en", second: str = "en") -> Difference:
    return difference(rendering(1, one, language=first), rendering(2, two, language=second))


def test_lost_and_added_words_stand_where_they_were() -> None:
    found = compared("We will not close the port.", "We will close the old port.")
    assert told(found) == [
        ("same", "We", "We"),
        ("same", "will", "will"),
        ("lost", "not", ""),
        ("same", "close", "close"),
        ("same", "the", "the"),
        ("added", "", "old"),
        ("same", "port", "port"),
    ]


def test_another_form_of_a_word_is_no_loss() -> None:
    changed = list(told(compared("the ports closed", "the port closed")))
    assert ("inflected", "ports", "port") in changed


def test_across_languages_words_are_paired_with_what_renders_them() -> None:
    found = told(compared("We will not close the port.", "Мы не закроем порт.", "en", "ru"))
    assert ("renders", "not", "не") in found
    assert ("renders", "port", "порт") in found


def test_the_change_is_told_in_a_sentence_too() -> None:
    text = "We will {}close the port of Dover this winter."
    found = compared(text.format("not "), text.format(""))
    assert {item.kind for item in found.match.drift} == {"negation"}


WORDS = st.lists(st.sampled_from(["the", "port", "will", "not", "close"]), max_size=12)


@given(WORDS, WORDS, st.sampled_from(["en", "ru"]))
def test_every_word_of_both_texts_is_told_once(one: list[str], two: list[str], code: str) -> None:
    """Whatever the texts: no word is lost from the account, none is told twice."""
    found = compared(" ".join(one), " ".join(two), "en", code)
    for text, spans in (
        (found.earlier.text, [step.earlier for step in found.steps]),
        (found.later.text, [step.later for step in found.steps]),
    ):
        pieces = sorted({(s.start, s.end) for s in spans if s})
        words = [word for start, end in pieces for word in text[start:end].split()]
        assert words == text.split()
    later = [step.later for step in found.steps if step.later]
    assert len(later) == len(set(later))
