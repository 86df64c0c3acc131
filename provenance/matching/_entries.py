"""What is stored of many texts at once, worked out in arrays.

The same as `entry` gives of each, to the bit, in half the time: a word form and what stands
between two words are looked at when they are first met, and every further one is a number.
What the numbers in a text say, and the neighbours in one of few words, are left to the functions
that read one text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from provenance.languages.numbers import numbers
from provenance.languages.words import pieces
from provenance.matching._index import normed
from provenance.matching._meaning import directions_of, size
from provenance.matching._prepare import (
    FEW_WORDS,
    LONGEST,
    Prepared,
    neighbours,
    shouts,
    terms_by,
    tokens,
)
from provenance.matching._senses import Lexeme, number
from provenance.matching._vocabulary import (
    ALONG,
    ARTICLE,
    CAPITAL,
    COUNTS,
    SHOUTED,
    SINGLE,
    STOP,
    Terms,
    Vocabulary,
    gaps,
    vocabulary,
)

if TYPE_CHECKING:
    from provenance.matching._meaning import Bytes
    from provenance.matching._vocabulary import Flags, Floats, Ints

_TOGETHER = 1_000  # texts read at once: their vectors, 256 bytes a word, stay near the processor
_PLACE = 32  # bits of a text's place beside its term


class Entries(NamedTuple):
    """What is stored of some texts: for each term of `terms`, which are in order, the places of
    the texts that hold it and what it adds to their scores, ascending by term and text; and the
    direction of each text."""

    terms: Sequence[str]
    term: Ints
    text: Ints
    impact: Floats
    directions: Bytes


_reading = Lock()  # of threads that meet new words at once, two would take one number


def entries(texts: Sequence[Prepared]) -> Entries:
    """What to store of each of `texts`, each of which is read once."""
    import numpy as np

    found: list[Terms] = []
    about = np.zeros((len(texts), size()), np.int8)
    for language, own in _sides(texts).items():
        words = vocabulary(language)
        for start in range(0, len(own), _TOGETHER):
            some = own[start : start + _TOGETHER]
            with _reading:
                read = _Read(words, [text for _, text, _ in some])
                places = np.array([place for place, _, _ in some], np.int64)
                found += read.terms(places)
                last = np.array([place for place, _, last in some if last], np.int64)
                about[last] = read.directions()[[last for _, _, last in some]]
    return _entries(list(_joined(found)), about)


def _joined(found: Sequence[Terms]) -> Iterator[Terms]:
    """Those with the same names as one."""
    import numpy as np

    by_names: dict[int, list[Terms]] = {}
    for one in found:
        by_names.setdefault(id(one.names), []).append(one)
    for own in by_names.values():
        _, *columns = zip(*own, strict=True)
        yield Terms(own[0].names, *map(np.concatenate, columns))


def _sides(texts: Sequence[Prepared]) -> dict[str, list[tuple[int, str, bool]]]:
    """By language: a text's place, what there is of it in the language, and whether that is
    the side its direction is made of."""
    found: dict[str, list[tuple[int, str, bool]]] = {}
    for place, one in enumerate(texts):
        own = (place, one.text[:LONGEST], one.english is None)
        found.setdefault(one.language, []).append(own)
        if one.english is not None:
            found.setdefault("en", []).append((place, one.english.text[:LONGEST], True))
    return found


def _entries(found: Sequence[Terms], about: Bytes) -> Entries:
    """Each term of each text once, with its best weight, made less in texts of many terms."""
    import numpy as np

    terms, codes = _ranked(found)
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    weights = np.concatenate([one.weight for one in found] or [np.empty(0)])[order]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    term, text = _parted(codes[first])
    norms = _norms(np.bincount(text, minlength=len(about)))
    if len(first):
        weights = np.maximum.reduceat(weights, first)
    return Entries(terms, term, text, weights / norms[text], about)


def merged(parts: Sequence[Entries]) -> Entries:
    """The entries of some texts and of those after them as those of all."""
    import numpy as np

    if len(parts) == 1:
        return parts[0]
    starts = accumulate([len(one.directions) for one in parts[:-1]], initial=0)
    found = [
        Terms(one.terms, one.text + start, one.term, one.impact)
        for start, one in zip(starts, parts, strict=True)
    ]
    terms, codes = _ranked(found)
    order = np.argsort(codes, kind="stable")
    impacts = np.concatenate([one.impact for one in parts])[order]
    about = np.concatenate([one.directions for one in parts])
    return Entries(terms, *_parted(codes[order]), impacts, about)


def _parted(codes: Ints) -> tuple[Ints, Ints]:
    """The terms and the texts of `codes`."""
    return codes >> _PLACE, codes & ((1 << _PLACE) - 1)


def _ranked(found: Sequence[Terms]) -> tuple[list[str], Ints]:
    """The terms met, in order; and for each time one was met its place there and its text's."""
    import numpy as np

    met = [np.flatnonzero(np.bincount(one.term, minlength=len(one.names))) for one in found]
    names = [[one.names[n] for n in used.tolist()] for one, used in zip(found, met, strict=True)]
    terms = sorted(set(chain.from_iterable(names)))
    place = dict(zip(terms, range(len(terms)), strict=True))
    codes = [np.empty(0, np.int64)]
    for one, used, own in zip(found, met, names, strict=True):
        ranks = np.zeros(len(one.names), np.int64)
        ranks[used] = np.fromiter(map(place.__getitem__, own), np.int64, len(own))
        codes.append(ranks[one.term] << _PLACE | one.text)
    return terms, np.concatenate(codes)


