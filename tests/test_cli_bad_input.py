"""Bad input costs one clear line on stderr and the right exit code; all else is done.

Everything here goes through the real command in its own process, as at a terminal.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, str(ROOT / "cli.py")]
PATIENCE = 60  # seconds: far more than any of these takes, so that a hang fails

DONE, NO, INTERRUPTED = 0, 1, 130

ENGLISH = (
    "“We will rebuild the bridge this summer,” Mayor Ann Lee told the Harbour Post on Friday.\n"
)
RUSSIAN = "«Мы восстановим мост этим летом», — заявила мэр Анна Лебедева газете в пятницу.\n"


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PROVENANCE_DB"}
    return {**kept, "ORT_DISABLE_TELEMETRY": "1", "PYTHONIOENCODING": "utf-8"}


def provenance(*words: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        input=stdin,
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Lines on stderr, none of them a stranger's or part of a traceback."""
    assert "Traceback" not in done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("Error")]


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command says no."""
    assert done.returncode == NO, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty sources such as a reporter's folder holds; one more is named but missing."""
    folder = tmp_path_factory.mktemp("pile")
    for number in range(12):
        text = ENGLISH.replace("this summer", f"in {2030 + number}")
        (folder / f"good{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "cyrillic-1251.txt").write_bytes((RUSSIAN * 5).encode("cp1251"))
    (folder / "utf-16.txt").write_bytes((RUSSIAN * 2).encode("utf-16"))
    (folder / "mojibake.txt").write_bytes(RUSSIAN.encode().decode("latin-1").encode())
    (folder / "mixed.txt").write_bytes(ENGLISH.encode() + RUSSIAN.encode("cp1251"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "no-article.html").write_text("<html><body><nav></nav></body></html>")
    (folder / "one-line.txt").write_bytes(b"a word and " * 2_000_000)
    return folder


@pytest.fixture(scope="module")
def added(pile: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    """What `add` did with all of them at once, and the database."""
    database = pile.parent / "pile.db"
    sources = sorted(pile.iterdir())
    sources.insert(7, pile / "missing.txt")
    return provenance("add", "-d", database, *sources), database


UNREADABLE = ["missing.txt", "empty.txt", "no-article.html", "one-line.txt", "picture.txt"]


def test_each_bad_source_among_twenty_is_told_in_one_line(
    added: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, _ = added
    assert done.returncode == NO
    told = complaints(done)
    assert sorted(name for name in UNREADABLE if any(name in line for line in told)) == sorted(
        UNREADABLE
    )
    assert len(told) == len(UNREADABLE)


def test_everything_else_is_stored(
    added: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, database = added
    assert len(list(rows(database, "SELECT id FROM documents"))) == 16


def test_old_encodings_are_read_as_what_they_are(
    added: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    """Windows-1251 and UTF-16 are; mojibake and a file in two encodings may stay as they are."""
    _, database = added
    texts = [text for (text,) in rows(database, "SELECT text FROM documents")]
    assert len([text for text in texts if "Мы восстановим мост этим летом" in text]) >= 2


def rows(database: Path, query: str) -> Iterator[tuple[str, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        yield from connection.execute(query)
    finally:
        connection.close()


def test_a_broken_line_among_json_lines_costs_that_line_only() -> None:
    good = [json.dumps({"id": name, "text": RUSSIAN}) for name in ("first", "third")]
    lines = "\n".join([good[0], '{"id": "second", "text": ', good[1]])
    done = provenance("detect", "--input", "jsonl", "--nl", stdin=lines.encode())
    assert done.returncode == NO
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["first", "third"]
    (told,) = complaints(done)
    assert "line 2" in told


def test_a_line_of_twenty_megabytes_does_not_stop_the_lines_after_it() -> None:
    giant = json.dumps({"id": "giant", "text": "«слово " * 1_700_000})
    small = json.dumps({"id": "small", "text": ENGLISH})
    done = provenance("quotes", "--input", "jsonl", "--nl", stdin=f"{giant}\n{small}\n".encode())
    assert "small" in [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- databases


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def test_a_file_that_is_no_database_is_refused_and_left_alone(article: Path) -> None:
    notes = article.with_name("notes.db")
    notes.write_text("Call Ann back about the bridge.\n" * 100)
    before = notes.read_bytes()
    assert "notes.db" in refused(provenance("add", "-d", notes, article))
    assert notes.read_bytes() == before


def test_somebody_else_s_database_is_refused_and_left_alone(article: Path) -> None:
    foreign = article.with_name("foreign.db")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT)")
    before = foreign.read_bytes()
    assert "foreign.db" in refused(provenance("add", "-d", foreign, article))
    assert foreign.read_bytes() == before


def test_a_missing_database_is_not_made_by_asking_it(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert "missing.db" in refused(provenance("trace", "-d", missing, "the bridge"))
    assert not missing.exists()


def test_a_locked_database_is_told_as_such(
    added: tuple[subprocess.CompletedProcess[str], Path], article: Path
) -> None:
    _, database = added
    holder = sqlite3.connect(database, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        assert "in use by another program" in refused(provenance("add", "-d", database, article))
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_a_database_from_a_newer_version_is_refused_and_left_alone(article: Path) -> None:
    newer = article.with_name("newer.db")
    assert provenance("add", "-d", newer, article).returncode == DONE
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9999")
    assert "newer version" in refused(provenance("add", "-d", newer, article))
    assert "newer version" in refused(provenance("status", "-d", newer))


def test_a_full_disk_leaves_a_sound_database(article: Path) -> None:
    database = article.with_name("full.db")
    assert provenance("add", "-d", database, article).returncode == DONE
    kept = list(rows(database, "SELECT text FROM documents"))
    more = "".join(json.dumps({"id": str(n), "text": ENGLISH * (n + 2)}) + "\n" for n in range(60))
    limit = database.stat().st_size

    done = subprocess.run(
        [*COMMAND, "add", "-d", str(database), "--input", "jsonl"],
        input=more.encode(),
        capture_output=True,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == NO
    told = done.stderr.decode().splitlines()
    assert len(told) == 1
    assert told[0].startswith("Error: ")
    assert list(rows(database, "PRAGMA integrity_check")) == [("ok",)]
    assert set(kept) <= set(rows(database, "SELECT text FROM documents"))


# ---------------------------------------------------------------- Ctrl-C


def test_ctrl_c_keeps_what_was_finished_and_the_next_run_goes_on(tmp_path: Path) -> None:
    database = tmp_path / "stopped.db"
    lines = [
        json.dumps({"id": f"d{number}", "text": ENGLISH.replace("summer", f"summer of {number}")})
        for number in range(300)
    ]
    words = [*COMMAND, "add", "-d", str(database), "--input", "jsonl", "--nl"]
    running = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(), "PYTHONUNBUFFERED": "1"},
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("".join(f"{line}\n" for line in lines[:3]))
    running.stdin.flush()
    finished = [json.loads(running.stdout.readline())["id"] for _ in range(2)]
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == INTERRUPTED
    assert "Traceback" not in told
    assert len(told.splitlines()) <= 2

    again = provenance(*words[2:], stdin="\n".join(lines[:3]).encode())
    assert again.returncode == DONE
    outcome = {r["id"]: r["status"] for r in map(json.loads, again.stdout.splitlines())}
    assert [outcome[name] for name in finished] == ["unchanged", "unchanged"]
    assert len(outcome) == 3
    assert list(rows(database, "PRAGMA integrity_check")) == [("ok",)]


# ---------------------------------------------------------------- hostile text

HOSTILE = (
    "\x1b]0;owned\x07\x1b[31m“We \u202ewill\u202c rebuild'); DROP TABLE documents; -- the bridge,”"
    ' said Mayor <script>alert(1)</script> Ann\x00 Lee \x1b[2J. =HYPERLINK(1) \ud800 NEAR(" * ^\n'
)
QUERY = "\" OR NEAR( rebuild* AND 'bridge') : ^ -- \x1b[31m {column} %s"


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    database = tmp_path / "hostile.db"
    line = json.dumps({"id": "h\x1b[1m", "text": HOSTILE, "outlet": "x\x1b[2J'; --"}) + "\n"
    assert provenance(
        "add", "-d", database, "--input", "jsonl", stdin=line.encode()
    ).returncode in {
        DONE,
        NO,
    }
    for words in (
        ("trace", "-d", database, QUERY),
        ("audit", "-d", database, "--input", "jsonl"),
        ("match", "-d", database, "--input", "jsonl", "--nl"),
    ):
        done = provenance(*words, stdin=line.encode() if "jsonl" in words else b"")
        assert "Traceback" not in done.stderr
        assert not {"\x1b", "\u202e", "\x00"} & set(done.stdout + done.stderr)
    assert list(rows(database, "PRAGMA integrity_check")) == [("ok",)]


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    line = json.dumps({"id": "1", "text": ENGLISH}) + "\n"
    articles.write_text(line * 3000)
    running = subprocess.Popen(
        [*COMMAND, "detect", "--input", "jsonl", "--nl", str(articles)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    _, told = running.communicate(timeout=PATIENCE)
    assert told == b""


def test_a_file_that_is_no_json_lines_at_all_is_told_in_some_lines(tmp_path: Path) -> None:
    path = tmp_path / "article.jsonl"
    path.write_text(ENGLISH * 500, encoding="utf-8")
    done = provenance("detect", "--nl", path)
    assert done.returncode == NO
    told = complaints(done)
    assert len(told) == 21
    assert "line 20:" in told[19]
    assert "480 more" in told[20]


def test_a_name_cannot_write_lines_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a\nError: all is lost.txt").write_bytes(b"")
    assert "is empty" in refused(provenance("detect", "--nl", tmp_path))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
def test_a_full_disk_behind_the_answer_is_told_in_one_line(article: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "detect", "--nl", str(article)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == NO
    (told,) = done.stderr.decode().splitlines()
    assert "cannot write the answer" in told
