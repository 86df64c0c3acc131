"""Encodings: what a file was written in is found, what was spoiled is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ReadError
from provenance.model import Document
from provenance.reading import read_bytes

ENGLISH = "“We will rebuild the bridge,” Mayor Ann Lee told the Harbour Post – at once.\n"
RUSSIAN = "«Мы восстановим мост этим летом», — заявила мэр Анна Лебедева газете в пятницу.\n"
POLISH = "„Odbudujemy most tego lata” – powiedziała w piątek burmistrz, która już zaczęła.\n"
TEXTS = {
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'),
    "cp866": RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'),
    "utf-16": RUSSIAN,
    "utf-16-le": RUSSIAN,
    "utf-16-be": RUSSIAN,
    "utf-8-sig": RUSSIAN,
    "utf-32": RUSSIAN,
    "cp1252": "« Nous reconstruirons le pont cet été », a déclaré la maire à la presse.\n",
    "cp1250": POLISH,
    "iso8859-2": POLISH.replace("„", '"').replace("”", '"').replace("–", "-"),
    "cp1254": "Başkan cuma günü köprünün bu yaz yeniden inşa edileceğini söyledi, ama nasıl?\n",
    "cp1256": "قال الوزير يوم الجمعة إن الحكومة لن تقبل هذا الاقتراح في أي وقت.\n",
    "gb18030": "市长周五对报纸表示：“我们将在今年夏天重建这座大桥。”\n",
    "big5": "市長週五對報紙表示：「我們將在今年夏天重建這座大橋。」\n",
    "cp932": "市長は金曜日、新聞に対し「この夏に橋を再建する」と述べた。\n",
    "euc-jp": "市長は金曜日、新聞に対し「この夏に橋を再建する」と述べた。\n",
    "cp949": "시장은 금요일 신문에 올여름 다리를 다시 세우겠다고 말했다.\n",
}


def read(content: bytes, charset: str = "") -> Document:
    return read_bytes(content, source="article.txt", charset=charset)


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items())
def test_an_undeclared_encoding_is_found(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)).text == text


def test_a_judged_encoding_is_said() -> None:
    assert read(RUSSIAN.encode("cp1251")).meta["warning"] == "no charset declared; read as cp1251"


def test_a_declared_encoding_is_believed_when_it_makes_sense() -> None:
    assert read(RUSSIAN.encode("mac-cyrillic"), "x-mac-cyrillic").text == RUSSIAN


def test_a_wrong_declaration_is_not_believed() -> None:
    document = read(RUSSIAN.encode("cp1251"), "iso-8859-1")
    assert document.text == RUSSIAN
    assert document.meta["warning"] == "declared iso-8859-1, but reads as cp1251"


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp1251"])
def test_mojibake_of_the_whole_text_is_repaired_and_said(wrong: str) -> None:
    spoiled = "".join(
        bytes([byte]).decode(wrong, errors="ignore") or chr(byte) for byte in RUSSIAN.encode()
    )
    document = read(spoiled.encode())
    assert document.text == RUSSIAN
    assert "mojibake" in document.meta["warning"]


@pytest.mark.parametrize("wrong", ["cp1252", "mac-roman"])
@pytest.mark.parametrize("mark", ["’", "“", "–", "—", "…"])
def test_one_curly_quote_or_dash_misread_is_enough_to_be_certain(wrong: str, mark: str) -> None:
    sound = f"He said {mark} it was fine."
    document = read(sound.encode().decode(wrong).encode())
    assert document.text == sound
    assert wrong.replace("-", "_") in document.meta["warning"]


def test_a_german_low_quote_before_an_umlaut_is_no_mojibake() -> None:
    text = "Sie rief ‚Ärzte her‘ und ‚Äpfel auch‘."
    assert read(text.encode()).text == text


def test_mojibake_of_one_line_is_repaired_there() -> None:
    document = read((RUSSIAN + ENGLISH.encode().decode("latin-1")).encode())
    assert document.text == RUSSIAN + ENGLISH
    assert document.meta["warning"] == "mojibake in 1 line; repaired"


def test_mojibake_that_lost_bytes_is_left_and_said() -> None:
    spoiled = "He said it’s fine; it isn’t.".encode().decode("cp1252") + " «Привет» \ufffd â€œ"
    document = read(spoiled.encode())
    assert document.text == spoiled
    assert "left as it is" in document.meta["warning"]


def test_cyrillic_read_as_western_letters_is_repaired() -> None:
    assert read(RUSSIAN.encode("cp1251").decode("cp1252").encode()).text == RUSSIAN


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, POLISH, "Ça va à l’été où naît l’œuvre."])
def test_a_sound_text_is_never_mended(text: str) -> None:
    document = read(text.encode())
    assert document.text == text
    assert not document.meta


def test_mixed_encodings_are_read_line_by_line_and_said() -> None:
    document = read(ENGLISH.encode() + RUSSIAN.encode("cp1251"))
    assert document.text == ENGLISH + RUSSIAN
    assert document.meta["warning"].startswith("mixed encodings")


def test_a_few_torn_bytes_are_shown_and_counted() -> None:
    torn = RUSSIAN.encode() * 3
    document = read(torn[:50] + b"\xff" + torn[50:])
    assert document.text.count("\ufffd") == 1
    assert document.meta["warning"] == "not valid utf-8 in 1 place, shown as \ufffd"


def test_a_stray_nul_is_dropped() -> None:
    assert read(RUSSIAN.encode() * 2 + b"\x00" + RUSSIAN.encode()).text == RUSSIAN * 3


def test_letters_and_accents_apart_are_put_together() -> None:
    assert read("Cafe\u0301 и\u0306".encode()).text == "Café й"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b"\x00" * 64, "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"word " * 900_000, "more than an article"),
        (b"a" * 20_000_000, "more than an article"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(content: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read(content)
    assert "\n" not in str(caught.value)


NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.xml", "a.warc", "a"])
PIECES = st.sampled_from(
    [b"---\n", b"a: b\n", b"<p>", b"<html>", b'{"text":', b'"x"}', b"\xff\xfe", b"\x00", b"\xd0"]
)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.lists(PIECES, max_size=9).map(b"".join), NAMES, st.text())
def test_any_bytes_are_a_document_or_a_reason(content: bytes, name: str, charset: str) -> None:
    try:
        document = read_bytes(content, source=name, charset=charset)
    except ReadError as error:
        assert str(error)
        assert "\n" not in str(error)
    else:
        assert document.text.strip()
        document.text.encode("utf-8")
        assert not set(document.text) & {"\r", "\x00"}


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "P", "Zs"]), min_size=1, max_size=80))
def test_utf8_text_comes_back_as_it_went_in(words: str) -> None:
    import unicodedata

    plain = unicodedata.normalize("NFC", "Words: " + words)
    assert read(plain.encode()).text == plain
