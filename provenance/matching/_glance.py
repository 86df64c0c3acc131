"""A quick look at candidates: what each could render of a text, before any of them is aligned.

All are looked at together. A word form is a number, a text the numbers of its forms, each once;
which forms the text that asks has anything in common with is looked up once for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from provenance.languages.words import forms
from provenance.matching._align import seeker
from provenance.matching._prepare import LONGEST, Prepared
from provenance.matching._senses import Lexeme, glimpse, lexemes
from provenance.matching._vocabulary import Column

if TYPE_CHECKING:
    from provenance.matching._vocabulary import Ints

_FORMS = 200_000  # word forms remembered a language
_TEXTS = 20_000  # and texts
_LANGUAGES = 64  # languages kept ready at a time: a file may claim any number of them

Shares = tuple[float, float]
"""How much of the information of a text, and of another, the two could render of each other."""


def glances(asked: Prepared, texts: Sequence[tuple[str, str]]) -> list[Shares]:
    """Shares in [0, 1] of `asked` and of each of `texts`, given with their languages, that could
    be rendered by the other, at most but for names and slips of spelling."""
    asking = seeker(asked)
    found: list[Shares] = [(0.0, 0.0)] * len(texts)
    for language in dict.fromkeys(language for _, language in texts):
        places = [place for place, (_, other) in enumerate(texts) if other == language]
        gists = _forms(language).gists([texts[place][0] for place in places], asking.keys)
        for place, gist in zip(places, gists, strict=True):
            found[place] = asking.reach(gist.shared, gist.weight)
    return found


class Gist(NamedTuple):
    """The information of the words of a text, each once, in nats, and those of them that a text
    that asks could render."""

    weight: float
    shared: Sequence[Lexeme]


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

    def gists(self, texts: Sequence[str], keys: Collection[str]) -> list[Gist]:
        """The gist of each of `texts` for one whose words are looked up by `keys`."""
        with self._lock:
            if len(self) > _FORMS or len(self._texts) > _TEXTS:
                self._forget()
            return self._gists([self._of(text) for text in texts], keys)

    def _of(self, text: str) -> Ints:
        """The numbers of the word forms of a text, each once."""
        import numpy as np

        found = self._texts.get(text)
        if found is None:
            own = dict.fromkeys(forms(text[:LONGEST], self._language))
            found = self._texts[text] = np.fromiter(map(self.__getitem__, own), np.int64, len(own))
        return found

    def _gists(self, texts: Sequence[Ints], keys: Collection[str]) -> list[Gist]:
        import numpy as np

        words = np.concatenate(texts)
        counts = np.fromiter(map(len, texts), np.int64, len(texts))
        text = np.repeat(np.arange(len(texts)), counts)
        weights = np.bincount(text, self._weights.rows[words], len(texts)).tolist()
        sought = np.zeros(len(self), np.bool_)
        sought[[number for key in keys for number in self._found_by.get(key, ())]] = True
        met = sought[words]
        shared = [*map(self._lexeme, map(self._forms.__getitem__, words[met].tolist()))]
        bounds = [0, *np.cumsum(np.bincount(text[met], minlength=len(texts))).tolist()]
        own = (shared[start:end] for start, end in pairwise(bounds))
        return [*map(Gist, weights, own)]
