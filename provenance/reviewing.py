"""What people decide about hops, and the chains as they then stand.

A decision is a record that is only ever added to, signed with a name and a time. It wins
over whatever was inferred, now and at every later run; taking it back is another record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from provenance.errors import ProvenanceError
from provenance.pipeline import chain_touched, versions
from provenance.questions import Trace, trace_quote
from provenance.tracing import NO_SOURCE, Review
from provenance.tracing.hops import named_id, stored_id

if TYPE_CHECKING:
    from provenance.model import Chain
    from provenance.store import Store
    from provenance.tracing.reviews import Decision

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


def review(
    store: Store,
    decision: Decision,
    quote: int,
    source: str = "",
    *,
    by: str,
    note: str = "",
    station: str = "",
    clock: Clock = _now,
) -> tuple[int, Trace]:
    """Decide about a hop of the statement `quote` renders; the decision's number, and the
    quote in its chain as it stands now.

    The hop leads from `quote`, or from `station` (an outlet its trail only names), to
    `source`: a quote id, an outlet's name, or ``unknown``. Without `source` the hop shown
    now is meant. ``accept`` and ``reject`` are about a hop that is shown or listed as an
    alternative, ``add`` about any. Raises `ProvenanceError` in one line for what is not there.
    """
    seen = trace_quote(store, quote).chain
    start = _station(seen, station) if station else stored_id(quote)
    target = _source(store, seen, start, source) if source else _shown(seen, start)
    if decision != "add":
        _check_proposed(seen, start, target)
    made = Review(decision, start, target, _signed(by), _time(clock), note.strip())
    key = store.add_review(quote, made)
    return key, _chained(store, quote)


def unreview(
    store: Store, key: int, *, by: str, note: str = "", clock: Clock = _now
) -> tuple[int, Trace]:
    """Take decision `key` back; the number of the record that does, and the chain that was
    decided about as it stands now. Raises `ProvenanceError` for one that is not in force."""
    quote = next((one.quote for one in store.review_record() if one.key == key), 0)
    undone = store.undo_review(key, _signed(by), note.strip(), _time(clock))
    return undone, _chained(store, quote)


def _chained(store: Store, quote: int) -> Trace:
    with store.run("review", versions()) as run:
        chain_touched(store, run)
    return trace_quote(store, quote)


def _signed(by: str) -> str:
    if not by.strip():
        raise ProvenanceError("a decision needs a name under it; give one with --by")
    return " ".join(by.split())


def _time(clock: Clock) -> str:
    return clock().isoformat(timespec="seconds")


def _station(seen: Chain, name: str) -> str:
    known = {node.id for node in seen.nodes}
    for station in (name, named_id(name)):
        if station in known:
            return station
    raise ProvenanceError(f"no station called {name!r} is in that chain; trace --all shows them")


def _shown(seen: Chain, start: str) -> str:
    """The source the chain shows for `start`, or that it shows none."""
    return next((hop.to_node for hop in seen.hops if hop.from_node == start), NO_SOURCE)


def _source(store: Store, seen: Chain, start: str, asked: str) -> str:
    """The node that a reporter means by `asked`."""
    if asked == NO_SOURCE or any(node.id == asked for node in seen.nodes):
        found = asked
    elif asked.removeprefix("q").isdecimal():
        found = stored_id(store.rendering(int(asked.removeprefix("q"))).quote)
    else:
        found = _outlet(seen, asked.removeprefix("named:"))
    if found == start:
        raise ProvenanceError("a text cannot be its own source")
    return found


def _outlet(seen: Chain, name: str) -> str:
    """The named station of an outlet, unless texts of it are stored in the chain."""
    key = named_id(name)
    stored = [n for n in seen.nodes if n.kind == "stored" and named_id(n.outlet) == key]
    if len(stored) > 1:
        keys = ", ".join(str(node.quote) for node in stored)
        raise ProvenanceError(f"several quotes of {name} are in that chain: say which of {keys}")
    if stored:
        return stored[0].id
    return key if any(node.id == key for node in seen.nodes) else f"named:{name}"


def _check_proposed(seen: Chain, start: str, target: str) -> None:
    proposed = {h.to_node for h in (*seen.hops, *seen.alternatives) if h.from_node == start}
    if target in proposed or target == NO_SOURCE:
        return
    shown = ", ".join(sorted(proposed)) or "none"
    raise ProvenanceError(
        f"nothing says that {start} came from {target} (proposed: {shown}); "
        "to say so yourself, use: review add"
    )
