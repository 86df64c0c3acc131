"""The house stands: each part imports only those before it, and keeps to its own trade."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "provenance"
PICTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

# The order of the flow; docs/architecture.md draws the same.
ORDER = (
    "errors",
    "model",
    "languages",
    "reading",
    "naming",
    "quoting",
    "translating",
    "matching",
    "tracing",
    "store",
    "pipeline",
    "questions",
    "reviewing",
    "export",
    "explore",
    "cli",
)
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))
# Each takes over a tenth of a second to import, and --help has three tenths in all.
HEAVY = {"argostranslate", "ctranslate2", "datasette", "networkx", "onnxruntime", "trafilatura"}

SQL = re.compile(r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bCREATE TABLE\b", re.DOTALL)

each_module = pytest.mark.parametrize("module", MODULES)


def part(module: str) -> str:
    """The part a module belongs to: ``quoting`` for provenance/quoting/_spans.py."""
    below = module.split("/")[1]
    return below.removesuffix(".py")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=module)


def imported(module: str) -> Iterator[str]:
    """Dotted names a module imports anywhere in it, lazily or not, relative ones resolved."""
    package = module.removesuffix(".py").removesuffix("/__init__").split("/")
    inside = package if module.endswith("__init__.py") else package[:-1]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = inside[: len(inside) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def parts_used(module: str) -> set[str]:
    own = (name.split(".") for name in imported(module))
    return {names[1] for names in own if names[0] == "provenance" and len(names) > 1}


def libraries(module: str) -> set[str]:
    return {name.split(".")[0] for name in imported(module)}


@each_module
def test_a_part_imports_only_those_before_it(module: str) -> None:
    if part(module) == "__init__":
        pytest.skip("the public face re-exports from every part")
    place = ORDER.index(part(module))
    ahead = {used for used in parts_used(module) & set(ORDER) if ORDER.index(used) > place}
    assert not ahead, f"{part(module)} must not know {', '.join(sorted(ahead))}"


@each_module
def test_only_the_store_and_the_explorer_know_sql(module: str) -> None:
    if part(module) in {"store", "explore"}:
        return
    assert not libraries(module) & {"sqlite3", "sqlite_utils"}
    texts = (n.value for n in ast.walk(tree(module)) if isinstance(n, ast.Constant))
    assert not [text for text in texts if isinstance(text, str) and SQL.search(text)]


@each_module
def test_only_the_command_line_knows_the_terminal(module: str) -> None:
    if part(module) in {"cli", "explore"}:
        return
    assert not libraries(module) & {"click", "rich"}
    calls = (node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]


def test_importing_any_part_is_cheap() -> None:
    faces = [f"provenance.{name}" for name in ORDER]
    asked = f"import sys, {', '.join(faces)}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not set(loaded) & HEAVY


def test_every_part_of_the_package_has_its_place() -> None:
    here = {entry.name.removesuffix(".py") for entry in PACKAGE.iterdir() if _is_part(entry)}
    assert here == set(ORDER)


def _is_part(entry: Path) -> bool:
    if entry.name.startswith(("_", ".")):
        return False
    return entry.suffix == ".py" or (entry / "__init__.py").is_file()


@pytest.mark.parametrize("name", ORDER)
def test_the_picture_names_every_part(name: str) -> None:
    assert f"`{name}" in PICTURE


def test_the_picture_draws_the_parts_in_order() -> None:
    drawing = PICTURE.split("```")[1]
    drawn = [name for name in re.findall(r"^\W*(\w+)", drawing, re.MULTILINE) if name in ORDER]
    assert drawn == [name for name in ORDER if name != "errors"]
