"""What the pages ask of the database beyond what the store answers: read, never written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from json import dumps, loads
from sqlite3 import Connection, Row

from provenance.model import Drift
from provenance.tracing.habits import alters

Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in a list: who said it, how far it went, what was changed on the way."""

    key: int
    label: str
    speaker: str
    language: str
    published: str
    renderings: int
    outlets: int
    languages: tuple[str, ...]
    changes: tuple[Row, ...] = field(default=())


_TOLD = """
SELECT statements.id, statements.label, statements.speaker, statements.language,
    first_known, statements.quotes,
    count(DISTINCT nullif(nodes.outlet, '')) AS outlets,
    group_concat(DISTINCT nullif(nodes.language, '')) AS languages
FROM statements LEFT JOIN nodes ON nodes.statement = statements.id AND nodes.kind = 'stored'
WHERE statements.id IN (SELECT value FROM json_each(?)) GROUP BY statements.id
"""

_CHANGES = """
SELECT hops.statement, later.outlet AS outlet, earlier.outlet AS source,
    later.url AS url, earlier.url AS source_url,
    later.language AS language, later.quote AS quote, earlier.quote AS source_quote,
    json_extract(drift.value, '$.severity') AS severity,
    json_extract(drift.value, '$.says') AS says,
    json_extract(drift.value, '$.certain') AS certain
FROM hops
JOIN nodes AS later ON later.id = hops.from_node
JOIN nodes AS earlier ON earlier.id = hops.to_node
JOIN json_each(hops.drift) AS drift
WHERE hops.statement IN (SELECT value FROM json_each(?)) AND hops.chosen
    AND hops.severity IN ('notable', 'serious')
    AND json_extract(drift.value, '$.severity') IN ('notable', 'serious')
ORDER BY severity = 'serious' DESC, hops.probability DESC, hops.id
"""


def told(connection: Connection, statements: Sequence[int]) -> tuple[Told, ...]:
    """`statements` as a list shows them, in the order given, with notable changes."""
    asked = (dumps(list(statements)),)
    changes: dict[int, list[Row]] = {}
    for row in connection.execute(_CHANGES, asked):
        changes.setdefault(row["statement"], []).append(row)
    rows = connection.execute(_TOLD, asked)
    found = {row["id"]: _told(row, changes.get(row["id"], [])) for row in rows}
    return tuple(found[key] for key in statements if key in found)


def _told(row: Row, changes: Sequence[Row]) -> Told:
    languages = tuple(sorted(filter(None, (row["languages"] or "").split(","))))
    return Told(
        key=row["id"],
        label=row["label"],
        speaker=row["speaker"],
        language=row["language"],
        published=row["first_known"],
        renderings=row["quotes"],
        outlets=row["outlets"],
        languages=languages,
        changes=tuple(changes),
    )


def most_told(connection: Connection, limit: int) -> list[int]:
    """Statements with the most renderings, of those with several."""
    sql = "SELECT id FROM statements WHERE quotes > 1 ORDER BY quotes DESC, id LIMIT ?"
    return [row[0] for row in connection.execute(sql, (limit,))]


def most_altered(connection: Connection, limit: int) -> list[int]:
    """Statements with a change on the way, the gravest and then the surest first."""
    sql = """SELECT statement FROM hops WHERE severity IN ('notable', 'serious') AND chosen
        GROUP BY statement
        ORDER BY max(severity = 'serious') DESC, max(probability) DESC, statement LIMIT ?"""
    return [row[0] for row in connection.execute(sql, (limit,))]


def statements_of(connection: Connection, quotes: Sequence[int]) -> list[int]:
    """The statements that `quotes` render, each once, in that order."""
    sql = """SELECT statement FROM json_each(?) AS asked
        JOIN statement_quotes ON statement_quotes.quote = asked.value ORDER BY asked.key"""
    rows = connection.execute(sql, (dumps(list(quotes)),))
    return list(dict.fromkeys(row[0] for row in rows))


def statement(connection: Connection, key: int) -> Row | None:
    """A statement's row, with the words of its earliest quote as far as a headline goes."""
    sql = """SELECT statements.*, CASE WHEN length(quotes.text) <= 400 THEN quotes.text
            ELSE substr(quotes.text, 1, 400) || ' …' END AS said
        FROM statements JOIN quotes ON quotes.id = statements.first_quote
        WHERE statements.id = ?"""
    return _one(connection, sql, key)


def document(connection: Connection, key: int) -> Row | None:
    """A document's row, with its outlet's name; its text with it."""
    sql = """SELECT documents.*, coalesce(outlets.name, outlet_as_written) AS outlet_name
        FROM documents LEFT JOIN outlets ON outlets.id = documents.outlet
        WHERE documents.id = ?"""
    return _one(connection, sql, key)


def quote(connection: Connection, key: int) -> Row | None:
    """A quote's row, with the statement it renders."""
    sql = """SELECT quotes.*, statement_quotes.statement AS statement FROM quotes
        LEFT JOIN statement_quotes ON statement_quotes.quote = quotes.id WHERE quotes.id = ?"""
    return _one(connection, sql, key)


def relays(connection: Connection, key: int) -> Rows:
    """Through whom a quote's words came, from the speaker outward."""
    sql = """SELECT name, kind, relation, as_written, outlet, start, "end" FROM attributions
        WHERE quote = ? ORDER BY step"""
    return connection.execute(sql, (key,)).fetchall()


def neighbours(connection: Connection, quoted: Row) -> Rows:
    """The other quotes of the same document, by their place in it."""
    sql = """SELECT id, start, "end", label FROM quotes
        WHERE document = ? AND id != ? ORDER BY start"""
    return connection.execute(sql, (quoted["document"], quoted["id"])).fetchall()


