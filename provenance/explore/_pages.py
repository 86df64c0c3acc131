"""The pages a reporter reads: each asks the store, and gives a whole page of HTML.

No page holds a script, and none needs anything but its style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Connection, Row
from typing import Any

from provenance import languages, questions
from provenance.errors import StoreError
from provenance.explore import _queries
from provenance.explore._addresses import Addresses, followable
from provenance.explore._marking import Mark, paragraphs, pieces, reach, signals, window
from provenance.explore._templates import environment
from provenance.export import alignment, drawing
from provenance.export.branches import branches
from provenance.export.inert import one_line
from provenance.export.wording import after, station, unlisted
from provenance.model import Chain, Drift, Hop, Node, Rendering, Span, Translation
from provenance.naming.outlets import publisher
from provenance.store import Store, attached
from provenance.tracing import Moment, moments

_LISTED = 40  # statements of a list, outlets of a column
_AROUND = 2_500  # characters of an article on each side of a quote
_WIDE, _NARROW = 760, 340  # pixels of a word-by-word picture


class MissingRowError(Exception):
    """There is no such row: what a page says instead."""


class Pages:
    """All pages over one open connection of Datasette's."""

    def __init__(self, connection: Connection, addresses: Addresses) -> None:
        self.connection = connection
        self.to = addresses

    @property
    def store(self) -> Store:
        """The database as the rest of the program reads it."""
        return attached(self.connection, self.to.database)

    def _show(self, template: str, **told: Any) -> str:
        page = environment().get_template(f"pages/{template}.html")
        return page.render(to=self.to, **told)

    # ------------------------------------------------------------ lists

    def statements(self, asked: str = "") -> str:
        """Where to begin: what was altered and what travelled furthest, or what is searched."""
        found: tuple[_queries.Told, ...] = ()
        altered: tuple[_queries.Told, ...] = ()
        if asked.strip():
            quotes = [item.quote for item in self.store.search(asked, 200) if item.quote]
            keys = _queries.statements_of(self.connection, quotes)[:_LISTED]
            found = _queries.told(self.connection, keys)
        else:
            worst = _queries.most_altered(self.connection, _LISTED)
            altered = _queries.told(self.connection, worst)
            most = _queries.most_told(self.connection, _LISTED)
            found = _queries.told(self.connection, [key for key in most if key not in worst])
        return self._show(
            "statements",
            asked=asked,
            found=found,
            altered=altered,
            totals=_queries.totals(self.connection),
        )

    def outlets(self) -> str:
        """Every outlet, those with most articles first."""
        return self._show("outlets", outlets=_queries.outlets(self.connection, 500))

    # ------------------------------------------------------------ a statement

    def chain(self, key: int, focus: int | None = None) -> str:
        """How a statement travelled, drawn and in words."""
        row = self._statement(key)
        chain = self.store.chain(key)
        english = questions.english(self.store, chain)
        asked = f"q{focus}" if focus else ""
        steps = self._steps(chain, english)
        return self._show(
            "chain",
            statement=row,
            chain=chain,
            facts=_facts(chain),
            drawings=self.drawings(chain, english, asked),
            steps=steps,
            altered=sorted(filter(_altering, steps), key=lambda step: not _grave(step["hop"])),
            lost=self._lost(chain),
            circles=_circles(chain),
        )

    def drawings(
        self, chain: Chain, english: Mapping[str, Translation], focus: str = ""
    ) -> list[tuple[str, str]]:
        """The chain for a wide and for a narrow screen, of which the style shows one."""
        links = {node.id: self.to.quote(node.quote) for node in chain.nodes if node.quote}
        comparisons = self._comparisons(chain)
        return [
            (
                name,
                drawing.draw(
                    chain,
                    width=width,
                    english=english,
                    links=links,
                    comparisons=comparisons,
                    focus=focus,
                ),
            )
            for name, width in (("wide", drawing.WIDE), ("narrow", drawing.NARROW))
        ]

    def _comparisons(self, chain: Chain) -> dict[str, str]:
        """Where the two ends of a hop can be compared, by the node it starts from."""
        quotes = {node.id: node.quote for node in chain.nodes if node.quote}
        return {
            hop.from_node: self.to.compare(quotes[hop.from_node], quotes[hop.to_node])
            for hop in chain.hops
            if hop.from_node in quotes and hop.to_node in quotes
        }

    def _steps(self, chain: Chain, english: Mapping[str, Translation]) -> list[dict[str, Any]]:
        """Every station in the order of the picture, with all that the picture tells of it."""
        nodes = {node.id: node for node in chain.nodes}
        ends = {ending.node: ending.says for ending in chain.ends}
        comparisons = self._comparisons(chain)
        return [
            {
                "node": branch.node,
                "hop": branch.hop,
                "source": nodes.get(branch.hop.to_node) if branch.hop else None,
                "english": english.get(branch.node.id),
                "ending": ends.get(branch.node.id, ""),
                "compare": comparisons.get(branch.node.id, ""),
            }
            for branch in branches(chain)
        ]

    def _lost(self, chain: Chain) -> list[dict[str, Any]]:
        nodes = {node.id: node for node in chain.nodes}
        ranked = sorted(chain.alternatives, key=lambda hop: -hop.probability)[:_LISTED]
        return [
            {
                "hop": hop,
                "later": station(nodes.get(hop.from_node, unlisted(hop.from_node))),
                "earlier": station(nodes.get(hop.to_node, unlisted(hop.to_node))),
            }
            for hop in ranked
        ]

    def timeline(self, key: int) -> str:
        """A statement's renderings by time."""
        row = self._statement(key)
        chain = self.store.chain(key)
        timed = moments(chain)
        first = next((one.node.published for one in timed if one.hours is not None), "")
        return self._show(
            "timeline",
            statement=row,
            facts=_facts(chain),
            moments=[(one, _later(one, first), _misleading(one.hop)) for one in timed],
            strip=_strip(timed),
        )

    def _statement(self, key: int) -> Row:
        row = _queries.statement(self.connection, key)
        if row is None:
            raise MissingRowError(f"there is no statement {key} in this database")
        return row

    # ------------------------------------------------------------ a quote

    def quote(self, key: int, whole: bool = False) -> str:
        """A quote where it stands, with who said it and through whom."""
        quoted = _queries.quote(self.connection, key)
        if quoted is None:
            raise MissingRowError(f"there is no quote {key} in this database")
        document = _queries.document(self.connection, quoted["document"])
        assert document is not None  # a foreign key
        relays = _queries.relays(self.connection, key)
        text = document["text"]
        marks = [*signals(quoted, relays), *self._others(quoted)]
        first, last = (0, len(text))
        if not whole:
            first, last = window(text, *reach(quoted, relays, _AROUND), _AROUND)
        rendering = self.store.rendering(key)
        return self._show(
            "quote",
            quote=quoted,
            document=document,
            web=followable(document["url"]),
            relays=relays,
            said=rendering.text,
            english=self._english(rendering),
            paragraphs=list(paragraphs(text, marks, first, last)),
            before=first,
            after=len(text) - last,
        )

    def _others(self, quoted: Row) -> list[Mark]:
        return [
            Mark(row["start"], row["end"], "other", f"quote {row['id']}", self.to.quote(row["id"]))
            for row in _queries.neighbours(self.connection, quoted)
        ]

    def _english(self, rendering: Rendering) -> Translation | None:
        node = Node("q", "stored", language=rendering.language, text=rendering.text)
        return questions.english(self.store, Chain(0, (node,), (), ())).get("q")

    def compare(self, later: int, earlier: int) -> str:
        """Two renderings word by word, with what changed between them."""
        try:
            found = questions.diff(self.store, earlier, later)
        except StoreError as error:
            raise MissingRowError(f"there is no such quote in this database ({error})") from error
        here, there, match = found.later, found.earlier, found.match
        statement = self.store.statement_of(later)
        chain = self.store.chain(statement) if statement else Chain(0, (), (), ())
        hop = next(
            (h for h in chain.hops if (h.from_node, h.to_node) == (f"q{later}", f"q{earlier}")),
            None,
        )
        drift = hop.drift if hop else match.drift
        heads = (_publisher(there), _publisher(here))
        left, right = alignment.columns(there.text, here.text, match.alignment, drift)
        return self._show(
            "compare",
            statement=statement,
            hop=hop,
            match=match,
            drift=drift,
            sides=[
                self._side("Came from" if hop else "One", there, [(d.to_span, d) for d in drift]),
                self._side(
                    "Rendered as" if hop else "The other", here, [(d.from_span, d) for d in drift]
                ),
            ],
            drawings=[
                ("wide", alignment.draw(left, right, heads, _WIDE)),
                ("narrow", alignment.draw(left, right, heads, _NARROW)),
            ],
            rows=_pairs(left, right),
        )

    def _side(
        self, title: str, rendering: Rendering, changed: list[tuple[Span | None, Drift]]
    ) -> dict[str, Any]:
        marks = [
            Mark(span.start, span.end, f"is-{item.severity}", item.says)
            for span, item in changed
            if span is not None and span.end > span.start
        ]
        return {
            "title": title,
            "name": _publisher(rendering),
            "rendering": rendering,
            "pieces": pieces(rendering.text, marks),
            "english": self._english(rendering),
        }

    def hop(self, key: int) -> str:
        """The address where a hop is shown: its two ends compared, else its chain."""
        ends = _queries.hop_ends(self.connection, key)
        if ends is None:
            raise MissingRowError(f"there is no hop {key} in this database")
        if ends["later"] and ends["earlier"]:
            return self.to.compare(ends["later"], ends["earlier"])
        return self.to.chain(ends["statement"], ends["later"])

    # ------------------------------------------------------------ an outlet

    def outlet(self, key: int) -> str:
        """Whom an outlet relies on, who relies on it, and what it changed."""
        row = _queries.outlet(self.connection, key)
        if row is None:
            raise MissingRowError(f"there is no outlet {key} in this database")
        below = _queries.relies_on(self.connection, key, _LISTED)
        above = _queries.relied_on_by(self.connection, key, row["name"], _LISTED)
        names = {one["outlet"] for one in (*below, *above)}
        keys = {name: _queries.outlet_named(self.connection, name) for name in names}
        return self._show(
            "outlet",
            outlet=row,
            relies_on=below,
            relied_on_by=above,
            altered=_queries.altered_by(self.connection, key, _LISTED),
            keys=keys,
            most=max((one["hops"] for one in (*below, *above)), default=1),
        )

    # ------------------------------------------------------------ on Datasette's row pages

    def row(self, table: str, key: int) -> str:
        """What Datasette's page of a row shows besides the row; nothing for most tables."""
        shown = {
            "quotes": self._quote_row,
            "statements": self._statement_row,
            "hops": lambda one: self._row(links=[("What changed in this hop", self.to.hop(one))]),
            "outlets": lambda one: self._row(
                links=[("Whom it relies on, and who relies on it", self.to.outlet(one))]
            ),
            "documents": self._document_row,
        }.get(table)
        return shown(key) if shown else ""

    def _row(
        self, links: list[tuple[str, str]], drawings: list[tuple[str, str]] | None = None
    ) -> str:
        return self._show("row", links=links, drawings=drawings or [])

    def _quote_row(self, key: int) -> str:
        statement = self.store.statement_of(key)
        links = [("This quote in its article", self.to.quote(key))]
        if statement is None:
            return self._row(links)
        links.append(("How the statement travelled", self.to.chain(statement, key)))
        chain = self.store.chain(statement)
        return self._row(
            links, self.drawings(chain, questions.english(self.store, chain), f"q{key}")
        )

    def _statement_row(self, key: int) -> str:
        chain = self.store.chain(key)
        links = [
            ("How this statement travelled", self.to.chain(key)),
            ("Its renderings by time", self.to.timeline(key)),
        ]
        return self._row(links, self.drawings(chain, questions.english(self.store, chain)))

    def _document_row(self, key: int) -> str:
        quotes = self.store.quotes_of(key)[:1]
        return self._row([("This article with its quotes", self.to.quote(one)) for one in quotes])