def _norms(counts: Ints) -> Floats:
    """By text, from how many terms it has: as `entry` works it out, to the bit."""
    import numpy as np

    known = np.array([normed(n) for n in range(int(counts.max(initial=0)) + 1)])
    found: Floats = known[counts]
    return found


class _Read:
    """The words of some texts of one language, one after another, in arrays.

    `word` is each word's number, `text` the place of its text among these, `kept` whether no
    number takes its place.
    """

    def __init__(self, words: Vocabulary, texts: Sequence[str]) -> None:
        import numpy as np

        self._words, self._texts = words, texts
        self._pieces = [pieces(text, words.language) for text in texts]
        counts = np.array([len(found) // 2 for found in self._pieces], np.int64)
        found = chain.from_iterable(found[1::2] for found in self._pieces)
        self.word = np.fromiter(map(words.__getitem__, found), np.int64, int(counts.sum()))
        self.text = np.repeat(np.arange(len(texts)), counts)
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._flags = words.flags.rows[self.word]
        self.kept = np.ones(len(self.word), np.bool_)
        self._stated = list(self._numbers())

    def _having(self, flag: int) -> list[int]:
        """Texts with a word that has `flag`."""
        import numpy as np

        found: list[int] = np.unique(self.text[self._flags & flag > 0]).tolist()
        return found

    def _numbers(self) -> Iterator[tuple[int, Lexeme]]:
        """The numbers of each text; words that they are written in are kept no more."""
        language = self._words.language
        for text in self._having(COUNTS):
            stated = numbers(self._texts[text], language)
            if not stated:
                continue
            bounds = list(accumulate(map(len, self._pieces[text])))
            starts, ends = bounds[:-1:2], bounds[1::2]
            own = self.kept[self._starts[text] : self._ends[text]]
            for one in stated:
                yield text, number(one.text, one.value, one.unit, language)
                first = bisect_right(ends, one.start)
                own[first : bisect_left(starts, one.end)] = False

    def terms(self, places: Ints) -> Iterator[Terms]:
        """What the texts, which have `places`, are stored under."""
        kept = self.kept
        yield self._words.terms(self.word[kept], self._named()[kept], places[self.text[kept]])
        yield _interned(self._more(), places)

    def _named(self) -> Flags:
        """Whether each word is written like a proper name: see `_prepare._named`."""
        import numpy as np

        found = chain.from_iterable(found[0::2] for found in self._pieces)
        between = np.fromiter(map(gaps().__getitem__, found), np.uint8)
        before = np.arange(len(self.word)) + self.text  # a text has a gap more than words
        first, last = np.zeros((2, len(self.word)), np.bool_)
        some = self._starts < self._ends
        first[self._starts[some]] = last[self._ends[some] - 1] = True
        capital = self._flags & CAPITAL > 0
        follows = np.append(capital[1:], False) & ~last & (self._flags & ARTICLE == 0)
        named: Flags = ~first & (between[before] & ALONG > 0)
        named |= follows & (between[before + 1] & SINGLE > 0)
        named &= capital
        for text in self._having(SHOUTED):
            if shouts(self._texts[text]):
                named[self._starts[text] : self._ends[text]] = False
        return named

    def _more(self) -> Iterator[tuple[int, Mapping[str, float]]]:
        """Numbers, and the neighbours in texts of few words, by place of the text here."""
        import numpy as np

        with_numbers = set()
        content = self.kept & (self._flags & STOP == 0)
        counts = np.bincount(self.text[content], minlength=len(self._texts))
        for text, one in self._stated:
            yield text, dict(terms_by(one, False))
            with_numbers.add(text)
            counts[text] += 1
        for text in np.flatnonzero(counts < FEW_WORDS).tolist():
            yield text, neighbours(self._stems(text, text in with_numbers), self._words.language)

    def _stems(self, text: int, with_numbers: bool) -> list[str]:
        if with_numbers:
            read = tokens(self._texts[text], self._words.language)
            return [token.lexeme.stem for token in read]
        words = self.word[self._starts[text] : self._ends[text]].tolist()
        return [self._words.lexemes[word].stem for word in words]

    def directions(self) -> Bytes:
        """What each text is about."""
        import numpy as np

        own = self.word[self.kept]
        used = np.flatnonzero(np.bincount(own))  # as `unique`, with nothing to sort
        place = np.empty(len(self._words), np.int64)
        place[used] = np.arange(len(used))
        words = [self._words.lexemes[word] for word in used.tolist()]
        counts = np.bincount(self.text[self.kept], minlength=len(self._texts))
        return directions_of(words, place[own], counts)


def _interned(found: Iterable[tuple[int, Mapping[str, float]]], places: Ints) -> Terms:
    import numpy as np

    known: dict[str, int] = {}
    texts, terms, weights = [], [], []
    for text, own in found:
        for term, weight in own.items():
            texts.append(text)
            terms.append(known.setdefault(term, len(known)))
            weights.append(weight)
    numbered = np.array(terms, np.int64)
    return Terms(list(known), places[np.array(texts, np.int64)], numbered, np.array(weights))
