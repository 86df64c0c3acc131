"""Undeclared encodings against charset-normalizer: ``python -m benchmarks.encodings``.

Sentences of the language spans, four together and cut at 120 characters, written in the
encodings their languages were printed in, and read back without a word about which.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import records
from provenance.errors import ReadError
from provenance.reading._characters import clean, decode

SPANS = "eval/language/spans.jsonl.xz"
ENCODINGS = {
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "uk": ("cp1251", "koi8-u"),
    "bg": ("cp1251",),
    "be": ("cp1251",),
    "sr": ("cp1251", "iso8859-5"),
    "de": ("cp1252", "cp850", "mac-roman"),
    "fr": ("cp1252",),
    "es": ("cp1252",),
    "pl": ("cp1250", "iso8859-2"),
    "cs": ("cp1250", "iso8859-2"),
    "ro": ("cp1250",),
    "tr": ("cp1254",),
    "et": ("cp1257",),
    "ar": ("cp1256",),
    "zh": ("gb18030", "big5hkscs"),
    "ja": ("cp932", "euc-jp"),
    "ko": ("cp949",),
}
Reader = Callable[[bytes], str]


def main() -> None:
    spans = list(records(SPANS))
    readers: dict[str, Reader] = {"provenance": _ours, "charset-normalizer": _theirs}
    print("characters right, of texts of four sentences and of 120 characters")
    print(f"{'':20}" + "".join(f"{name:>26}" for name in readers))
    totals = {name: [0, 0, 0, 0] for name in readers}
    for language, encodings in ENCODINGS.items():
        texts = [span["full"] for span in spans if span["lang"] == language]
        articles = [" ".join(texts[at : at + 4]) for at in range(0, len(texts) - 4, 4)]
        for encoding in encodings:
            _compare(f"{language} {encoding}", encoding, articles, readers, totals)
    print(f"{'all':20}" + "".join(f"{_shown(total):>26}" for total in totals.values()))


def _compare(
    name: str,
    encoding: str,
    articles: list[str],
    readers: dict[str, Reader],
    totals: dict[str, list[int]],
) -> None:
    line = f"{name:20}"
    for reader, read in readers.items():
        counts = [
            *_right(articles, encoding, read),
            *_right([article[:120] for article in articles], encoding, read),
        ]
        totals[reader] = [a + b for a, b in zip(totals[reader], counts, strict=True)]
        line += f"{_shown(counts):>26}"
    print(line)


def _shown(counts: list[int]) -> str:
    return f"{counts[0]}/{counts[1]}  {counts[2]}/{counts[3]}"


def _right(texts: list[str], encoding: str, read: Reader) -> tuple[int, int]:
    """How many of the texts that are not plain ASCII or UTF-8 come back as they were."""
    contents = [text.encode(encoding, errors="ignore") for text in texts]
    telling = [content for content in contents if not _is_utf8(content)]
    right = sum(read(content) == clean(content.decode(encoding)) for content in telling)
    return right, len(telling)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _ours(content: bytes) -> str:
    try:
        return decode(content).text
    except ReadError:
        return ""


def _theirs(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    return clean(str(best)) if best else ""


if __name__ == "__main__":
    main()
