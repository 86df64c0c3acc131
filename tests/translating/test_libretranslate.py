"""A LibreTranslate server on this machine, here one that speaks its API and answers in capitals,
with a unit and a name it gets wrong."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from provenance.errors import TranslationError
from provenance.translating import translator

pytestmark = [pytest.mark.enable_socket, pytest.mark.usefixtures("empty")]


def _changed(text: str) -> str:
    """What a poor model makes of a text: it gets a unit and a name wrong."""
    return text.upper().replace("KM", "MILES").replace("STURMER", "STORMER")


class Capitals(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        served = asked["source"] != "xx"
        answer = {"translatedText": [_changed(text) for text in asked["q"]]}
        content = json.dumps(answer if served else {"error": "xx is not\nsupported"}).encode()
        self.send_response(200 if served else 400)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        offered = [{"code": c, "name": c, "targets": ["en"]} for c in ("fr", "xx", "zh-Hans")]
        content = json.dumps(offered).encode()
        self.send_response(200 if self.path == "/languages" else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    try:
        running = ThreadingHTTPServer(("127.0.0.1", 0), Capitals)
    except OSError:
        pytest.skip("this machine has no loopback network")
    threading.Thread(target=running.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{running.server_port}"
    monkeypatch.setenv("PROVENANCE_LIBRETRANSLATE", address)
    yield address
    running.shutdown()
    running.server_close()


@pytest.mark.usefixtures("server")
def test_a_server_of_ones_own_translates_where_no_package_does() -> None:
    engine = translator("fr", "en")
    assert engine is not None
    [done] = engine.translate(["Un. Deux @ici trois.\n\nQuatre"], "fr", "en")
    assert done.text == "UN. DEUX @ici TROIS.\n\nQUATRE"
    assert (done.translator, done.package) == ("libretranslate", "fr_en")
    assert 0 < done.confidence <= 0.5


@pytest.mark.usefixtures("server")
def test_a_language_the_server_does_not_offer_is_no_reason_to_stop() -> None:
    assert translator("pl", "en") is None
    assert translator("fr", "de") is None
    assert translator("zh", "en") is not None


@pytest.mark.usefixtures("server")
def test_a_unit_or_a_known_name_that_was_changed_is_put_right() -> None:
    engine = translator("fr", "en")
    assert engine is not None
    known = {"Kir Sturmer": "Keir Starmer"}
    texts = ["Encore 40 km avec Kir Sturmer.", "Encore 40 minutes avec Sturmer, selon Le Monde."]
    unit, name = engine.translate(texts, "fr", "en", known)
    assert unit.text == "ENCORE 40 km AVEC Keir Starmer."
    assert name.text == "ENCORE 40 minutes AVEC Starmer, SELON Le Monde."
    assert "masks" not in (*unit.flags, *name.flags)


@pytest.mark.usefixtures("server")
def test_what_the_server_refuses_is_told_in_its_words_and_one_line() -> None:
    engine = translator("xx", "en")
    assert engine is not None
    with pytest.raises(TranslationError, match="refused: xx is not supported"):
        engine.translate(["a"], "xx", "en")


def test_no_server_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_LIBRETRANSLATE", "http://127.0.0.1:9")
    engine = translator("fr", "en")
    assert engine is not None
    with pytest.raises(TranslationError, match=r"no LibreTranslate server answers .*: start it"):
        engine.translate(["a"], "fr", "en")


def test_an_address_may_be_given_as_one_types_it(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVENANCE_LIBRETRANSLATE", server.removeprefix("http://"))
    engine = translator("fr", "en")
    assert engine is not None
    assert engine.translate(["Un."], "fr", "en")[0].text == "UN."


@pytest.mark.parametrize(
    "address", ["https://news.example", "http://127.0.0.1.example", "ftp://localhost", "http://["]
)
def test_a_server_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PROVENANCE_LIBRETRANSLATE", address)
    with pytest.raises(TranslationError, match="texts stay here"):
        translator("fr", "en")


def test_none_is_asked_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROVENANCE_LIBRETRANSLATE", raising=False)
    assert translator("fr", "en") is None
