"""Text whose bytes were once read in the wrong encoding: «Ð\x9fÑ\x80Ð¸Ð²ÐµÑ‚» for «Привет».

It is put right only where that is certain, and said either way.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from provenance.languages.detect import plausibility

# The encodings UTF-8 is misread as, likeliest first.
_MISREADERS = ("cp1252", "cp1251", "koi8_r", "cp1250", "mac_roman")
# So many letters too many prove it: in 56,000 passages of 23 languages five had them, and
# each of the five was misread.
_SEVERAL = 3
# What is left of a curly quote, a dash or an ellipsis: nobody writes these three together.
_CURLY = "â\x80[\x93\x94\x98-\x9d\xa6]|â€[œ\x9d™˜¦“”]|‚Ä[ôòúùìî¶]"
_LEFT_OF_CURLY = re.compile(_CURLY)
# That, or what is left of a two-byte letter, three times in a row.
_MISREAD = re.compile(
    f"{_CURLY}|(?:[ÐÑ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]){{3}}|(?:[РС][°±µѓєѕїЃЂ»ЅІ‚ЊЏЌЎ]){{3}}"
)
_ACCENTED = re.compile("[À-ÿ]")
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
# A text reads like a language from here: see `plausibility`.
READABLE = 1.0


@dataclass(frozen=True, slots=True)
class Mended:
    """A text, and what was done to it or is wrong with it; no warning when nothing is."""

    text: str
    warning: str = ""


def mend(text: str) -> Mended:
    """`text` with bytes once misread put right, where that is certain.

    It is certain when the whole text or a line of it, written back in the wrong encoding,
    is UTF-8, and three bytes or more were letters too many or a curly quote's remains stood there.
    """
    if text.isascii():
        return Mended(text)
    for wrong in _MISREADERS:
        whole = _unread(text, wrong)
        if whole is not None:
            return Mended(whole, f"was UTF-8 misread as {wrong} (mojibake); repaired")
    return _by_line(text) if _MISREAD.search(text) else _from_cyrillic(text)


def telling(text: str) -> str:
    """The part of `text` where its characters outside ASCII begin, enough to judge it by."""
    first = _OUTSIDE_ASCII.search(text)
    start = max(0, first.start() - 100) if first else 0
    return text[start : start + 3000]


def counted(number: int, what: str) -> str:
    """``1 line``, ``2 lines``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _by_line(text: str) -> Mended:
    lines = text.split("\n")
    mended = [_line(line) for line in lines]
    changed = sum(new != old for new, old in zip(mended, lines, strict=True))
    if changed:
        return Mended("\n".join(mended), f"mojibake in {counted(changed, 'line')}; repaired")
    return Mended(text, "looks misread in places (mojibake); left as it is")


def _line(line: str) -> str:
    if line.isascii():
        return line
    found = (_unread(line, wrong) for wrong in _MISREADERS)
    return next((mended for mended in found if mended is not None), line)


def _unread(text: str, wrong: str) -> str | None:
    """`text` written back as `wrong` and read as UTF-8; None where that is not certain."""
    try:
        mended = text.encode(wrong, errors="provenance.sloppy").decode("utf-8")
    except UnicodeError:
        return None
    certain = len(text) - len(mended) >= _SEVERAL or _LEFT_OF_CURLY.search(text)
    return mended if certain else None


def _from_cyrillic(text: str) -> Mended:
    """`text`, unless its windows-1251 was read as windows-1252: «Ìû âîññòàíîâèì»."""
    sample = telling(text)
    if len(_ACCENTED.findall(sample)) * 2 < sum(map(str.isalpha, sample)):
        return Mended(text)
    try:
        mended = text.encode("cp1252", errors="provenance.sloppy").decode("cp1251")
    except UnicodeError:
        return Mended(text)
    if plausibility(telling(mended)) < READABLE:
        return Mended(text)
    return Mended(mended, "was cp1251 misread as cp1252 (mojibake); repaired")


def _sloppy(error: UnicodeError) -> tuple[bytes, int]:
    """Browsers read a byte that windows-1252 leaves undefined as the control of that number."""
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) < 256:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error("provenance.sloppy", _sloppy)
