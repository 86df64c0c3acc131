"""Which language a text is in, and which languages its passages are in.

Three voices are heard. The script narrows the choice (Hangul is Korean). py3langid, the
best of those measured, reads byte sequences. The alphabets and function words of
``detection.toml`` correct it where neighbours are close (Serbian has no й, Belarusian no
и). Their log-odds add up under a fitted temperature, so that the confidence is a
probability: of the answers given with 0.9, nine in ten are right (see
``python -m benchmarks.language``). langdetect, slower and never better alone, is the
second opinion where that leaves doubt: an answer it contradicts is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.languages._voices import second_opinion, voices
from provenance.model import LanguageGuess, Span

__all__ = ["detect", "detect_all", "passages"]

# Below DOUBT langdetect is asked; below NOTHING more answers were wrong than right.
_DOUBT = 0.55
_NOTHING = 0.3
_RANKED = 5
_NO_LETTERS = LanguageGuess("und", 0.0, (), "Zyyy")


def detect(text: str) -> LanguageGuess:
    """The language of `text`: never an error, ``und`` with a ranking when unsure."""
    heard = voices().hear(text)
    if heard is None:
        return _NO_LETTERS
    ranking = heard.ranking[:_RANKED]
    best, confidence = ranking[0]
    if (
        best == "zxx"
        or confidence < _NOTHING
        or heard.letters < 2
        or (confidence < _DOUBT and second_opinion(text) not in (best, ""))
    ):
        best = "und"
    return LanguageGuess(best, confidence, ranking, heard.script)


def detect_all(texts: Iterable[str]) -> list[LanguageGuess]:
    """The language of each of `texts`, in order; the model is loaded once."""
    return [detect(text) for text in texts]


def passages(text: str) -> list[tuple[Span, LanguageGuess]]:
    """The stretches of `text` in one language each, tiling it from end to end."""
    return [(Span(0, len(text)), detect(text))] if text else []
