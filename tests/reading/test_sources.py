"""Paths, folders, standard input, addresses: a bad source is told and the rest goes on."""

import gzip
import http.server
import io
import json
import lzma
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from provenance.model import Document, Unreadable
from provenance.reading import read, read_bytes

# As `sha256sum` gives it for the eight bytes of the first test.
_SHA256 = "e56f5529ca7f956cf31bf2575950ab973548f7f6db40c84ed11daabdb516ab20"


def clock() -> str:
    return "2026-03-02T14:05:00+00:00"


def one(source: str | Path) -> Document:
    (found,) = read(source)
    assert isinstance(found, Document), found
    return found


def refusal(source: str | Path) -> str:
    (found,) = read(source)
    assert isinstance(found, Unreadable)
    assert found.source == str(source)
    assert "\n" not in found.reason
    return found.reason


# ---------------------------------------------------------------- evidence


def test_the_snapshot_is_what_a_third_party_can_check(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words.\r\n")
    (document,) = read(path, clock=clock)
    assert isinstance(document, Document)
    evidence = document.snapshot
    assert evidence is not None
    assert evidence.content == b"Words.\r\n"
    assert evidence.sha256 == _SHA256
    assert (evidence.source, evidence.media_type) == (str(path), "text/plain")
    assert evidence.retrieved == clock()
    assert document.id == evidence.sha256[:16]


def test_the_time_of_retrieval_identifies_nothing() -> None:
    first = read_bytes(b"Words.", source="a", clock=lambda: "2026")
    second = read_bytes(b"Words.", source="a", clock=lambda: "2027")
    assert first.id == second.id


# ---------------------------------------------------------------- files and folders


def test_a_folder_is_read_in_order_and_only_for_articles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.txt", "b/10.md", "a.txt", "README.md", "truth.json", "x.png", ".git/c.txt"):
        (tmp_path / name).write_text(f"Text of {name}")
    (tmp_path / "c.jsonl").write_text('{"id": "x", "text": "X"}\n{"id": "y", "text": "Y"}\n')
    found = [d.text for d in read(tmp_path) if isinstance(d, Document)]
    assert found == ["Text of a.txt", "Text of b/10.md", "Text of b/2.txt", "X", "Y"]


def test_one_bad_file_among_many_is_told_in_its_place(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"Article {number}")
    (tmp_path / "07.txt").write_bytes(b"")
    found = list(read(tmp_path))
    assert [isinstance(d, Document) for d in found] == [n != 7 for n in range(20)]
    assert isinstance(found[7], Unreadable)
    assert found[7].source.endswith("07.txt")


def test_bad_sources_are_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 999)[:30])
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n') + b"more")
    (tmp_path / "bad.json").write_text('{"text": ')
    (tmp_path / "blank.jsonl").write_text("\n\n")
    assert "holds no articles" in refusal(tmp_path / "blank.jsonl")
    assert "no such file" in refusal(tmp_path / "missing.txt")
    assert "no such file" in refusal("a\0b")
    assert "holds no articles" in refusal(tmp_path / "empty")
    assert "damaged" in refusal(tmp_path / "cut.jsonl.gz")
    assert "damaged" in refusal(tmp_path / "more.jsonl.gz")
    assert "broken JSON" in refusal(tmp_path / "bad.json")


def test_what_no_database_can_hold_is_replaced_wherever_it_stands(tmp_path: Path) -> None:
    """It stopped `add` at that document, and nothing after it was read."""
    half, whole = "\\ud800\\u0000", "\ufffd\ufffd"
    (tmp_path / "a.jsonl").write_text(
        f'{{"text": "a{half}", "b{half}": "c{half}", "id": "{half}"}}'
    )
    (tmp_path / "b.json").write_text(
        f'{{"name": "n{half}", "id": 1, "messages": [{{"id": 1, "text": [{{"text": "a{half}",'
        f'"type": "link", "href": "h{half}"}}], "forwarded_from": "f{half}"}}]}}'
    )
    line, message = one(tmp_path / "a.jsonl"), one(tmp_path / "b.json")
    assert (line.text, line.id, line.meta) == (f"a{whole}", whole, {f"b{whole}": f"c{whole}"})
    assert (message.outlet, message.links[0].url) == (f"n{whole}", f"h{whole}")
    assert message.meta["forwarded source"] == f"f{whole}"
    assert message.text == "a\ufffd"  # a chat's words are cleaned, a line's are the caller's
    (tmp_path / "c\udcff.txt").write_text("Words.")
    named = one(tmp_path / "c\udcff.txt")
    assert named.snapshot is not None and named.snapshot.source.endswith("c\ufffd.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Words.")
    path.chmod(0)
    assert "permission denied" in refusal(path)


