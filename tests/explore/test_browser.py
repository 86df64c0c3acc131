"""The pages as a reporter has them: real Datasette on loopback, real Chromium, nothing faked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hostile
from tests.explore.browser import Browser, axe, chromium, served
from tests.explore.pages import OURS, ROWS, hop, pages, with_uncited

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
    pytest.mark.skipif(
        chromium() is None,
        reason="chromium and chromium-driver are not installed",
    ),
]
START = "/provenance/-/statements"

each_page = pytest.mark.parametrize("name", OURS)
with_axe = pytest.mark.skipif(
    axe() is None, reason="no axe-core: npm install axe-core, and say in PROVENANCE_AXE where"
)
each_scheme = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@pytest.fixture(scope="module")
def database(worked_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = shutil.copyfile(worked_case, tmp_path_factory.mktemp("browser") / "demo.db")
    return with_uncited(path)


@pytest.fixture(scope="module")
def start(database: Path) -> Iterator[str]:
    """The address that `provenance explore` prints."""
    with served(database) as address:
        yield address


@pytest.fixture(scope="module")
def places(database: Path, start: str) -> dict[str, str]:
    root = start.removesuffix(START)
    return {name: f"{root}/{path}" for name, path in pages(database).items()}


def test_two_clicks_lead_to_what_changed_between_the_agency_and_the_blog(
    browser: Browser, database: Path, start: str
) -> None:
    browser.look(1280)
    browser.open(start)
    headline = "//h3/a[contains(., 'verified ceasefire')]"
    browser.driver.find_element("xpath", headline).click()
    _, blog, agency, _ = hop(database, "Free Horizon", "RIA Novosti")
    note = f".wide a.note[href$='/compare/{blog}/{agency}'] .relation"
    browser.driver.find_element("css selector", note).click()
    heading = browser.driver.find_element("css selector", "h1").text
    assert heading == "What changed between RIA Novosti and Free Horizon"
    assert browser.driver.find_element("css selector", "#changed").text


@each_page
def test_a_page_asks_for_itself_and_its_style_only_and_needs_no_script(
    browser: Browser, places: dict[str, str], name: str
) -> None:
    browser.open(places[name])
    root = places[name].split("/provenance/")[0]
    assert browser.requests() == [places[name], f"{root}/-/provenance.css"]
    assert browser.complaints() == []
    assert browser.run("return document.scripts.length") == 0
    assert browser.run("return document.querySelectorAll('[style], style').length") == 0


@each_page
def test_a_page_fits_every_screen(browser: Browser, places: dict[str, str], name: str) -> None:
    browser.open(places[name])
    for width in (390, 768, 1280):
        browser.look(width)
        assert browser.run("return document.documentElement.scrollWidth") <= width


@with_axe
@each_scheme
@each_page
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_wrong(
    browser: Browser, places: dict[str, str], name: str, dark: bool, width: int
) -> None:
    browser.look(width, dark)
    browser.open(places[name])
    # In the dark nothing but colours is another.
    assert browser.accessibility(axe() or "", colours=dark) == []


@with_axe
@each_scheme
@pytest.mark.parametrize("name", ROWS)
def test_axe_finds_nothing_wrong_with_what_rows_show_of_ours(
    browser: Browser, places: dict[str, str], name: str, dark: bool
) -> None:
    browser.look(1280, dark)
    browser.open(places[name])
    assert browser.run("return document.querySelector('.provenance-panel svg') !== null")
    assert browser.accessibility(axe() or "", ".provenance-panel", colours=dark) == []


def seen(browser: Browser, selector: str) -> str:
    """Whether something is visible, as the browser computes it."""
    script = "return getComputedStyle(document.querySelector(arguments[0])).visibility"
    return str(browser.run(script, selector))


def test_evidence_shows_where_the_keyboard_is(browser: Browser, places: dict[str, str]) -> None:
    browser.look(1280)
    browser.open(places["chain"])
    slip = ".wide .note .evidence"
    assert seen(browser, slip) == "hidden"
    browser.run("document.querySelector('.wide .note').focus()")
    assert seen(browser, slip) == "visible"
    top = browser.run(
        "const slip = document.querySelector(arguments[0]).getBoundingClientRect();"
        "const at = document.elementFromPoint(slip.left + 8, slip.top + 30);"
        "return [slip.top + scrollY, slip.left, slip.right, slip.height]",
        slip,
    )
    assert top[0] > 0
    assert 0 <= top[1] < top[2] <= 1280
    assert top[3] > 40


def test_evidence_shows_where_the_pointer_is(browser: Browser, places: dict[str, str]) -> None:
    browser.look(1280)
    browser.open(places["chain"])
    browser.run("document.querySelectorAll('.wide .note')[2].scrollIntoView({block: 'center'})")
    x, y = browser.run(
        "const box = document.querySelectorAll('.wide .note .hit')[2].getBoundingClientRect();"
        "return [box.left + 20, box.top + 12]"
    )
    browser.command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    shown = "return getComputedStyle(document.querySelectorAll('.wide .evidence')[2]).visibility"
    assert browser.run(shown) == "visible"


def test_every_step_of_a_chain_is_reached_with_the_keyboard(
    browser: Browser, places: dict[str, str]
) -> None:
    browser.look(1280)
    browser.open(places["chain"])
    notes = browser.run("return document.querySelectorAll('.wide .note').length")
    reached: set[int] = set()
    place = "return [...document.querySelectorAll('.wide .note')].indexOf(document.activeElement)"
    for _ in range(60):
        press(browser, "Tab")
        reached.add(browser.run(place))
    assert reached >= set(range(notes))


def press(browser: Browser, key: str) -> None:
    for kind in ("keyDown", "keyUp"):
        browser.command(
            "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=9
        )


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "narrow")])
def test_each_screen_has_the_picture_that_fits_it(
    browser: Browser, places: dict[str, str], width: int, shown: str
) -> None:
    browser.look(width)
    browser.open(places["chain"])
    visible = browser.run(
        "return [...document.querySelectorAll('.drawing > div')]"
        ".filter(one => one.offsetHeight).map(one => one.className)"
    )
    assert visible == [shown]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_picture_runs_over_its_card(
    browser: Browser, places: dict[str, str], width: int
) -> None:
    browser.look(width)
    shown = ".wide" if width == 1280 else ".narrow"
    for name in ("chain", "chain-asked", "chain-inferred"):
        browser.open(places[name])
        over = browser.run(
            "return [...document.querySelectorAll(arguments[0] + ' .station')].flatMap(one => {"
            "const card = one.querySelector('.card').getBoundingClientRect();"
            "const texts = one.querySelectorAll('.outlet, .words, .english, .date');"
            "return [...texts].filter(text => text.getBoundingClientRect().right > card.right)"
            ".map(text => text.textContent)})",
            shown,
        )
        assert over == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_picture_runs_over_its_edge(
    browser: Browser, places: dict[str, str], width: int
) -> None:
    browser.look(width)
    for name in ("chain", "chain-asked", "chain-inferred", "compare"):
        browser.open(places[name])
        over = browser.run(
            "return [...document.querySelectorAll('.drawing svg')].flatMap(one => {"
            "const edge = one.getBoundingClientRect().right;"
            "return [...one.querySelectorAll('text')]"
            ".filter(text => text.getBoundingClientRect().right > edge)"
            ".map(text => text.textContent)})"
        )
        assert over == []


def test_on_paper_there_is_no_menu_and_all_is_black_on_white(
    browser: Browser, places: dict[str, str]
) -> None:
    browser.look(1280, dark=True, media="print")
    browser.open(places["chain"])
    style = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    assert browser.run(style, ".bar", "display") == "none"
    assert browser.run(style, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert browser.run(style, ".chain-drawing .words", "fill") == "rgb(0, 0, 0)"
    assert browser.run(style, ".wide", "display") == "block"


def test_texts_from_the_right_stand_right(browser: Browser, tmp_path: Path) -> None:
    from provenance.model import Chain, Ending, Hop, Node
    from tests.store import given

    path = tmp_path / "right.db"
    said = "لن نرسل جنودا إلى هناك"
    with given.opened(path) as (store, run):
        keys = [
            given.add_saying(
                store, run, said, outlet=f"وكالة {number}", language="ar", id=f"{number}"
            )
            for number in (1, 2)
        ]
        (statement,) = store.set_statements([keys], run)
        nodes = tuple(
            Node(f"q{key}", "stored", key, key, f"وكالة {key}", "", "ar", text=said) for key in keys
        )
        hops = (Hop(nodes[1].id, nodes[0].id, "copies", "review", 0.99),)
        ends = (Ending(nodes[0].id, "earliest", "Earliest."),)
        store.save_chain(statement, Chain(statement, nodes, hops, ends), run)
    with served(path) as address:
        browser.look(1280)
        browser.open(f"{address.removesuffix('statements')}chain/{statement}")
        card, words = browser.run(
            "const right = name => document.querySelector('.wide ' + name)"
            ".getBoundingClientRect().right; return [right('.card'), right('.words')]"
        )
        assert 0 <= card - words < 30
        assert (
            browser.run("return getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        )
        assert "reviewed" in browser.run("return document.querySelector('.wide').textContent")


# ---------------------------------------------------------------- nothing injected


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    """A server on nothing but hostile texts; its root and the statements' keys."""
    path = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=alert(1)>.db"
    statements = list(hostile.database(path).values())
    with served(path) as address:
        yield address.removesuffix(START), statements


