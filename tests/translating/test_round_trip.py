"""The way back: through a server of one's own here, which answers what each test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from provenance.model import Translation
from provenance.translating import gloss, round_trip, translator

SOURCE = "Министр сказал, что 4300 солдат не прибудут в Киеве."

pytestmark = [pytest.mark.enable_socket, pytest.mark.usefixtures("installed")]


class Back(BaseHTTPRequestHandler):
    answer = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        content = json.dumps({"translatedText": [self.answer for _ in asked["q"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    try:
        running = ThreadingHTTPServer(("127.0.0.1", 0), Back)
    except OSError:
        pytest.skip("this machine has no loopback network")
    threading.Thread(target=running.serve_forever, daemon=True).start()
    monkeypatch.setenv("PROVENANCE_LIBRETRANSLATE", f"http://127.0.0.1:{running.server_port}")
    yield lambda text: setattr(Back, "answer", text)
    running.shutdown()
    running.server_close()


def there() -> Translation:
    engine = translator("ru", "en")
    assert engine is not None
    return engine.translate([SOURCE], "ru", "en")[0]


def test_what_comes_home_whole_is_kept(answering: Callable[[str], None]) -> None:
    answering(SOURCE)
    trip = round_trip(there())
    assert trip is not None
    assert (trip.kept, trip.missing, trip.changed) == (1.0, (), ())
    assert trip.there == there()
    assert trip.back.source_text == trip.there.text


@pytest.mark.parametrize(
    ("answer", "changed", "missing"),
    [
        (SOURCE.replace("4300", "3400"), ("number",), ("4300",)),
        (SOURCE.replace("не ", ""), ("negation",), ("не",)),
        (SOURCE.replace("Киеве", "Мадриде"), ("name",), ("Киеве",)),
    ],
)
def test_what_does_not_come_home_is_named(
    answering: Callable[[str], None], answer: str, changed: tuple[str, ...], missing: tuple[str]
) -> None:
    answering(answer)
    trip = round_trip(there())
    assert trip is not None
    assert trip.changed == changed
    assert trip.missing == missing
    assert trip.kept < 1


def test_without_a_way_back_there_is_none() -> None:
    assert round_trip(there()) is None


def test_a_gloss_is_not_taken_back() -> None:
    assert round_trip(gloss(SOURCE, "ru")) is None
