"""The pages as a plugin of Datasette, stable or 1.0: found through its entry point.

It acts on databases made by provenance and leaves all others alone.
"""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Any
from weakref import WeakKeyDictionary

from datasette import NotFound, Response, hookimpl
from datasette.utils import tilde_decode
from markupsafe import Markup

from provenance.errors import StoreError
from provenance.explore._addresses import Addresses
from provenance.explore._pages import MissingRowError, Pages
from provenance.explore._templates import style_sheet
from provenance.store import attached

# Our pages run nothing and fetch their style sheet and nothing else (w3.org/TR/CSP3).
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_NUMBER = r"(?P<key>[0-9]{1,18})"

Hook = Any  # Datasette has no types
_ours: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Hook]]:
    """One address a kind of page, and the style sheet."""
    database = r"^/(?P<database>[^/]+)/-"
    return [
        (r"^/-/provenance\.css$", _style(panel=False)),
        (r"^/-/provenance-row\.css$", _style(panel=True)),
        (rf"{database}/statements$", _page(lambda p, r: p.statements(r.args.get("q") or ""))),
        (rf"{database}/outlets$", _page(lambda p, _: p.outlets())),
        (rf"{database}/chain/{_NUMBER}$", _page(lambda p, r: p.chain(_key(r), _focus(r)))),
        (rf"{database}/timeline/{_NUMBER}$", _page(lambda p, r: p.timeline(_key(r)))),
        (
            rf"{database}/quote/{_NUMBER}$",
            _page(lambda p, r: p.quote(_key(r), bool(r.args.get("whole")))),
        ),
        (rf"{database}/outlet/{_NUMBER}$", _page(lambda p, r: p.outlet(_key(r)))),
        (
            rf"{database}/compare/{_NUMBER}/(?P<other>[0-9]{{1,18}})$",
            _page(lambda p, r: p.compare(_key(r), int(r.url_vars["other"]))),
        ),
        (rf"{database}/hop/{_NUMBER}$", _page(lambda p, r: p.hop(_key(r)), redirects=True)),
    ]


def _key(request: Any) -> int:
    return int(request.url_vars["key"])


def _focus(request: Any) -> int | None:
    asked = request.args.get("quote") or ""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None


def _page(made: Callable[[Pages, Any], str], redirects: bool = False) -> Hook:
    """The view that answers with what `made` makes, or leads to the address it gives."""

    async def view(datasette: Any, request: Any) -> Any:
        name = tilde_decode(request.url_vars["database"])
        if name not in datasette.databases or not await _is_ours(datasette, name):
            raise NotFound(f"no database of provenance is called {name}")
        await _permit(datasette, request.actor, name)
        try:
            answer = await _asked(datasette, name, lambda pages: made(pages, request))
        except MissingRowError as error:
            raise NotFound(str(error)) from error
        if redirects:
            return Response.redirect(answer)
        return Response.html(answer, headers=_HEADERS)

    return view


def _style(panel: bool) -> Hook:
    async def view() -> Any:
        headers = {"cache-control": "max-age=3600", "x-content-type-options": "nosniff"}
        kind = "text/css; charset=utf-8"
        return Response(style_sheet(panel), headers=headers, content_type=kind)

    return view


async def _asked(datasette: Any, name: str, made: Callable[[Pages], str]) -> str:
    """What `made` gives over a connection of Datasette's, in a thread of Datasette's."""
    addresses = Addresses(datasette.urls, name)

    def answered(connection: Connection) -> str:
        return made(Pages(connection, addresses))

    answer: str = await datasette.get_database(name).execute_fn(answered)
    return answer


async def _permit(datasette: Any, actor: Any, name: str) -> None:
    """Raises Datasette's `Forbidden` where whoever asks may not see the database's tables."""
    try:
        from datasette.resources import DatabaseResource
    except ImportError:  # before 1.0
        await datasette.ensure_permissions(actor, [("view-database", name), "view-instance"])
        return
    resource = DatabaseResource(database=name)
    await datasette.ensure_permission(action="view-database", resource=resource, actor=actor)


async def _is_ours(datasette: Any, name: str) -> bool:
    database = datasette.get_database(name)
    if database not in _ours:
        _ours[database] = await database.execute_fn(_recognised)
    return _ours[database]


def _recognised(connection: Connection) -> bool:
    try:
        attached(connection, "")
    except StoreError:
        return False
    return True


# ---------------------------------------------------------------- on Datasette's own pages

# Columns that hold the key of a row, and the page it leads to. Tables link their foreign
# keys themselves; views and questions do not.
_PAGES: dict[str, Callable[[Addresses, int], str]] = {
    "statement": Addresses.chain,
    "quote": Addresses.quote,
    "source_quote": Addresses.quote,
    "to_quote": Addresses.quote,
    "hop": Addresses.hop,
    "document": lambda to, key: to.row("documents", key),
    "to_document": lambda to, key: to.row("documents", key),
}
# Columns of tables that name a row, and the page of that row.
_NAMES: dict[tuple[str, str], Callable[[Addresses, int], str]] = {
    ("statements", "label"): Addresses.chain,
    ("quotes", "label"): Addresses.quote,
    ("hops", "relation"): Addresses.hop,
    ("outlets", "name"): Addresses.outlet,
}
VIEWS = frozenset({"chains", "origins", "altered", "unsourced", "timeline"})


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(  # noqa: PLR0917  # Datasette names them
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Any:
    """A link to the page of what a cell stands for."""
    linked = _linked(row, value, column, table)
    if linked is None:
        return None

    async def rendered() -> Any:
        if not await _is_ours(datasette, database):
            return None
        page, key = linked
        address = page(Addresses(datasette.urls, database), key)
        return Markup('<a href="{}">{}</a>').format(address, value)

    return rendered


def _linked(
    row: Any, value: Any, column: str, table: str | None
) -> tuple[Callable[[Addresses, int], str], int] | None:
    if table in VIEWS or table is None:
        page = _PAGES.get(column)
        return (page, value) if page and isinstance(value, int) else None
    page = _NAMES.get((table, column))
    return (page, row["id"]) if page and value and "id" in row.keys() else None  # noqa: SIM118


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    view_name: str, database: str | None, table: str | None, request: Any, datasette: Any
) -> Any:
    """For the page of a row: the chain it is part of, and links to our pages."""
    if view_name != "row" or not database or not table:
        return {}

    async def vars_() -> dict[str, Any]:
        return {"provenance_row": Markup(await _row(datasette, request, database, table))}

    return vars_


async def _row(datasette: Any, request: Any, database: str, table: str) -> str:
    key = request.url_vars.get("pks", "")
    if not (key.isascii() and key.isdigit()) or not await _is_ours(datasette, database):
        return ""
    return await _asked(datasette, database, lambda pages: pages.row(table, int(key)))


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(view_name: str, database: str | None) -> list[str]:
    """The pictures' style on the pages of rows."""
    return ["/-/provenance-row.css"] if view_name == "row" and database else []


@hookimpl  # type: ignore[untyped-decorator]
def menu_links(datasette: Any) -> Any:
    """The way from any page of Datasette's to ours."""

    async def links() -> list[dict[str, str]]:
        return [
            {"href": Addresses(datasette.urls, name).statements(), "label": f"{name}: statements"}
            for name in datasette.databases
            if not name.startswith("_") and await _is_ours(datasette, name)
        ]

    return links
