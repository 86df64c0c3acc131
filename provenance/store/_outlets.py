"""Outlets and speakers as rows: the same one is one row however it was written."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from provenance.model import Speaker
from provenance.store._connection import Connection

# Facts of a known outlet follow the gazetteer when a newer one says otherwise.
_KNOWN = """
INSERT INTO outlets (key, name, known, country, language, kind, ownership, run)
VALUES (?, ?, 1, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, known = 1, country = excluded.country,
    language = excluded.language, kind = excluded.kind, ownership = excluded.ownership
RETURNING id
"""
_UNKNOWN = """
INSERT INTO outlets (key, name, known, run) VALUES (?, ?, 0, ?)
ON CONFLICT (key) DO UPDATE SET known = known RETURNING id
"""

_SPEAKER = """
INSERT INTO speakers (key, name, known, country, kind, run) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET key = key RETURNING id
"""


class Outlets:
    """Rows of outlets: one for each the gazetteer knows, one for each name it does not.

    Remembers keys for the time of a connection, since the same few come again and again.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[tuple[str, str], int | None] = {}
        connection.forget.append(self._keys.clear)

    def of(self, name: str, url: str, run: int) -> int | None:
        """The outlet `name` stands for, or the domain of `url` when it is empty; None when
        neither says anything."""
        asked = (name, "" if name else _host(url))
        if asked not in self._keys:
            self._keys[asked] = self._row(name, url, run)
        return self._keys[asked]

    def _row(self, name: str, url: str, run: int) -> int | None:
        from provenance.naming import outlets

        found = outlets.lookup(name) if name else outlets.by_domain(url) if url else None
        if found is not None:
            facts = (found.country, found.language, found.kind, found.ownership)
            return self._key(_KNOWN, (found.key, found.name, *facts, run))
        if not name.strip():
            return None
        # Apart from the gazetteer's keys, so that a later gazetteer cannot collide with it.
        return self._key(_UNKNOWN, (f"name:{' '.join(name.casefold().split())}", name, run))

    def _key(self, sql: str, parameters: tuple[object, ...]) -> int:
        return int(self._connection.value(sql, parameters))


class Speakers:
    """Rows of speakers: one for each public figure, whatever the script and spelling, and one
    for each other name as it sounds; with each way it was written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[tuple[str, str, str], int] = {}
        connection.forget.append(self._keys.clear)

    def of(self, speaker: Speaker | None, language: str, run: int) -> int | None:
        """The row of `speaker`; None for nobody and for the anonymous: two officials who
        were not named are not one person."""
        if speaker is None or speaker.kind == "anonymous" or not speaker.name.strip():
            return None
        asked = (speaker.known_as, speaker.name, language)
        if asked not in self._keys:
            self._keys[asked] = self._row(speaker, language, run)
        return self._keys[asked]

    def _row(self, speaker: Speaker, language: str, run: int) -> int:
        row = self._connection.value(_SPEAKER, (*_facts(speaker), speaker.kind, run))
        self._connection.write(
            """INSERT OR IGNORE INTO speaker_names (speaker, name, language, run)
            VALUES (?, ?, ?, ?)""",
            (row, speaker.name, language, run),
        )
        return int(row)


def _facts(speaker: Speaker) -> tuple[str, str, int, str]:
    """Key, usual name, whether a gazetteer knows it, and country."""
    from provenance.naming import key, outlets, people

    if speaker.canonical:
        person = people.lookup(speaker.canonical)
        return f"person:{speaker.canonical}", speaker.canonical, 1, person.country if person else ""
    if speaker.kind == "outlet" and (outlet := outlets.lookup(speaker.name)):
        return f"outlet:{outlet.key}", outlet.name, 1, outlet.country
    return f"name:{key(speaker.name) or speaker.name}", speaker.name, 0, ""


# Statements an outlet's quotes travelled in, or other texts name it in; those of a single
# rendering that names nobody have no hop, and nothing to tell.
_STATEMENTS = """
SELECT DISTINCT statement FROM statement_quotes WHERE quote IN (
    SELECT quotes.id FROM quotes JOIN documents ON documents.id = quotes.document
    WHERE documents.outlet = ?1
    UNION SELECT quote FROM attributions WHERE outlet = ?1
) AND EXISTS (SELECT 1 FROM hops WHERE hops.statement = statement_quotes.statement)
ORDER BY statement
"""

_QUOTES = """
SELECT count(*) FROM quotes JOIN documents ON documents.id = quotes.document
WHERE documents.outlet = ?
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An outlet's row: its usual name, how many quotes of it are stored, and the statements
    with a hop in which these stand or others name it."""

    name: str
    quotes: int
    statements: tuple[int, ...]


def stored(connection: Connection, asked: str) -> Stored | None:
    """The outlet called `asked`, in any script or spelling; None where none is known here."""
    from provenance.naming import outlets

    found = outlets.lookup(asked) or outlets.by_domain(asked)
    key = found.key if found else f"name:{' '.join(asked.casefold().split())}"
    row = connection.row("SELECT id, name FROM outlets WHERE key = ?", (key,))
    if row is None:
        return None
    statements = connection.rows(_STATEMENTS, (row["id"],))
    quotes = int(connection.value(_QUOTES, (row["id"],)))
    return Stored(row["name"], quotes, tuple(one[0] for one in statements))


def names(connection: Connection) -> tuple[str, ...]:
    """Every outlet that is stored or named, by its usual name."""
    return tuple(row[0] for row in connection.rows("SELECT name FROM outlets ORDER BY name"))


class Names:
    """What a name stands for: the rows of outlets and speakers of one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.outlets = Outlets(connection)
        self.speakers = Speakers(connection)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
