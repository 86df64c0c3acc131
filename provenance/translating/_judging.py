"""What a passage and its English disagree on, with how much must speak for it before it is told.

Untouched translations differ from their source all the time: a name is spelled anew, "not
able" is "unable", 1.5 hours is "an hour and a half". So nothing is told by a rule alone: what
speaks for each kind is weighed, and a kind is told above a threshold. Weights and thresholds
are in ``changes.json``, fitted by ``python -m training.changes`` so that about one untouched
translation in twenty is told to be changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from provenance.languages.numbers import numbers
from provenance.languages.writing import caseless
from provenance.model import Span
from provenance.translating import _denials, _numerals, _suspects
from provenance.translating._direct import corresponding, foreign, prepared
from provenance.translating._lexicon import lexicon
from provenance.translating._stretches import stretches

_LONGEST = 10_000  # code points beyond which a text is no passage, and nothing is told of it
NEVER = -99.0  # the score of a kind for which nothing speaks


@dataclass(frozen=True, slots=True)
class Change:
    """What a passage and its English disagree on.

    `text` is what the English has and nothing in the passage stands for, at `span`; `lost` a
    number in figures of the passage that the English lacks. Both are empty for a denial.
    """

    kind: Literal["number", "negation", "name"]
    text: str = ""
    span: Span | None = None
    lost: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A passage and its English, with what speaks for each kind of change.

    `scores` are comparable within one language only. A number counts 3 where both sides have
    one the other lacks, 2 where the English has and 1 where the source has; denials and names
    are scored in log odds.
    """

    scores: Mapping[str, float]
    suspects: tuple[_suspects.Suspect, ...] = ()


def changed(text: str, language: str, english: str) -> tuple[Change, ...]:
    """What a passage and its English disagree on, at most one of a kind.

    Told from the words of the source, so that it also sees what a translation turned round;
    none of them proves anything. () without a lexicon.
    """
    thresholds = _stored()["thresholds"].get(language)
    if thresholds is None or max(len(text), len(english)) > _LONGEST:
        return ()
    pair = _weighed(text, language, english)
    told = [kind for kind, score in pair.scores.items() if score >= thresholds[kind]]
    return tuple(change for kind in told for change in _shown(kind, text, language, english, pair))


def uncovered(text: str, language: str, english: str) -> bool:
    """Whether a stretch of either side stands for nothing on the other, as few translations have.

    False without a lexicon, and for texts of no passage's length.
    """
    limits = _stored()["stretches"].get(language)
    if limits is None or max(len(text), len(english)) > _LONGEST:
        return False
    found = stretches(text, language, english)
    return any(one > limit for one, limit in zip(found, limits, strict=True))


def _weighed(text: str, language: str, english: str) -> _Pair:
    known = lexicon(language)
    if known is None:
        return _Pair({})
    passage, target = foreign(text, known), prepared(english)
    aligned = corresponding(passage, target).aligned
    found = _suspects.suspects(text, passage, english, target, known)
    scores = {
        "number": number(text, language, english),
        "negation": negation(_denials.evidence(text, language, english, aligned), language),
        "name": name(found, language),
    }
    return _Pair(scores, found)


def _shown(kind: str, text: str, language: str, english: str, pair: _Pair) -> Iterator[Change]:
    """A change with the words that show it."""
    if kind == "negation":
        yield Change("negation")
    elif kind == "name":
        forest = _model(language)["name"]
        word = max(pair.suspects, key=lambda suspect: _grown(forest, suspect.features)).word
        yield Change("name", word.text, Span(word.start, word.end))
    else:
        lost, gained = _numerals.unmet(text, language, english, "en")
        new, at = _whole(gained, english, "en")
        yield Change(
            "number", new, Span(at, at + len(new)) if new else None, _whole(lost, text, language)[0]
        )


def _whole(figures: Sequence[str], text: str, language: str) -> tuple[str, int]:
    """The number that the first of some figures belong to, as it is written, and where."""
    if not figures:
        return "", 0
    read = (one for one in numbers(text, language) if figures[0] in one.text)
    first = next(((one.text, one.start) for one in read), None)
    return first or (figures[0], max(0, text.find(figures[0])))


def number(text: str, language: str, english: str) -> float:
    """Which sides have numbers the other lacks, as `scores` counts them."""
    lost, gained = _numerals.unmet(text, language, english, "en")
    return (1.0 if lost else 0.0) + (2.0 if gained else 0.0)


def negation(features: Sequence[float], language: str) -> float:
    """The log odds that a denial was lost or put in."""
    model = _model(language)["negation"]
    if "trees" in model:
        return _grown(model, features)
    return float(model["bias"]) + sum(map(float.__mul__, model["weights"], features))


def name(found: Sequence[_suspects.Suspect], language: str) -> float:
    """The log odds of the most suspect name."""
    forest = _model(language)["name"]
    return max((_grown(forest, suspect.features) for suspect in found), default=NEVER)


def _grown(forest: Mapping[str, Any], features: Sequence[float]) -> float:
    """The sum of what small decision trees say."""
    return float(forest["bias"]) + sum(_leaf(tree, features) for tree in forest["trees"])


def _leaf(tree: Any, features: Sequence[float]) -> float:
    """The value at the end of the way a tree sends `features`: [feature, limit, low, high]."""
    while not isinstance(tree, float):
        feature, limit, low, high = tree
        tree = low if features[feature] <= limit else high
    return tree


def family(language: str) -> str:
    """Which model judges a language: where no capital shows a name, other things must."""
    return "without capitals" if caseless(language) else "with capitals"


def _model(language: str) -> Mapping[str, Any]:
    model = _stored()["models"][family(language)]
    assert isinstance(model, dict)
    return model


@cache
def _stored() -> Mapping[str, Any]:
    stored = json.loads((files(__package__) / "changes.json").read_text(encoding="utf-8"))
    assert isinstance(stored, dict)
    return stored
