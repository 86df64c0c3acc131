"""Opening a database: made when missing, and one clear line when it cannot be."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from provenance.errors import StoreError
from provenance.store import open_store
from provenance.store._connection import explained
from tests.store import given


def spoiled(path: Path, *statements: str) -> Path:
    with open_store(path):
        pass
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()
    return path


def refusal(path: Path, **how: bool) -> str:
    with pytest.raises(StoreError) as caught, open_store(path, **how):
        pass
    said = str(caught.value)
    assert "\n" not in said
    assert path.name in said
    return said


def test_a_missing_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "case.db"
    with open_store(path) as store:
        assert store.status().counts["documents"] == 0
    assert path.exists()


@pytest.mark.parametrize("how", [{"create": False}, {"read_only": True}])
def test_a_missing_file_is_not_made_unasked(path: Path, how: dict[str, bool]) -> None:
    assert "provenance add makes one" in refusal(path, **how)
    assert not path.exists()


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"plain text, nothing more", b"\x00\xff" * 4000])
def test_a_file_of_something_else_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "is not a database" in refusal(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_alone(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()
    before = path.read_bytes()
    assert "not one made by provenance" in refusal(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    assert "holds nothing yet" in refusal(path, read_only=True)
    with open_store(path) as store:
        assert store.status().counts["quotes"] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('provenance', '0099_later', '2030')",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_versions_database_is_left_alone(
    path: Path, statement: str, read_only: bool
) -> None:
    spoiled(path, statement)
    assert "newer version" in refusal(path, read_only=read_only)


def test_migrating_twice_changes_nothing(path: Path) -> None:
    def looks(path: Path) -> list[tuple[str, ...]]:
        raw = sqlite3.connect(path)
        schema = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        applied = raw.execute("SELECT * FROM _sqlite_migrations").fetchall()
        raw.close()
        return schema + applied

    with open_store(path):
        pass
    before, content = looks(path), path.read_bytes()
    with open_store(path):
        pass
    assert looks(path) == before
    assert path.read_bytes() == content


def test_a_half_migrated_database_is_completed_only_for_writing(path: Path) -> None:
    spoiled(path, "DELETE FROM _sqlite_migrations WHERE migration_set = 'provenance'")
    assert "older version" in refusal(path, read_only=True)


def test_a_locked_database_is_named_as_such(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.store._opening.PATIENCE", 0.05)
    with given.opened(path) as (store, run):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            given.add(store, run)
        other.execute("ROLLBACK")
        assert given.add(store, run).status == "new"
        other.close()


def test_readers_do_not_wait_for_a_writer(path: Path) -> None:
    with given.opened(path) as (store, run), store.atomic():
        given.add(store, run)
        with open_store(path, read_only=True) as reader:
            assert reader.status().counts["documents"] == 0


def test_nothing_is_written_through_a_read_only_store(path: Path) -> None:
    with given.opened(path):
        pass
    with (
        open_store(path, read_only=True) as store,
        pytest.raises(StoreError, match="cannot be written"),
        store.run("test", {}) as run,
    ):
        given.add(store, run)


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who may only do what the file's mode says; root may do anything, so it steps
    down for as long."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def sealed(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with one document in a folder where nothing may be written."""
    with given.opened(path) as (store, run):
        given.add(store, run)
    base = tmp_path_factory.getbasetemp()
    modes = {folder: folder.stat().st_mode for folder in (path.parent, base, base.parent)}
    for folder in modes:
        folder.chmod(0o555)
    path.chmod(0o444)
    yield path
    for folder, mode in modes.items():
        folder.chmod(mode)


@pytest.mark.skipif(sys.platform == "win32", reason="rights work differently there")
def test_a_read_only_file_can_be_read_but_not_written(sealed: Path) -> None:
    with without_rights():
        with open_store(sealed, read_only=True) as store:
            assert store.status().counts["documents"] == 1
        assert re.search("cannot be (written|opened)", refusal(sealed))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("database or disk is full", "disk is full"),
        ("database disk image is malformed", "is damaged"),
        ("attempt to write a readonly database", "read-only"),
        ("disk I/O error", "disk reports an error"),
        ("no such function: x", "no such function"),
    ],
)
def test_what_sqlite_reports_is_told_in_one_plain_line(said: str, meant: str) -> None:
    told = str(explained(sqlite3.OperationalError(said), "case.db"))
    assert meant in told
    assert told.startswith("case.db")


def test_a_number_beyond_all_keys_is_refused_in_one_plain_line(path: Path) -> None:
    with given.opened(path) as (store, _), pytest.raises(StoreError, match="no number as large"):
        store.chain(2**64)


def test_a_damaged_database_is_named_as_such(path: Path) -> None:
    with given.opened(path) as (store, run):
        for number in range(60):
            given.add(store, run, f"{number} " + given.TEXT * 20)
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError), open_store(path) as store:
        list(store.documents())