@pytest.mark.parametrize("packed", [gzip.compress, lzma.compress])
def test_packed_json_lines_are_unpacked(tmp_path: Path, packed: object) -> None:
    path = tmp_path / "a.jsonl.packed"
    assert callable(packed)
    path.write_bytes(packed(b'{"id": "1", "text": "One"}\n{"id": "2", "text": "Two"}\n'))
    assert [d.text for d in read(path) if isinstance(d, Document)] == ["One", "Two"]


def test_json_is_one_record_or_a_list_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "1", "text": "One"}, indent=2))
    assert one(path).text == "One"
    path.write_text(json.dumps([{"text": "One"}, {"no": 1}, {"text": "Two"}], indent=2))
    first, bad, second = read(path)
    assert isinstance(bad, Unreadable)
    assert bad.reason.startswith("entry 2")
    assert [d.text for d in (first, second) if isinstance(d, Document)] == ["One", "Two"]


# ---------------------------------------------------------------- standard input


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("«Слова».".encode("cp1251"), ["«Слова»."]),
        (b'{"id": "1", "text": "One"}\n{"id": "2", "text": "Two"}\n', ["One", "Two"]),
        (b"---\ntitle: T\n---\nWords.", ["Words."]),
    ],
)
def test_standard_input_is_read_for_what_it_is(
    monkeypatch: pytest.MonkeyPatch, content: bytes, texts: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [d.text for d in read("-") if isinstance(d, Document)] == texts


# ---------------------------------------------------------------- feeds and archives

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><language>en-gb</language>
<item><title>Bridge</title><link>https://harbour.example/1</link>
<pubDate>Mon, 02 Mar 2026 14:05:00 +0200</pubDate><dc:creator>Ann Lee</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>“We will rebuild it,” she said.</p>
<p>See <a href="https://agency.example/7">the agency</a>.</p><script>x()</script>]]>
</content:encoded>
</item>
<item><title>Nothing</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenpost</title>
<entry><title>Brücke</title><link rel="alternate" href="https://hafen.example/1"/>
<published>2026-03-02T14:05:00Z</published><author><name>A. L.</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins.</p><p>Zwei.</p></div></content>
</entry></feed>"""


def test_each_entry_of_a_feed_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    document, bad = read(path)
    assert isinstance(document, Document)
    assert document.text == "“We will rebuild it,” she said.\n\nSee the agency."
    assert document.published == "2026-03-02T14:05:00+02:00"
    assert (document.title, document.outlet, document.author) == (
        "Bridge",
        "Harbour Post",
        "Ann Lee",
    )
    assert document.url == "https://harbour.example/1"
    assert document.meta == {"feed language": "en-gb"}
    (link,) = document.links
    assert document.text[link.start : link.end] == "the agency"
    assert isinstance(bad, Unreadable)
    assert bad.reason == "entry 2 of the feed has no text"


def test_atom_is_a_feed_too(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(ATOM)
    document = one(path)
    assert document.text == "Eins.\n\nZwei."
    assert document.author == "A. L."
    assert document.url == "https://hafen.example/1"


def test_a_feed_cannot_blow_up_or_reach_out(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{entities}<!ENTITY x SYSTEM "{tmp_path}/secret">]>'
    path = tmp_path / "feed.xml"
    path.write_text(
        f"{bomb}<rss><channel><item><title>&x;</title>"
        "<description>&e11;&x; words</description></item></channel></rss>"
    )
    for found in read(path):
        assert "SECRET" not in str(found)
        assert len(str(found)) < 5_000


def test_xml_that_is_no_feed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.xml"
    path.write_text("<notes><note>Hello</note></notes>")
    assert "no feed" in refusal(path)


def test_each_page_of_a_web_archive_is_a_document(tmp_path: Path) -> None:
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders

    path = tmp_path / "pages.warc.gz"
    body = (
        "<html><body><article>" + "<p>The bridge will be rebuilt, the mayor said on Friday.</p>" * 3
    )
    with path.open("wb") as out:
        writer = warcio.WARCWriter(out, gzip=True)
        for number, status in ((1, "200 OK"), (2, "404 Not Found"), (3, "200 OK")):
            headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                f"https://harbour.example/{number}",
                "response",
                payload=io.BytesIO(body.encode() if number != 3 else b"<html></html>"),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-03-02T14:05:00Z"},
            )
            writer.write_record(record)
    document, bad = read(path)
    assert isinstance(document, Document)
    assert document.url == "https://harbour.example/1"
    assert document.snapshot is not None
    assert document.snapshot.retrieved == "2026-03-02T14:05:00+00:00"
    assert isinstance(bad, Unreadable)
    assert bad.source.endswith("https://harbour.example/3")


def test_nothing_is_printed_about_a_damaged_archive(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("warcio")
    path = tmp_path / "pages.warc"
    path.write_bytes(b"WARC/1.0\r\nContent-Length: 5\r\n\r\nmore than five\r\n\r\n")
    assert "archive" in refusal(path) or "articles" in refusal(path)
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- the web

PAGE = (
    "<html><head><title>Мост</title></head><body><article><h1>Мост</h1>"
    "<p>«Мы восстановим мост этим летом», — заявила мэр газете в пятницу, сообщает агентство.</p>"
    '<p>Подробнее в <a href="more">другой статье</a> нашей газеты о восстановлении моста.</p>'
    "</article></body></html>"
).encode("cp1251")
CHANNEL = (
    b'<!DOCTYPE html><html><body><div data-post="sea/1"><div class="tgme_widget_message_text">One'
    b'</div></div><div data-post="sea/2"><div class="tgme_widget_message_text">Two</div></div>'
)


class Site(http.server.BaseHTTPRequestHandler):
    """A small site with one article and the troubles sites have."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.answer(301, b"", Location="/article")
        elif self.path == "/round":
            self.answer(302, b"", Location="/round")
        elif self.path == "/article":
            self.answer(200, PAGE, **{"Content-Type": "text/html; charset=windows-1251"})
        elif self.path == "/channel":
            self.answer(200, CHANNEL, **{"Content-Type": "text/html; charset=utf-8"})
        elif self.path == "/lines":
            self.answer(200, b'{"text": "One"}\n{"text": "Two"}\n')
        elif self.path == "/large":
            self.answer(200, b"word " * 4_000_000)
        elif self.path == "/cut":
            self.answer(200, b"short", **{"Content-Length": "5000"})
        else:
            self.answer(404, b"<html><body>Not here</body></html>")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # whoever asked has had enough
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_through_its_redirects(site: str) -> None:
    document = one(f"{site}/moved")
    assert "«Мы восстановим мост этим летом»" in document.text
    assert document.url == f"{site}/article"
    (link,) = document.links
    assert link.url == f"{site}/more"
    assert document.snapshot is not None
    assert document.snapshot.content == PAGE
    assert document.snapshot.source == f"{site}/moved"


