"""PDF: paragraphs from lines, furniture away, refusals in words."""

import shutil
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document, Unreadable
from provenance.reading import read, read_bytes

RELEASE = (
    "Minister Helen Marsh said on Monday that her govern-",
    "ment had read every request of its partners. “We will",
    "not send soldiers to the strait,” she told the press.",
    "Nobody objected.",
    "She answered no questions.",
    "A spokesman called it a mistake, and said so at some",
    "length afterwards.",
)
PARAGRAPHS = (
    "Minister Helen Marsh said on Monday that her government had read every request of its"
    " partners. “We will not send soldiers to the strait,” she told the press. Nobody objected."
    "\n\nShe answered no questions."
    "\n\nA spokesman called it a mistake, and said so at some length afterwards."
)


def pdf(*pages: Sequence[str]) -> bytes:
    """A file of the simplest kind: pages of lines in one of the typefaces every reader has."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
    ]
    for number, lines in enumerate(pages):
        shown = b"".join(b"(" + line.encode("cp1252") + b") '\n" for line in lines)
        drawn = b"BT /F1 10 Tf 14 TL 50 800 Td\n" + shown + b"ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            b"%d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(_stream(drawn))
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, len(written))
    )


def _stream(content: bytes, how: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), how, content)


def bomb() -> bytes:
    """A page whose drawing, packed twice, is a gigabyte and a half of spaces."""
    megabyte = b" " * (1 << 20)
    packing = zlib.compressobj()
    once = b"".join(packing.compress(megabyte) for _ in range(1500)) + packing.flush()
    whole, plain = pdf([]), _stream(b"BT /F1 10 Tf 14 TL 50 800 Td\nET")
    packed = _stream(zlib.compress(once), b"/Filter [/FlateDecode /FlateDecode] ")
    return whole.replace(plain, packed)


def text(content: bytes) -> str:
    return read_bytes(content, source="a.pdf").text


def refusal(content: bytes) -> str:
    with pytest.raises(ReadError) as raised:
        text(content)
    return str(raised.value)


def test_lines_become_paragraphs_and_divided_words_whole() -> None:
    assert text(pdf(RELEASE)) == PARAGRAPHS


def test_a_hyphen_before_a_capital_or_an_and_stays() -> None:
    lines = ("He spoke to the assembly of the region and to the UNO-", "Vollversammlung of pre-",
             "and postwar times, as it was called by those present.")  # fmt: skip
    assert "UNO-Vollversammlung of pre- and postwar" in text(pdf(lines))


def test_what_pages_begin_and_end_with_is_not_the_article() -> None:
    parts = (RELEASE[:2], RELEASE[2:5], RELEASE[5:])
    pages = [("Ministry of the Sea", *part, f"Page {n} of 3") for n, part in enumerate(parts, 1)]
    assert text(pdf(*pages)) == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert text(pdf(RELEASE[:2], RELEASE[2:])) == PARAGRAPHS


def test_it_is_known_by_its_bytes_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(pdf(RELEASE))
    (found,) = read(path)
    assert isinstance(found, Document)
    assert found.text == PARAGRAPHS
    assert found.snapshot is not None
    assert found.snapshot.media_type == "application/pdf"
    assert found.snapshot.content == path.read_bytes()


def test_what_has_no_text_or_is_broken_is_told() -> None:
    assert "scan" in refusal(pdf(()))
    assert "broken PDF" in refusal(b"%PDF-1.7\n...")


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install pypdfium2" in refusal(pdf(RELEASE))


def test_what_would_take_all_memory_or_no_end_of_time_costs_that_file_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(bomb()) < 20_000
    assert "broken PDF" in refusal(bomb())
    monkeypatch.setattr("provenance.reading._pdf._SECONDS", 0.001)
    assert "takes over" in refusal(pdf(RELEASE))


@settings(max_examples=30)
@given(st.integers(0, 1500), st.binary(max_size=20))
def test_a_damaged_file_is_read_or_told(cut: int, junk: bytes) -> None:
    whole = pdf(RELEASE)
    try:
        read_bytes(whole[:cut] + junk + whole[cut + len(junk) :], source="a.pdf")
    except ReadError as error:
        assert "\n" not in str(error)


def printed(html: str, folder: Path) -> Path:
    """A page as a browser prints it."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("no chromium here")
    page, path = folder / "page.html", folder / "page.pdf"
    page.write_text(f'<meta charset="utf-8"><body style="font: 13pt serif">{html}</body>')
    options = ("--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={path}")
    command = [browser, *options, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path


def _chinese_letters() -> bool:
    """Whether a font of this machine has them: a browser prints nothing for a letter it lacks."""
    command = ["fc-list", ":lang=zh", "family"]
    return bool(shutil.which("fc-list") and subprocess.check_output(command, timeout=60).strip())


@pytest.mark.skipif(not _chinese_letters(), reason="no font with Chinese letters here")
def test_a_printed_page_in_other_scripts(tmp_path: Path) -> None:
    said = (
        "外交部发言人林青星期一在北京举行的例行记者会上表示，"
        "中国政府始终主张通过对话和谈判解决分歧，反对任何形式的单边制裁。"
    )
    added = "Министр добавила, что решение может быть пересмотрено."
    (found,) = read(printed(f"<p>{said}<p>{added}", tmp_path))
    assert isinstance(found, Document)
    assert found.text == f"{said}\n\n{added}"


def test_arabic_letters_come_in_no_sure_order_and_are_refused(tmp_path: Path) -> None:
    said = "قالت الوزيرة يوم الاثنين إن حكومتها لن ترسل جنودا إلى المضيق."
    (found,) = read(printed(f'<p dir="rtl">{said}', tmp_path))
    assert isinstance(found, Unreadable)
    assert "Arabic script" in found.reason
