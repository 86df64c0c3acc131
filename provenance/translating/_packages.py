"""Installed Argos packages, read from their folders without importing argostranslate.

A package is a folder with ``metadata.json``, a CTranslate2 model in ``model/`` and the
tokenizer ``sentencepiece.model`` or ``bpe.model``. A folder that is none is reported, and
the others go on working.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from provenance.model import Unreadable

_TOKENIZERS = ("sentencepiece.model", "bpe.model")


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package: from which language to which, its version, its folder.

    `prefix` is a token some models want before every output; `size` is in bytes.
    """

    source: str
    target: str
    version: str
    path: Path
    prefix: str = ""
    size: int = 0

    @property
    def name(self) -> str:
        """``ru_en 1.9``, as it is recorded with every translation."""
        return f"{self.source}_{self.target} {self.version}".rstrip()


def directories() -> tuple[Path, ...]:
    """The folders packages lie in, as argostranslate settles it: environment, file, default."""
    set_folder = _setting("ARGOS_PACKAGES_DIR")
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    first = Path(set_folder) if set_folder else data / "argos-translate" / "packages"
    legacy = os.environ.get("ARGOS_TRANSLATE_PACKAGE_DIR")
    return (first, Path(legacy)) if legacy and Path(legacy) != first else (first,)


def _setting(name: str) -> str:
    """A setting of argostranslate's: the environment, else its settings file."""
    if name in os.environ:
        return os.environ[name]
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    try:
        stored = json.loads((home / "argos-translate" / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(stored.get(name) or "") if isinstance(stored, dict) else ""


def packages() -> tuple[Package, ...]:
    """The packages that can translate, by source, target and falling version."""
    found = (entry for entry in _survey() if isinstance(entry, Package))
    return tuple(sorted(found, key=lambda p: (p.source, p.target, _newest_first(p.version))))


def broken() -> tuple[Unreadable, ...]:
    """What lies in the packages folder and is no package, with the reason."""
    return tuple(entry for entry in _survey() if isinstance(entry, Unreadable))


def _survey() -> Iterator[Package | Unreadable]:
    for directory in directories():
        try:
            entries = sorted(directory.iterdir())
        except OSError:
            continue
        for entry in entries:
            if not entry.name.startswith("."):
                yield read_package(entry)


def read_package(folder: Path) -> Package | Unreadable:
    """The package in `folder`, or why there is none."""
    if not folder.is_dir():
        return Unreadable(str(folder), "a stray file among the packages")
    try:
        stamp = (folder / "metadata.json").stat().st_mtime_ns
    except OSError:
        return Unreadable(str(folder), "no metadata.json: a stray folder or half a package")
    return _read_package(folder, stamp)


@cache
def _read_package(folder: Path, _stamp: int) -> Package | Unreadable:
    try:
        stored = json.loads((folder / "metadata.json").read_text("utf-8"))
        source, target = stored["from_code"], stored["to_code"]
    except (OSError, ValueError, KeyError, TypeError):
        return Unreadable(str(folder), "metadata.json does not say from and to which language")
    if not (isinstance(source, str) and isinstance(target, str)):
        return Unreadable(str(folder), "no translation package")
    if missing := _missing(folder):
        return Unreadable(str(folder), f"half a package: {missing} is missing")
    return _package(folder, source, target, stored)


def _missing(folder: Path) -> str:
    if not (folder / "model" / "model.bin").is_file():
        return "model/model.bin"
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        return " or ".join(_TOKENIZERS)
    return ""


def _package(folder: Path, source: str, target: str, stored: Mapping[str, Any]) -> Package:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    version, prefix = stored.get("package_version", ""), stored.get("target_prefix", "")
    return Package(source, target, str(version), folder, str(prefix or ""), size)


def _newest_first(version: str) -> tuple[int, ...]:
    """A key that puts higher versions before lower ones."""
    return tuple(
        -int(part) if part.isascii() and part.isdigit() else 0 for part in version.split(".")
    )


def route(source: str, target: str) -> tuple[Package, ...]:
    """The packages that lead from one language to another: one, or two through English.

    Empty when nothing installed does.
    """
    best: dict[tuple[str, str], Package] = {}
    for package in packages():
        best.setdefault((package.source, package.target), package)
    if direct := best.get((source, target)):
        return (direct,)
    there, on = best.get((source, "en")), best.get(("en", target))
    return (there, on) if there and on else ()
