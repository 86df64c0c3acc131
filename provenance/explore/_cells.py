"""Cells of views as links: Datasette links foreign keys of tables, but views have none."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

# Columns of views that hold the key of a row, and the table the row is in.
_ROWS = {
    "statement": "statements",
    "quote": "quotes",
    "source_quote": "quotes",
    "to_quote": "quotes",
    "document": "documents",
    "to_document": "documents",
    "hop": "hops",
}
_VIEWS = {"chains", "origins", "altered", "unsourced", "timeline"}


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """A link to the row that an integer in a view stands for."""
    if table not in _VIEWS or column not in _ROWS or not isinstance(value, int):
        return None
    from markupsafe import Markup

    address = datasette.urls.row(database, _ROWS[column], str(value))
    return Markup('<a href="{}">{}</a>').format(address, value)