def hop_ends(connection: Connection, hop: int) -> Row | None:
    """The statement of a hop and the stored quotes at its ends."""
    sql = """SELECT hops.statement, later.quote AS later, earlier.quote AS earlier FROM hops
        JOIN nodes AS later ON later.id = hops.from_node
        JOIN nodes AS earlier ON earlier.id = hops.to_node WHERE hops.id = ?"""
    return _one(connection, sql, hop)


def outlet(connection: Connection, key: int) -> Row | None:
    """An outlet's row."""
    return _one(connection, "SELECT * FROM outlets WHERE id = ?", key)


def outlet_named(connection: Connection, name: str) -> int | None:
    """The key of the outlet of this name."""
    found = _one(connection, "SELECT id FROM outlets WHERE key = ? OR name = ? LIMIT 1", name, name)
    return found["id"] if found else None


# By way of the outlet's documents, which are indexed; names of stations are not.
_RELIES_ON = """
SELECT earlier.outlet AS outlet, earlier.kind AS kind, count(*) AS hops,
    sum(hops.severity != '' AND alters(hops.drift)) AS altered,
    avg(hops.probability) AS probability, min(hops.statement) AS statement
FROM documents
JOIN nodes AS later ON later.document = documents.id
JOIN hops ON hops.from_node = later.id AND hops.chosen
JOIN nodes AS earlier ON earlier.id = hops.to_node
WHERE documents.outlet = ? AND earlier.outlet != ''
GROUP BY earlier.outlet, earlier.kind ORDER BY hops DESC, earlier.outlet LIMIT ?
"""

_RELIED_ON_BY = """
WITH here(id) AS (
    SELECT nodes.id FROM documents JOIN nodes ON nodes.document = documents.id
    WHERE documents.outlet = :outlet
    UNION
    SELECT named.id FROM attributions
    JOIN nodes AS citing ON citing.quote = attributions.quote
    JOIN nodes AS named ON named.statement = citing.statement AND named.kind = 'named'
    WHERE attributions.outlet = :outlet AND named.outlet = :name
)
SELECT later.outlet AS outlet, later.kind AS kind, count(*) AS hops,
    sum(hops.severity != '' AND alters(hops.drift)) AS altered,
    avg(hops.probability) AS probability, min(hops.statement) AS statement
FROM here
JOIN hops ON hops.to_node = here.id AND hops.chosen
JOIN nodes AS later ON later.id = hops.from_node
WHERE later.outlet != ''
GROUP BY later.outlet, later.kind ORDER BY hops DESC, later.outlet LIMIT :limit
"""

_ALTERED = """
SELECT hops.statement, later.outlet AS outlet, earlier.outlet AS source,
    later.url AS url, earlier.url AS source_url,
    later.quote AS quote, earlier.quote AS source_quote, later.language AS language,
    json_extract(drift.value, '$.severity') AS severity,
    json_extract(drift.value, '$.says') AS says,
    json_extract(drift.value, '$.certain') AS certain
FROM documents
JOIN nodes AS later ON later.document = documents.id
JOIN hops ON hops.from_node = later.id AND hops.chosen
    AND hops.severity IN ('notable', 'serious')
JOIN nodes AS earlier ON earlier.id = hops.to_node
JOIN json_each(hops.drift) AS drift
WHERE documents.outlet = ? AND json_extract(drift.value, '$.severity') IN ('notable', 'serious')
ORDER BY severity = 'serious' DESC, hops.probability DESC, hops.id LIMIT ?
"""


def relies_on(connection: Connection, key: int, limit: int) -> Rows:
    """The sources an outlet's quotes came from directly, and how often they arrived altered."""
    return _knowing_alters(connection).execute(_RELIES_ON, (key, limit)).fetchall()


def relied_on_by(connection: Connection, key: int, name: str, limit: int) -> Rows:
    """The outlets whose quotes came directly from this one, stored or only named."""
    asked = {"outlet": key, "name": name, "limit": limit}
    return _knowing_alters(connection).execute(_RELIED_ON_BY, asked).fetchall()


def _knowing_alters(connection: Connection) -> Connection:
    """`connection` with a function that says of a hop's changes what `sources` says of them."""
    connection.create_function("alters", 1, _alters, deterministic=True)
    return connection


def _alters(drift: str) -> bool:
    return any(alters(Drift(**item)) for item in loads(drift))


def altered_by(connection: Connection, key: int, limit: int) -> Rows:
    """What an outlet changed, the gravest first."""
    return connection.execute(_ALTERED, (key, limit)).fetchall()


def outlets(connection: Connection, limit: int) -> Rows:
    """Outlets by how much of theirs is stored."""
    sql = """SELECT outlets.*, count(documents.id) AS documents FROM outlets
        LEFT JOIN documents ON documents.outlet = outlets.id
        GROUP BY outlets.id ORDER BY documents DESC, outlets.name LIMIT ?"""
    return connection.execute(sql, (limit,)).fetchall()


def totals(connection: Connection) -> Row:
    """How much is stored."""
    sql = """SELECT (SELECT count(*) FROM documents) AS documents,
        (SELECT count(*) FROM quotes) AS quotes, (SELECT count(*) FROM statements) AS statements,
        (SELECT count(*) FROM outlets) AS outlets"""
    found: Row = connection.execute(sql).fetchone()
    return found


def _one(connection: Connection, sql: str, *asked: object) -> Row | None:
    found: Row | None = connection.execute(sql, asked).fetchone()
    return found
