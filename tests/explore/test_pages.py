"""The real Datasette on a real database: what a reporter sees on each page."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.utils import parse_metadata

from provenance import questions
from provenance.errors import StoreError
from provenance.explore import application
from provenance.model import Drift
from tests.store import given

VIEWS = ("timeline", "chains", "origins", "altered", "unsourced")
METADATA = parse_metadata(
    (files("provenance.explore") / "metadata.yaml").read_text(encoding="utf-8")
)["databases"]["provenance"]
EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A statement rendered three times with a chain, and a quote that stands alone."""
    path = tmp_path_factory.mktemp("explore") / "a case? 50% #1.db"
    with given.opened(path) as (store, run):
        keys = [
            given.add_saying(store, run, f"We may send {number} troops.", outlet="РИА Новости")
            for number in range(3)
        ]
        (statement,) = store.set_statements([keys], run)
        store.save_chain(statement, given.chain(statement, keys), run)
        store.save_matches([given.match(keys[1], keys[0])], run)
        text = f"{EVIL} said: “{EVIL}”"
        given.add(store, run, text, given.quote(EVIL, text), title=EVIL, url="javascript:alert(1)")
        given.add(store, run, given.TEXT, given.full_quote())
    return path


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Datasette]:
    served = application(path)
    yield served
    served.get_database("provenance").close()


def get(served: Datasette, page: str) -> Any:
    return asyncio.run(served.client.get(f"/{page}", follow_redirects=True))


def text(served: Datasette, page: str) -> str:
    answer = get(served, page)
    assert answer.status_code == 200, page
    return str(answer.text)


def json(served: Datasette, page: str) -> Any:
    return get(served, page).json()


def test_the_front_page_says_where_to_start(served: Datasette) -> None:
    front = text(served, "")
    for view in VIEWS:
        assert f'href="/provenance/{view}"' in front
        assert text(served, f"provenance/{view}")


def test_only_what_a_reader_needs_is_listed(served: Datasette) -> None:
    tables = {t["name"] for t in json(served, "provenance.json")["tables"] if not t["hidden"]}
    described = METADATA["tables"]
    assert tables == {
        name for name, about in described.items() if not about.get("hidden") and name not in VIEWS
    }


def test_every_table_view_and_column_is_described(path: Path) -> None:
    about = METADATA["tables"]
    raw = sqlite3.connect(path)
    shown = [name for name, facts in about.items() if not facts.get("hidden")]
    for name in shown:
        columns = {row[1] for row in raw.execute(f"PRAGMA table_xinfo({name})")} - {"id"}
        assert columns == set(about[name]["columns"]), name
        assert about[name]["description"], name
    raw.close()


@pytest.mark.parametrize("table", ["documents", "quotes", "hops", "nodes", "runs", "altered"])
def test_a_tables_page_describes_its_columns(served: Datasette, table: str) -> None:
    about = METADATA["tables"][table]
    page = text(served, f"provenance/{table}")
    assert about["description"] in unescape(page)
    assert page.count("<dt>") == len(about["columns"])


def test_keys_of_other_rows_are_shown_by_name(served: Datasette) -> None:
    rows = json(served, "provenance/quotes.json?_labels=on&_shape=array&id=5")
    assert rows[0]["speaker"]["label"] == "Ada Example"
    assert rows[0]["document"]["label"] == "Troops"
    assert rows[0]["run"]["label"].startswith("test, 20")
    hops = json(served, "provenance/hops.json?_labels=on&_shape=array&chosen=1")
    assert hops[0]["to_node"]["label"] == "TASS (named, not stored)"
    assert hops[0]["statement"]["label"] == "We may send 0 troops."


@pytest.mark.parametrize(
    ("asked", "count"), [("troops", 4), ("TROOPS send", 4), ("peace", 0), ("send OR x", 0)]
)
def test_quotes_are_searched_in_full_text(served: Datasette, asked: str, count: int) -> None:
    found = get(served, f"provenance/quotes.json?_search={asked}&_shape=array")
    assert len(found.json()) == count


def test_documents_are_searched_by_title_and_text(served: Datasette) -> None:
    assert len(json(served, "provenance/documents.json?_search=RIA&_shape=array")) == 1
    assert len(json(served, "provenance/documents.json?_search=Troops&_shape=array")) == 4


def test_facets_count_what_there_is(served: Datasette) -> None:
    facets = json(served, "provenance/quotes.json?_facet=language&_extra=facet_results")
    facets = facets["facet_results"].get("results", facets["facet_results"])  # from 1.0 on
    assert [(one["value"], one["count"]) for one in facets["language"]["results"]] == [("en", 5)]
    assert {"type", "speaker_kind", "speaker"} <= set(facets)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("timeline", "/provenance/documents/1"),
        ("timeline", "/provenance/-/quote/1"),
        ("altered", "/provenance/-/quote/1"),
        ("chains", "/provenance/-/hop/1"),
        ("origins", "/provenance/-/chain/1"),
        ("unsourced", "/provenance/-/quote/5"),
        ("statements", "/provenance/-/chain/1"),
        ("quotes", "/provenance/-/quote/2"),
        ("hops", "/provenance/-/hop/2"),
        ("outlets", "/provenance/-/outlet/1"),
        ("circular", "/provenance/-/chain/1"),
    ],
)
def test_tables_views_and_questions_lead_to_pages(served: Datasette, page: str, link: str) -> None:
    assert f'href="{link}"' in text(served, f"provenance/{page}")
    assert get(served, link[1:]).status_code == 200


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("altered_quotes?severity=serious", "15,000 became 50,000"),
        ("unsupported?outlet=Daily", "We may send 15,000 troops"),
        ("way_back?quote=3", "TASS (named, not stored)"),
        ("altered_by?outlet=Outlet", "15,000 became 50,000"),
        ("said_by?speaker=", "0 results"),
        ("relies_on?outlet=Outlet+1", "TASS"),
        ("carried_by?outlet=TASS", "Outlet 1"),
        ("circular", "q1"),
        ("furthest", "TASS"),
    ],
)
def test_ready_questions_are_answered(served: Datasette, question: str, told: str) -> None:
    assert told in text(served, f"provenance/{question}")


