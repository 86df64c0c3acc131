"""Two renderings held against each other, word by word.

Within one language words are compared by their stems in order (Ratcliff & Obershelp's
gestalt matching, as `difflib` has it); across languages by the matcher's word alignment,
which knows no order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from provenance.languages.words import Word, words
from provenance.model import Match, Rendering, Span

Change = Literal["same", "inflected", "renders", "lost", "added"]


@dataclass(frozen=True, slots=True)
class Step:
    """One word, or run of words, in one text or both.

    `change` is ``same``, ``inflected`` (another form of the word), ``renders`` (its
    translation), ``lost`` (only the earlier has it) or ``added`` (only the later does).
    """

    change: Change
    earlier: Span | None
    later: Span | None


@dataclass(frozen=True, slots=True)
class Difference:
    """`later` against `earlier`: the match with its drift, and all words in order.

    Steps come in the order of the later text, a lost word after what stands before it in
    the earlier.
    """

    earlier: Rendering
    later: Rendering
    match: Match
    steps: tuple[Step, ...]

    @property
    def same_language(self) -> bool:
        """Whether the words themselves could be compared."""
        return self.earlier.language == self.later.language


def difference(earlier: Rendering, later: Rendering) -> Difference:
    """What became of `earlier` in `later`, whichever of them was published first."""
    from provenance.matching import compare

    match = compare(later, earlier)
    old, new = words(earlier.text, earlier.language), words(later.text, later.language)
    if earlier.language == later.language:
        steps = tuple(_in_order(old, new))
    else:
        steps = tuple(_aligned(old, new, match))
    return Difference(earlier, later, match, steps)


def _in_order(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Step]:
    matcher = SequenceMatcher(None, [w.stem for w in old], [w.stem for w in new], autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            for one, two in zip(old[i:i_end], new[j:j_end], strict=True):
                same = one.text.casefold() == two.text.casefold()
                yield Step("same" if same else "inflected", _span([one]), _span([two]))
            continue
        if i < i_end:
            yield Step("lost", _span(old[i:i_end]), None)
        if j < j_end:
            yield Step("added", None, _span(new[j:j_end]))


def _aligned(old: Sequence[Word], new: Sequence[Word], match: Match) -> Iterator[Step]:
    """The later words in order; lost ones follow the word before them in the earlier."""
    pairs = {pair.from_span.start: pair.to_span for pair in match.alignment}
    starts = {word.start: place for place, word in enumerate(old)}
    found = {starts[span.start] for span in pairs.values() if span.start in starts}
    lost = [place for place in range(len(old)) if place not in found]
    yield from _before(lost, old, min(found, default=len(old)))
    for word in new:
        span = pairs.get(word.start)
        if span is None:
            yield Step("added", None, _span([word]))
            continue
        yield Step("renders", span, _span([word]))
        place = starts.get(span.start)
        if place is not None:
            following = min((other for other in found if other > place), default=len(old))
            yield from _before([p for p in lost if p > place], old, following)


def _before(lost: Sequence[int], old: Sequence[Word], end: int) -> Iterator[Step]:
    run = [old[place] for place in lost if place < end]
    if run:
        yield Step("lost", _span(run), None)


def _span(run: Sequence[Word]) -> Span:
    return Span(run[0].start, run[-1].end)
