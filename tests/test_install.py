"""What is installed: exact versions that satisfy the ranges, hashed, and from no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.txt": (), "requirements-dev.txt": ("dev",)}
each_lock = pytest.mark.parametrize("lock", LOCKS)

PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)? \\")
HASHED = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
NAMED = re.compile(r"(?P<name>[\w-]+)(?P<range>.*)")


def lines(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def pins(lock: str) -> dict[str, set[str]]:
    """Locked versions by package: more than one where Python's version decides."""
    found: dict[str, set[str]] = {}
    for match in filter(None, map(PINNED.fullmatch, lines(lock))):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def asked(extras: tuple[str, ...]) -> dict[str, str]:
    """What pyproject.toml asks for: package → version range."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    named = (NAMED.fullmatch(line) for line in wanted)
    return {match["name"].lower(): match["range"] for match in named if match}


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def within(version: str, bounds: str) -> bool:
    """Whether a version lies in a range of plain ``>=`` and ``<`` bounds, all we use."""
    lower = (numbers(bound[2:]) for bound in bounds.split(",") if bound.startswith(">="))
    upper = (numbers(bound[1:]) for bound in bounds.split(",") if bound.startswith("<"))
    mine = numbers(version)
    return all(mine >= bound for bound in lower) and all(mine < bound for bound in upper)


@each_lock
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    strange = [
        line for line in lines(lock) if not (PINNED.fullmatch(line) or HASHED.fullmatch(line))
    ]
    assert not strange


@each_lock
def test_everything_asked_for_is_locked_within_its_range(lock: str) -> None:
    locked = pins(lock)
    for name, bounds in asked(LOCKS[lock]).items():
        assert locked.get(name), f"{name} is not in {lock}: make it anew"
        assert all(within(version, bounds) for version in locked[name]), name


@each_lock
def test_the_heavy_fork_is_never_pulled_in(lock: str) -> None:
    assert not set(pins(lock)) & {"argostranslate", "stanza", "torch"}


def test_both_locks_agree() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert run.items() <= dev.items()


def test_the_readme_names_the_lock() -> None:
    assert "requirements.txt" in (ROOT / "README.md").read_text(encoding="utf-8")
