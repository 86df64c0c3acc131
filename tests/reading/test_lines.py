"""JSON lines: the caller's text untouched, a broken line told, the rest read."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Document, Unreadable
from provenance.reading import read_lines


def lines(*records: object) -> list[Document | Unreadable]:
    rows = (r if isinstance(r, str) else json.dumps(r) for r in records)
    return list(read_lines(io.BytesIO("\n".join(rows).encode()), "lines.jsonl"))


def test_fields_are_read() -> None:
    (document,) = lines(
        {
            "id": 7,
            "text": "Words.",
            "lang": "RU",
            "outlet": "Post",
            "url": "https://post.example/7",
            "published": "2026-03-02T14:05:00+0300",
            "title": "T",
            "author": "A",
            "section": "world",
            "score": 0.5,
            "tags": ["x"],
        }
    )
    assert isinstance(document, Document)
    assert (document.id, document.language, document.outlet) == ("7", "ru", "Post")
    assert document.published == "2026-03-02T14:05:00+03:00"
    assert document.meta == {"section": "world", "score": "0.5"}
    assert document.snapshot is not None
    assert document.snapshot.content.startswith(b'{"id": 7')


def test_without_an_id_the_hash_of_the_line_is_the_id() -> None:
    (document,) = lines({"text": "Words."})
    assert isinstance(document, Document)
    assert document.snapshot is not None
    assert document.id == document.snapshot.sha256[:16]


def test_the_text_is_kept_to_the_character_for_offsets_are_the_callers() -> None:
    text = "\ufeff One\r\ntwo\x0b e\u0301 \x85 three  "
    (document,) = lines({"text": text})
    assert isinstance(document, Document)
    assert document.text == text


def test_what_no_database_can_hold_is_replaced_one_for_one() -> None:
    (document,) = lines('{"text": "a\\ud800b\\u0000c"}')
    assert isinstance(document, Document)
    assert document.text == "a\ufffdb\ufffdc"


def test_an_empty_text_is_a_document() -> None:
    (document,) = lines({"id": "e", "text": ""})
    assert isinstance(document, Document)
    assert document.text == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1, "text": "cut', "broken JSON"),
        ('{"id": 1}', 'has no "text"'),
        ('{"text": null}', 'has no "text"'),
        ("[1, 2]", "not a JSON object"),
        ("{" * 100_000, "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ('{"n": ' + "9" * 5000 + "}", "broken JSON"),
        ('{"text": "' + "a" * 4_000_001 + '"}', "more than an article"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(line: str, says: str) -> None:
    before, bad, after = lines({"text": "one"}, "", line, {"text": "two"})
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(bad, Unreadable)
    assert bad.line == 3
    assert says in bad.reason
    assert "\n" not in bad.reason


def test_a_line_that_is_not_utf8_is_told() -> None:
    content = '{"text": "мост"}\n'.encode("cp1251") + b'{"text": "bridge"}'
    bad, good = read_lines(io.BytesIO(content), "lines.jsonl")
    assert isinstance(bad, Unreadable)
    assert "not UTF-8" in bad.reason
    assert isinstance(good, Document)


class Endless(io.RawIOBase):
    """Ten thousand articles of ten thousand letters, made as they are read."""

    def __init__(self) -> None:
        self._rows = self._made()
        self._left = b""

    def _made(self) -> Iterator[bytes]:
        for number in range(2_000):
            yield json.dumps({"id": str(number), "text": "word " * 2_000}).encode() + b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._left or next(self._rows, b"")
        taken = min(len(piece), len(buffer))
        buffer[:taken] = piece[:taken]
        self._left = piece[taken:]
        return taken


def test_a_large_input_is_read_in_constant_memory() -> None:
    tracemalloc.start()
    count = sum(1 for _ in read_lines(io.BufferedReader(Endless()), "-"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 2_000_000  # of 20 MB read


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=50), max_size=6))
def test_texts_come_back_in_order_and_unchanged(texts: list[str]) -> None:
    found = lines(*({"id": str(at), "text": text} for at, text in enumerate(texts)))
    assert [d.text for d in found if isinstance(d, Document)] == [
        text.replace("\x00", "\ufffd") for text in texts
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_documents_or_reasons(content: bytes) -> None:
    for found in read_lines(io.BytesIO(content), "x"):
        assert isinstance(found, Document | Unreadable)
