"""A document as its origin is asked after, and one sign of where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.model import Document, Evidence, Quote
from provenance.naming import Outlet, OutletMention, outlets

MANY = 12  # signs of one sort that are looked at


@dataclass(frozen=True, slots=True)
class Sign:
    """A reason, what it says of relaying and of translation, and whom or what it names; how
    much of the text the outlet it names accounts for, in [0, 1]."""

    evidence: Evidence
    relay: float = 0.0
    translated: float = 0.0
    language: str = ""
    outlet: Outlet | None = None
    governs: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its outlet mentions and the outlet that published it, if known."""

    document: Document
    quotes: Sequence[Quote]
    mentions: Sequence[OutletMention]
    publisher: Outlet | None

    def foreign(self, outlet: Outlet | None) -> bool:
        """Whether what `outlet` publishes is in another language than the document."""
        return bool(outlet and outlet.language and outlet.language != self.document.language)

    def other(self, outlet: Outlet | None) -> bool:
        """Whether `outlet` is known and did not publish the document itself."""
        return outlet is not None and (self.publisher is None or outlet.key != self.publisher.key)

    def cited(self, mention: OutletMention) -> bool:
        """Whether the words beside an outlet's name say that something comes from it."""
        if mention.outlet.kind == "government":
            return False
        chains = (relay for quote in self.quotes for relay in quote.chain)
        if any(relay.start == mention.start for relay in chains):
            return True
        return outlets.cited(self.document.text, mention, self.document.language)


def page(document: Document, quotes: Sequence[Quote]) -> Page:
    """`document` with the outlets it names, but in a question it is asked, and the one that
    published it."""
    from provenance.quoting import questions, within

    asked = questions(document.text)
    named = outlets.find(document.text, document.language)
    found = [one for one in named if not within(asked, one.start)]
    return Page(document, quotes, found, publisher(document))


@lru_cache(maxsize=1 << 10)
def outlet_named(name: str) -> Outlet | None:
    """The outlet called `name`, if there is one in the table."""
    return outlets.lookup(name) if name else None


def publisher(document: Document) -> Outlet | None:
    """The outlet that published `document`, by its address or its stated name."""
    return outlets.by_domain(document.url) or outlet_named(document.outlet)
