"""What a passage and its English disagree on, with how much must speak for it before it is told.

Untouched translations differ from their source all the time: a name is spelled anew, "not
able" is "unable", 1.5 hours is "an hour and a half". So nothing is told by a rule alone: what
speaks for each kind is weighed, and a kind is told above a threshold. Weights and thresholds
are in ``changes.json``, fitted by ``python -m training.changes`` so that about one untouched
translation in twenty is told to be changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.translating import _denials, _numerals, _suspects
from provenance.translating._direct import corresponding, foreign, prepared
from provenance.translating._lexicon import lexicon

_LONGEST = 10_000  # code points beyond which a text is no passage, and nothing is told of it
NEVER = -99.0  # the score of a kind for which nothing speaks


def changed(text: str, language: str, english: str) -> tuple[str, ...]:
    """What a passage and its English disagree on: ``number``, ``negation``, ``name``.

    Told from the words of the source, so that it also sees what a translation turned round;
    none of them proves anything. () without a lexicon.
    """
    thresholds = _model()["thresholds"].get(language)
    if thresholds is None:
        return ()
    found = scores(text, language, english)
    return tuple(kind for kind, score in found.items() if score >= thresholds[kind])


def scores(text: str, language: str, english: str) -> dict[str, float]:
    """How much speaks for each kind of change; comparable within one language only.

    A number counts 3 where both sides have one the other lacks, 2 where the English has and
    1 where the source has; denials and names are scored in log odds.
    """
    known = lexicon(language)
    long = max(len(text), len(english)) > _LONGEST
    if known is None or long:
        return dict.fromkeys(("number", "negation", "name"), NEVER)
    passage, target = foreign(text, known), prepared(english)
    aligned = corresponding(passage, target).aligned
    return {
        "number": number(text, language, english),
        "negation": negation(_denials.evidence(text, language, english, aligned)),
        "name": name(_suspects.suspects(text, passage, english, target, known)),
    }


def number(text: str, language: str, english: str) -> float:
    """Which sides have numbers the other lacks, as `scores` counts them."""
    lost, gained = _numerals.unmet(text, language, english, "en")
    return (1.0 if lost else 0.0) + (2.0 if gained else 0.0)


def negation(features: Sequence[float]) -> float:
    """The log odds that a denial was lost or put in."""
    model = _model()["negation"]
    return float(model["bias"]) + sum(map(float.__mul__, model["weights"], features))


def name(found: Sequence[_suspects.Suspect]) -> float:
    """The log odds of the most suspect name."""
    return max((_grown(suspect.features) for suspect in found), default=NEVER)


def _grown(features: Sequence[float]) -> float:
    """The sum of what small decision trees say."""
    forest = _model()["name"]
    return float(forest["bias"]) + sum(_leaf(tree, features) for tree in forest["trees"])


def _leaf(tree: Any, features: Sequence[float]) -> float:
    """The value at the end of the way a tree sends `features`: [feature, limit, low, high]."""
    while not isinstance(tree, float):
        feature, limit, low, high = tree
        tree = low if features[feature] <= limit else high
    return tree


@cache
def _model() -> Mapping[str, Any]:
    stored = json.loads((files(__package__) / "changes.json").read_text(encoding="utf-8"))
    assert isinstance(stored, dict)
    return stored
