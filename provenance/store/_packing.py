"""Dataclasses to the JSON of a column and back, exactly."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from provenance.errors import StoreError
from provenance.model import Aligned, Drift, Evidence, Severity, Span, plain
from provenance.store._connection import DAMAGED

_WORST: tuple[Severity, ...] = ("serious", "notable", "minor")


def pack(value: Any) -> str:
    """`value` as JSON that SQLite accepts too: an infinite number becomes a word."""
    return json.dumps(_finite(plain(value)), ensure_ascii=False, separators=(",", ":"))


def listed(keys: Iterable[int]) -> str:
    """Keys as JSON, for ``json_each``."""
    return json.dumps(list(keys))


def unpack(text: str) -> Any:
    """What `pack` packed, as plain JSON values. Raises `StoreError` where it is something else."""
    try:
        return json.loads(text)
    except (ValueError, TypeError) as error:
        raise StoreError(f"the database {DAMAGED}") from error


def fingerprint(*parts: str) -> str:
    """32 hex digits that stand for `parts`: the same for the same, in the same order."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def evidence(text: str) -> tuple[Evidence, ...]:
    """Packed `Evidence`."""
    return tuple(Evidence(**item | {"weight": float(item["weight"])}) for item in unpack(text))


def drift(text: str) -> tuple[Drift, ...]:
    """Packed `Drift`."""
    return tuple(
        Drift(**item | {side: _span(item[side]) for side in ("from_span", "to_span")})
        for item in unpack(text)
    )


def pairs(aligned: Iterable[Aligned]) -> str:
    """An alignment as ``[[from start, from end, to start, to end, similarity], …]``."""
    return pack(
        [
            [one.from_span.start, one.from_span.end, one.to_span.start, one.to_span.end]
            + [one.similarity]
            for one in aligned
        ]
    )


def alignment(text: str) -> tuple[Aligned, ...]:
    """Packed alignment."""
    return tuple(
        Aligned(Span(a, b), Span(c, d), float(similarity))
        for a, b, c, d, similarity in unpack(text)
    )


def kinds(drifts: Iterable[Drift]) -> str:
    """The kinds of change, each once, as a JSON list: what Datasette can facet by."""
    return pack(sorted({one.kind for one in drifts}))


def severity(drifts: Iterable[Drift]) -> str:
    """The worst severity, empty when nothing changed."""
    found = {one.severity for one in drifts}
    return next((level for level in _WORST if level in found), "")


def span(start: int | None, end: int | None) -> Span | None:
    """Two columns as a span."""
    return None if start is None or end is None else Span(start, end)


def _span(item: dict[str, int] | None) -> Span | None:
    return None if item is None else Span(item["start"], item["end"])


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return value
