"""A chain drawn: what stands where, whatever the chain, and whatever its texts say."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.export.drawing import NARROW, WIDE, draw, picture, style
from provenance.model import Chain, Drift, Ending, Evidence, Hop, Node, Translation
from tests import hostile

DRAWN = {"svg", "g", "rect", "path", "text", "tspan", "title"}
WIDTHS = (NARROW, WIDE)
both = pytest.mark.parametrize("width", WIDTHS)


def node(name: str, **fields: object) -> Node:
    facts = {
        "kind": "stored",
        "outlet": f"Outlet {name}",
        "language": "en",
        "text": f"Words {name}",
    }
    return Node(name, **facts | fields)  # type: ignore[arg-type]


def hop(later: str, earlier: str, **fields: object) -> Hop:
    facts = {"relation": "translates", "basis": "match", "probability": 0.8}
    return Hop(later, earlier, **facts | fields)  # type: ignore[arg-type]


def line(length: int) -> Chain:
    """Each station from the one before it."""
    nodes = tuple(node(f"q{number}") for number in range(length))
    hops = tuple(hop(f"q{number}", f"q{number - 1}") for number in range(1, length))
    return Chain(1, nodes, hops, (Ending("q0", "earliest", "Earliest known: Outlet q0."),))


def drawn(chain: Chain, **look: object) -> Element:
    return fromstring(draw(chain, **look))  # type: ignore[arg-type]


def of_class(svg: Element, name: str) -> list[Element]:
    return [one for one in svg.iter() if name in one.get("class", "").split()]


def texts(svg: Element, name: str) -> list[str]:
    return ["".join(one.itertext()) for one in of_class(svg, name)]


def boxes(svg: Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom edge of every card, from top to bottom."""
    edges = ("x", "y", "width", "height")
    found = [[float(card.get(edge, "nan")) for edge in edges] for card in of_class(svg, "card")]
    return [(x, y, x + wide, y + tall) for x, y, wide, tall in found]


@st.composite
def forests(draw_: st.DrawFn) -> Chain:
    """Stations of which each came from an earlier one, or from nowhere known."""
    size = draw_(st.integers(1, 40))
    parents = [draw_(st.integers(-1, place - 1)) for place in range(size)]
    said = st.text(st.characters(blacklist_categories=()), max_size=300)
    nodes = tuple(node(f"q{place}", text=draw_(said), outlet=draw_(said)) for place in range(size))
    hops = tuple(hop(f"q{here}", f"q{there}") for here, there in enumerate(parents) if there >= 0)
    return Chain(1, nodes, hops, ())


@both
def test_a_chain_reads_from_its_source_downward(width: int) -> None:
    svg = drawn(line(3), width=width)
    assert texts(svg, "outlet") == ["Outlet q0", "Outlet q1", "Outlet q2"]
    assert texts(svg, "words")[0] == "“Words q0”"
    assert "Earliest known: Outlet q0." in "".join(svg.itertext())
    assert texts(svg, "relation") == ["translates · 80 %"] * 2


@both
@given(chain=forests())
@settings(max_examples=60)
def test_cards_are_all_there_keep_clear_of_each_other_and_within_the_picture(
    width: int, chain: Chain
) -> None:
    svg = drawn(chain, width=width)
    found = boxes(svg)
    assert len(found) == len(chain.nodes)
    assert all(above[3] < below[1] for above, below in pairwise(found))
    tall = float(svg.get("height", "nan"))
    assert all(0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= tall for box in found)
    assert max(box[0] for box in found) <= 2 + 36 * math.log2(len(chain.nodes) or 1)


@pytest.mark.parametrize("length", [1, 2, 31, 300])
def test_a_chain_of_any_length_is_not_set_in(length: int) -> None:
    found = boxes(drawn(line(length)))
    assert {box[0] for box in found} == {found[0][0]}


def test_hops_in_a_circle_are_drawn_once_and_told() -> None:
    ring = (hop("q0", "q2"), hop("q1", "q0"), hop("q2", "q1"))
    svg = drawn(replace(line(3), hops=ring, ends=(), circles=(("q0", "q1", "q2"),)))
    assert len(boxes(svg)) == 3
    assert "Outlet q0 → Outlet q1 → Outlet q2 → Outlet q0" in " ".join(texts(svg, "serious"))