# Elements that would run something: of a handler, or an address that is a program.
RUNNING = """
const runs = is => is.name.startsWith('on') && is.value.includes(arguments[0]) ||
    ['href', 'src', 'action'].includes(is.localName) &&
    /^\\s*(javascript|vbscript|data:text)/i.test(is.value)
return [...document.querySelectorAll('*')]
    .filter(one => [...one.attributes].some(runs)).map(one => one.outerHTML)
"""


def inert(browser: Browser, address: str, scripts: bool) -> None:
    """Nothing of the page ran, asked another machine or hid a character."""
    root = "/".join(address.split("/")[:3])
    browser.open(address)
    assert browser.run("return document.title") != hostile.MARK
    assert [one for one in browser.requests() if not one.startswith(root)] == []
    assert browser.run(RUNNING, hostile.MARK if scripts else "") == []
    if not scripts:
        assert browser.run("return document.scripts.length") == 0
        assert not hostile.INVISIBLE.search(
            browser.run("return document.documentElement.innerText")
        )
        assert browser.run("return document.querySelectorAll('img,iframe,object,base').length") == 0


@pytest.mark.parametrize("kind", ["chain", "timeline", "quote", "outlet", "compare"])
def test_nothing_an_article_says_runs_on_our_pages(
    browser: Browser, attacked: tuple[str, list[int]], kind: str
) -> None:
    browser.look(1280)
    root, statements = attacked
    for number, statement in enumerate(statements, 1):
        other = f"/{number - 1}" if kind == "compare" else ""
        if kind == "compare" and number == 1:
            continue
        key = statement if kind in ("chain", "timeline") else number
        if kind == "outlet" and number > 3:
            break
        inert(browser, f"{root}/provenance/-/{kind}/{key}{other}", scripts=False)