def test_an_address_may_be_a_channel_with_its_posts(site: str) -> None:
    posts = [post for post in read(f"{site}/channel") if isinstance(post, Document)]
    assert [(post.text, post.url) for post in posts] == [
        ("One", "https://t.me/sea/1"),
        ("Two", "https://t.me/sea/2"),
    ]


def test_an_address_may_hold_json_lines(site: str) -> None:
    assert [d.text for d in read(f"{site}/lines") if isinstance(d, Document)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/missing", "answered 404"),
        ("/round", "redirected more than"),
        ("/large", "not an article"),
        ("/cut", "cannot be fetched"),
    ],
)
def test_trouble_with_a_site_is_told_in_one_line(site: str, path: str, says: str) -> None:
    assert says in refusal(site + path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://", "cannot be fetched"),
        ("http://a..b/", "cannot be fetched"),
        ("http://\udcff/", "cannot be fetched"),
        ("ftp://harbour.example/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
    ],
)
def test_what_is_no_address_to_fetch_is_told(address: str, says: str) -> None:
    assert says in refusal(address)


def test_nobody_there_is_told_in_one_line() -> None:
    assert "cannot be reached" in refusal("http://127.0.0.1:9/")


def test_importing_reading_loads_nothing_heavy() -> None:
    code = (
        "import sys; import provenance.reading; "
        "sys.exit(bool({'trafilatura', 'lxml', 'httpx', 'numpy', 'warcio'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
