"""The pages as Datasette serves them: what they answer, to whom, and on which databases."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from provenance.explore import application, plugin
from provenance.model import Relay, Span
from provenance.tracing.reviews import Review
from tests.store import given

PAGES = ["statements", "outlets", "chain/1", "timeline/1", "quote/1", "outlet/1", "compare/2/1"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plugin") / "case.db"
    with given.opened(path) as (store, run):
        keys = [
            given.add_saying(store, run, f"We may send {number},000 troops.", outlet="РИА Новости")
            for number in (15, 50, 60)
        ]
        (statement,) = store.set_statements([keys], run)
        bare = given.chain(statement, keys)
        nodes = tuple(replace(node, document=node.quote) for node in bare.nodes)
        store.save_chain(statement, replace(bare, nodes=nodes), run)
        store.add_review(keys[0], Review("accept", "q2", "q1", "Ann", "2026-03-02"))
        url = "https://sample.example/1"
        given.add(store, run, given.TEXT, given.full_quote(), url=url, outlet="Daily Sample")
    return path


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Datasette]:
    served = application(path)
    yield served
    served.get_database("provenance").close()


def get(served: Datasette, page: str, **given_: Any) -> Any:
    return asyncio.run(served.client.get(page, **given_))


def text(served: Datasette, page: str) -> str:
    answer = get(served, f"/provenance/-/{page}")
    assert answer.status_code == 200, page
    return " ".join(unescape(answer.text).split())


def test_datasette_finds_the_plugin_by_itself() -> None:
    assert "provenance.explore.plugin" in [point.value for point in entry_points(group="datasette")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_forbids_all_but_its_style(served: Datasette, page: str) -> None:
    answer = get(served, f"/provenance/-/{page}")
    assert answer.headers["content-security-policy"] == plugin.POLICY
    assert "script" not in plugin.POLICY
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "<script" not in answer.text


@pytest.mark.parametrize("name", ["provenance.css", "provenance-row.css"])
def test_a_style_sheet_fetches_nothing(served: Datasette, name: str) -> None:
    answer = get(served, f"/-/{name}")
    assert answer.headers["content-type"].startswith("text/css")
    assert not re.search(r"url\(|@import|expression", answer.text)


def test_what_rows_get_styles_nothing_of_datasettes(served: Datasette) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", get(served, "/-/provenance-row.css").text, flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]*\{", "", sheet))
    ours = (".chain-drawing", ".alignment", ".provenance-panel", ".drawing", ":root")
    selectors = [one.strip() for rule in rules for one in rule.split(",")]
    assert [one for one in selectors if not one.startswith(ours)] == []


@pytest.mark.parametrize(
    "page", ["chain/9", "timeline/9", "quote/99", "outlet/99", "compare/1/99", "hop/99"]
)
def test_what_is_not_there_is_not_found(served: Datasette, page: str) -> None:
    answer = get(served, f"/provenance/-/{page}")
    assert answer.status_code == 404
    assert "there is no" in answer.text


@pytest.mark.parametrize("page", ["chain/x", "chain/1x", "quote/-1", "chain/" + "9" * 30])
def test_what_is_no_number_is_no_page(served: Datasette, page: str) -> None:
    assert get(served, f"/provenance/-/{page}").status_code == 404


def test_a_strange_focus_is_nobody(served: Datasette) -> None:
    for asked in ("x", "٣", "9" * 40, "99"):
        assert get(served, f"/provenance/-/chain/1?quote={asked}").status_code == 200


def test_a_chain_is_drawn_and_told(served: Datasette) -> None:
    told = text(served, "chain/1?quote=2")
    assert told.count('<svg class="chain-drawing"') == 2
    for words in ("TASS", "named, not stored", "15,000 became 50,000", "◀ asked about"):
        assert words in told
    assert "TASS is named as the source, but not stored." in told
    assert "Circular reporting:" in told
    assert 'href="/provenance/-/compare/2/1"' in told


def test_a_quote_is_marked_where_it_stands(served: Datasette) -> None:
    told = text(served, "quote/4")
    assert '<mark class="this">We may' in told
    assert 'class="speaker" title="who said it">Ada Example</span>' in told
    assert 'class="cue" title="the word that signals it">told</span>' in told
    assert 'title="told: Daily Sample">the Daily Sample</span>' in told
    assert "RIA Novosti" in told
    assert 'href="https://sample.example/1"' in told


def test_a_quote_in_a_long_article_is_shown_with_what_surrounds_it(tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    filler = "It rained in the valley all day long.\n" * 2_000
    article = f"{filler}{given.TEXT}\n{filler}"
    shift = len(filler)
    quote = given.quote(given.SAID, article, chain=(Relay("Far", "outlet", "It", "told", 0, 2),))
    with given.opened(path) as (store, run):
        given.add(store, run, article, quote)
    served = application(path)
    told = text(served, "quote/1")
    assert quote.start > shift
    assert len(told) < 20_000
    assert "characters before; <a" in told
    assert "We may send 15,000 troops if asked." in told
    whole = text(served, "quote/1?whole=1")
    assert whole.count(" rained in the valley") == 4_000
    served.get_database("provenance").close()


def test_a_quote_in_parts_is_marked_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "parts.db"
    article = "“We go,” she said, “and we stay.”"
    words = article[1:-1]
    quote = given.quote(words, article, spans=(Span(1, 7), Span(20, 32)))
    with given.opened(path) as (store, run):
        given.add(store, run, article, quote)
    served = application(path)
    marks = re.findall(r"<mark[^>]*>([^<]*)</mark>", text(served, "quote/1"))
    assert marks[:2] == ["We go,", "and we stay."]
    served.get_database("provenance").close()


def test_a_comparison_shows_both_texts_and_their_pairs(served: Datasette) -> None:
    told = text(served, "compare/2/1")
    assert "15,000" in told
    assert "50,000" in told
    assert told.count('class="chain-drawing alignment"') == 2
    assert "What became of it" in told
    apart = text(served, "compare/4/1")
    assert "The chain holds no hop between them" in apart


def test_a_hop_leads_to_its_two_ends(served: Datasette) -> None:
    places = {get(served, f"/provenance/-/hop/{hop}").headers["location"] for hop in (1, 2, 3)}
    assert places == {
        "/provenance/-/chain/1?quote=1",  # from a source nobody has stored
        "/provenance/-/compare/2/1",
        "/provenance/-/compare/3/2",
    }


def test_an_outlet_tells_whom_it_relies_on_and_what_it_changed(served: Datasette) -> None:
    told = text(served, "outlet/1")
    assert "TASS" in told
    assert "15,000 became 50,000" in told


def test_a_search_finds_statements_by_words_of_any_rendering(served: Datasette) -> None:
    assert "1 statement with “troops 50”" in text(served, "statements?q=troops+50")
    assert "No statements with “peace”" in text(served, "statements?q=peace")


def test_a_row_shows_the_chain_it_is_part_of(served: Datasette) -> None:
    for row in ("quotes/2", "statements/1"):
        page = get(served, f"/provenance/{row}").text
        assert page.count('<svg class="chain-drawing"') == 2
        assert "/-/provenance-row.css" in page
    for row, link in (("hops/2", "hop/2"), ("outlets/1", "outlet/1"), ("documents/2", "quote/2")):
        assert f'href="/provenance/-/{link}"' in get(served, f"/provenance/{row}").text
    assert "provenance-panel" not in get(served, "/provenance/runs/1").text


def test_it_serves_under_another_path(path: Path) -> None:
    served = application(path)
    served._settings["base_url"] = "/desk/"
    page = get(served, "/provenance/-/chain/1").text
    assert 'href="/desk/-/provenance.css"' in page
    assert 'href="/desk/provenance/-/compare/2/1"' in page
    served.get_database("provenance").close()


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as raw:
        raw.executescript(
            "CREATE TABLE statements (id INTEGER PRIMARY KEY, label TEXT, quote INTEGER);"
            "INSERT INTO statements VALUES (1, 'mine', 7)"
        )
    served = Datasette([str(other)])
    row = get(served, "/other/statements/1")
    assert row.status_code == 200
    assert "/-/chain" not in row.text
    assert "provenance-panel" not in row.text
    assert "content-security-policy" not in row.headers
    assert get(served, "/other/-/statements").status_code == 404
    assert get(served, "/none/-/statements").status_code == 404


def test_who_may_not_see_the_database_may_not_see_the_pages(path: Path) -> None:
    closed = {"databases": {"case": {"allow": {"id": "editor"}}}}
    served = Datasette([str(path)], metadata=closed)
    for page in (*PAGES, "hop/1"):
        assert get(served, f"/case/-/{page}").status_code == 403, page
    cookie = {"ds_actor": served.sign({"a": {"id": "editor"}}, "actor")}
    assert get(served, "/case/-/chain/1", cookies=cookie).status_code == 200
