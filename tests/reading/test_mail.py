"""E-mail: its words, subject, sender and time; never its attachments or whom it went to."""

import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document
from provenance.reading import read_bytes

SAID = "Minister Helen Marsh said: “We will not send soldiers.”"


def message(text: str = SAID, **headers: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = headers.get("sender", "Press Office <press@sea.example>")
    made["To"] = "desk@paper.example"
    made["Subject"] = "Statement by the minister"
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0300"
    made.set_content(text, **({"cte": "quoted-printable"} if text else {}))
    return made


def mail(made: EmailMessage) -> Document:
    return read_bytes(made.as_bytes(), source="a.eml")


def test_what_a_press_office_sends() -> None:
    found = mail(message())
    assert found.text.strip() == SAID
    assert (found.title, found.author) == ("Statement by the minister", "Press Office")
    assert found.published == "2026-03-02T10:00:00+03:00"
    assert found.meta == {"from": "Press Office <press@sea.example>"}


def test_the_text_part_is_read_and_no_attachment() -> None:
    made = message()
    made.add_alternative(f"<p>{SAID}<p>View in your browser", subtype="html")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert mail(made).text.strip() == SAID


def test_without_a_text_part_the_words_of_the_html_are_read_with_their_links() -> None:
    made = EmailMessage(policy=SMTP)
    made["From"] = "press@sea.example"
    made.set_content('<p>As in <a href="https://post.example/7">The Post</a>.', subtype="html")
    found = mail(made)
    assert found.text.strip() == "As in The Post."
    assert found.author == ""
    (link,) = found.links
    assert (link.url, found.text[link.start : link.end]) == ("https://post.example/7", "The Post")


def test_flowed_lines_are_one_paragraph() -> None:
    made = message("We will not \nsend soldiers.\n\nNor ships.\n-- \nPress Office\n")
    made.set_param("format", "flowed")
    assert mail(made).text.startswith("We will not send soldiers.\n\nNor ships.\n-- \nPress")


@pytest.mark.parametrize("encoding", ["iso-8859-5", "windows-1251", "utf-8"])
def test_the_encoding_a_part_names_is_believed(encoding: str) -> None:
    made = EmailMessage(policy=SMTP)
    made.set_content("Министр заявила: Мы не отправим солдат.", charset=encoding)
    assert mail(made).text.strip() == "Министр заявила: Мы не отправим солдат."


def test_a_message_without_words_is_told() -> None:
    with pytest.raises(ReadError, match="without text"):
        mail(message(""))


def test_parts_within_parts_without_end_are_told() -> None:
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    with pytest.raises(ReadError, match="broken e-mail"):
        read_bytes("".join(parts).encode(), source="a.eml")


HEADERS = {
    "comments": "From: " + "(" * 20_000,
    "words": "Subject: " + "=?utf-8?q?a?= " * 3_000,
    "addresses": "From: " + ", ".join(f"a{n}@sample.example" for n in range(5_000)),
    "quotation marks": "Content-Type: text/plain; charset=" + '"' * 50_000,
    "parameters": "Content-Type: text/plain; " + "; ".join(f"x*{n}*=a" for n in range(2_000)),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_that_the_library_would_take_minutes_for_is_read_as_far_as_needed(
    header: str,
) -> None:
    begun = time.process_time()
    made = read_bytes(f"{header}\n\nWe will not send soldiers.\n".encode(), source="a.eml")
    assert made.text == "We will not send soldiers.\n"
    assert time.process_time() - begun < 5


def test_a_message_of_countless_parts_is_told() -> None:
    head = "Content-Type: multipart/mixed; boundary=x\n\n"
    with pytest.raises(ReadError, match="over 10,000 parts"):
        read_bytes((head + "--x\n\na\n" * 10_001).encode(), source="a.eml")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    whole = message().as_bytes()
    for damaged in (content, whole[:60] + content + whole[60:], whole[: len(content)]):
        try:
            read_bytes(damaged, source="a.eml")
        except ReadError as error:
            assert "\n" not in str(error)
