"""Hedges that no word of the other language answers: hearsay told as fact."""

from __future__ import annotations

from provenance.matching._drift_denials import rendered
from provenance.matching._marks import Mark
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift

_ANSWERS = ("doubt", "possible", "likely", "soft", "intent", "condition", "none")


def vouched(pairing: Pairing) -> list[Drift]:
    """The first hedge of the earlier text where nothing in the later, in another language, hedges;
    always uncertain, for some languages hedge by mood alone."""
    if pairing.same or pairing.later.inside(_ANSWERS, beyond=True):
        return []
    side = pairing.earlier
    found = (mark for mark in side.inside(("doubt",), beyond=True) if rendered(side, mark))
    return [_told(side, mark) for mark in found][:1]


def _told(side: Side, mark: Mark) -> Drift:
    word = quoted(side.text(mark.first, mark.last))
    says = f"Nothing here answers {word}: what was only possible or heard may be told as fact."
    where = (side, mark.first, mark.last)
    return finding("hedge", "notable", says, None, where, certain=False)
