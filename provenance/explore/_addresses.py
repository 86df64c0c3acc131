"""Where each page is, and which addresses of others may be followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from provenance.export.inert import visible


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of our pages and of Datasette's on one database.

    `urls` is Datasette's, which knows under which path it is served.
    """

    urls: Any
    database: str

    def _page(self, path: str, **asked: object) -> str:
        given = {name: value for name, value in asked.items() if value not in (None, "")}
        base = f"{self.urls.database(self.database)}/-/{path}"
        return f"{base}?{urlencode(given)}" if given else base

    def statements(self, **asked: object) -> str:
        """What was rendered most often, or what a search found."""
        return self._page("statements", **asked)

    def chain(self, statement: int, quote: int | None = None) -> str:
        """How a statement travelled, with one rendering marked."""
        return self._page(f"chain/{statement}", quote=quote)

    def timeline(self, statement: int) -> str:
        """A statement's renderings by time."""
        return self._page(f"timeline/{statement}")

    def quote(self, quote: int, **asked: object) -> str:
        """A quote where it stands in its article."""
        return self._page(f"quote/{quote}", **asked)

    def compare(self, later: int, earlier: int) -> str:
        """Two renderings word by word."""
        return self._page(f"compare/{later}/{earlier}")

    def hop(self, hop: int) -> str:
        """The two ends of a hop, word by word."""
        return self._page(f"hop/{hop}")

    def outlet(self, outlet: int) -> str:
        """Whom an outlet relies on and who relies on it."""
        return self._page(f"outlet/{outlet}")

    def outlets(self) -> str:
        """All outlets."""
        return self._page("outlets")

    def row(self, table: str, key: int) -> str:
        """Datasette's page of one row."""
        return str(self.urls.row(self.database, table, str(key)))

    def table(self, name: str, **asked: object) -> str:
        """Datasette's page of a table, a view or a ready question."""
        given = f"?{urlencode(asked)}" if asked else ""
        return f"{self.urls.table(self.database, name)}{given}"

    def tables(self) -> str:
        """Datasette's page of the database."""
        return str(self.urls.database(self.database))

    def style(self) -> str:
        """The style sheet of all our pages."""
        return str(self.urls.path("/-/provenance.css"))


def followable(address: str) -> str:
    """`address` when it is a web address a reader may be led to, else nothing.

    Whatever runs, opens a file, hides a password or shows another order than it has is text.
    """
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        return ""
    return address if plain and visible(address) == address and address.isprintable() else ""
