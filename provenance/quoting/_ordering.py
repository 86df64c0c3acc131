"""Relays from the speaker outward."""

from __future__ import annotations

from provenance.model import Relay
from provenance.quoting._outlets import Mention

_NEARER = (
    "told",
    "interview",
    "citing",
    "quoted by",
    "reported",
    "dateline",
    "sign-off",
    "forwarded",
)


def relay(mention: Mention, relation: str) -> Relay:
    """The relay that a mention of an outlet stands for."""
    return Relay(mention.name, "outlet", mention.text, relation, mention.start, mention.end)


def order(relays: list[Relay]) -> list[Relay]:
    """From the speaker outward, each outlet once: interviewer, cited outlets (the last
    cited is nearest), then those that report."""
    ranked = sorted(relays, key=_rank)
    kept: list[Relay] = []
    for relay in ranked:
        if all(relay.name != other.name for other in kept):
            kept.append(relay)
    return kept


def _rank(relay: Relay) -> tuple[int, int]:
    """The nearer the relation, the nearer the relay; of outlets cited the last stands nearest,
    of those that report the first: "El Norte пишет о плане, сообщает ТГК «Тихий голос»"."""
    start = relay.start or 0
    return _NEARER.index(relay.relation), start if relay.relation == "reported" else -start