@pytest.mark.parametrize("page", ["statements", "outlets"])
def test_nothing_runs_in_lists(
    browser: Browser, attacked: tuple[str, list[int]], page: str
) -> None:
    inert(browser, f"{attacked[0]}/provenance/-/{page}", scripts=False)


@pytest.mark.parametrize("text", hostile.TEXTS.values(), ids=list(hostile.TEXTS))
def test_nothing_runs_of_what_is_searched_for(
    browser: Browser, attacked: tuple[str, list[int]], text: str
) -> None:
    from urllib.parse import quote

    asked = quote(text.encode("utf-8", "surrogatepass"))
    inert(browser, f"{attacked[0]}/provenance/-/statements?q={asked}", scripts=False)


@pytest.mark.parametrize(
    "page",
    ["quotes", "documents", "statements", "outlets", "hops", "nodes", "altered", "chains"]
    + ["timeline", "unsourced", "quotes/1", "documents/2", "statements/3", "hops/4", "outlets/1"]
    + ["altered_quotes?severity=", "said_by?speaker=<script>", "altered_by?outlet=%25"],
)
def test_nothing_runs_on_datasettes_own_pages(
    browser: Browser, attacked: tuple[str, list[int]], page: str
) -> None:
    browser.look(1280)
    inert(browser, f"{attacked[0]}/provenance/{page}", scripts=True)
