"""Two aligned texts as the drift detectors see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.languages.sentences import sentences
from provenance.matching._features import Region
from provenance.matching._marks import Mark, has_marks, marks
from provenance.matching._prepare import Prepared
from provenance.model import Drift, DriftKind, Severity, Span

_QUOTED = 80  # characters of a passage repeated in a sentence about it
_REACH = 3  # tokens beside a word where its mark may stand


@dataclass(frozen=True, slots=True)
class Side:
    """One text of the pair: its tokens, marks, the region that corresponds, its partners.

    `partner` maps a token position to the other text's; `beyond` is `region` widened to
    whole sentences.
    """

    prepared: Prepared
    partner: dict[int, int]
    alike: dict[int, float]
    region: Region
    beyond: range
    marks: tuple[Mark, ...]

    def inside(self, kinds: Iterable[str], beyond: bool = False) -> list[Mark]:
        """Marks of these kinds within the region or beside it (or in its whole sentences)."""
        places = self.beyond if beyond else self.edges
        wanted = frozenset(kinds)
        return [mark for mark in self.marks if mark.kind in wanted and mark.first in places]

    def unmet(self, kinds: Iterable[str]) -> list[Mark]:
        """Marks of these kinds in the region's sentences that found no partner.

        Those that did say the same on both sides and prove nothing about the rest.
        """
        return [mark for mark in self.inside(kinds, beyond=True) if mark.first not in self.partner]

    @property
    def edges(self) -> range:
        """The region and what stands right beside it, within its sentences."""
        first = max(self.beyond.start, self.region.first - _REACH)
        return range(first, min(self.beyond.stop, self.region.last + _REACH))

    def near(self, place: int, kinds: Iterable[str]) -> Mark | None:
        """A mark of these kinds that governs `place` or stands within three tokens of it."""
        wanted = frozenset(kinds)
        for mark in self.marks:
            close = abs(mark.first - place) <= _REACH or mark.head == place
            if mark.kind in wanted and close:
                return mark
        return None

    def free(self, place: int) -> bool:
        """Whether the token says something and has no partner."""
        return place not in self.partner and not self.prepared.tokens[place].lexeme.stop

    def text(self, first: int, last: int) -> str:
        """The wording of tokens ``first:last``."""
        where = self.span(first, last)
        return self.prepared.text[where.start : where.end]

    def span(self, first: int, last: int) -> Span:
        """Offsets of tokens ``first:last``."""
        tokens = self.prepared.tokens
        return Span(tokens[first].start, tokens[last - 1].end)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A later text beside the earlier one; `same` when they share a language.

    `coverage` is the share of the later text's information that the earlier one renders.
    """

    later: Side
    earlier: Side
    same: bool
    coverage: float

    @property
    def known(self) -> bool:
        """Whether the small words of both languages are known."""
        return has_marks(self.later.prepared.language) and has_marks(self.earlier.prepared.language)


def side(
    prepared: Prepared, partner: dict[int, int], alike: dict[int, float], region: Region
) -> Side:
    """One side of a pairing, with its marks and the sentences its region touches."""
    return Side(prepared, partner, alike, region, _sentences(prepared, region), marks(prepared))


def _sentences(prepared: Prepared, region: Region) -> range:
    """Token positions of the sentences that overlap the region."""
    if region.first >= region.last:
        return range(0)
    tokens = prepared.tokens
    start, end = tokens[region.first].start, tokens[region.last - 1].end
    for sentence in sentences(prepared.text, prepared.language):
        if sentence.start <= start < sentence.end:
            start = sentence.start
        if sentence.start < end <= sentence.end:
            end = sentence.end
    inside = [i for i, token in enumerate(tokens) if token.start >= start and token.end <= end]
    return range(inside[0], inside[-1] + 1)


def finding(
    kind: DriftKind,
    severity: Severity,
    says: str,
    later: tuple[Side, int, int] | None = None,
    earlier: tuple[Side, int, int] | None = None,
    *,
    certain: bool = True,
) -> Drift:
    """A drift with the wording of both sides filled in from token positions."""
    return Drift(
        kind=kind,
        severity=severity,
        from_text=later[0].text(later[1], later[2]) if later else "",
        to_text=earlier[0].text(earlier[1], earlier[2]) if earlier else "",
        says=says,
        from_span=later[0].span(later[1], later[2]) if later else None,
        to_span=earlier[0].span(earlier[1], earlier[2]) if earlier else None,
        certain=certain,
    )


def divided(prepared: Prepared, one: int, other: int | None) -> bool:
    """Whether a sentence ends between two tokens, of which the second may be missing."""
    if other is None:
        return False
    first, last = sorted((one, other))
    between = prepared.text[prepared.tokens[first].end : prepared.tokens[last].start]
    return len(sentences(between, prepared.language)) > 1


def asks(side: Side) -> bool:
    """Whether the sentence that corresponds is a question."""
    if not side.beyond:
        return False
    end = side.prepared.tokens[side.beyond[-1]].end
    return side.prepared.text[end:].lstrip(" »”\"’'")[:1] in ("?", "؟", "？")


def quoted(text: str) -> str:
    """A passage in quotation marks, shortened between words when long, on one line."""
    flat = " ".join(text.split())
    if len(flat) > _QUOTED:
        half = _QUOTED // 2 - 2
        # With the sign behind it, so that a word that ends there is kept.
        begins = flat[: half + 1].rpartition(" ")[0] or flat[:half]
        ends = flat[-half - 1 :].partition(" ")[2] or flat[-half:]
        flat = f"{begins} … {ends}"
    return f"“{flat}”"


def runs(places: Sequence[int], gap: int = 1) -> list[tuple[int, int]]:
    """Neighbouring positions as half-open runs; `gap` is the largest step inside one."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place - (found[-1][1] - 1) <= gap:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
