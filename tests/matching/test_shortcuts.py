"""What is done quickly gives what doing it at length gives."""

from __future__ import annotations

import sqlite3
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.languages.numbers import numbers
from provenance.languages.words import forms, pieces
from provenance.matching import gather, match, prepare, rank, size
from provenance.matching._align import Seeker
from provenance.matching._glance import glances
from provenance.matching._index import Found, _order
from provenance.matching._match import compare
from provenance.matching._prepare import Prepared
from provenance.matching._senses import Lexeme, glimpse, lexemes
from provenance.matching._similarity import similarity, sounds
from provenance.store.index import SqliteIndex
from tests.matching.saying import said

TEXTS = (
    ("The harbour master, Zelenskyy, may close 240 piers before the winter storms.", "en"),
    ("Mr Zelenskiy could shut the pier; the harbor master would not, he said.", "en"),
    ("Начальник порта Зеленский может закрыть причал до зимних штормов.", "ru"),
    ("Der Hafenmeister Selenskyj kann die Piers vor den Stürmen schließen.", "de"),
    ("Khillari Klinton opened the the the harbour, the harbour of harbours.", "en"),
    ("Hillary Clinton öffnete fifteen thousand Häfen.", "de"),
    ("Not now, not ever, not at all.", "en"),
    ("泽连斯基关闭了码头", "zh"),
    ("🎺 ... !", "en"),
)
LEAST = 0.35  # of a pair


def prepared(number: int) -> Prepared:
    return prepare(*TEXTS[number % len(TEXTS)])


def words(text: str, language: str) -> list[Lexeme]:
    return [token.lexeme for token in prepare(text, language).tokens]


EVERY_PAIR = list(product(range(len(TEXTS)), repeat=2))


@pytest.mark.parametrize(("ours", "theirs"), EVERY_PAIR)
def test_words_alike_by_sound_are_found_without_comparing_all(ours: int, theirs: int) -> None:
    asking = Seeker(prepared(ours))
    for word in words(*TEXTS[theirs]):
        if word.stop or word.value is not None or asking.met(word):
            continue
        at_length = [
            (i, similarity(token.lexeme, word))
            for i, token in enumerate(asking.tokens)
            if not token.lexeme.stop and token.lexeme.value is None
            if token.lexeme.telling or word.telling
        ]
        assert asking.heard(word) == tuple(pair for pair in at_length if pair[1] >= LEAST)


@pytest.mark.parametrize(("ours", "theirs"), EVERY_PAIR)
def test_a_glance_sees_what_the_best_partner_of_each_word_renders(ours: int, theirs: int) -> None:
    later, (text, language) = prepared(ours), TEXTS[theirs]
    seen = [*map(lexemes(language), dict.fromkeys(forms(text, language)))]
    alike = np.zeros((len(later.tokens), len(seen)))
    for (i, token), (j, word) in product(enumerate(later.tokens), enumerate(seen)):
        likeness = similarity(token.lexeme, word)
        if set(token.lexeme.keys) & set(word.found) and likeness >= LEAST:
            alike[i, j] = likeness
    own = np.array([token.lexeme.weight for token in later.tokens])
    other = np.array([word.weight for word in seen])
    shares = [
        weight @ alike.max(axis=axis, initial=0.0) / max(weight.sum(), 1e-9)
        for weight, axis in ((own, 1), (other, 0))
    ]
    assert glances(later, [(text, language)])[0] == pytest.approx(shares)


@pytest.mark.parametrize("ours", range(len(TEXTS)))
def test_a_glance_at_many_sees_of_each_what_it_sees_alone(ours: int) -> None:
    alone = [glances(prepared(ours), [text])[0] for text in TEXTS]
    assert glances(prepared(ours), TEXTS) == alone


def test_a_glance_passes_over_what_shares_a_sense_that_is_too_unlikely() -> None:
    (dish,), (court,) = words("dish", "en"), words("Gericht", "de")
    assert set(dish.keys) & set(court.found)
    assert similarity(dish, court) < LEAST
    assert glances(prepare("dish", "en"), [("Gericht", "de"), ("dish", "en")]) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_a_glimpse_of_a_word_tells_of_it_what_the_whole_tells(text: str, language: str) -> None:
    for form in forms(text, language):
        word = lexemes(language)(form)
        assert glimpse(form, language) == (word.found, word.weight)


