"""Argos packages as a user handles them: list, find, install, check, remove.

Installing goes through argostranslate's own installer and index, but never before the file
was looked at: what would write outside its folder, unpack to absurd size or is no package
is refused, and a package appears in its place whole or not at all. These are the only
functions of the project that may use the network, and only when called by name.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from provenance.errors import TranslationError
from provenance.model import Unreadable
from provenance.translating._engine import Engine
from provenance.translating._packages import (
    Package,
    broken,
    directories,
    own_directory,
    own_folders,
    packages,
    read_package,
)

__all__ = [
    "Available",
    "available",
    "broken",
    "info",
    "install",
    "install_file",
    "packages",
    "remove",
    "verify",
]

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes there will be (0 when not known)."""

_LARGEST = 4 << 30  # bytes unpacked; the largest published package has under 400 MB
_RATIO = 200  # unpacked over packed; model weights shrink by less than a half
_MEMBERS = 2000  # files; a package with its sentence splitter has under a hundred
_CHUNK = 1 << 20
_PATIENCE = 30  # seconds without a byte before a download is given up
_SUMS = "provenance-sums.json"
_BY_HAND = (
    "fetch the .argosmodel file on another machine, carry it here, and run: "
    "provenance models install FILE.argosmodel"
)


@dataclass(frozen=True, slots=True)
class Available:
    """A package the public index offers."""

    source: str
    target: str
    version: str
    source_name: str
    target_name: str
    links: tuple[str, ...]


def info(package: Package) -> dict[str, Any]:
    """What is known of an installed package, in plain values; `size` is in bytes."""
    readme = package.path / "README.md"
    return {
        "from": package.source,
        "to": package.target,
        "version": package.version,
        "size": package.size,
        "path": str(package.path),
        "readme": readme.read_text("utf-8", "replace") if readme.is_file() else "",
    }


def remove(source: str, target: str) -> tuple[Package, ...]:
    """Delete the packages of a pair and say which; raises when there is none.

    A folder that serves several pairs goes as a whole; one of ``$PROVENANCE_MODELS`` is
    not ours to delete, and is refused.
    """
    gone = tuple(p for p in packages() if (p.source, p.target) == (source, target))
    if not gone:
        raise TranslationError(f"no package {source} to {target} is installed")
    if own := next((p.path for p in gone if p.path in own_folders()), None):
        raise TranslationError(f"{own} is your own folder: take it out of PROVENANCE_MODELS")
    for package in gone:
        Engine(package).release()
        shutil.rmtree(package.path)
    return gone


def verify(package: Package) -> tuple[str, ...]:
    """What is wrong with an installed package: changed files, a model that does not load or
    does not know the tokens its metadata names.

    Empty when all is well.
    """
    wrong = [f"{name} has changed since it was installed" for name in _changed(package.path)]
    wrong += [f"its model knows no token {token!r}" for token in _unknown(package)]
    engine = Engine(package)
    try:
        engine.translate(["."])
    except TranslationError as error:
        wrong.append(str(error))
    finally:
        engine.release()
    return tuple(wrong)


def _unknown(package: Package) -> list[str]:
    """Tokens of the metadata that the model takes for an unknown word; [] where none can tell."""
    named = [*package.opening, *package.closing, *filter(None, [package.prefix])]
    known: set[str] = set()
    for path in sorted(package.model.glob("*_vocabulary.*")):
        text = path.read_text("utf-8", "replace")
        try:
            known.update(json.loads(text) if path.suffix == ".json" else text.splitlines())
        except (ValueError, TypeError):  # which the engine says better
            return []
    return [token for token in named if known and token not in known]


# ---------------------------------------------------------------- from a file


