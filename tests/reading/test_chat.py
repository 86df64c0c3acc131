"""A Telegram channel as its desktop program exports it: each message with words an article."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Document, Unreadable
from provenance.reading import read

POST = {
    "id": 7,
    "type": "message",
    "date": "2026-03-02T13:00:00",
    "date_unixtime": "1772445600",
    "from": "Морской канал",
    "forwarded_from": "РИА Новости",
    "text": [
        {"type": "bold", "text": "Министр"},
        " заявила: «Мы не отправим солдат». ",
        {"type": "text_link", "text": "Источник", "href": "https://post.example/7"},
        " ",
        {"type": "link", "text": "https://sea.example"},
    ],
}
SERVICE = {"id": 8, "type": "service", "action": "pin_message", "text": ""}
PLAIN = {"id": 9, "type": "message", "date": "2026-03-02T14:00:00", "from": "Пётр", "text": "Нет."}


def export(*messages: Any) -> dict[str, Any]:
    return {"name": "Морской канал", "type": "public_channel", "id": 42, "messages": [*messages]}


def found(folder: Path, exported: Any) -> list[Document | Unreadable]:
    path = folder / "result.json"
    path.write_text(json.dumps(exported, ensure_ascii=False))
    return list(read(path))


def test_messages_with_words_are_articles_of_the_channel(tmp_path: Path) -> None:
    first, second = found(tmp_path, export(POST, SERVICE, PLAIN))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    said = "Министр заявила: «Мы не отправим солдат». Источник https://sea.example"
    assert first.text == said
    assert (first.id, first.outlet, first.author) == ("telegram-42-7", "Морской канал", "")
    assert first.published == "2026-03-02T10:00:00+00:00"
    assert first.meta == {"forwarded source": "РИА Новости"}
    assert [(one.url, first.text[one.start : one.end]) for one in first.links] == [
        ("https://post.example/7", "Источник"),
        ("https://sea.example", "https://sea.example"),
    ]
    assert first.snapshot is not None
    assert json.loads(first.snapshot.content) == POST
    assert (second.text, second.author) == ("Нет.", "Пётр")
    assert second.published == "2026-03-02T14:00:00"


def test_what_holds_no_words_or_a_whole_account_is_told(tmp_path: Path) -> None:
    (silent,) = found(tmp_path, export(SERVICE))
    (account,) = found(tmp_path, {"chats": {"list": [export(POST)]}})
    assert isinstance(silent, Unreadable)
    assert "no messages with text" in silent.reason
    assert isinstance(account, Unreadable)
    assert "export one channel" in account.reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(POST)), VALUES), VALUES)
def test_any_message_is_read_or_passed(
    tmp_path_factory: pytest.TempPathFactory, message: dict[str, Any], other: Any
) -> None:
    folder = tmp_path_factory.mktemp("chat")
    for one in found(folder, export({**POST, **message}, other, PLAIN)):
        assert isinstance(one, Document)
