"""The cheapest way to cut a passage into runs and render each."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from provenance.translating._phrases import EDGE, Order, order, phrases
from provenance.translating._wording import Option, Piece, cheapest

ENGLISH = st.sampled_from(("peace", "the war", "will", "will not", "in", "of the", "quixel"))
COSTS = st.floats(0, 8)


@st.composite
def passages(draw: st.DrawFn) -> list[list[Option]]:
    """Two ways to render each of up to four words, some runs of two among them."""
    size = draw(st.integers(1, 4))
    ends = [[i + 1, draw(st.sampled_from((i + 1, min(i + 2, size))))] for i in range(size)]
    return [[Option(end, draw(ENGLISH), draw(COSTS)) for end in row] for row in ends]


@given(passages())
def test_every_word_is_rendered_once_and_in_order(options: list[list[Option]]) -> None:
    pieces = cheapest(options, order())
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == len(options)


@given(passages())
def test_no_other_way_is_cheaper(options: list[list[Option]]) -> None:
    least = min(_cost(way, order()) for way in _ways(options, 0))
    chosen = [
        next(
            option
            for option in sorted(options[piece.start], key=lambda option: option.cost)
            if (option.end, option.english) == (piece.end, piece.english)
        )
        for piece in cheapest(options, order())
    ]
    assert abs(_cost(chosen, order()) - least) < 1e-9


def test_nothing_is_rendered_as_nothing() -> None:
    assert cheapest([], order()) == ()


def test_the_order_of_english_decides_between_equals() -> None:
    equal = [[Option(1, "not", 1.0), Option(1, "will", 1.0)], [Option(2, "be", 1.0)]]
    assert cheapest(equal, order())[0] == Piece(0, 1, "will")


def test_a_word_nobody_counted_costs_as_much_as_any_other() -> None:
    assert order().cost("quixel", "zamba") == order().cost("blorp", "wuzzle")
    assert order().cost("the", "quixel") > order().cost("the", "war")
    assert order().cost("in", "1914") == order().cost("in", "2026")


def test_wordings_come_cheapest_first_and_only_for_what_is_listed() -> None:
    russian = phrases("ru")
    assert russian is not None
    found = russian.wordings("не будет")
    assert "will not" in [english for english, _ in found]
    assert [cost for _, cost in found] == sorted(cost for _, cost in found)
    assert russian.wordings("замбрутил") == russian.wordings("") == ()
    assert phrases("xx") is None


def _ways(options: Sequence[Sequence[Option]], start: int) -> Iterator[list[Option]]:
    if start == len(options):
        yield []
        return
    for option in options[start]:
        yield from ([option, *others] for others in _ways(options, option.end))


def _cost(way: Sequence[Option], english: Order) -> float:
    words = [EDGE, *" ".join(option.english for option in way).lower().split(), EDGE]
    ordered = sum(english.cost(one, two) for one, two in pairwise(words))
    return sum(option.cost for option in way) + 0.5 * ordered - (len(words) - 2)
