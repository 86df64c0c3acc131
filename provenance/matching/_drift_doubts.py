"""Hedges that no word of the other language answers: hearsay told as fact, and fact as hearsay."""

from __future__ import annotations

from provenance.matching._drift_denials import rendered
from provenance.matching._drift_marks import governed, reports
from provenance.matching._marks import Mark
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift

_HEARSAY = ("hearsay",)
_ANSWERS = ("doubt", "possible", "likely", "soft", "intent", "condition", "none", *_HEARSAY)


def vouched(pairing: Pairing) -> list[Drift]:
    """The first hedge of the earlier text where nothing in the later hedges, or the first word of
    hearsay of the later; between languages, and within one whose small words are not known. Always
    uncertain, for some languages hedge by mood alone."""
    if pairing.same and pairing.known:
        return []
    later, earlier = pairing.later, pairing.earlier
    gone = [*_unanswered(earlier, later, ("doubt",)), *_unanswered(earlier, later, _HEARSAY)]
    if gone:
        return [_lost(earlier, gone[0])]
    return [_added(later, mark) for mark in _unanswered(later, earlier, _HEARSAY)][:1]


def _unanswered(one: Side, other: Side, kinds: tuple[str, ...]) -> list[Mark]:
    """Hedges of `one` whose clause `other` renders, where nothing in it hedges: neither, of
    hearsay, says that others say so."""
    if other.inside(_ANSWERS, beyond=True) or (kinds == _HEARSAY and reports(other)):
        return []
    return [mark for mark in one.inside(kinds, beyond=True) if rendered(one, mark)]


def _lost(side: Side, mark: Mark) -> Drift:
    word = quoted(side.text(*governed(mark)))
    says = f"Nothing here answers {word}: what was only possible or heard may be told as fact."
    where = (side, *governed(mark))
    return finding("hedge", "notable", says, None, where, certain=False)


def _added(side: Side, mark: Mark) -> Drift:
    word = quoted(side.text(*governed(mark)))
    says = f"{word} was not there before: what was stated may be told as hearsay."
    where = (side, *governed(mark))
    return finding("hedge", "notable", says, where, None, certain=False)
