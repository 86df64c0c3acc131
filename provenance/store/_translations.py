"""The translation memory: no passage is translated twice by the same engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from provenance.model import Translation
from provenance.store._connection import Connection
from provenance.store._packing import fingerprint, pack, unpack

_RECALL = """
SELECT * FROM translations
WHERE text_hash IN (SELECT value FROM json_each(?)) AND source_language = ?
    AND target_language = ? AND translator = ? AND package = ?
"""

_BEST = """
SELECT * FROM translations
WHERE text_hash = ? AND source_language = ? AND target_language = ?
ORDER BY confidence DESC, id DESC LIMIT 1
"""

_REMEMBER = """
INSERT OR IGNORE INTO translations (text_hash, source_text, text, source_language,
    target_language, translator, package, parameters, confidence, flags, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def recall(
    connection: Connection,
    texts: Sequence[str],
    parameters: Sequence[str],
    engine: tuple[str, str, str, str],
) -> list[Translation | None]:
    """What is remembered of each of `texts` with its parameters; `engine` is source and target
    language, translator and package."""
    hashes = [fingerprint(text) for text in texts]
    rows = connection.rows(_RECALL, (pack(hashes), *engine))
    found = {(row["text_hash"], row["parameters"]): _translation(row) for row in rows}
    return [found.get(key) for key in zip(hashes, parameters, strict=True)]


def best(connection: Connection, text: str, source: str, target: str) -> Translation | None:
    """The most trusted remembered translation of `text`, by whatever engine."""
    row = connection.row(_BEST, (fingerprint(text), source, target))
    return None if row is None else _translation(row)


def _translation(row: Row) -> Translation:
    return Translation(
        source_text=row["source_text"],
        text=row["text"],
        source=row["source_language"],
        target=row["target_language"],
        translator=row["translator"],
        package=row["package"],
        confidence=row["confidence"],
        flags=tuple(unpack(row["flags"])),
        parameters=row["parameters"],
    )


def remember(connection: Connection, translations: Iterable[Translation], run: int) -> None:
    """Keep `translations`; one that is known already stays as it is."""
    connection.write_all(
        _REMEMBER,
        (
            (fingerprint(one.source_text), one.source_text, one.text, one.source, one.target)
            + (one.translator, one.package, one.parameters, one.confidence)
            + (pack(one.flags), run)
            for one in translations
        ),
    )
