"""`explore` as it runs: a server on loopback, in a process of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from provenance.errors import ProvenanceError
from provenance.explore import explore
from provenance.explore.plugin import POLICY
from tests.store import given

SERVING = """
import sys
from provenance.explore import explore

explore(sys.argv[1], "127.0.0.1", 0, False)
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serving") / "case.db"
    with given.opened(path) as (store, run):
        given.add(store, run, given.TEXT, given.full_quote())
    return path


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVING, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_it_answers_on_loopback_until_interrupted(
    server: subprocess.Popen[str], path: Path
) -> None:
    assert server.stdout is not None
    said = server.stdout.readline()
    start = next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
    address = start.removesuffix("/-/statements")
    assert str(path) in said
    with urllib.request.urlopen(f"{address}/quotes.json?_shape=array", timeout=20) as answer:
        assert given.SAID in answer.read().decode()
    with urllib.request.urlopen(f"{address}/quotes", timeout=20) as answer:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
    with urllib.request.urlopen(start, timeout=20) as answer:
        assert answer.headers.get_all("content-security-policy") == [POLICY]

    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/quotes/999", timeout=20)

    # What is added while it runs is seen at once.
    with given.opened(path) as (store, run):
        given.add_saying(store, run, "Something new.")
    with urllib.request.urlopen(f"{address}/quotes.json?_shape=array", timeout=20) as answer:
        assert "Something new." in answer.read().decode()

    server.send_signal(signal.SIGINT)
    _, errors = server.communicate(timeout=20)
    assert "Traceback" not in errors
    assert server.returncode == 0


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_taken_port_is_told_in_one_line(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ProvenanceError, match=f"port {port}.*--port"):
            explore(path, "127.0.0.1", port, False)
