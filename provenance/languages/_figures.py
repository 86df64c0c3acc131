"""The value of a number in figures, whatever parts its thousands and its decimals."""

from __future__ import annotations

import re

GROUP_SPACES = "\u0020\u00a0\u202f\u2009'’٬"


def value(text: str, decimal: str) -> float | None:
    """The value of digits with separators; a separator before three digits makes a group."""
    if text.isdecimal():
        return float(text)
    plain = text.replace("٫", decimal)
    for space in GROUP_SPACES:
        plain = plain.replace(space, "")
    marks = [char for char in plain if char in ".,"]
    if len(set(marks)) == 2:
        plain = _two_marks(plain)
    elif len(marks) > 1:
        if not all(len(part) == 3 for part in re.split("[.,]", plain)[1:]):
            return None  # a date or a version: 12.05.2022
        plain = plain.replace(marks[0], "")
    elif marks:
        plain = _one_mark(plain, marks[0], decimal)
    try:
        return float(plain)
    except ValueError:
        return None


def _two_marks(plain: str) -> str:
    last = max(plain.rfind("."), plain.rfind(","))
    whole = plain[:last].replace(".", "").replace(",", "")
    return f"{whole}.{plain[last + 1 :]}"


def _one_mark(plain: str, mark: str, decimal: str) -> str:
    whole, _, rest = plain.partition(mark)
    grouped = len(rest) == 3 and 0 < len(whole) <= 3 and not whole.startswith("0")
    if grouped and (mark != decimal or rest == "000"):
        return whole + rest
    return f"{whole}.{rest}"
