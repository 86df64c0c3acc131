"""One folder of data per language, read on demand.

``provenance/languages/<code>/<topic>.toml`` holds what a native speaker knows: reporting
verbs and relay cues (``quoting``), negation and number words (``meaning``), abbreviations
(``sentences``), calques (``origin``), how words are written (``words``). Code asks for a table
and gets an empty one where a language has none, so that adding a language is adding files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@cache
def codes() -> tuple[str, ...]:
    """Codes of the languages that have a folder, sorted."""
    here = files(__package__)
    folders = (entry for entry in here.iterdir() if (entry / "quoting.toml").is_file())
    return tuple(sorted(folder.name for folder in folders))


@cache
def table(code: str, topic: str) -> Mapping[str, Any]:
    """The table `topic` of language `code`, read-only; empty when there is none."""
    if not code.isalpha():
        return _EMPTY
    path = files(__package__) / code / f"{topic}.toml"
    if not path.is_file():
        return _EMPTY
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def _names() -> Mapping[str, str]:
    return tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))


def name(code: str) -> str:
    """English name of language `code` (``Russian``); the code itself when it has none here."""
    return _names().get(code or "und", code)
