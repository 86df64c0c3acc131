"""Words in and beside the names of people, whatever language a text is in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def listed(topic: str) -> frozenset[str]:
    """A list of names.toml by its name, such as ``particles`` or ``women``."""
    return frozenset(_lists()[topic])


@cache
def _lists() -> Mapping[str, Sequence[str]]:
    path = files(__package__) / "names.toml"
    found: Mapping[str, Sequence[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def names_body(name: str) -> bool:
    """Whether a name in Latin letters is known for that of a company or body, not an outlet's."""
    small = name.lower().strip("«»“”\"'. ")
    return small in listed("bodies") or small.split(" ")[-1] in listed("bodies_end")
