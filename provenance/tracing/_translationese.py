"""Whether a text reads as if translated: function words, not topics.

Words of content are masked by their endings, so that the model hears how a text is put
together and not what it is about (Volansky, Ordan and Wintner 2015). A linear model per
pair of languages, ``translationese/<language>.tsv``, made by
``python -m training.translationese``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_ENDING = 2  # letters kept of a masked word
_LONGEST = 400  # tokens of a sentence that are looked at
CUT = "‖"  # stands for the edges of a sentence


def masked(sentence: str, kept: frozenset[str]) -> list[str]:
    """The tokens of `sentence`: the words in `kept` as they are, others by shape and ending."""
    found = [CUT]
    for token in _TOKEN.findall(sentence[: _LONGEST * 8])[:_LONGEST]:
        low = token.lower()
        if low in kept or not token[0].isalnum():
            found.append(low)
        elif token[0].isdigit():
            found.append("0")
        else:
            shape = "^" if token[0].isupper() else "_"
            found.append(shape + low[-_ENDING:])
    found.append(CUT)
    return found


def patterns(tokens: Sequence[str]) -> Iterator[str]:
    """Single masked tokens, pairs and triples of neighbours."""
    for place, token in enumerate(tokens):
        yield token
        if place + 1 < len(tokens):
            yield f"{token} {tokens[place + 1]}"
        if place + 2 < len(tokens):
            yield f"{token} {tokens[place + 1]} {tokens[place + 2]}"


@cache
def _model(language: str) -> tuple[frozenset[str], tuple[str, ...], Mapping[str, Sequence[float]]]:
    """Kept words, source languages and, by pattern, a weight for each of them."""
    path = files(__package__) / "translationese" / f"{language}.tsv"
    if len(language) != 2 or not path.is_file():
        return frozenset(), (), {}
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]
    weights = {row[0]: tuple(float(cell or 0) for cell in row[1:]) for row in rows[2:]}
    return frozenset(rows[0][1].split(" ")), tuple(rows[1][1:]), weights


def languages_read(language: str) -> tuple[str, ...]:
    """The source languages a text in `language` is tested for."""
    return _model(language)[1]


def score(sentences: Sequence[str], language: str) -> dict[str, float]:
    """Log-odds, for each source language, that the sentences were translated from it rather
    than written in `language`; empty when there is no model. Even odds beforehand."""
    kept, sources, weights = _model(language)
    if not sources or not sentences:
        return {}
    totals = [0.0] * len(sources)
    for sentence in sentences:
        found = [weights[one] for one in patterns(masked(sentence, kept)) if one in weights]
        scale = max(1.0, len(sentence.split())) ** 0.5
        for at in range(len(sources)):
            totals[at] += sum(row[at] for row in found) / scale
    bias, slope = weights["<bias>"], weights["<slope>"]
    many = len(sentences)
    return {
        source: slope[at] * (totals[at] / many + bias[at]) * min(many, MOST) ** 0.5
        for at, source in enumerate(sources)
    }


MOST = 10  # sentences beyond which more of the same tell little: they share an author