def install_file(path: str | Path) -> Package:
    """Install a package file, or a folder; raises `TranslationError` when it is not fit.

    An older package of the same pair stays beside it; the highest version is used. A folder
    of a converted OPUS-MT or NLLB model is copied, see `_packages`.
    """
    file = Path(path)
    if _is_folder(file):
        return _install_folder(file)
    _inspect(file)
    home = directories()[0]
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=".installing-") as staging:
            folder = _unpacked(file, Path(staging))
            _write_sums(folder)
            place = home / folder.name
            if place.exists():
                shutil.rmtree(place)
            folder.replace(place)
    except OSError as error:
        raise TranslationError(f"{file.name}: cannot be installed in {home}: {error}") from error
    found = read_package(place)
    if isinstance(found, Unreadable):
        raise TranslationError(f"{file.name}: {found.reason}")
    return found


def _install_folder(folder: Path) -> Package:
    """Copy a folder of one's own among the models, once it is known to translate."""
    found = read_package(folder)
    if isinstance(found, Unreadable):
        raise TranslationError(f"{folder.name}: {found.reason}")
    if wrong := verify(found):
        raise TranslationError(f"{folder.name}: {wrong[0]}")
    home = directories()[0] if found.engine == "argos" else own_directory()
    place = home / folder.resolve().name
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=".installing-") as staging:
            copied = Path(shutil.copytree(folder, Path(staging) / "copy"))
            _write_sums(copied)
            if place.exists():
                shutil.rmtree(place)
            copied.replace(place)
    except (OSError, shutil.Error) as error:
        raise TranslationError(f"{folder.name}: cannot be installed in {home}: {error}") from error
    installed = read_package(place)
    assert isinstance(installed, Package)  # what was copied is what was read
    return installed


def _is_folder(file: Path) -> bool:
    try:
        return file.is_dir()
    except (OSError, ValueError):
        return False  # words too long to be a name


def _inspect(file: Path) -> None:
    """Refuse a file that is no package or would do harm, before anything is written."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except FileNotFoundError:
        hint = (
            "" if file.suffix else f"; a pair is two languages: provenance models install {file} en"
        )
        raise TranslationError(f"{file}: no such file{hint}") from None
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise TranslationError(f"{file.name}: no package file, or only a part of one") from error
    if reason := _unfit(members):
        raise TranslationError(f"{file.name}: refused: {reason}")


def _unfit(members: list[zipfile.ZipInfo]) -> str:
    """Why these members are no package, or empty."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > _MEMBERS or unpacked > _LARGEST or unpacked > _RATIO * max(packed, 1 << 16):
        return "it would unpack to an absurd size"
    names = {member.filename for member in members}
    if reason := next((r for member in members if (r := _harmful(member))), ""):
        return reason
    tops = {PurePosixPath(name).parts[0] for name in names}
    if len(tops) != 1 or next(iter(tops)).startswith("."):
        return "a package is one folder"
    return "" if f"{tops.pop()}/metadata.json" in names else "it has no metadata.json"


def _harmful(member: zipfile.ZipInfo) -> str:
    """What unpacking a member would do that it must not, or empty."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]:
        return f"it would write outside its folder: {member.filename!r}"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return f"it holds a link: {member.filename!r}"
    return "it is encrypted" if member.flag_bits & 1 else ""


def _unpacked(file: Path, staging: Path) -> Path:
    """The package folder, unpacked by argostranslate into `staging`, checked and runnable."""
    installer = _argostranslate()
    settings, before = installer.settings, installer.settings.package_data_dir
    settings.package_data_dir = staging
    try:
        installer.install_from_path(file)
    except (OSError, zipfile.BadZipFile, RuntimeError, EOFError, ValueError) as error:
        raise TranslationError(f"{file.name}: damaged: {error}") from error
    finally:
        settings.package_data_dir = before
    folder = next(path for path in staging.iterdir() if path.is_dir())
    found = read_package(folder)
    if isinstance(found, Unreadable):
        raise TranslationError(f"{file.name}: {found.reason}")
    if wrong := verify(found):
        raise TranslationError(f"{file.name}: {wrong[0]}".replace(str(staging), ""))
    return folder


def _argostranslate() -> Any:
    """argostranslate's package module, with the telemetry of what it imports off."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import logging

    from argostranslate import package

    logging.getLogger("argostranslate").setLevel(logging.CRITICAL)
    logging.getLogger("argostranslate.utils").setLevel(logging.CRITICAL)
    return package


