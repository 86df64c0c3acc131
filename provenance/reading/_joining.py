"""Lines of one paragraph, where a format breaks it: a space between them, or none."""

from __future__ import annotations

import re

# Chinese and Japanese put no space between words, nor where a line ends.
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def between(before: str, after: str = "") -> str:
    """What stands between two lines: nothing where they are in a script without spaces."""
    unspaced = _UNSPACED.match(before[-1:]) and (not after or _UNSPACED.match(after))
    return "" if unspaced else " "


def joined(before: str, after: str) -> str:
    """Two lines as one."""
    return before + between(before, after) + after
