"""Text from outside, made harmless where it is shown or opened.

Control characters could move a terminal's cursor, recolour or retitle its window, and are
no part of any XML; bidirectional overrides could show a sentence in another order than it
was written (CVE-2021-42574); marks stacked high enough cover the lines above; a cell may be
a spreadsheet's formula (OWASP, CSV injection).
"""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

# More marks on one letter than any language writes: the seventh and those after it.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACK = re.compile(f"({_MARK}{{6}}){_MARK}+")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    r"""`text` with control and bidirectional characters spelt out (``\x1b``, ``\u202e``), and
    without marks stacked to cover what stands above."""
    return _STACK.sub(r"\1", _CONTROL.sub(_spell, text))


def one_line(text: str) -> str:
    """`text` made visible, its white space folded to single spaces."""
    return visible(" ".join(text.split()))


def escaped(json_text: str) -> str:
    r"""JSON with the same characters as ``\uXXXX``, which any JSON reader undoes."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", json_text)


def cell(text: str) -> str:
    """`text` for a table that a spreadsheet may open: no formula, though numbers stay."""
    is_number = text.lstrip("+-").replace(".", "", 1).replace("e-", "", 1).isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _spell(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
