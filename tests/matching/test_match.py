"""How sure, and on what grounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.matching import compare, match
from tests.matching.saying import compared, said
from tests.proportion import grows_in_proportion

STATEMENT = "The council may send about 240 tents to the flooded valley before the winter."
CROSSED = {
    "ru": "Совет может отправить около 240 палаток в затопленную долину до зимы.",
    "uk": "Рада може відправити близько 240 наметів у затоплену долину до зими.",
    "de": "Der Rat könnte vor dem Winter etwa 240 Zelte in das überflutete Tal schicken.",
    "fr": "Le conseil pourrait envoyer environ 240 tentes dans la vallée inondée avant l'hiver.",
}
OTHERS = (
    "The council closed the school library because of the strike.",
    "About 240 pilots left the company last winter, the union said.",
    "Tents are sold on the market every Saturday before noon.",
    "The valley has been famous for its wine for three hundred years.",
)


def test_the_same_words_are_the_same_statement() -> None:
    found = compared(STATEMENT, STATEMENT)
    assert found.probability > 0.95
    assert found.score > 0.95


@pytest.mark.parametrize("other", OTHERS)
def test_another_statement_is_not_the_original(other: str) -> None:
    assert compared(other, STATEMENT).probability < 0.35


@pytest.mark.parametrize("language", sorted(CROSSED))
def test_a_translation_is_found_among_other_statements(language: str) -> None:
    stored = [*OTHERS, STATEMENT]
    found = match(said(CROSSED[language], language), [said(t, key=i) for i, t in enumerate(stored)])
    assert stored[found[0].to_quote] == STATEMENT
    assert found[0].probability > 0.7
    assert found[1].probability < 0.4


def test_two_foreign_renderings_meet_through_english_senses() -> None:
    stored = [CROSSED["de"], "Der Rat schließt am Montag die Bibliothek der alten Schule."]
    found = match(said(CROSSED["ru"], "ru"), [said(t, "de", key=i) for i, t in enumerate(stored)])
    assert found[0].to_quote == 0


def test_no_original_is_an_answer() -> None:
    found = match(said(STATEMENT), [said(t, key=i) for i, t in enumerate(OTHERS)])
    assert max(one.probability for one in found) < 0.35
    assert match(said(STATEMENT), []) == ()


def test_matches_come_best_first_and_ties_in_the_order_given() -> None:
    found = match(
        said(STATEMENT), [said(t, key=i) for i, t in enumerate((OTHERS[0], STATEMENT, STATEMENT))]
    )
    assert [one.to_quote for one in found] == [1, 2, 0]


# ---------------------------------------------------------------- parts of a quote

LONG = (
    "We have spoken to the farmers on both banks of the river, and I can tell you that the dam "
    "will be opened at midnight, that the lower meadows must be cleared of cattle before then, "
    "and that nobody will be compensated for what is lost."
)


def test_a_fragment_is_found_in_a_long_sentence_at_its_offsets() -> None:
    fragment = "the lower meadows must be cleared of cattle"
    found = compared(fragment, LONG)
    assert found.to_span is not None
    assert LONG[found.to_span.start : found.to_span.end] in (
        fragment,
        fragment.removeprefix("the "),
    )
    assert found.probability > 0.6


def test_a_quote_stitched_from_two_sentences_covers_both() -> None:
    source = (
        "The dam will be opened at midnight. Heavy rain is expected. Nobody will be compensated."
    )
    found = compared("The dam will be opened at midnight, nobody will be compensated.", source)
    aligned = {source[pair.to_span.start : pair.to_span.end] for pair in found.alignment}
    assert {"dam", "midnight", "compensated"} <= aligned
    assert found.probability > 0.6


def test_a_headline_finds_the_sentence_it_shortens() -> None:
    found = compared("Dam to be opened at midnight", LONG)
    assert found.to_span is not None
    assert "dam will be opened at midnight" in LONG[found.to_span.start : found.to_span.end]


SIXTY = (
    "When the delegation came back from the coast on Friday evening, tired and without the "
    "letter it had been promised, the chairwoman, who had waited for it since noon in the cold "
    "hall of the old customs house, told those around her that the port will stay open through "
    "the whole of January, whatever the weather, because two thousand families live on it."
)


@pytest.mark.parametrize(
    ("fragment", "language"),
    [
        ("the port will stay open through January", "en"),
        ("порт будет открыт весь январь", "ru"),
        ("der Hafen bleibt den ganzen Januar offen", "de"),
    ],
)
def test_seven_words_are_found_at_their_place_in_sixty(fragment: str, language: str) -> None:
    found = compared(fragment, SIXTY, f"{language} en")
    assert found.to_span is not None
    where = SIXTY[found.to_span.start : found.to_span.end]
    assert "port will stay open through the whole of January" in where
    assert len(where) < 90
    others = (compared(fragment, other, f"{language} en").probability for other in OTHERS)
    assert found.probability > max(others) + 0.1


def test_a_quote_over_a_sentence_boundary_is_found_on_both_sides() -> None:
    source = "We counted every boat. The port will stay open. Nobody is asked to leave it."
    found = compared("the port will stay open, nobody is asked to leave", source)
    assert found.to_span is not None
    where = source[found.to_span.start : found.to_span.end]
    assert where.lower().startswith(("the port", "port"))
    assert where.endswith("leave") or where.endswith("leave it")
    assert found.from_span is not None
    assert found.from_span.start <= 4


# ---------------------------------------------------------------- what always holds

TEXTS = st.text(max_size=120) | st.sampled_from([STATEMENT, *CROSSED.values(), *OTHERS, LONG])
LANGUAGES = st.sampled_from(["en", "ru", "uk", "de", "fr", "zh", "ar", "und", "xx"])


@settings(max_examples=60, deadline=None)
@given(TEXTS, LANGUAGES, TEXTS, LANGUAGES)
def test_any_two_texts_compare_within_bounds(a: str, first: str, b: str, second: str) -> None:
    found = compare(said(a, first), said(b, second))
    assert 0.0 <= found.score <= 1.0
    assert 0.0 <= found.probability <= 1.0
    for pair in found.alignment:
        assert 0 <= pair.from_span.start < pair.from_span.end <= len(a)
        assert 0 <= pair.to_span.start < pair.to_span.end <= len(b)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_likeness_is_nearly_the_same_both_ways(a: str, b: str) -> None:
    assert compared(a, b).score == pytest.approx(compared(b, a).score, abs=0.12)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), LANGUAGES)
def test_a_text_is_itself(text: str, language: str) -> None:
    found = compare(said(text, language), said(text, language))
    assert found.drift == ()
    assert found.alignment == () or found.score > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the of and to",
        "1 2 3 4 5",
        "🎺🎺🎺",
        'NEAR("a" OR b) AND * ^ -"',
        "\x00\ud800 \u202e",
    ],
)
def test_odd_texts_are_answered_honestly(text: str) -> None:
    assert compared(text, STATEMENT).probability < 0.9
    assert compared(STATEMENT, text).probability < 0.9


def test_capitals_change_nothing() -> None:
    assert compared(STATEMENT.upper(), STATEMENT).probability > 0.9


def test_ten_thousand_words_take_time_in_proportion() -> None:
    long = [f"{word}{i % 97}x" for i, word in enumerate(STATEMENT.split() * 770)]

    def work(words: int) -> None:
        text = " ".join(long[:words])
        compared(text, STATEMENT + " " + text)
        compared("the " * words, "the " * words)

    assert grows_in_proportion(work, len(long))


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    first = compare(said(CROSSED["ru"], "ru"), said(STATEMENT))
    compare(said(CROSSED["de"], "de"), said(OTHERS[0]))
    assert compare(said(CROSSED["ru"], "ru"), said(STATEMENT)) == first


def test_one_wording_printed_many_times_gets_one_answer() -> None:
    asked = said("The council could send 240 tents to the valley.")
    alone = match(asked, [said(STATEMENT)])[0]
    for found in match(asked, [said(STATEMENT)] * 10):
        assert found == alone
