"""One file for an editor: it says everything, asks nothing of the network, runs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from provenance import questions
from provenance.export import _report_html, _report_markdown
from provenance.export.report import Draft, Making, Part, Report, of_draft, of_statement
from provenance.model import Drift, Origin, Verdict
from provenance.reading import read
from provenance.store import Store, open_store
from tests import hostile
from tests.export.travelled import trail

SEEDS = Path(__file__).parents[2] / "seeds"
MAKING = Making(
    "2026-03-09T10:00:00+00:00",
    "provenance report -d case.db draft.md -o report.html",
    {"provenance": "1.2.3", "rapidfuzz": "3.0"},
)


@pytest.fixture(scope="module")
def store(worked_case: Path) -> Iterator[Store]:
    with open_store(worked_case, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    """On the worked case's blog that credits nobody."""
    (document,) = read(str(SEEDS / "blog-uncited.md"))
    assert not hasattr(document, "reason")
    return of_draft(store, questions.audit(store, document), MAKING)  # type: ignore[arg-type]


def page(report: Report) -> Any:
    return html.document_fromstring(_report_html.text(report))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def data(tree: Any) -> list[dict[str, Any]]:
    (block,) = tree.xpath('//script[@type="application/ld+json"]')
    found: list[dict[str, Any]] = json.loads(block.text)["@graph"]
    return found


def test_every_quote_has_its_verdict_its_reasons_and_its_trail(report: Report) -> None:
    tree = page(report)
    parts = tree.xpath('//section[@class="part"]')
    assert report.verdicts == {"altered": 1, "paraphrased": 1}
    for part, section in zip(report.parts, parts, strict=True):
        assert part.quote is not None
        assert part.verdict is not None
        assert part.verdict.kind in words(section.xpath(".//h2")[0])
        assert part.quote.text in words(section)
        assert f"characters {part.quote.start}–{part.quote.end}" in words(section)
        assert len(section.xpath('.//*[local-name()="svg"]')) == 2  # a desk's and a telephone's


def test_what_a_third_party_checks_is_there(report: Report) -> None:
    shown = words(page(report))
    assert report.draft is not None
    assert report.draft.sha256 in shown
    for station in report.evidence:
        assert station.document is not None
        assert station.document.snapshot is not None
        assert station.document.snapshot.sha256 in shown
        assert station.node.text in shown
    assert MAKING.command in shown
    assert "provenance 1.2.3 · rapidfuzz 3.0" in shown


def test_nothing_in_it_runs_or_asks_for_anything(report: Report) -> None:
    tree = page(report)
    assert {block.get("type") for block in tree.xpath("//script")} == {"application/ld+json"}
    assert not tree.xpath("//@src | //link | //iframe | //object | //embed | //form | //base")
    assert "url(" not in "".join(tree.xpath("//style/text()"))
    (policy,) = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none'")


def test_the_same_report_is_the_same_file(report: Report) -> None:
    assert _report_html.text(report) == _report_html.text(report)


def test_schema_org_names_the_article_its_quotes_and_what_they_rest_on(report: Report) -> None:
    graph = data(page(report))
    kinds = [item["@type"] for item in graph]
    assert kinds[0] == "NewsArticle"
    assert set(kinds) == {"NewsArticle", "Quotation"}
    quotations = {item["@id"]: item for item in graph if item["@type"] == "Quotation"}
    based = [item["isBasedOn"]["@id"] for item in quotations.values() if "isBasedOn" in item]
    assert based
    assert set(based) <= set(quotations)


def test_verdicts_are_claim_reviews_only_in_a_newsrooms_name(report: Report) -> None:
    named = replace(report, making=replace(MAKING, reviewer="The Desk"))
    reviews = [item for item in data(page(named)) if item["@type"] == "ClaimReview"]
    assert [review["reviewRating"]["alternateName"] for review in reviews] == [
        part.verdict.kind for part in report.parts if part.verdict
    ]
    assert {review["author"]["name"] for review in reviews} == {"The Desk"}


def test_a_statement_shows_all_who_carried_it(store: Store) -> None:
    chain = store.chain(1)
    shown = page(of_statement(store, chain, MAKING))
    assert len(shown.xpath('//article[@class="passage"]')) == sum(
        node.kind == "stored" for node in chain.nodes
    )
    assert data(shown)[0]["@type"] == "Report"


def test_markdown_says_the_same(report: Report) -> None:
    text = _report_markdown.text(report)
    rendered = html.fromstring(MarkdownIt().render(text))
    shown = words(rendered)
    for part in report.parts:
        assert part.quote is not None
        assert part.verdict is not None
        assert part.quote.text in shown
        assert part.verdict.kind in shown
    for station in report.evidence:
        assert station.document is not None
        assert station.document.snapshot is not None
        assert station.document.snapshot.sha256 in shown


def poisoned(text: str) -> Report:
    """A report in which everything that an article may say is `text`."""
    one = trail(text)
    station = one.stations["q2"]
    assert station.quote is not None
    change = Drift("replaced", "serious", text, text, text)
    verdict = Verdict("altered", 0.8, (text,), (change,), text)
    origin = Origin("relay", "ru", (text,), 0.7, ())
    draft = Draft(text, "en", text, text, text, f"{7:064x}", text, origin, 2)
    return Report(text, MAKING, (Part(one, "q2", {}, station.quote, verdict),), draft)


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
def test_hostile_articles_are_inert_in_it(name: str) -> None:
    report = poisoned(hostile.TEXTS[name])
    text = _report_html.text(report)
    tree = html.document_fromstring(text)
    assert not hostile.INVISIBLE.search(text)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert not tree.xpath(
        "//@src | //iframe | //link | //base | //form | //*[local-name()='image']"
    )
    for address in tree.xpath("//@href"):
        assert re.match(r"https://sample\.example/|#", address), address
    assert data(tree)


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
def test_hostile_articles_are_inert_in_markdown(name: str) -> None:
    text = _report_markdown.text(poisoned(hostile.TEXTS[name]))
    assert not hostile.INVISIBLE.search(text)
    rendered = html.fromstring(MarkdownIt("commonmark", {"html": True}).render(text))
    assert not rendered.xpath("//script | //img | //svg | //iframe | //style | //meta | //input")
    for address in rendered.xpath("//@href"):
        assert address.startswith("https://sample.example/"), address
