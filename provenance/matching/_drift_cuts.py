"""Drift of extent: sentences cut short, and quotes that stop before they are taken back."""

from __future__ import annotations

from provenance.languages.sentences import sentences
from provenance.matching._marks import Mark, reporting
from provenance.matching._pairing import Pairing, Side, finding, quoted
from provenance.model import Drift, Severity

CUT = 2  # content words a cut-off clause must have
_TURNING = ("contrast", "condition", "negation")  # what makes a cut change the meaning
_OPENING = ("contrast", "condition")  # what a sentence begins with that takes back the last one
_TAIL = 6  # content words after what corresponds: who said it, and not another account of it


def truncations(pairing: Pairing) -> list[Drift]:
    """A sentence cut off: content words of it beyond what the later text took."""
    side, other = pairing.earlier, pairing.later
    if side.region.first >= side.region.last:
        return []
    edges = (
        ((side.beyond.start, side.region.first), (other.beyond.start, other.region.first)),
        ((side.region.last, side.beyond.stop), (other.region.last, other.beyond.stop)),
    )
    found = [
        _cut(pairing, *theirs)
        for theirs, ours in edges
        if _is_cut(side, *theirs) and 2 * _content(other, *ours) < _content(side, *theirs)
    ]
    return found or _before_a_turn(pairing)


def _before_a_turn(pairing: Pairing) -> list[Drift]:
    """A quote that stops where the next sentence takes it back: "… . Otherwise …"."""
    side, other = pairing.earlier, pairing.later
    first, last = _following(side)
    turned = next(
        (mark for mark in side.marks if mark.kind in _OPENING and first <= mark.first <= first + 1),
        None,
    )
    rest = (other.region.last, len(other.prepared.tokens))
    if turned is None or not _is_cut(side, first, last) or _content(other, *rest) > _TAIL:
        return []
    says = (
        f"The earlier text goes on, and turns on {quoted(side.text(turned.first, turned.last))}: "
        f"{quoted(side.text(first, last))}."
    )
    return [finding("truncation", "notable", says, None, (side, first, last), certain=pairing.same)]


def _following(side: Side) -> tuple[int, int]:
    """Tokens of the sentence after those that correspond; an empty stretch at the end."""
    tokens, stop = side.prepared.tokens, side.beyond.stop
    if stop >= len(tokens):
        return stop, stop
    for sentence in sentences(side.prepared.text, side.prepared.language):
        if sentence.start <= tokens[stop].start < sentence.end:
            return stop, sum(token.start < sentence.end for token in tokens)
    return stop, stop


def _content(side: Side, first: int, last: int) -> int:
    """Content words of a stretch: where both texts have some, it was reworded, not cut."""
    return sum(not side.prepared.tokens[i].lexeme.stop for i in range(first, last))


def _is_cut(side: Side, first: int, last: int) -> bool:
    """Whether tokens ``first:last`` say something that the later text has nowhere."""
    content = [i for i in range(first, last) if not side.prepared.tokens[i].lexeme.stop]
    missing = [i for i in content if i not in side.partner and not neutral(side, i)]
    return len(missing) >= CUT and len(missing) == len([i for i in content if not neutral(side, i)])


def _cut(pairing: Pairing, first: int, last: int) -> Drift:
    """A stretch left out at the sentence's edge; grave when it turns the meaning."""
    side = pairing.earlier
    turned = turn(side, first, last)
    way = "begins earlier" if first < side.region.first else "goes on"
    says = f"The sentence {way} in the earlier text: {quoted(side.text(first, last))}"
    severity: Severity = "minor"
    if turned is not None:
        says += f", which turns on {quoted(side.text(turned.first, turned.last))}"
        severity = "notable" if turned.kind == "negation" else "serious"
    where = (side, first, last)
    return finding("truncation", severity, f"{says}.", None, where, certain=pairing.same)


def turn(side: Side, first: int, last: int) -> Mark | None:
    """The first unmet word of a stretch that makes its loss change the meaning."""
    for mark in side.marks:
        if mark.kind in _TURNING and first <= mark.first < last and mark.first not in side.partner:
            return mark
    return None


def neutral(side: Side, place: int) -> bool:
    """Whether the token is a word of reporting: its loss changes nothing that was said."""
    return side.prepared.tokens[place].lexeme.surface in reporting(side.prepared.language)
