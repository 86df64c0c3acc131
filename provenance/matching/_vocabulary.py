"""Word forms by number, and what each is stored under: what `entries` counts with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.languages.words import function_words
from provenance.matching._prepare import runs_on, terms_by
from provenance.matching._senses import Lexeme, stored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_REMEMBERED = 200_000  # word forms a language; beyond it starts afresh
_LANGUAGES = 64  # languages kept ready at a time: a file may claim any number of them


class Terms(NamedTuple):
    """Terms found in texts: `names` by the number that `term` calls them by."""

    names: Sequence[str]
    text: Ints
    term: Ints
    weight: Floats


class Column:
    """A column of numbers that grows."""

    def __init__(self, kind: str) -> None:
        import numpy as np

        self._rows = np.zeros(1024, kind)
        self._used = 0
        self._new: list[float] = []
        self.append = self._new.append

    def __len__(self) -> int:
        return self._used + len(self._new)

    @property
    def rows(self) -> NDArray[Any]:
        """What it holds."""
        import numpy as np

        if self._new:
            end = len(self)
            while end > len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._rows[self._used : end] = self._new
            self._used = end
            self._new.clear()
        return self._rows[: self._used]


# What is to be known of a word: that it begins with a capital, has no small letter, is a function
# word of English with a capital, is one of its own language, may be part of a number.
CAPITAL, SHOUTED, ARTICLE, STOP, COUNTS = 1, 2, 4, 8, 16
# Of a gap: that the sentence goes on after it, that it is one character.
ALONG, SINGLE = 1, 2


class Vocabulary(dict[str, int]):
    """The word forms met in texts of `language`, each with a number.

    What a word is stored under, as a name and otherwise, is worked out when it is asked for.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.lexemes: list[Lexeme] = []
        self.flags = Column("u1")
        self._slots = Column("i8")  # 2n and 2n + 1: where the terms of n begin and end
        self._begins, self._counts = Column("i8"), Column("i8")
        self._terms, self._weights = Column("i8"), Column("f8")
        self._names: dict[str, int] = {}
        self.names: list[str] = []

    def __missing__(self, form: str) -> int:
        lexeme = stored(form, self.language)
        place = self[form] = len(self.lexemes)
        self.lexemes.append(lexeme)
        self.flags.append(_flags(form, lexeme))
        self._slots.append(-1)
        self._slots.append(-1)
        return place

    def terms(self, words: Ints, names: Flags, texts: Ints) -> Terms:
        """The terms of `words`, some of which are `names`, each in one of `texts`."""
        import numpy as np

        kinds = 2 * words + names
        slots = self._slots.rows[kinds]
        if (slots < 0).any():
            self._learn(np.unique(kinds[slots < 0]))
            slots = self._slots.rows[kinds]
        counts = self._counts.rows[slots]
        ends = np.cumsum(counts)
        rows = np.arange(int(ends[-1]) if len(ends) else 0)
        rows += np.repeat(self._begins.rows[slots] - (ends - counts), counts)
        terms, weights = self._terms.rows[rows], self._weights.rows[rows]
        return Terms(self.names, np.repeat(texts, counts), terms, weights)

    def _learn(self, kinds: Ints) -> None:
        import numpy as np

        self._slots.rows[kinds] = np.arange(len(kinds)) + len(self._begins)
        for kind in kinds.tolist():
            lexeme = self.lexemes[kind >> 1]
            terms = () if lexeme.stop else terms_by(lexeme, bool(kind & 1))
            self._begins.append(len(self._terms))
            self._counts.append(len(terms))
            for term, weight in terms:
                self._terms.append(self._number(term))
                self._weights.append(weight)

    def _number(self, term: str) -> int:
        found = self._names.setdefault(term, len(self.names))
        if found == len(self.names):
            self.names.append(term)
        return found


def _flags(form: str, lexeme: Lexeme) -> int:
    capital = form[0].isupper()
    return (
        capital * CAPITAL
        | (capital and form.isupper()) * SHOUTED
        | (capital and lexeme.surface in function_words("en")) * ARTICLE
        | lexeme.stop * STOP
        | lexeme.counts * COUNTS
    )


class _Gaps(dict[str, int]):
    """What is to be known of the white space and the points between two words."""

    def __missing__(self, gap: str) -> int:
        found = (len(gap) == 1) * SINGLE | runs_on(gap) * ALONG
        if len(self) < _REMEMBERED:
            self[gap] = found
        return found


@cache
def gaps() -> _Gaps:
    return _Gaps()


_met: dict[str, Vocabulary] = {}


def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of `language`; where it has grown too large, a new one."""
    if language not in _met or len(_met[language]) > _REMEMBERED:
        _met.pop(language, None)
        if len(_met) >= _LANGUAGES:
            _met.clear()
        _met[language] = Vocabulary(language)
    return _met[language]