def _sums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SUMS)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_sums(folder: Path) -> None:
    (folder / _SUMS).write_text(json.dumps(_sums(folder), indent=1), "utf-8")


def _changed(folder: Path) -> list[str]:
    """Files that are not as they were when we installed them; [] for others' installs."""
    try:
        then = json.loads((folder / _SUMS).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    now = _sums(folder)
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


# ---------------------------------------------------------------- from the index


def available() -> tuple[Available, ...]:
    """What argostranslate's public index offers, read anew over the network.

    Raises `TranslationError` when the index cannot be had.
    """
    installer = _argostranslate()
    index = Path(installer.settings.local_package_index)
    before = index.stat().st_mtime_ns if index.is_file() else 0
    installer.update_package_index()  # logs a failure and returns
    if not index.is_file() or index.stat().st_mtime_ns == before:
        address = installer.settings.remote_package_index
        raise TranslationError(f"the package index cannot be reached ({address}); {_BY_HAND}")
    try:
        offered = installer.get_available_packages()
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise TranslationError(f"the package index is unreadable: {error}") from error
    return tuple(sorted(_offers(offered), key=lambda o: (o.source, o.target, o.version)))


def _offers(offered: list[Any]) -> Iterator[Available]:
    for entry in offered:
        if entry.type == "translate" and entry.from_code and entry.to_code:
            links = tuple(link for link in entry.links if link.startswith(("https:", "http:")))
            yield Available(
                entry.from_code,
                entry.to_code,
                str(entry.package_version),
                entry.from_name,
                entry.to_name,
                links,
            )


def install(source: str, target: str, progress: Progress | None = None) -> Package:
    """Download a pair's newest package from the index and install it.

    A download that broke off goes on where it stopped. Raises `TranslationError`.
    """
    offers = [o for o in available() if (o.source, o.target) == (source, target)]
    if not offers:
        raise TranslationError(f"the index offers no package {source} to {target}")
    offer = max(offers, key=lambda o: [int(p) for p in o.version.split(".") if p.isdecimal()])
    file = _downloaded(offer, progress)
    try:
        return install_file(file)
    finally:
        file.unlink(missing_ok=True)


def _downloaded(offer: Available, progress: Progress | None) -> Path:
    """The package file of an offer, from the first of its links that delivers."""
    folder = Path(_argostranslate().settings.downloads_dir)
    name = f"{offer.source}_{offer.target}-{offer.version}.argosmodel"
    part, reason = folder / f"{PurePosixPath(name).name}.part", "it has no link"
    for link in offer.links:
        try:
            _fetch(link, part, progress)
        except (OSError, ValueError) as error:
            if getattr(error, "code", 0) == 416:  # the part is no beginning of this file
                part.unlink(missing_ok=True)
            reason = str(error)
            continue
        return part.replace(part.with_suffix(""))
    again = "run this again to go on where it stopped, or " if part.is_file() else ""
    raise TranslationError(f"{name} cannot be downloaded: {reason}; {again}{_BY_HAND}")


def _fetch(link: str, part: Path, progress: Progress | None) -> None:
    """Bring the bytes of `link` into `part`, going on where an earlier try stopped."""
    here = part.stat().st_size if part.is_file() else 0
    asked = {"Range": f"bytes={here}-"} if here else {}
    with _opened(urllib.request.Request(link, headers=asked)) as answer:
        resumed = answer.status == 206
        here = here if resumed else 0
        length = int(answer.headers.get("Content-Length") or 0)
        total = here + length if length else 0
        if progress is not None:
            progress(here, total)
        with part.open("ab" if resumed else "wb") as stream:
            while chunk := answer.read(_CHUNK):
                here += stream.write(chunk)
                if progress is not None:
                    progress(here, total)
    if total > here:
        raise OSError(f"the connection broke after {here} of {total} bytes")


@contextmanager
def _opened(request: urllib.request.Request) -> Iterator[Any]:
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        yield answer
