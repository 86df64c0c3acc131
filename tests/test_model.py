"""The words that pass between the steps."""

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Document, Drift, Span, Speaker, plain, spoken

TEXT = "“A peace that cannot be defended,” Starmer said, “is only a pause.”"


def test_what_stands_between_the_parts_of_a_quote_is_not_among_its_words() -> None:
    parts = (Span(1, 32), Span(50, 65))
    assert spoken(TEXT[1:65], 1, parts) == "A peace that cannot be defended … is only a pause"


@given(st.text())
def test_a_quote_in_one_part_is_its_text(text: str) -> None:
    assert spoken(text, 7, ()) == spoken(text, 7, (Span(7, 7 + len(text)),)) == text


def test_a_speaker_is_known_by_the_usual_name_where_there_is_one() -> None:
    kir = Speaker(0, 11, "Kir Starmer", "Kir Starmer", "person", "Keir Starmer")
    assert kir.known_as == "Keir Starmer"
    assert Speaker(0, 3, "she", "Ada Example", "person").known_as == "Ada Example"


def test_dataclasses_become_plain_values() -> None:
    drift = Drift("number", "serious", "50", "15", "“15” became “50”.", Span(1, 3))
    assert plain([drift])[0]["from_span"] == {"start": 1, "end": 3}


def test_a_document_is_known_by_its_title_or_by_how_it_begins() -> None:
    assert Document("1", "Some text.", title="A title").heading == "A title"
    assert Document("1", " A first line.\nA second.").heading == "A first line."
    assert Document("1", "word " * 40).heading == "word " * 11 + "word …"
    assert Document("1", " ").heading == "1"
