"""The worked case is consistent with itself: what truth.json claims, the articles bear out."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from provenance.model import DriftKind, OriginKind, QuoteType, VerdictKind

SEEDS = Path(__file__).parents[2] / "seeds"
TRUTH = json.loads((SEEDS / "truth.json").read_text(encoding="utf-8"))
STATEMENTS = {statement["id"]: statement for statement in TRUTH["statements"]}
DOCUMENTS = {document["id"]: document for document in TRUTH["documents"]}
RENDERINGS = TRUTH["renderings"]
UNLINKED = set(TRUTH["unlinked"])


def label(rendering: dict[str, Any]) -> str:
    return f"{rendering['document']}:{rendering['statement']}"


each_rendering = pytest.mark.parametrize("rendering", RENDERINGS, ids=label)
each_document = pytest.mark.parametrize("document", sorted(DOCUMENTS))


@cache
def article(document: str) -> tuple[dict[str, str], str]:
    """Front matter and text of one article, split by hand: no part of the program is used."""
    _, front, body = (SEEDS / f"{document}.md").read_text(encoding="utf-8").split("---\n", 2)
    fields = (line.split(": ", 1) for line in front.splitlines())
    return {key: value.strip('"') for key, value in fields}, body


def published(document: str) -> datetime | None:
    """The moment of publication; None where it is unknown or known to the day only."""
    written = article(document)[0].get("published", "")
    return datetime.fromisoformat(written) if "T" in written else None


def either(answer: str | list[str]) -> set[str]:
    """The right answers, where more than one is."""
    return {answer} if isinstance(answer, str) else set(answer)


def parts(rendering: dict[str, Any]) -> list[str]:
    return rendering.get("parts") or [rendering["quote"]]


def parent(rendering: dict[str, Any]) -> str | None:
    return (rendering["parent"] or {}).get("document")


def test_every_article_has_its_truth_and_every_truth_its_article() -> None:
    assert {path.stem for path in SEEDS.glob("*.md")} - {"README"} == set(DOCUMENTS)


def test_the_case_is_as_large_and_as_many_tongued_as_promised() -> None:
    languages = [article(document)[0]["language"] for document in DOCUMENTS]
    assert len(languages) >= 16
    assert set(languages) == {"en", "ru", "uk", "de", "fr"}


@each_document
def test_front_matter_is_complete_and_says_that_it_is_invented(document: str) -> None:
    fields, _ = article(document)
    assert fields["id"] == document
    assert {"title", "outlet", "url", "language"} <= set(fields)
    assert fields["note"].startswith("Invented")


@each_document
def test_addresses_lie_in_the_domain_reserved_for_examples(document: str) -> None:
    host = article(document)[0]["url"].split("/")[2]
    assert host.endswith(".example")


@each_document
def test_times_carry_a_zone_or_are_plain_days(document: str) -> None:
    moment = published(document)
    assert moment is None or moment.tzinfo is not None


def test_exactly_one_article_has_no_time_at_all() -> None:
    assert [d for d in DOCUMENTS if "published" not in article(d)[0]] == ["courrier"]


@each_document
def test_origins_are_ones_the_program_can_give(document: str) -> None:
    truth = DOCUMENTS[document]
    kinds = either(truth["origin"])
    assert kinds <= set(get_args(OriginKind))
    assert bool(truth["via"]) == bool(kinds & {"relay", "translated relay"})


@each_document
def test_a_translated_article_is_not_in_its_source_language(document: str) -> None:
    truth, written_in = DOCUMENTS[document], article(document)[0]["language"]
    translated = bool(either(truth["origin"]) & {"translation", "translated relay"})
    assert translated == bool(either(truth["source_language"]) - {written_in})


@each_rendering
def test_quotes_stand_verbatim_in_their_article(rendering: dict[str, Any]) -> None:
    _, body = article(rendering["document"])
    for part in parts(rendering):
        assert body.count(part) == 1


@each_rendering
def test_the_words_used_are_the_program_s(rendering: dict[str, Any]) -> None:
    assert rendering["statement"] in STATEMENTS
    assert rendering["type"] in get_args(QuoteType)
    assert rendering["verdict"] in get_args(VerdictKind)
    assert {drift["kind"] for drift in rendering["drift"]} <= set(get_args(DriftKind))


@each_rendering
def test_the_speaker_is_the_statement_s_unless_misattributed(rendering: dict[str, Any]) -> None:
    same = rendering["speaker"] == STATEMENTS[rendering["statement"]]["speaker"]
    assert same == (rendering["verdict"] != "misattributed")


@each_rendering
def test_a_parent_renders_the_same_statement_and_came_first(rendering: dict[str, Any]) -> None:
    source = parent(rendering)
    if source is None:
        return
    assert rendering["statement"] in {r["statement"] for r in RENDERINGS if r["document"] == source}
    later, earlier = published(rendering["document"]), published(source)
    assert later is None or earlier is None or earlier < later


@each_rendering
def test_drift_quotes_this_article_and_its_parent(rendering: dict[str, Any]) -> None:
    for drift in rendering["drift"]:
        source = parent(rendering)
        assert source is not None
        assert drift["from_text"] in article(rendering["document"])[1]
        assert drift["to_text"] in article(source)[1]
        assert drift["from_text"] or drift["to_text"]


@each_rendering
def test_every_outlet_in_a_chain_is_among_those_the_article_came_through(
    rendering: dict[str, Any],
) -> None:
    assert set(rendering["chain"]) <= set(DOCUMENTS[rendering["document"]]["via"])


def test_originals_are_the_only_roots_but_for_what_is_not_stored() -> None:
    roots = {(r["document"], r["statement"]) for r in RENDERINGS if r["parent"] is None}
    known = {(s["original"], s["id"]) for s in STATEMENTS.values() if s["original"]}
    lookalikes = {(r["document"], r["statement"]) for r in RENDERINGS if r["document"] in UNLINKED}
    assert roots == known | lookalikes


def test_lookalikes_share_no_statement_with_any_other_article() -> None:
    theirs = {r["statement"] for r in RENDERINGS if r["document"] in UNLINKED}
    others = {r["statement"] for r in RENDERINGS if r["document"] not in UNLINKED}
    assert len(UNLINKED) >= 2
    assert not theirs & others


def test_a_circle_comes_back_to_where_it_began() -> None:
    parents = {r["document"]: parent(r) for r in RENDERINGS if r["verdict"] == "circular"}
    for circle in TRUTH["circles"]:
        assert [parents[document] for document in circle] == circle[1:] + circle[:1]


def test_every_kind_of_damage_the_case_was_written_for_occurs() -> None:
    kinds = {drift["kind"] for r in RENDERINGS for drift in r["drift"]}
    assert {"number", "negation", "hedge", "condition", "truncation"} <= kinds
    assert {"misattributed", "circular", "single anonymous source"} <= {
        r["verdict"] for r in RENDERINGS
    }
