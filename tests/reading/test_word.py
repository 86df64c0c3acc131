"""Word documents: words, tables and links in order; other archives are told apart."""

import io
import sys
import time
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.reading import read_bytes

SAID = "Minister Helen Marsh said: “We will not send soldiers to the strait.”"


def linked(paragraph: Paragraph, words: str, address: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)


def release() -> bytes:
    made = docx.Document()
    made.core_properties.author = "Somebody's computer"
    made.add_heading("The minister on the strait", 1)
    made.add_paragraph(SAID)
    linked(made.add_paragraph("It was first in "), "The Post", "https://post.example/7")
    row = made.add_table(1, 3).rows[0].cells
    row[0].text, row[2].text = "Contact", "press@sea.example"
    row[0].merge(row[1])
    return written(made)


def written(made: object) -> bytes:
    stream = io.BytesIO()
    made.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(ReadError) as raised:
        read_bytes(content, source="a.docx")
    return str(raised.value)


def test_words_tables_and_links_in_their_order() -> None:
    found = read_bytes(release(), source="a.docx")
    paragraphs = ("The minister on the strait", SAID, "It was first in The Post", "Contact",
                  "press@sea.example")  # fmt: skip
    assert found.text == "\n\n".join(paragraphs)
    assert found.title == paragraphs[0]
    assert found.author == ""
    (link,) = found.links
    assert link.url == "https://post.example/7"
    assert found.text[link.start : link.end] == "The Post"


def test_a_cell_is_read_once_whatever_it_covers() -> None:
    made = docx.Document()
    table = made.add_table(2, 1)
    table.rows[0].cells[0].text = SAID
    table.rows[0].cells[0]._tc.grid_span = 50_000_000
    table.rows[1].cells[0]._tc.vMerge = "continue"
    begun = time.process_time()
    assert read_bytes(written(made), source="a.docx").text == SAID
    assert time.process_time() - begun < 3


def test_another_archive_a_broken_and_a_huge_one_are_told() -> None:
    assert "another office document" in refusal(archive(content="<x/>"))
    assert "broken" in refusal(archive(**{"word/document.xml": "<x"}))
    assert "broken" in refusal(b"PK\x03\x04....")
    huge = archive(**{"word/document.xml": "x" * (64 * 1024 * 1024 + 1)})
    assert "unpacks to over" in refusal(huge)


def test_an_empty_one_has_no_text() -> None:
    assert "no text" in refusal(written(docx.Document()))


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    assert "pip install python-docx" in refusal(release())


WHOLE = release()


@given(st.integers(0, len(WHOLE)), st.binary(max_size=20))
def test_a_damaged_file_is_read_or_told(cut: int, junk: bytes) -> None:
    try:
        read_bytes(WHOLE[:cut] + junk + WHOLE[cut + len(junk) :], source="a.docx")
    except ReadError as error:
        assert "\n" not in str(error)