def _facts(chain: Chain) -> dict[str, Any]:
    """How far a statement went, and where its trail ends."""
    stored = [node for node in chain.nodes if node.kind == "stored"]
    return {
        "renderings": len(stored),
        "outlets": len({node.outlet for node in stored if node.outlet}),
        "languages": sorted({languages.name(node.language) for node in stored if node.language}),
        "unseen": len(chain.nodes) - len(stored),
        "ends": [ending.says for ending in chain.ends],
    }


def _publisher(rendering: Rendering) -> str:
    return one_line(publisher(rendering.outlet, rendering.url, rendering.quote))


def _misleading(hop: Hop | None) -> bool:
    return hop is not None and any(item.severity in ("serious", "notable") for item in hop.drift)


def _altering(step: Mapping[str, Any]) -> bool:
    return _misleading(step["hop"])


def _grave(hop: Hop) -> bool:
    return any(item.severity == "serious" for item in hop.drift)


def _circles(chain: Chain) -> list[str]:
    names = {node.id: station(node) for node in chain.nodes}
    return [
        " → ".join(names.get(name, name) for name in (*circle, circle[0]))
        for circle in chain.circles
    ]


def _later(one: Moment, first: str) -> str:
    """How long after the first known a rendering appeared, in words."""
    if one.hours is None:
        return "time unknown"
    return after(one.hours, first, one.node.published) if one.hours else "first known"


def _strip(timed: Sequence[Moment]) -> list[tuple[float, bool]]:
    """Where each dated rendering stands on a line of 1000, and whether it altered something."""
    dated = [one for one in timed if one.hours is not None]
    longest = max((one.hours or 0.0 for one in dated), default=0.0)
    if longest <= 0:
        return []
    return [
        (round(10 + 980 * max(one.hours or 0.0, 0.0) / longest, 1), _misleading(one.hop))
        for one in dated
    ]


def _pairs(
    left: list[alignment.Stretch], right: list[alignment.Stretch]
) -> list[tuple[str, str, str]]:
    """The word-by-word picture as rows: what stood there, what stands here, what became of it."""
    here = {one.pair: one for one in right if one.pair is not None}
    rows = [
        (one.text, here[one.pair].text, one.severity or here[one.pair].severity or "kept")
        if one.pair in here
        else (one.text, "", "lost")
        for one in left
    ]
    return rows + [("", one.text, "added") for one in right if one.pair is None]
