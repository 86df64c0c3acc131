"""Dates as sources write them, in the one form the project keeps: ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})? ?(?P<zone>Z|z|[+-]\d{2}:?\d{2})?)?"
)


def iso(written: str) -> str:
    """`written` in ISO 8601 with the precision it has, or empty when it is no such date.

    Takes ISO forms with a space or without a colon in the zone, and the dates of feeds
    and mail (RFC 5322). Anything ambiguous, such as ``02/03/2026``, is refused: a wrong
    date turns a chain round.
    """
    text = " ".join(written.split())
    match = _ISO.fullmatch(text)
    if match:
        return _checked(match["date"], match["time"], match["zone"])
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _checked(date: str, time: str | None, zone: str | None) -> str:
    full = date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
    moment = f"{date}T{time}{_offset(zone)}" if time else date
    try:
        datetime.fromisoformat(full)
        if time:
            datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return moment


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in "Zz":
        return "+00:00"
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
