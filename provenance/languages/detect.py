"""Which language a text is in, and which languages its passages are in.

Four voices are heard. The script narrows the choice (Hangul is Korean). The alphabets and
function words of ``detection.toml`` settle most whole sentences. Where they leave doubt,
py3langid, the best of those measured, reads the bytes; the log-odds add up under fitted
weights, so that the confidence is a probability: of the answers given with 0.9, nine in
ten are right (``python -m benchmarks.language``). langdetect speaks last and softly, only
where doubt remains: measured, its word is worth a fifth of the others'.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from provenance.languages._langdetect import second_opinion
from provenance.languages._passages import Unit, likeliest, seam, substance, units
from provenance.languages._voices import voices
from provenance.model import LanguageGuess, Span

__all__ = ["detect", "detect_all", "passages", "plausibility"]

Ranking = tuple[tuple[str, float], ...]

# Below DOUBT langdetect is asked. Its exponent and floor are the best of a grid on the 137
# development spans under 0.8 (102 right instead of 101): it is heard, and decides little.
_DOUBT = 0.5
_SECOND = 0.2
_FLOOR = 0.1
# Below this, nine in ten answers on the development spans were wrong.
_NOTHING = 0.4
_RANKED = 5
_NO_LETTERS = LanguageGuess("und", 0.0, (), "Zyyy")


def detect(text: str) -> LanguageGuess:
    """The language of `text`: never an error, ``und`` with a ranking when unsure."""
    heard = voices().hear(text)
    if heard is None:
        return _NO_LETTERS
    ranking = heard.ranking
    if ranking[0][1] < _DOUBT:
        ranking = _weighed(ranking, second_opinion(text, voices().core))
    best, confidence = ranking[0]
    if best == "zxx" or confidence < _NOTHING or heard.letters < 2:
        best = "und"
    return LanguageGuess(best, confidence, ranking[:_RANKED], heard.script)


def detect_all(texts: Iterable[str]) -> list[LanguageGuess]:
    """The language of each of `texts`, in order; the models are loaded once."""
    return [detect(text) for text in texts]


def _weighed(ranking: Ranking, opinion: dict[str, float]) -> Ranking:
    """`ranking` after langdetect's `opinion`; languages it does not know stay in between."""
    unknown = _FLOOR**0.5
    heard = {
        code: odd * max(opinion.get(code, unknown), _FLOOR) ** _SECOND for code, odd in ranking
    }
    total = sum(heard.values())
    ranked = sorted(heard.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((code, round(odd / total, 4)) for code, odd in ranked)


def plausibility(text: str) -> float:
    """How much `text` reads like the language it would be in: the higher the likelier.

    The share of its characters outside ASCII that this language is written with, plus the
    share of function words, less that of words with a capital in the middle: about 1.3 for
    an article, below 1 for the same bytes read in a wrong encoding; 0 for plain ASCII.
    """
    return voices().plausibility(text)


def passages(text: str) -> list[tuple[Span, LanguageGuess]]:
    """The stretches of `text` in one language each, tiling it from end to end.

    A quote left in its language inside an article in another is a passage of its own; a
    foreign name is not. Empty for an empty text.
    """
    parts = units(text)
    labels = likeliest([_unit(text[part.start : part.end]) for part in parts])
    starts = [at for at, label in enumerate(labels) if at == 0 or label != labels[at - 1]]
    cuts = [0, *(seam(text, parts[at].start) for at in starts[1:]), len(text)]
    spans = [Span(start, end) for start, end in pairwise(cuts)]
    return [
        (span, _guess(text[span.start : span.end], labels[at]))
        for span, at in zip(spans, starts, strict=False)
        if span.end > span.start
    ]


def _unit(piece: str) -> Unit:
    heard = voices().hear(piece)
    if heard is None:
        return Unit((), "Zyyy", 0.0)
    return Unit(heard.ranking, heard.script, substance(piece))


def _guess(passage: str, label: str) -> LanguageGuess:
    """What is known of a passage whose language its neighbours helped to decide."""
    guess = detect(passage)
    confidence = dict(guess.ranking).get(label, 0.0)
    if guess.language == label or confidence < _NOTHING:
        return guess
    return LanguageGuess(label, confidence, guess.ranking, guess.script)
