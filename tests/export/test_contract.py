"""The JSON shapes other programs rely on: keys are stable, values round to what is known."""

import json

from provenance.export import contract
from provenance.model import (
    Chain,
    Cue,
    Document,
    Drift,
    Ending,
    Evidence,
    Hop,
    LanguageGuess,
    Match,
    Node,
    Origin,
    Quote,
    Relay,
    Rendering,
    Span,
    Speaker,
    Translation,
    Verdict,
)

DOCUMENT = Document(id="a1", text="Ada said: “Yes,” she went on, “today.”", language="en")
CHANGED = Drift("number", "serious", "50", "15", "“15” became “50”.")
QUOTE = Quote(
    start=11,
    end=37,
    text=DOCUMENT.text[11:37],
    type="direct",
    speaker=Speaker(0, 3, "Ada", "Ada Example", "person"),
    cue=Cue(4, 8, "said"),
    chain=(Relay("TASS", "outlet", "ТАСС", "reported", 0, 4),),
    confidence=0.123456,
    spans=(Span(11, 15), Span(31, 37)),
    evidence=(Evidence("marks", "between quotation marks", 3.0),),
)


def test_language() -> None:
    guess = LanguageGuess("ru", 0.98765, (("ru", 0.98765), ("uk", 0.01)), "Cyrl")
    assert contract.language(DOCUMENT, guess) == {
        "id": "a1",
        "language": "ru",
        "confidence": 0.9877,
        "ranking": [["ru", 0.9877], ["uk", 0.01]],
        "script": "Cyrl",
    }


def test_a_quote_in_parts_carries_them_and_its_hull() -> None:
    (shape,) = contract.quotes(DOCUMENT, [QUOTE])["quotes"]
    assert shape["spans"] == [[11, 15], [31, 37]]
    assert (shape["start"], shape["end"]) == (11, 37)
    assert shape["confidence"] == 0.1235
    relay = {"name": "TASS", "kind": "outlet", "as_written": "ТАСС", "relation": "reported"}
    assert shape["chain"] == [relay]
    assert "evidence" not in shape


def test_a_quote_in_one_part_has_no_spans_and_explains_itself_when_asked() -> None:
    whole = Quote(0, 3, "Ada", "indirect", evidence=QUOTE.evidence)
    shape = contract.quote(whole, explain=True)
    assert "spans" not in shape
    assert (shape["speaker"], shape["cue"]) == (None, None)
    assert shape["evidence"][0]["says"] == "between quotation marks"


def test_origin() -> None:
    shape = contract.origin(DOCUMENT, Origin("relay", "ru", ("TASS",), 0.75, QUOTE.evidence))
    assert set(shape) == {"id", "origin", "source_language", "via", "probability", "evidence"}
    assert set(shape["evidence"][0]) == {"kind", "text", "start", "end", "weight", "says"}


def test_match_names_the_document_as_its_author_did() -> None:
    found = Match(0, 7, 0.5, 0.9, {"f1": 0.33333}, (), (CHANGED,), Span(0, 2), None)
    shape = contract.match(found, Rendering(7, 3, "Yes", "en"), "their-id")
    assert (shape["quote"], shape["document"]) == (7, "their-id")
    assert shape["features"] == {"f1": 0.3333}
    assert shape["drift"][0]["kind"] == "number"
    assert (shape["query_span"], shape["span"]) == ([0, 2], None)
    assert contract.match(found, Rendering(7, 3, "Yes", "en"), "x", explain=True)["alignment"] == []


def test_trace_points_from_the_later_to_the_earlier() -> None:
    chain = Chain(
        statement=4,
        nodes=(
            Node("q2", "stored", 2, 3, "Blog", language="ru", text="Да"),
            Node("named:tass", "named", outlet="TASS"),
        ),
        hops=(Hop("q2", "named:tass", "citing", "attribution", 0.91239, 2.0, (CHANGED,)),),
        ends=(Ending("named:tass", "source not stored", "Not stored: TASS."),),
        circles=(("q2", "named:tass"),),
    )
    said = Translation("Да", "Yes", "ru", "en", "gloss", "gloss 1", 0.4, ("word by word",))
    shape = contract.trace(chain, "named:tass", "q2", {3: "their-id"}, {"q2": said}, reached=0.9124)
    assert [node["document"] for node in shape["nodes"]] == ["their-id", None]
    assert shape["nodes"][0]["english"]["translator"] == "gloss"
    assert (shape["hops"][0]["from"], shape["hops"][0]["probability"]) == ("q2", 0.9124)
    assert shape["ends"]["says"] == "Not stored: TASS."
    assert shape["reached"] == 0.9124
    assert json.loads(json.dumps(shape)) == shape


def test_a_verdict_stands_beside_its_quote() -> None:
    judged = Verdict("altered", 0.8, ("because",), (CHANGED,), "the text of TASS is not stored")
    shape = contract.verdict(QUOTE, judged)
    assert (shape["verdict"], shape["reasons"]) == ("altered", ["because"])
    assert shape["changes"][0]["says"] == "“15” became “50”."
    assert shape["settles"] == "the text of TASS is not stored"
