"""The documents keep up with the program: links lead somewhere, commands exist as shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from provenance.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "seeds" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

each_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix()
)

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)
PLACE = re.compile(r"`((?:provenance|benchmarks|training|tests|seeds|db|docs)/[\w/.]+)`")
MODULE = re.compile(r"python -m\s+((?:benchmarks|training)(?:\.\w+)+)")
SHELL = re.compile(r"^```(?:sh|console)\n(?P<lines>.*?)^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as the usual renderers make them."""
    words = (match["words"].lower() for match in HEADING.finditer(page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in words}


def shown(page: Path) -> Iterator[list[str]]:
    """Words of each ``provenance …`` command in the page's shell examples."""
    for block in SHELL.finditer(page.read_text("utf-8")):
        for line in block["lines"].splitlines():
            for command in re.split(r"&&|\|(?!\|)|[<>]", line.removeprefix("$ ")):
                words = shlex.split(command, comments=True)
                if words and Path(words[0]).name == "provenance":
                    yield words[1:]


def resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that `words` call, and what is left of them."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(click.Context(command), words[0])
        assert below is not None, f"there is no command {words[0]!r}"
        command, words = below, words[1:]
    return command, words


@each_page
def test_relative_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for match in LINK.finditer(page.read_text("utf-8")):
        file, _, anchor = match["target"].partition("#")
        if "://" in file:
            continue
        target = page.parent / file if file else page
        assert target.exists(), match["target"]
        assert not anchor or anchor in anchors(target), match["target"]


@each_page
def test_files_and_modules_named_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    modules = [ROOT / name.replace(".", "/") for name in MODULE.findall(text)]
    assert [name for name in PLACE.findall(text) if not (ROOT / name).exists()] == []
    assert [at for at in modules if not (at.is_dir() or at.with_suffix(".py").is_file())] == []


@each_page
def test_commands_are_shown_as_they_are(page: Path) -> None:
    for words in shown(page):
        command, rest = resolved(words)
        known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
        known |= set(command.get_help_option_names(click.Context(command)))
        known |= {"--version"} if command is cli else set()
        options = [word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)]
        assert set(options) <= known, words


def test_the_reference_and_the_worked_case_are_what_the_program_says(worked_case: Path) -> None:
    check = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check", str(worked_case)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        check, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stderr}: run python docs/generate.py"


def test_the_readme_lists_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in cli.list_commands(click.Context(cli)) if f"`{name}" not in readme]
    assert not missing


def test_the_readme_links_every_page() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    pages = (page.relative_to(ROOT).as_posix() for page in PAGES[2:])
    assert [page for page in pages if f"({page})" not in readme] == []


def test_two_commands_of_the_readme_do_all_the_set_up() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    first, second = [match["lines"].splitlines() for match in SHELL.finditer(readme)][:2]
    assert len(first) == len(second) == 1
    assert first[0].endswith("provenance demo")
    assert second[0].endswith("pytest")


def test_help_is_instant() -> None:
    """Nothing heavy is loaded to print help: no reading, matching or storing part at all."""
    asked = (
        "import sys\nfrom provenance.cli import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "print(*(m for m in sys.modules if m.startswith('provenance.')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    parts = {name.split(".")[1] for name in done.stderr.split()}
    assert parts <= {"cli", "errors", "model"}
