"""The fitted model: features of a pair to a calibrated probability."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_PART = 0.6  # words of the shorter text to the longer: below it one may be part of the other
_RUN = 0.25  # share of the shorter text that must stand word for word in the longer one


def probability(features: Mapping[str, float], same: bool) -> float:
    """The chance in [0, 1] that a pair with these features renders one statement.

    `same` says whether both are in one language; the models for one and for two languages
    were fitted and calibrated on their own. Within a language a text much shorter than the
    other, and partly word for word in it, may also be an excerpt: the likelier reading
    counts. Coefficients and the command that made them are in ``model.json``.
    """
    best = logit(models()["same" if same else "cross"], features)
    if same and may_be_part(features):
        best = max(best, logit(models()["part"], features))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, best))))


def may_be_part(features: Mapping[str, float]) -> bool:
    """Whether one text may be an excerpt of the other."""
    return features["length"] < _PART and features["run_share"] > _RUN


def logit(model: Mapping[str, Any], features: Mapping[str, float]) -> float:
    """The log-odds that a fitted model gives to features."""
    weighted = (weight * features[name] for name, weight in model["coefficients"].items())
    return float(model["intercept"] + sum(weighted))


@cache
def models() -> dict[str, Any]:
    """Intercepts and coefficients by kind of pair: ``same``, ``part``, ``cross``."""
    text = (files(__package__) / "model.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["models"]
    return found
