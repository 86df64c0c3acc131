"""A quick look at candidates: what each could render of a text, before any of them is aligned.

All are looked at together. A word form is a number, a text the numbers of its forms, each once;
which forms the text that asks has anything in common with is looked up once for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from provenance.languages.words import forms
from provenance.matching._align import Seeker, seeker
from provenance.matching._prepare import LONGEST, Prepared
from provenance.matching._senses import Lexeme, glimpse, lexemes
from provenance.matching._vocabulary import Column

if TYPE_CHECKING:
    from provenance.matching._vocabulary import Floats, Ints

_FORMS = 200_000  # word forms remembered a language
_TEXTS = 20_000  # and texts
_LANGUAGES = 64  # languages kept ready at a time: a file may claim any number of them
_LEAST = 1e-9  # nats; a text of less says nothing

Shares = tuple[float, float]
"""How much of the information of a text, and of another, the two could render of each other."""


def glances(asked: Prepared, texts: Sequence[tuple[str, str]]) -> list[Shares]:
    """Shares in [0, 1] of `asked` and of each of `texts`, given with their languages, that could
    be rendered by the other, at most but for names and slips of spelling."""
    asking = seeker(asked)
    found: list[Shares] = [(0.0, 0.0)] * len(texts)
    for language in dict.fromkeys(language for _, language in texts):
        places = [place for place, (_, other) in enumerate(texts) if other == language]
        shares = _forms(language).shares(asking, [texts[place][0] for place in places])
        for place, own in zip(places, shares, strict=True):
            found[place] = own
    return found


@lru_cache(maxsize=_LANGUAGES)
def _forms(language: str) -> _Forms:
    return _Forms(language)


class _Forms(dict[str, int]):
    """The numbers of the word forms of `language` met; of too many it starts afresh."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lexeme = lexemes(language)
        self._lock = Lock()  # of threads that meet new words at once, two would take one number
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._forms: list[str] = []
        self._weights = Column("f8")
        self._found_by: dict[str, list[int]] = {}
        self._texts: dict[str, Ints] = {}

    def __missing__(self, form: str) -> int:
        found, weight = glimpse(form, self._language)
        number = self[form] = len(self._forms)
        self._forms.append(form)
        self._weights.append(weight)
        for key in found:
            self._found_by.setdefault(key, []).append(number)
        return number

    def shares(self, asking: Seeker, texts: Sequence[str]) -> list[Shares]:
        """What the text that is `asking` and each of `texts` could render of each other."""
        with self._lock:
            if len(self) > _FORMS or len(self._texts) > _TEXTS:
                self._forget()
            return self._shares(asking, [self._of(text) for text in texts])

    def _of(self, text: str) -> Ints:
        """The numbers of the word forms of a text, each once."""
        import numpy as np

        found = self._texts.get(text)
        if found is None:
            own = dict.fromkeys(forms(text[:LONGEST], self._language))
            found = self._texts[text] = np.fromiter(map(self.__getitem__, own), np.int64, len(own))
        return found

    def _shares(self, asking: Seeker, texts: Sequence[Ints]) -> list[Shares]:
        import numpy as np

        words = np.concatenate(texts)
        counts = np.fromiter(map(len, texts), np.int64, len(texts))
        text = np.repeat(np.arange(len(texts)), counts)
        weights = np.bincount(text, self._weights.rows[words], len(texts))
        sought = np.zeros(len(self), np.bool_)
        sought[[number for key in asking.keys for number in self._found_by.get(key, ())]] = True
        met = sought[words]
        if not met.any():
            return [(0.0, 0.0)] * len(texts)
        used, word = np.unique(words[met], return_inverse=True)
        shared = [self._lexeme(self._forms[number]) for number in used.tolist()]
        ours, theirs = _rendered(asking, shared, word, text[met], len(texts))
        ours /= max(asking.weight, _LEAST)
        theirs /= np.maximum(weights, _LEAST)
        return [*zip(ours.tolist(), theirs.tolist(), strict=True)]


def _rendered(
    asking: Seeker, shared: Sequence[Lexeme], word: Ints, text: Ints, texts: int
) -> tuple[Floats, Floats]:
    """The information of the text that is `asking`, and of each of so many `texts`, that the two
    render of each other; `word` are places in `shared`, each in one `text`."""
    import numpy as np

    rendered = [asking.renders(one) for one in shared]
    nats = np.array([met for met, _ in rendered])
    theirs = np.bincount(text, nats[word], texts).astype(np.float64, copy=False)
    counts = np.array([len(found) for _, found in rendered])
    own = counts[word]
    ends = np.cumsum(own)
    rows = np.arange(ends[-1]) + np.repeat((np.cumsum(counts) - counts)[word] - ends + own, own)
    partners = [*chain.from_iterable([found for _, found in rendered])]
    place = np.array([at for at, _ in partners], np.int64)
    alike = np.array([alike for _, alike in partners], np.float64)
    size = len(asking.tokens)
    best = np.zeros(texts * size)
    np.maximum.at(best, np.repeat(text * size, own) + place[rows], alike[rows])
    # One after another, as a `sum` adds: what is found then is the same to the bit as of one text.
    ours = np.cumsum(best.reshape(texts, size) * asking.weights, axis=1)[:, -1]
    return ours, theirs
