"""What the tagger's words mean in English, as vectors.

A language with few annotated texts learns from English ones when its words are known by what
they mean: "erklärte" lies beside "said" and "stated". The gloss's table of translations
(`training.gloss`) tells what a word means, the English vectors where that lies.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from provenance.languages.words import stem_of
from provenance.quoting import _tagger
from provenance.translating import _tables


def meanings(language: str, english: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each known word of `language` the mean of the vectors of its translations, by their
    chances; zeros where it has none. `english` has a row for each known English word."""
    if language == "en":
        return english
    places = _tagger.vocabulary("en")[0]
    stemmed: dict[str, list[int]] = {}
    for word, place in places.items():
        stemmed.setdefault(stem_of(word, "en"), []).append(place - 1)
    made = np.zeros((len(_tagger.classes(language)), english.shape[1]), dtype=np.float32)
    for row, word in enumerate(_tagger.classes(language)):
        found = [
            (english[[places[shown] - 1] if shown in places else stemmed[stem]].mean(0), chance)
            for stem, shown, chance in _senses(word, language)
            if shown in places or stem in stemmed
        ]
        if found:
            vectors, chances = zip(*found, strict=True)
            made[row] = np.average(vectors, axis=0, weights=chances)
    return made


def _senses(word: str, language: str) -> Iterator[tuple[str, str, float]]:
    """English stem, spelling and chance of every translation of `word`; marks mean themselves."""
    if not word.isalpha():
        yield word, word, 1.0
        return
    table = _tables.table(language)
    if table is None:
        raise SystemExit(f"No table of translations: run python -m training.gloss {language}")
    place = table.place.get(stem_of(word, language))
    if place is not None:
        shown = table.spellings(place)
        for (stem, chance), form in zip(table.senses(place), shown, strict=True):
            yield stem, form, chance
