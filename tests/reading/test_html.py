"""Web pages: the article without its furniture, paragraphs apart, links in place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document
from provenance.reading import read_bytes

HEAD = """
<meta charset="utf-8"><title>Bridge to be rebuilt - Harbour Post</title>
<link rel="canonical" href="/news/bridge">
<link rel="alternate" hreflang="ru" href="/ru/news/most">
<meta property="og:site_name" content="Harbour Post">
<meta property="og:title" content="Bridge to be rebuilt">
<meta property="article:published_time" content="2026-03-02T14:05:00+02:00">
<meta name="author" content="Ann Lee">
<meta name="syndication-source" content="https://agency.example/77">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "creditText": "Northern Agency", "translator": {"@type": "Person", "name": "B. Translator"}}
</script>
"""
BODY = """
<p>The mayor said on Friday that the bridge would be rebuilt this summer, as
<a href="https://agency.example/77">the agency reported</a> first.</p>
<p>“We will rebuild it,” she told the council.<br>Nobody in the room objected to the plan.</p>
<blockquote><p>It is our promise to every family in the harbour.</p></blockquote>
<ul><li>Work begins in June.</li><li>It ends in August.</li></ul>
"""
FURNITURE = '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'


def page(body: str = BODY, head: str = HEAD, language: str = "en-GB") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='{language}'><head>{head}</head><body>{FURNITURE}"
        f"<article><h1>Bridge to be rebuilt</h1>{body}</article>"
        "<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"
    ).encode()


def read(content: bytes, url: str = "https://harbour.example/news/bridge?utm=1") -> Document:
    return read_bytes(content, source="page.html", url=url)


def test_the_article_comes_without_furniture_and_with_its_paragraphs_apart() -> None:
    paragraphs = read(page()).text.split("\n\n")
    assert paragraphs[0] == "Bridge to be rebuilt"
    assert paragraphs[1].startswith("The mayor said")
    assert paragraphs[2] == (
        "“We will rebuild it,” she told the council.\nNobody in the room objected to the plan."
    )
    assert paragraphs[3] == "It is our promise to every family in the harbour."
    assert "Sport" not in read(page()).text
    assert "Subscribe" not in read(page()).text


def test_a_link_keeps_its_place() -> None:
    document = read(page())
    (link,) = document.links
    assert link.url == "https://agency.example/77"
    assert document.text[link.start : link.end] == "the agency reported"


def test_what_the_page_says_about_itself_is_kept() -> None:
    document = read(page())
    assert document.title == "Bridge to be rebuilt"
    assert document.outlet == "Harbour Post"
    assert document.author == "Ann Lee"
    assert document.url == "https://harbour.example/news/bridge"
    assert document.published == "2026-03-02T14:05:00+02:00"


def test_credits_and_translations_are_kept_as_evidence() -> None:
    meta = read(page()).meta
    assert meta["syndication-source"] == "https://agency.example/77"
    assert meta["ld:creditText"] == "Northern Agency"
    assert meta["ld:translator"] == "B. Translator"
    assert meta["alternate:ru"] == "https://harbour.example/ru/news/most"


def test_the_language_a_template_states_is_kept_and_not_believed() -> None:
    document = read(page(language="ru"))
    assert document.language == ""
    assert document.meta["html lang"] == "ru"


def test_a_canonical_address_elsewhere_is_evidence_not_the_address() -> None:
    head = HEAD.replace("/news/bridge", "https://agency.example/77")
    document = read(page(head=head))
    assert document.url == "https://harbour.example/news/bridge?utm=1"
    assert document.meta["canonical"] == "https://agency.example/77"


def test_a_host_name_is_not_taken_for_the_name_of_an_outlet() -> None:
    assert read(page(head="<title>Bridge</title>")).outlet == ""


def test_a_date_the_article_mentions_is_not_its_own() -> None:
    body = BODY + "<p>The first bridge was opened on 5 May 2018.</p>"
    assert read(page(body, head="<title>Bridge</title>")).published == ""


def test_nothing_is_printed_about_a_bad_page(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ReadError):
        read(b"<html><body></body></html>")
    assert capfd.readouterr() == ("", "")


def test_a_page_of_a_million_elements_is_refused_at_once() -> None:
    with pytest.raises(ReadError, match="more than 30,000 elements"):
        read(page("<p>The bridge.</p>" * 40_000))


@pytest.mark.parametrize("attribute", [" a{}", ' a{}=">"', "/a{}=<", ' " a{}'])
def test_a_tag_of_a_hundred_thousand_attributes_is_refused_at_once(attribute: str) -> None:
    tag = f"<p{''.join(attribute.format(n) for n in range(100_000))}>"
    with pytest.raises(ReadError, match="thousand attributes"):
        read(page(f"{tag}The bridge.</p>"))


def test_long_values_of_attributes_are_no_matter() -> None:
    picture = f'<img src="data:image/png;base64,{"A/b+ " * 50_000}"> alt=" it\'s > ">'
    assert "mayor" in read(page(BODY + picture)).text


@pytest.mark.parametrize("reference", ["&#x1b;", "&#0;", "&#12;", "&#xfffe;", "&#xd800;", "&#x9b;"])
def test_a_reference_to_what_is_no_character_costs_nothing_else(reference: str) -> None:
    text = read(page(f"{BODY}<p>The bridge{reference} is old.</p>")).text
    assert "mayor" in text and "The bridge" in text
    assert not set("\x00\x0c\x1b\x9b\ufffe") & set(text)


def test_a_date_without_a_time_of_day_gets_none() -> None:
    head = HEAD.replace("2026-03-02T14:05:00+02:00", "2026-03-02")
    assert read(page(head=head)).published == "2026-03-02"


def test_the_time_of_linked_data_is_believed() -> None:
    stated = {"@type": "NewsArticle", "datePublished": "2026-03-02T09:30:00Z"}
    head = f'<script type="application/ld+json">{json.dumps({"@graph": [stated]})}</script>'
    assert read(page(head=head)).published == "2026-03-02T09:30:00+00:00"


def test_a_short_chinese_page_is_an_article() -> None:
    body = "<p>市长周五表示，大桥将在今年夏天重建。</p><p>“我们会重建它，”她对市议会说。</p>"
    document = read(page(body, head="<title>大桥</title>", language="zh-Hans"))
    assert "“我们会重建它，”她对市议会说。" in document.text


def test_the_pages_own_charset_is_used() -> None:
    body = "<p>«Мы восстановим мост этим летом», — заявила мэр газете в пятницу.</p>"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    content = page(body, head, "ru").decode().encode("cp1251")
    assert "«Мы восстановим мост этим летом»" in read(content).text
    assert "warning" not in read(content).meta


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body></body></html>",
        f"<html><body>{FURNITURE}</body></html>".encode(),
        b"<!doctype html><html><head><script>var a = 1;</script></head></html>",
        b"<html>" + b"<div>" * 3000,
    ],
)
def test_a_page_without_an_article_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(ReadError, match="no article found"):
        read(content)


def test_broken_linked_data_costs_nothing_else() -> None:
    head = HEAD + '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert read(page(head=head)).title == "Bridge to be rebuilt"


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<a href='x'>", "</a>", "<br>", "<b>", "</b>", " ", "\n", "word", "«да»"]
        + ["<li>", "<div>", "</div>", "<!-- c -->", "<script>x</script>", "&amp;", "<a>", "<hr>"]
    ),
    max_size=30,
).map("".join)


@given(MARKUP)
def test_links_lie_in_the_text_whatever_the_markup(markup: str) -> None:
    from provenance.reading._html import fragment_page

    page = fragment_page(markup)
    assert all(0 <= link.start < link.end <= len(page.text) for link in page.links)
    anchors = [page.text[link.start : link.end] for link in page.links]
    assert all(anchor and anchor == anchor.strip() for anchor in anchors)
    assert "\n\n\n" not in page.text
    assert "x</script>" not in page.text
