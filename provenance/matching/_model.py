"""The fitted model: features of a pair to a calibrated probability."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


def probability(odds: float) -> float:
    """The chance in [0, 1] that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(chance: float) -> float:
    """The log-odds of a chance, at most 30 either way."""
    least = math.exp(-30.0)
    return math.log(max(chance, least) / max(1.0 - chance, least))


def calibrated_odds(features: Mapping[str, float], same: bool) -> float:
    """The log-odds that a pair with these features renders one statement, calibrated.

    `same` says whether both are in one language; the models for one and for two languages
    were fitted and calibrated on their own. Coefficients and the command that made them are
    in ``model.json``.
    """
    model = models()["same" if same else "cross"]
    return calibrated(model["calibration"], logit(model, features), features["length"])


def beside(terms: Mapping[str, float], same: bool) -> float:
    """Calibrated log-odds of the likeliest candidate as it stands among the others.

    Weights are of `terms` and of products of two, named by both (``odds lead``); the weight of
    ``shift`` stands by itself. What terms there are, `_rivals.terms` says.
    """
    weights = models()["same" if same else "cross"]["beside"]
    known = {**terms, "shift": 1.0}
    return float(
        sum(
            weight * math.prod(known[name] for name in names.split())
            for names, weight in weights.items()
        )
    )


def logit(model: Mapping[str, Any], features: Mapping[str, float]) -> float:
    """The log-odds that a fitted model gives to features.

    What a feature says depends on how much longer one text is than the other: each has a
    weight, and another that counts in proportion to the shorter text's share of the longer.
    """
    length = features["length"]
    plain = sum([weight * features[name] for name, weight in model["coefficients"].items()])
    bent = sum([weight * features[name] for name, weight in model["by_length"].items()])
    return float(model["intercept"] + plain + length * bent)


def calibrated(calibration: Sequence[float], odds: float, length: float) -> float:
    """Log-odds that mean what they say, for parts of a text as for wholes (Platt 1999)."""
    slope, slope_by_length, shift, shift_by_length = calibration
    return (slope + slope_by_length * length) * odds + shift + shift_by_length * length


@cache
def models() -> dict[str, Any]:
    """Coefficients and calibration by kind of pair: ``same`` and ``cross``."""
    text = (files(__package__) / "model.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["models"]
    return found