@pytest.mark.parametrize(("kind", "dashed"), [("stored", 0), ("named", 1), ("inferred", 1)])
def test_what_nobody_here_has_seen_is_dashed_and_says_so(kind: str, dashed: int) -> None:
    chain = replace(line(2), nodes=(node("q0", kind=kind, text=""), node("q1")))
    svg = drawn(chain)
    assert len(of_class(svg, "unseen")) == dashed
    assert re.search(r"\.unseen \.card \{[^}]*stroke-dasharray", style())
    said = {"named": "named, not stored", "inferred": "inferred, not seen"}
    assert said.get(kind, "date unknown") in texts(svg, "date")


def test_a_reviewed_hop_is_marked_in_words_and_in_its_line() -> None:
    chain = replace(line(2), hops=(hop("q1", "q0", basis="review"),))
    svg = drawn(chain)
    assert len(of_class(svg, "reviewed")) == 1
    assert "reviewed" in texts(svg, "review-mark")[0]


def test_an_alteration_is_told_beside_the_card_and_marks_it() -> None:
    negated = Drift("negation", "serious", "will", "will not", "“not” is gone.")
    unsure = Drift("name", "minor", "", "Ann", "Ann is gone.", certain=False)
    svg = drawn(replace(line(2), hops=(hop("q1", "q0", drift=(negated, unsure)),)))
    told = " ".join(texts(svg, "drift"))
    assert "negation (serious): “not” is gone." in told
    assert "Ann is gone. — uncertain" in told
    assert len(of_class(svg, "changed")) == 1


def test_evidence_can_be_focused_and_is_spoken() -> None:
    why = (Evidence("cited", "it names Outlet q0", 3.5),)
    chain = replace(line(2), hops=(hop("q1", "q0", evidence=why),))
    (note,) = of_class(drawn(chain), "note")
    assert note.get("tabindex") == "0"
    assert "+3.5 it names Outlet q0" in note.get("aria-label", "")
    assert "it names Outlet q0" in "".join(note.itertext())
    assert not of_class(drawn(chain, evidence=False), "evidence")
    assert re.search(r"\.note:focus \.evidence \{ visibility: visible", style())


def test_what_is_written_from_the_right_begins_at_the_right() -> None:
    chain = Chain(1, (node("q0", language="ar", text="لن نرسل قوات", outlet="وكالة"),), (), ())
    svg = drawn(chain)
    (words,) = of_class(svg, "words")
    assert words.get("direction") == "rtl"
    (box,) = boxes(svg)
    assert box[2] - 40 < float(words.get("x", "nan")) < box[2]


def test_a_translation_stands_beneath_with_its_maker() -> None:
    said = Translation("Слова", "Words", "ru", "en", "gloss", "1", 0.4)
    svg = drawn(line(1), english={"q0": said})
    assert texts(svg, "english") == ["gloss: Words"]


def test_the_station_asked_about_is_marked_and_cards_lead_where_they_should() -> None:
    svg = drawn(line(2), focus="q1", links={"q1": "/there"})
    assert texts(svg, "asked") == ["◀ asked about"]
    assert [one.get("href") for one in svg.iter() if one.tag.endswith("a")] == ["/there"]


@both
def test_no_line_is_wider_than_its_card(width: int) -> None:
    long = "Слово " * 200
    chinese = "我们不会派遣部队" * 40
    unbroken = "x" * 900
    nodes = tuple(node(f"q{n}", text=t, outlet=t) for n, t in enumerate((long, chinese, unbroken)))
    svg = drawn(Chain(1, nodes, (), ()), width=width)
    assert max(map(len, texts(svg, "words"))) < 120
    assert sum("…" in text for text in texts(svg, "words")) == 3


def test_a_file_of_its_own_brings_its_style_and_asks_for_nothing() -> None:
    svg = picture(line(2))
    root = fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "prefers-color-scheme" in svg
    assert not re.search(r"url\(|@import|<a |<image|<use|script", svg)


@both
def test_whatever_an_article_says_is_only_text(width: int) -> None:
    for chain, english in hostile.chains():
        svg = drawn(chain, width=width, english=english)
        assert {one.tag for one in svg.iter()} <= DRAWN
        attributes = {name for one in svg.iter() for name in one.attrib}
        assert not [name for name in attributes if name.startswith("on") or "href" in name]
        assert not hostile.INVISIBLE.search("".join(svg.itertext()))
        fromstring(picture(chain, width=width, english=english))
