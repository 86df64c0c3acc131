"""Packages listed, installed, checked and removed; harm refused before it is done."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from provenance.errors import TranslationError
from provenance.translating import models
from tests.translating.conftest import PACKAGES

RUSSIAN = PACKAGES / "ru_en.argosmodel"

pytestmark = pytest.mark.usefixtures("socket_disabled")


def packed(path: Path, members: dict[str, bytes], link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            if name == link:
                entry.external_attr = 0o120777 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


ABOUT = json.dumps({"from_code": "ru", "to_code": "en"}).encode()


def test_a_package_file_is_installed_as_argostranslate_would(empty: Path) -> None:
    found = models.install_file(RUSSIAN)
    assert (found.source, found.target, found.version) == ("ru", "en", "1.0")
    assert found.path.parent == empty
    assert models.packages() == (found,)
    assert models.verify(found) == ()
    assert models.info(found)["size"] > 100_000

    from argostranslate import package

    assert [(p.from_code, p.to_code) for p in package.get_installed_packages([empty])] == [
        ("ru", "en")
    ]


def test_installing_twice_is_installing_once(empty: Path) -> None:
    assert models.install_file(RUSSIAN) == models.install_file(RUSSIAN)
    assert [path.name for path in empty.iterdir()] == ["ru_en"]
    assert [path.name for path in empty.parent.iterdir()] == ["packages"]


def test_a_changed_file_is_noticed(empty: Path) -> None:
    found = models.install_file(RUSSIAN)
    (found.path / "README.md").write_text("changed")
    assert models.verify(found) == ("README.md has changed since it was installed",)


def test_what_is_removed_is_gone(empty: Path) -> None:
    found = models.install_file(RUSSIAN)
    assert models.remove("ru", "en") == (found,)
    assert models.packages() == ()
    with pytest.raises(TranslationError, match="no package ru to en"):
        models.remove("ru", "en")


def test_stray_folders_and_half_packages_are_reported_and_harm_nothing(installed: Path) -> None:
    strays = [installed / "stray", installed / "half", installed / "odd"]
    try:
        strays[0].mkdir()
        shutil.copytree(installed / "ru_en", strays[1])
        (strays[1] / "model" / "model.bin").unlink()
        strays[2].mkdir()
        (strays[2] / "metadata.json").write_text("[]")
        reasons = {Path(b.source).name: b.reason for b in models.broken()}
        assert "no metadata.json" in reasons["stray"]
        assert "model.bin is missing" in reasons["half"]
        assert "metadata.json" in reasons["odd"]
        assert [(p.source, p.target) for p in models.packages()] == [("en", "de"), ("ru", "en")]
    finally:
        for folder in strays:
            shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("members", "link", "reason"),
    [
        ({"a/metadata.json": ABOUT, "a/../../evil": b"x"}, "", "outside its folder"),
        ({"a/metadata.json": ABOUT, "/etc/evil": b"x"}, "", "outside its folder"),
        ({"a/metadata.json": ABOUT, "a\\..\\..\\evil": b"x"}, "", "outside its folder"),
        ({"a/metadata.json": ABOUT, "a/model": b"/etc"}, "a/model", "a link"),
        ({"a/metadata.json": ABOUT, "a/bomb": b"\0" * 60_000_000}, "", "absurd size"),
        ({"a/metadata.json": ABOUT, "b/x": b"x"}, "", "one folder"),
        ({"a/readme": b"x"}, "", "no metadata.json"),
        ({"a/metadata.json": b"{}"}, "", "does not say"),
        ({"a/metadata.json": ABOUT}, "", "model.bin is missing"),
        ({}, "", "one folder"),
    ],
)
def test_a_harmful_or_useless_file_is_refused_and_leaves_nothing(
    empty: Path, tmp_path: Path, members: dict[str, bytes], link: str, reason: str
) -> None:
    file = packed(tmp_path / "bad.argosmodel", members, link)
    with pytest.raises(TranslationError, match=reason) as refusal:
        models.install_file(file)
    assert "\n" not in str(refusal.value)
    assert not empty.exists() or list(empty.iterdir()) == []
    assert not (tmp_path.parent / "evil").exists()
    assert {path.name for path in tmp_path.iterdir()} <= {"bad.argosmodel", "packages"}


def test_a_damaged_file_is_refused(empty: Path, tmp_path: Path) -> None:
    content = bytearray(RUSSIAN.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged = tmp_path / "damaged.argosmodel"
    damaged.write_bytes(bytes(content))
    with pytest.raises(TranslationError, match="damaged"):
        models.install_file(damaged)
    assert models.packages() == ()


@pytest.mark.parametrize("content", [b"", b"no zip", RUSSIAN.name.encode() * 100])
def test_no_archive_is_no_package(empty: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.argosmodel"
    file.write_bytes(content)
    with pytest.raises(TranslationError, match="no package file, or only a part of one"):
        models.install_file(file)
    with pytest.raises(TranslationError, match=r"no such file$"):
        models.install_file(tmp_path / "absent.argosmodel")
    with pytest.raises(TranslationError, match=r"no such file; a pair is two"):
        models.install_file("ru")


def test_offline_the_index_says_so_and_names_the_manual_way(empty: Path) -> None:
    for attempt in (models.available, lambda: models.install("ru", "en")):
        with pytest.raises(TranslationError, match="cannot be reached") as refusal:
            attempt()
        assert "models install FILE.argosmodel" in str(refusal.value)
        assert "\n" not in str(refusal.value)
