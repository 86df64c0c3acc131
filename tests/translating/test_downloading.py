"""Installing from an index: a real server on this machine, which may break off."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from provenance.errors import TranslationError
from provenance.translating import models
from tests.translating.conftest import PACKAGES

CONTENT = (PACKAGES / "ru_en.argosmodel").read_bytes()

pytestmark = pytest.mark.enable_socket


class Shop(ThreadingHTTPServer):
    """Serves an index and one package; breaks off the first download after `breaks` bytes."""

    breaks = 0
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Counter(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append(f"{self.path} {wanted}".strip())
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        content = self.index() if self.path == "/index.json" else CONTENT[start:]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.breaks and self.path != "/index.json":
            content, self.server.breaks = content[: self.server.breaks], 0
        self.wfile.write(content)

    def index(self) -> bytes:
        entry = {"type": "translate", "from_code": "ru", "to_code": "en", "from_name": "Russian"}
        entry |= {"to_name": "English", "package_version": "1.0", "argos_version": "1.9"}
        return json.dumps([entry | {"links": [f"{self.server.address}ru_en.argosmodel"]}]).encode()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def shop(empty: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Shop]:
    from argostranslate import settings

    try:
        server = Shop(("127.0.0.1", 0), Counter)
    except OSError:
        pytest.skip("this machine has no loopback network")
    server.asked = []
    monkeypatch.setattr(settings, "remote_package_index", f"{server.address}index.json")
    monkeypatch.setattr(settings, "local_package_index", tmp_path / "index.json")
    monkeypatch.setattr(settings, "downloads_dir", tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_index_is_read(shop: Shop) -> None:
    [offer] = models.available()
    assert (offer.source, offer.target, offer.version) == ("ru", "en", "1.0")


def test_a_package_is_downloaded_and_installed_with_its_progress(
    shop: Shop, empty: Path, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    found = models.install("ru", "en", lambda here, total: seen.append((here, total)))
    assert found.path == empty / "ru_en"
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert not list(tmp_path.glob("*argosmodel*"))


def test_a_download_that_broke_off_goes_on_where_it_stopped(shop: Shop) -> None:
    shop.breaks = 100_000
    with pytest.raises(TranslationError, match="cannot be downloaded") as refusal:
        models.install("ru", "en")
    assert "\n" not in str(refusal.value)
    assert models.install("ru", "en").target == "en"
    assert "/ru_en.argosmodel bytes=100000-" in shop.asked


def test_a_pair_the_index_lacks_is_refused(shop: Shop) -> None:
    with pytest.raises(TranslationError, match="offers no package ru to fr"):
        models.install("ru", "fr")


def test_the_size_is_said_before_the_first_byte(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    from provenance.cli._progress import downloading

    models.install("ru", "en", downloading())
    assert capsys.readouterr().err == f"Downloading {len(CONTENT) / 1e6:.1f} MB\n"
