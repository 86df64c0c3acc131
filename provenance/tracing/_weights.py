"""The weights of evidence, read once from ``weights.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Log-odds (nats) per unit of each sign, by the kind of source they speak about."""
    path = files(__package__) / "weights.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
