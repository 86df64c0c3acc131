"""The fitted model: features of a pair to a calibrated probability."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def probability(features: Mapping[str, float], kind: str) -> float:
    """The chance in [0, 1] that a pair with these features renders one statement.

    `kind` is ``same`` (one language) or ``cross`` (two); each was fitted and calibrated on
    its own. Coefficients and the command that made them are in ``model.json``.
    """
    model = _models()[kind]
    logit = model["intercept"] + sum(
        weight * features.get(name, 0.0) for name, weight in model["coefficients"].items()
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def _models() -> dict[str, Any]:
    text = (files(__package__) / "model.json").read_text(encoding="utf-8")
    models: dict[str, Any] = json.loads(text)["models"]
    return models