def test_the_command_the_page_and_the_ready_question_count_what_is_altered_alike(
    tmp_path: Path,
) -> None:
    hedge, serious = Drift("hedge", "notable", "will", "may", "may became will"), given.DRIFT
    told = [(), (serious,), (hedge,), (replace(serious, certain=False),), (given.HEDGE,)]
    with given.opened(tmp_path / "altered.db") as (store, run):
        for number, drift in enumerate(told):
            outlets = (f"We may send {number} troops.", "Reuters"), (f"{number} sent.", "TASS")
            keys = [given.add_saying(store, run, said, outlet=outlet) for said, outlet in outlets]
            (statement,) = store.set_statements([keys], run)
            chain = given.placed(given.chain(statement, keys), store)
            nodes = tuple(
                replace(node, outlet=outlets[number - 1][1]) if number else node
                for number, node in enumerate(chain.nodes)
            )
            hop = replace(chain.hops[1], drift=drift)
            store.save_chain(statement, replace(chain, nodes=nodes[1:], hops=(hop,)), run)
        (reliance,) = questions.sources(store, "TASS").sources
    served = application(tmp_path / "altered.db")
    (row,) = json(served, "provenance/relies_on.json?outlet=TASS&_shape=array")
    page = re.search(r'class="number">(\d+)</td>', text(served, "provenance/-/outlet/2"))
    served.get_database("provenance").close()
    assert reliance.altered == row["altered"] == int(page[1] if page else 0) == 2


def test_every_ready_question_is_tested() -> None:
    marks = next(m for m in test_ready_questions_are_answered.pytestmark if m.name == "parametrize")
    assert {question.split("?")[0] for question, _ in marks.args[1]} == set(METADATA["queries"])


@pytest.mark.parametrize("page", ["documents/4", "quotes/4", "documents", "quotes", "unsourced"])
def test_what_an_article_says_is_never_run(served: Datasette, page: str) -> None:
    shown = text(served, f"provenance/{page}")
    assert EVIL not in shown
    assert "&lt;script&gt;" in shown
    assert 'href="javascript:' not in shown


@pytest.mark.parametrize("page", ["", "provenance", "provenance/quotes", "provenance/quotes/1"])
def test_a_page_asks_nothing_of_any_other_machine(served: Datasette, page: str) -> None:
    fetched = re.compile(r'<(?:script|img|iframe|link)[^>]*(?:src|href)="([^"]+)"')
    addresses = fetched.findall(text(served, page))
    assert [one for one in addresses if not one.startswith(("/", "http://localhost/"))] == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM runs",
        "UPDATE runs SET command = ''",
        "WITH x AS (SELECT 1) INSERT INTO runs (command) VALUES ('x')",
        "ATTACH DATABASE 'x.db' AS x",
        "PRAGMA writable_schema = 1",
    ],
)
def test_no_question_can_write(served: Datasette, path: Path, sql: str) -> None:
    before = path.read_bytes()
    assert get(served, f"provenance.json?sql={sql}").status_code == 400
    assert path.read_bytes() == before


def test_not_even_a_plugin_can_write(served: Datasette) -> None:
    with pytest.raises(StoreError, match="reading only"):
        served.get_database("provenance").connect(write=True)


def test_a_missing_page_is_not_found_quietly(
    served: Datasette, capfd: pytest.CaptureFixture[str]
) -> None:
    assert get(served, "provenance/quotes/999").status_code == 404
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_database_of_another_kind_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        application(tmp_path / "none.db")


def test_what_is_not_sure_and_whose_outlet_is_not_known_says_so_in_every_list(
    tmp_path: Path,
) -> None:
    path = tmp_path / "unsure.db"
    with given.opened(path) as (store, run):
        keys = [given.add_saying(store, run, f"We may send {n} troops.") for n in range(2)]
        (statement,) = store.set_statements([keys], run)
        sure = given.placed(given.chain(statement, keys), store)
        nodes = tuple(replace(node, outlet="") if node.quote else node for node in sure.nodes)
        unsure = (replace(given.DRIFT, certain=False),)
        hops = tuple(replace(hop, drift=unsure) for hop in sure.hops)
        store.save_chain(statement, replace(sure, nodes=nodes, hops=hops), run)
    served = application(path)
    for page in ("statements", "chain/1"):
        told = text(served, f"provenance/-/{page}")
        assert "uncertain, see the original" in told
        assert f"quote {keys[1]} (outlet unknown)" in told
    served.get_database("provenance").close()
