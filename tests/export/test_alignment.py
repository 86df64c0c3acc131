"""Two texts word by word: what is joined, what stands alone, what changed."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from provenance.export.alignment import Stretch, columns, draw, picture
from provenance.matching import compare
from provenance.model import Aligned, Drift, Rendering, Span
from tests import hostile

EARLIER, LATER = "If asked, we may send 15 trucks.", "We will send 50 trucks."


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def pair(later: str, earlier: str) -> Aligned:
    return Aligned(span(LATER, later), span(EARLIER, earlier), 1.0)


PAIRS = (pair("We", "we"), pair("send", "send"), pair("50", "15"), pair("trucks", "trucks"))
NUMBER, MAY = "“15” became “50”.", "“may” is gone."
DRIFT = (
    Drift("number", "serious", "50", "15", NUMBER, span(LATER, "50"), span(EARLIER, "15")),
    Drift("hedge", "notable", "", "may", MAY, None, span(EARLIER, "may")),
)


def test_what_says_the_same_has_one_number_and_the_rest_has_none() -> None:
    left, right = columns(EARLIER, LATER, PAIRS, DRIFT)
    assert left == [
        Stretch("If asked", None),
        Stretch("we", 0),
        Stretch("may", None, "notable"),
        Stretch("send 15 trucks", 1, "serious"),
    ]
    assert right == [
        Stretch("We", 0),
        Stretch("will", None),
        Stretch("send 50 trucks", 1, "serious"),
    ]


def test_words_in_another_order_stay_apart() -> None:
    crossed = (
        Aligned(Span(0, 2), Span(4, 6), 1.0),
        Aligned(Span(4, 6), Span(0, 2), 1.0),
    )
    left, right = columns("aa  bb", "bb  aa", crossed, ())
    assert [one.pair for one in left] == [1, 0]
    assert [one.pair for one in right] == [0, 1]


def test_two_texts_without_a_word_in_common_are_lost_and_added() -> None:
    left, right = columns("one", "two", (), ())
    assert [*left, *right] == [Stretch("one", None), Stretch("two", None)]
    drawn = "".join(fromstring(draw(left, right, ("A", "B"), 760)).itertext())
    assert "lost" in drawn
    assert "added" in drawn


def test_a_join_is_drawn_for_each_pair_and_marked_where_something_changed() -> None:
    left, right = columns(EARLIER, LATER, PAIRS, DRIFT)
    svg = fromstring(draw(left, right, ("A", "B"), 760))
    joins = [one.get("class") for one in svg.iter() if "join" in one.get("class", "")]
    assert sorted(map(str, joins)) == ["join", "join changed"]
    assert "≠" in "".join(svg.itertext())


def test_whatever_is_compared_is_only_text() -> None:
    for text in hostile.TEXTS.values():
        here = Rendering(1, 1, text, "en", end=len(text))
        there = Rendering(2, 2, f"He said {text} again", "en", end=len(text) + 14)
        match = compare(here, there)
        sides = columns(there.text, here.text, match.alignment, match.drift)
        svg = fromstring(picture(*sides, (text, text), 340))
        tags = {one.tag.rpartition("}")[2] for one in svg.iter()}
        assert tags <= {"svg", "style", "g", "rect", "path", "text", "tspan"}
        assert not hostile.INVISIBLE.search("".join(svg.itertext()))
