"""Chains as rows: a statement's nodes, hops and ends, replaced as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from provenance.model import Chain, Ending, Hop, Node
from provenance.naming.outlets import publisher
from provenance.store import _packing as packing
from provenance.store._connection import Connection
from provenance.store._packing import listed, pack, unpack

_INSERT_NODE = """
INSERT INTO nodes (statement, node, label, kind, quote, document, outlet, speaker, language,
    published, url, text, listed, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_INSERT_HOP = """
INSERT INTO hops (statement, from_node, to_node, chosen, relation, basis, probability, margin,
    drift_kinds, severity, drift, evidence, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_HOPS = """
SELECT later.node AS from_node, earlier.node AS to_node, hops.*
FROM hops
JOIN nodes AS later ON later.id = hops.from_node
JOIN nodes AS earlier ON earlier.id = hops.to_node
WHERE hops.statement = ? ORDER BY hops.id
"""

_ENDS = """
SELECT nodes.node, reason, says FROM ends JOIN nodes ON nodes.id = ends.node
WHERE ends.statement = ? ORDER BY ends.id
"""


def save(connection: Connection, statement: int, chain: Chain, run: int) -> None:
    """Put `chain` in the place of whatever was known of how `statement` travelled."""
    for table in ("ends", "hops", "nodes"):
        connection.write(f"DELETE FROM {table} WHERE statement = ?", (statement,))
    connection.write(
        "UPDATE statements SET circles = ? WHERE id = ?", (pack(chain.circles), statement)
    )
    keys = _save_nodes(connection, statement, chain, run)
    for chosen, hops in ((1, chain.hops), (0, chain.alternatives)):
        connection.write_all(
            _INSERT_HOP, (_hop_row(statement, hop, keys, chosen, run) for hop in hops)
        )
    connection.write_all(
        "INSERT INTO ends (statement, node, reason, says, run) VALUES (?, ?, ?, ?, ?)",
        ((statement, keys[end.node], end.reason, end.says, run) for end in chain.ends),
    )
    settle(connection, [node.quote for node in chain.nodes if node.quote])


def unsettled(connection: Connection) -> tuple[int, ...]:
    """Quotes something is left to infer about."""
    rows = connection.rows("SELECT quote FROM unsettled ORDER BY quote")
    return tuple(row[0] for row in rows)


def settle(connection: Connection, quotes: Sequence[int]) -> None:
    """Note that nothing is left to infer about `quotes`."""
    connection.write(
        "DELETE FROM unsettled WHERE quote IN (SELECT value FROM json_each(?))",
        (listed(quotes),),
    )


def _save_nodes(connection: Connection, statement: int, chain: Chain, run: int) -> dict[str, int]:
    """Keys of all node ids the chain speaks of, unlisted ones too (a source that lost)."""
    rows = [_node_row(statement, node, 1, run) for node in chain.nodes]
    listed = {node.id for node in chain.nodes}
    rows += [
        _node_row(statement, _unlisted(name), 0, run)
        for name in dict.fromkeys(_mentioned(chain))
        if name not in listed
    ]
    return {str(row[1]): connection.write(_INSERT_NODE, row) for row in rows}


def _unlisted(name: str) -> Node:
    """What can be told of a station by its name alone, such as ``named:tass``."""
    kind, _, rest = name.partition(":")
    if kind == "named":
        return Node(name, "named", outlet=rest)
    return Node(name, "inferred", language=rest if kind == "inferred" else "")


def _mentioned(chain: Chain) -> Iterable[str]:
    for hop in (*chain.hops, *chain.alternatives):
        yield hop.from_node
        yield hop.to_node
    for end in chain.ends:
        yield end.node


def _node_row(statement: int, node: Node, listed: int, run: int) -> tuple[object, ...]:
    return (
        statement,
        node.id,
        _label(node),
        node.kind,
        node.quote,
        node.document,
        node.outlet,
        node.speaker,
        node.language,
        node.published,
        node.url,
        node.text,
        listed,
        run,
    )


def _label(node: Node) -> str:
    """What a reader calls this station: ``RIA Novosti (ru, 2026-03-02)``."""
    if node.kind == "inferred" and node.language:
        return f"{node.outlet or 'unseen text'} ({node.language}, inferred)"
    name = publisher(node.outlet, node.url, node.quote) or node.speaker or node.id
    if node.kind == "named":
        return f"{name} (named, not stored)"
    facts = ", ".join(fact for fact in (node.language, node.published[:10]) if fact)
    return f"{name} ({facts})" if facts else name


def _hop_row(
    statement: int, hop: Hop, keys: dict[str, int], chosen: int, run: int
) -> tuple[object, ...]:
    return (
        statement,
        keys[hop.from_node],
        keys[hop.to_node],
        chosen,
        hop.relation,
        hop.basis,
        hop.probability,
        hop.margin,
        packing.kinds(hop.drift),
        packing.severity(hop.drift),
        pack(hop.drift),
        pack(hop.evidence),
        run,
    )


def load(connection: Connection, statement: int) -> Chain:
    """The chain of `statement` as it was saved; without nodes when none was."""
    nodes = connection.rows(
        "SELECT * FROM nodes WHERE statement = ? AND listed ORDER BY id", (statement,)
    )
    hops = connection.rows(_HOPS, (statement,))
    circles = connection.value("SELECT circles FROM statements WHERE id = ?", (statement,))
    return Chain(
        statement=statement,
        nodes=tuple(map(_node, nodes)),
        hops=tuple(_hop(row) for row in hops if row["chosen"]),
        ends=tuple(Ending(*row) for row in connection.rows(_ENDS, (statement,))),
        alternatives=tuple(_hop(row) for row in hops if not row["chosen"]),
        circles=tuple(map(tuple, unpack(circles or "[]"))),
    )


def _node(row: Row) -> Node:
    return Node(
        id=row["node"],
        kind=row["kind"],
        quote=row["quote"],
        document=row["document"],
        outlet=row["outlet"],
        speaker=row["speaker"],
        language=row["language"],
        published=row["published"],
        url=row["url"],
        text=row["text"],
    )


def _hop(row: Row) -> Hop:
    return Hop(
        from_node=row[0],
        to_node=row[1],
        relation=row["relation"],
        basis=row["basis"],
        probability=row["probability"],
        margin=row["margin"],
        drift=packing.drift(row["drift"]),
        evidence=packing.evidence(row["evidence"]),
    )
