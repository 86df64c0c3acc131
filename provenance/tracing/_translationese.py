"""Whether a text reads as if translated: function words, not topics.

Words of content are masked by their endings, so that the model hears how a text is put
together and not what it is about (Volansky, Ordan and Wintner 2015): by two letters, and where
there was enough to learn from by three as well, but never more than two of a name. The length
of sentences and words, commas, capitals and repeated words are heard too. A linear model per
pair of languages, ``translationese/<language>.tsv``, made by
``python -m training.translationese``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log2

_HAN = "\u3400-\u9fff"  # each a word of its own: where words end is not written
_TOKEN = re.compile(rf"\d+|[{_HAN}]|[^\W\d_{_HAN}]+|[^\w\s]")
# What marks look like is the printer's doing: in the sentences the models were made from, ’ alone
# told translations from Turkish.
_MARKS = str.maketrans(
    dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—", "-")
)
_ENDING = 2  # letters kept of a masked word
_LONG_ENDING = 3  # where a model is fine; of a name it would tell which
_LONGEST = 400  # tokens of a sentence that are looked at
CUT = "‖"  # stands for the edges of a sentence


def tokens(sentence: str) -> list[str]:
    """Words, numbers and marks of `sentence`, as far as it is looked at; quotation marks and
    dashes of one kind each."""
    return _TOKEN.findall(sentence[: _LONGEST * 8].translate(_MARKS))[:_LONGEST]


def masked(
    sentence: str, kept: frozenset[str], letters: int = _ENDING, named: int = _ENDING
) -> list[str]:
    """The tokens of `sentence`: the words in `kept` as they are, others by shape and ending,
    of so many `letters`, of so many `named` where they begin with a capital."""
    found = [CUT]
    for token in tokens(sentence):
        low = token.lower()
        if low in kept or not token[0].isalnum():
            found.append(low)
        elif token[0].isdigit():
            found.append("0")
        elif "\u3400" <= token <= "\u9fff":
            found.append("_")
        elif token[0].isupper():
            found.append("^" + low[len(low) - min(named, len(low)) :])
        else:
            found.append("_" + low[-letters:])
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


def shape(sentence: str) -> Iterator[str]:
    """How long a sentence and its words are, how many commas and capitals it has and how many
    different words, each as one of a few steps."""
    words = [token for token in tokens(sentence) if token[0].isalpha()]
    many = max(1, len(words))
    letters = sum(len(word) for word in words) / many
    yield f"#words {int(2 * log2(many))}"
    yield f"#letters {min(20, int(2 * letters))}"
    yield f"#commas {min(4, sentence.count(','))}"
    yield f"#capitals {min(6, sum(word[0].isupper() for word in words))}"
    yield f"#different {int(20 * len({word.lower() for word in words}) / many)}"


def heard(sentence: str, kept: frozenset[str], fine: bool = False) -> Iterator[str]:
    """All that the model hears of a sentence; a `fine` one hears longer endings as well, one
    that had little to learn from none of names."""
    if fine:
        short, long = masked(sentence, kept), masked(sentence, kept, _LONG_ENDING)
        for one, other in zip(patterns(short), patterns(long), strict=True):
            yield one
            if other != one:
                yield other
    else:
        yield from patterns(masked(sentence, kept, named=0))
    yield from shape(sentence)


@dataclass(frozen=True, slots=True)
class _Model:
    """Kept words, whether it hears finely, source languages and, by pattern, a weight for each."""

    kept: frozenset[str] = frozenset()
    fine: bool = False
    sources: tuple[str, ...] = ()
    weights: Mapping[str, Sequence[float]] = field(default_factory=dict)


@cache
def _model(language: str) -> _Model:
    path = files(__package__) / "translationese" / f"{language}.tsv"
    if len(language) != 2 or not path.is_file():
        return _Model()
    rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()]
    weights = {row[0]: tuple(float(cell or 0) for cell in row[1:]) for row in rows[3:]}
    return _Model(
        frozenset(rows[0][1].split(" ")), rows[1][1] == "fine", tuple(rows[2][1:]), weights
    )


def languages_read(language: str) -> tuple[str, ...]:
    """The source languages a text in `language` is tested for."""
    return _model(language).sources


def score(sentences: Sequence[str], language: str) -> dict[str, float]:
    """Log-odds, for each source language, that the sentences were translated from it rather
    than written in `language`; empty when there is no model. Even odds beforehand."""
    model = _model(language)
    sources, weights = model.sources, model.weights
    if not sources or not sentences:
        return {}
    totals = [0.0] * len(sources)
    for sentence in sentences:
        told = heard(sentence, model.kept, model.fine)
        found = [weights[one] for one in told if one in weights]
        scale = max(1.0, len(tokens(sentence))) ** 0.5
        for at in range(len(sources)):
            totals[at] += sum(row[at] for row in found) / scale
    bias, slope = weights["<bias>"], weights["<slope>"]
    many = len(sentences)
    return {
        source: slope[at] * (totals[at] / many + bias[at]) * min(many, MOST) ** 0.5
        for at, source in enumerate(sources)
    }


MOST = 10  # sentences beyond which more of the same tell little: they share an author
