"""Installed packages, read from their folders without importing argostranslate.

An Argos package is a folder with ``metadata.json``, a CTranslate2 model in ``model/`` and the
tokenizer ``sentencepiece.model`` or ``bpe.model``. A folder of one's own holds a converted
OPUS-MT model (``model.bin``, ``source.spm``, ``target.spm``) or NLLB (``model.bin``,
``sentencepiece.bpe.model``) and a ``metadata.json`` that says from which language to which.
A folder that is none of these is reported, and the others go on working.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from provenance.model import Unreadable

_TOKENIZERS = ("sentencepiece.model", "bpe.model", "source.spm", "sentencepiece.bpe.model")
_OWN = ("source.spm", "sentencepiece.bpe.model")  # tokenizers Argos packages do not have
_STRAY = "no metadata.json: a stray folder or half a package"
_UNTOLD = (
    "a model without metadata.json: put one beside it that says from which language to which, "
    'as {"from_code": "ru", "to_code": "en"}'
)
_END = "</s>"  # what OPUS-MT and NLLB want at the end of their input


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package: from which language to which, its version, its folder.

    `prefix` is a token some models want before every output, `opening` and `closing` those
    around every input; `size` is in bytes. `engine` is ``argos``, or ``ctranslate2`` for a
    folder of one's own.
    """

    source: str
    target: str
    version: str
    path: Path
    prefix: str = ""
    size: int = 0
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    engine: str = "argos"

    @property
    def model(self) -> Path:
        """The folder of the CTranslate2 model."""
        inner = self.path / "model"
        return inner if (inner / "model.bin").is_file() else self.path

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


def own_directory() -> Path:
    """Where folders that are no Argos packages are installed: beside the packages."""
    return directories()[0].parent / "provenance-models"


def own_folders() -> tuple[Path, ...]:
    """The folders ``$PROVENANCE_MODELS`` names (separated as in ``$PATH``), used in place."""
    named = os.environ.get("PROVENANCE_MODELS", "").split(os.pathsep)
    return tuple(Path(folder).expanduser() for folder in named if folder)


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
    for directory in (*directories(), own_directory()):
        try:
            entries = sorted(directory.iterdir())
        except OSError:
            continue
        for entry in entries:
            if not entry.name.startswith("."):
                yield from read_packages(entry)
    for folder in own_folders():
        yield from read_packages(folder)


def read_package(folder: Path) -> Package | Unreadable:
    """The package in `folder`, or why there is none; the first where it serves many pairs."""
    return read_packages(folder)[0]


def read_packages(folder: Path) -> tuple[Package | Unreadable, ...]:
    """The packages in `folder`, one a pair of languages, or why there is none."""
    if not folder.is_dir():
        return (Unreadable(str(folder), "a stray file among the packages"),)
    try:
        stamp = (folder / "metadata.json").stat().st_mtime_ns
    except OSError:
        own = (folder / "model.bin").is_file()
        return (Unreadable(str(folder), _UNTOLD if own else _STRAY),)
    return _read_packages(folder, stamp)


@cache
def _read_packages(folder: Path, _stamp: int) -> tuple[Package | Unreadable, ...]:
    try:
        stored = json.loads((folder / "metadata.json").read_text("utf-8"))
        pairs = _pairs(stored)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        reason = "metadata.json does not say from and to which language"
        return (Unreadable(str(folder), reason),)
    if not all(isinstance(code, str) for pair in pairs for code in pair):
        return (Unreadable(str(folder), "no translation package"),)
    if missing := _missing(folder):
        return (Unreadable(str(folder), f"half a package: {missing} is missing"),)
    return tuple(_package(folder, source, target, stored) for source, target in pairs)


def _pairs(stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The pairs a folder serves: one; any two of ``languages`` (code to NLLB token); or out
    of each of ``sources`` (code to what opens its input) into one."""
    if languages := stored.get("languages"):
        return list(permutations(sorted(languages.keys()), 2)) or [("", "")]
    if sources := stored.get("sources"):
        return [(source, stored["to_code"]) for source in sorted(sources.keys())]
    return [(stored["from_code"], stored["to_code"])]


def _missing(folder: Path) -> str:
    if not any((folder / place).is_file() for place in ("model/model.bin", "model.bin")):
        return "model/model.bin"
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        return " or ".join(_TOKENIZERS)
    if (folder / "source.spm").is_file() and not (folder / "target.spm").is_file():
        return "target.spm"
    return ""


def _package(folder: Path, source: str, target: str, stored: Mapping[str, Any]) -> Package:
    own = any((folder / name).is_file() for name in _OWN)
    tokens = stored.get("languages") or {}
    prefix = tokens.get(target) or stored.get("target_prefix") or ""
    told = (stored.get("sources") or {}).get(source)
    opening = tokens.get(source) or told or stored.get("source_prefix") or ""
    closing = stored.get("source_suffix", _END if own and not _ends_itself(folder) else "")
    return Package(
        source,
        target,
        str(stored.get("package_version", "")),
        folder,
        str(prefix),
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        tuple(str(opening).split()),
        tuple(str(closing).split()),
        "ctranslate2" if own else "argos",
    )


def _ends_itself(folder: Path) -> bool:
    """Whether the converted model adds the end of the input by itself."""
    for place in (folder / "model" / "config.json", folder / "config.json"):
        try:
            configured = json.loads(place.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return isinstance(configured, dict) and bool(configured.get("add_source_eos"))
    return False


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
