"""Who said it, in which language, via whom, and what changed on the way.

    from provenance import audit, open_store, quotes, read, trace

    with open_store("case.db") as store:
        for document in read("draft.md"):
            for judged in audit(store, document).quotes:
                print(judged.verdict.kind, judged.quote.text)

Names load when they are used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.pipeline import add, quotes
    from provenance.questions import audit, trace
    from provenance.reading import read
    from provenance.store import open_store

__all__ = ["add", "audit", "open_store", "quotes", "read", "trace"]

_WHERE = {
    "add": ("provenance.pipeline", "add"),
    "audit": ("provenance.questions", "audit"),
    "open_store": ("provenance.store", "open_store"),
    "quotes": ("provenance.pipeline", "quotes"),
    "read": ("provenance.reading", "read"),
    "trace": ("provenance.questions", "trace"),
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'provenance' has no attribute {name!r}")
    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)
