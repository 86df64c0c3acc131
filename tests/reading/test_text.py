"""Plain text and Markdown: front matter is fields, the rest is the text."""

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Document
from provenance.reading import read_bytes


def text(content: str, name: str = "article.txt") -> Document:
    return read_bytes(content.encode(), source=name)


ARTICLE = """---
title: "The bridge: a promise"
outlet: Harbour Post
url: https://harbour.example/bridge
date: 2026-03-02 14:05
lang: en-GB
author: Ann Lee
tags:
  - roads
  - council
note: 'It''s invented.'   # nobody said it
---

“We will rebuild it,” she said.
"""


def test_front_matter_is_read_into_fields() -> None:
    document = text(ARTICLE)
    assert document.text == "“We will rebuild it,” she said.\n"
    assert document.title == "The bridge: a promise"
    assert document.outlet == "Harbour Post"
    assert document.url == "https://harbour.example/bridge"
    assert document.published == "2026-03-02T14:05"
    assert document.language == "en"
    assert document.author == "Ann Lee"
    assert document.meta == {"tags": "roads, council", "note": "It's invented."}


def test_an_id_in_front_matter_is_the_documents() -> None:
    assert text("---\nid: my-article\n---\nWords.").id == "my-article"


def test_a_rule_and_a_dialogue_are_not_front_matter() -> None:
    for content in ("---\nHe came.\n---\nShe left.", "---\nkey: value\nand no end", "--- a: b ---"):
        assert text(content).text == content


def test_plain_text_is_kept_but_for_line_ends_and_control_characters() -> None:
    content = "\ufeffOne\r\ntwo\rthree\x00 \x07four\u2028five\ttab  \n\n"
    assert text(content).text == "One\ntwo\nthree four\nfive\ttab  \n\n"


def test_markdown_becomes_words_with_links_in_place() -> None:
    document = text(
        "# The *bridge*\n\nShe told [the **Post**](https://post.example/1) it\nis `safe`.\n\n"
        "> “Quoted.”\n\n- Мы не уйдём, - сказал он.\n",
        "article.md",
    )
    assert document.text == (
        "The bridge\n\nShe told the Post it is safe.\n\n“Quoted.”\n\n- Мы не уйдём, - сказал он."
    )
    assert document.title == "The bridge"
    (link,) = document.links
    assert (link.url, document.text[link.start : link.end]) == (
        "https://post.example/1",
        "the Post",
    )


def test_chinese_lines_are_joined_without_a_space() -> None:
    assert text("部长表示，\n政府不会接受。", "article.md").text == "部长表示，政府不会接受。"


def test_defaults_fill_gaps_and_overrule_nothing() -> None:
    defaults = {"outlet": "Elsewhere", "published": "2025-01-01", "language": "de"}
    document = read_bytes(ARTICLE.encode(), source="a.txt", defaults=defaults)
    assert (document.outlet, document.published) == ("Harbour Post", "2026-03-02T14:05")
    plain = read_bytes(b"Nothing said.", source="a.txt", defaults=defaults)
    assert (plain.outlet, plain.published, plain.language) == ("Elsewhere", "2025-01-01", "de")


def test_an_ambiguous_date_is_kept_as_written_and_not_believed() -> None:
    document = text("---\ndate: 02/03/2026\n---\nWords.")
    assert document.published == ""
    assert document.meta["published as written"] == "02/03/2026"


FIELDS = {"id", "lang", "language", "title", "outlet", "url", "published", "author", "date"}
KEYS = st.text("abcdefghijklmnop", min_size=1, max_size=12).filter(lambda k: k not in FIELDS)
VALUES = st.from_regex(r"[\w«»„“.,!?-][\w «»„“.,!?-]{0,40}[\w.!?]", fullmatch=True)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), VALUES)
def test_front_matter_written_is_front_matter_read(fields: dict[str, str], body: str) -> None:
    from provenance.reading._markdown import front_matter

    block = "".join(f"{key}: {value}\n" for key, value in fields.items())
    assert front_matter(f"---\n{block}---\n\n{body}") == (fields, body)
