"""Nothing leaves the machine: the whole flow in a process that may not open a connection."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "seeds" / "blog-ria.md"
PACKAGE = ROOT / "tests" / "translating" / "packages" / "ru_en.argosmodel"

# Runs each command given as JSON lines on standard input, in one process. An audit hook
# sees every connection and look-up Python can make and cannot be caught or undone, so that
# an attempt which the program would swallow still ends the process.
GUARDED = """
import json, os, sys

FORBIDDEN = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
             "urllib.Request", "os.system", "os.exec"}

def guard(event, arguments):
    if event in FORBIDDEN:
        os.write(2, f"attempted {event}{arguments!r}".encode("utf-8", "replace"))
        os._exit(99)

sys.addaudithook(guard)
from provenance.cli import cli

for line in sys.stdin:
    try:
        cli(json.loads(line), prog_name="provenance")
    except SystemExit as done:
        if done.code:
            sys.exit(done.code)
heavy = {"onnxruntime", "argostranslate"} & set(sys.modules)
if heavy and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
    sys.exit(f"loaded with telemetry on: {heavy}")
"""


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    folder = tmp_path_factory.mktemp("offline")
    database, again = str(folder / "demo.db"), folder / "again.md"
    article = (ROOT / "seeds" / "ria.md").read_text(encoding="utf-8")
    again.write_text(f"{article}\nПосле этого посол уехал.\n", encoding="utf-8")
    commands = [
        ["demo", "-d", database],
        ["detect", "--nl", str(ARTICLE)],
        ["quotes", "--nl", str(ARTICLE)],
        ["origin", "--nl", str(ARTICLE)],
        ["translate", "--nl", str(ROOT / "seeds" / "ria.md")],
        ["match", "-d", database, "--nl", str(ARTICLE)],
        ["trace", "-d", database, "--json", "a peace that cannot be defended"],
        ["audit", "-d", database, "--json", str(ARTICLE)],
        ["status", "-d", database, "--nl"],
        ["models", "install", str(PACKAGE)],
        ["models", "list", "--nl"],
        ["translate", "--nl", "--round-trip", str(ROOT / "seeds" / "ria.md")],
        ["add", "-d", database, str(again)],
        ["trace", "-d", database, "--json", "a peace that cannot be defended"],
        ["models", "info", "ru", "en"],
        ["models", "verify"],
        ["models", "remove", "ru", "en"],
    ]
    hidden = {"ORT_DISABLE_TELEMETRY", "PROVENANCE_DB"}
    return subprocess.run(
        [sys.executable, "-c", GUARDED],
        input="\n".join(map(json.dumps, commands)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in hidden}
        | {"ARGOS_PACKAGES_DIR": str(folder / "packages")},
        timeout=180,
        check=False,
    )


def test_the_whole_flow_opens_no_connection(offline: subprocess.CompletedProcess[str]) -> None:
    assert offline.returncode == 0, offline.stderr
    assert "attempted" not in offline.stderr


def test_every_command_answered(offline: subprocess.CompletedProcess[str]) -> None:
    for answer in ("Keir Starmer", '"language": "en"', '"origin":', '"matches":', '"verdict":'):
        assert answer in offline.stdout


def test_a_package_serves_the_flow_without_a_network(
    offline: subprocess.CompletedProcess[str],
) -> None:
    for answer in ('"translator": "argos"', "ru_en 1.0: sound", "1 new", "removed ru_en 1.0"):
        assert answer in offline.stdout


def test_the_guard_would_notice() -> None:
    attempt = 'import socket\nsocket.getaddrinfo("192.0.2.1", 80)'
    guarded = GUARDED.partition("from provenance")[0] + attempt
    done = subprocess.run([sys.executable, "-c", guarded], capture_output=True, check=False)
    assert done.returncode == 99
