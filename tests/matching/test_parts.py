from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.matching import compare, compare_parts, match_parts
from provenance.matching._parts import parts
from provenance.model import Rendering
from tests.tracing.inventing import rendering

DREDGE = "The harbour of Dover will be dredged before the ferries return in April."
LIGHTS = "Every lighthouse between here and Ramsgate gets new lamps this winter."
WAGES = "Our lighthouse keepers have earned their wages for thirty lonely years."
SNOW = "Nobody in this council expects snow on the beach huts before Christmas."


def told(key: int, *sentences: str, language: str = "en") -> Rendering:
    return rendering(key, " ".join(sentences), language=language)


def test_two_quotes_that_share_one_of_several_sentences_are_one_statement() -> None:
    one, two = told(1, SNOW, LIGHTS, WAGES), told(2, DREDGE, LIGHTS)
    assert compare(two, one).probability < 0.5 < compare_parts(two, one).probability


def test_where_they_share_it_is_told_by_offsets_into_the_whole() -> None:
    one, two = told(1, SNOW, LIGHTS, WAGES), told(2, DREDGE, LIGHTS)
    found = compare_parts(two, one)
    assert found.from_span is not None
    assert found.to_span is not None
    assert two.text[found.from_span.start : found.from_span.end] in LIGHTS
    assert one.text[found.to_span.start : found.to_span.end] in LIGHTS
    for pair in found.alignment:
        word = two.text[pair.from_span.start : pair.from_span.end]
        assert word == one.text[pair.to_span.start : pair.to_span.end]


def test_a_sentence_the_earlier_text_does_not_have_is_told() -> None:
    found = compare_parts(told(2, DREDGE, LIGHTS), told(1, SNOW, LIGHTS, WAGES))
    added = [item for item in found.drift if item.kind == "added"]
    assert [item.from_text for item in added] == [DREDGE]


def test_a_commonplace_in_both_makes_no_statement() -> None:
    one, two = told(1, "Thank you all.", LIGHTS), told(2, "Thank you all.", SNOW)
    assert compare_parts(two, one).probability < 0.5


def test_texts_of_one_sentence_are_compared_as_ever() -> None:
    one, two = told(1, LIGHTS), told(2, WAGES)
    assert compare_parts(two, one) == compare(two, one)


def test_a_sentence_in_another_language_is_found_in_a_longer_text() -> None:
    russian = told(1, "Порт Дувр углубят до апреля, пока не вернулись паромы.", language="ru")
    longer = told(2, SNOW, WAGES, DREDGE)
    assert compare_parts(longer, russian).probability > compare(longer, russian).probability


def test_the_best_candidate_comes_first_after_a_second_look() -> None:
    found = match_parts(told(9, DREDGE, LIGHTS), [told(1, SNOW), told(2, WAGES, LIGHTS, SNOW)])
    assert [item.to_quote for item in found] == [2, 1]


SENTENCES = st.lists(st.sampled_from([DREDGE, LIGHTS, WAGES, SNOW, "No.", ""]), max_size=4)


@given(SENTENCES)
def test_parts_stand_at_their_offsets(sentences: list[str]) -> None:
    whole = told(1, *sentences)
    for part in parts(whole):
        assert whole.text[part.start : part.end] == part.text