@given(st.text("abcdehiklorstzàжзкил", min_size=1, max_size=9), st.data())
def test_words_that_share_no_sound_and_no_sense_are_not_alike(
    one: str, data: st.DataObject
) -> None:
    """Else `sounds` would hide a pair."""
    other = data.draw(st.sampled_from([one[::-1], one[1:] + "x", "x" + one, one + "y", "klinton"]))
    left, right = lexemes("en")(one), lexemes("ru")(other)
    if similarity(left, right) >= LEAST:
        assert set(sounds(left)) & set(sounds(right))


@given(
    st.lists(
        st.dictionaries(st.integers(0, 40), st.integers(1, 8), min_size=1, max_size=20), max_size=6
    ),
    st.integers(1, 12),
)
def test_ranking_is_the_order_of_the_sums(lists: list[dict[int, int]], limit: int) -> None:
    hits = [
        (np.array(sorted(keys)), np.array([keys[key] / 8 for key in sorted(keys)]))
        for keys in lists
    ]
    sums: dict[int, float] = {}
    for key, score in ((key, score) for keys in lists for key, score in keys.items()):
        sums[key] = sums.get(key, 0.0) + score / 8
    found = gather(hits)
    assert dict(zip(found.keys.tolist(), found.scores.tolist(), strict=True)) == sums
    nothing_known = np.zeros((len(sums), size()), np.int8)
    best = sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:limit]
    ranked = rank(found, np.zeros(size(), np.int8), nothing_known, limit)
    assert [key for key, _ in ranked] == [key for key, _ in best]


@given(st.lists(st.integers(-90, 90), min_size=1, max_size=40), st.integers(1, 12))
def test_what_terms_rank_first_is_kept_however_far_its_direction(
    components: list[int], limit: int
) -> None:
    """Keys ascend as their scores fall; one dimension alone tells their directions apart."""
    asked = np.zeros(size(), np.int8)
    stored = np.zeros((len(components), size()), np.int8)
    asked[0], stored[:, 0] = 100, components
    keys = np.arange(len(components))
    ranked = rank(Found(keys, 1.0 / (1 + keys)), asked, stored, limit)
    assert set(range(min(limit // 5, len(keys)))) <= {key for key, _ in ranked}
    assert len(ranked) == min(limit, len(keys))
    assert ranked == sorted(ranked, key=lambda one: (-one[1], one[0]))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=12), st.integers(1, 3))
def test_an_index_filled_in_bulk_is_the_same_to_the_byte(numbers: list[int], step: int) -> None:
    def rows(size: int) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(":memory:")
        index = SqliteIndex(connection, "texts")
        index.create()
        items = [(place * 40_000, prepared(number)) for place, number in enumerate(numbers)]
        for start in range(0, len(items), size):
            index.add_many(items[start : start + size])
        return connection.execute("SELECT * FROM texts_postings ORDER BY term, chunk").fetchall()

    assert rows(step) == rows(len(numbers))


@pytest.mark.parametrize("ours", range(len(TEXTS)))
def test_a_candidate_among_many_is_judged_as_it_would_be_alone(ours: int) -> None:
    """What one query remembers of words leads no later candidate astray."""
    query = said(*TEXTS[ours])
    stored = [said(*other, key=key) for key, other in enumerate(TEXTS, 1)]
    few = (stored[first : first + 5] for first in range(0, len(stored), 5))
    for found in (one for candidates in few for one in match(query, candidates)):
        alone = compare(query, stored[found.to_quote - 1])
        assert (found.probability, found.features) == (alone.probability, alone.features)


@given(st.lists(st.integers(0, 2**40) | st.integers(0, 70_000), min_size=1))
def test_keys_sorted_by_counting_are_in_the_order_of_a_stable_sort(keys: list[int]) -> None:
    every = np.array(keys, np.int64)
    assert _order(every).tolist() == np.argsort(every, kind="stable").tolist()


SPELT = st.sampled_from(["ten", "O'Neill's", "d`or", "don't", "15,000", "2 million", "7'", "$5.50"])


@given(st.lists(SPELT | st.text(st.characters(max_codepoint=127), max_size=6)).map(" ".join))
def test_a_plain_text_is_read_as_any_other(text: str) -> None:
    other = f"{text} é"  # which no plainer pattern reads
    assert pieces(text, "en")[:-1] == pieces(other, "en")[:-3]
    assert numbers(text, "en") == numbers(other, "en")
