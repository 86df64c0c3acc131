"""Times of any precision as intervals, and what can be said of their order.

``2026-03-02`` is a whole day, ``2026`` a whole year, ``2026-03-01/2026-03-02T14:05`` all
between two times: two such times are ordered only when their intervals do not overlap,
everything else is "unknown" (Allen's interval algebra, CACM 26(11), 1983, of which *before*
and *after* are all that tracing needs).
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

Order = Literal["before", "after", "unknown"]

_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?:-?(?P<month>[0-9]{2})(?:-?(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})"
    r"(?::?(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?"
    r" ?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
_LONGEST = 81  # characters; nothing longer is an ISO 8601 time, or two of them
_WIDEST_ZONE = 14 * 3600.0  # seconds; civil time runs from UTC-12 to UTC+14
_DAY = 24 * 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class Interval:
    """The half-open stretch ``[start, end)`` a time may mean, in seconds since 1970 UTC.

    `zoned` is False where the text gave a time of day but no zone: such a time can be
    compared with another of its kind, not to the hour with a zoned one.
    """

    start: float
    end: float
    zoned: bool = True


@lru_cache(maxsize=65536)
def interval(text: str) -> Interval | None:
    """The stretch of time that ISO 8601 `text` means; None when it is none or impossible."""
    first, slash, last = text.partition("/")
    if slash:
        one, two = interval(first), interval(last) if "/" not in last else None
        if one is None or two is None or two.start < one.start:
            return None
        return Interval(one.start, two.end, one.zoned and two.zoned)
    found = _ISO.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    try:
        return _stretch(parts)
    except (ValueError, OverflowError):  # the 31st of February, the year 0
        return None


def order(first: str, second: str) -> Order:
    """Whether time `first` lies before or after `second`; "unknown" when they overlap,
    when one is missing, or when only one of them names its zone and they are within a day."""
    one, two = interval(first), interval(second)
    if one is None or two is None:
        return "unknown"
    slack = 0.0 if one.zoned == two.zoned else _WIDEST_ZONE
    if one.end + slack <= two.start:
        return "before"
    if two.end + slack <= one.start:
        return "after"
    return "unknown"


def hours(earlier: str, later: str) -> float | None:
    """Hours from the middle of `earlier` to the middle of `later`; None when unknown."""
    one, two = interval(earlier), interval(later)
    if one is None or two is None:
        return None
    return (two.start + two.end - one.start - one.end) / 2 / 3600


def years(text: str) -> tuple[int, int]:
    """The first and the last year a time may lie in; all of them when it is unknown."""
    known = interval(text)
    if known is None:
        return 1, 9999
    last = datetime(1970, 1, 1) + timedelta(seconds=max(known.start, known.end - 1))
    return (datetime(1970, 1, 1) + timedelta(seconds=known.start)).year, last.year


def since(text: str, hours: float) -> str:
    """All the time from so many hours before `text` to its end; `text` where it is none."""
    known = interval(text)
    if known is None or "/" in text:
        return text
    try:
        begin = datetime.fromtimestamp(known.start - hours * 3600, UTC)
    except (ValueError, OverflowError, OSError):
        return text
    zone = "Z" if known.zoned else ""
    return f"{begin:%Y-%m-%dT%H:%M:%S}{zone}/{text.strip()}"


def until(text: str, hours: float) -> str:
    """All the time from the beginning of `text` to so many hours after it; `text` where it is
    none."""
    known = interval(text)
    if known is None or "/" in text:
        return text
    try:
        end = datetime.fromtimestamp(known.start + hours * 3600, UTC)
    except (ValueError, OverflowError, OSError):
        return text
    zone = "Z" if known.zoned else ""
    return f"{text.strip()}/{end:%Y-%m-%dT%H:%M:%S}{zone}"


def rank(text: str) -> tuple[bool, float, float]:
    """What sorts times: the earlier first, what is none last."""
    known = interval(text)
    return (True, 0.0, 0.0) if known is None else (False, known.start, known.end)


def in_words(text: str) -> str:
    """`text` as a reader writes a date: ``2 March 2026``, ``March 2026``; "" when unknown."""
    found = _ISO.fullmatch(text.strip()) if interval(text) is not None else None
    if found is None:
        return ""
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return year
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _stretch(parts: dict[str, str]) -> Interval:
    zone = parts.pop("zone", "")
    moment = {name: int(value) for name, value in parts.items()}
    year, month, day = moment["year"], moment.get("month", 1), moment.get("day", 1)
    begin = datetime(
        year,
        month,
        day,
        moment.get("hour", 0),
        moment.get("minute", 0),
        min(moment.get("second", 0), 59),  # leap seconds
        tzinfo=_offset(zone),
    )
    start = begin.timestamp()
    end = start + _length(moment, begin)
    return Interval(start, end, bool(zone) or "hour" not in moment)


def _length(moment: dict[str, int], begin: datetime) -> float:
    if "second" in moment:
        return 1.0
    if "minute" in moment:
        return 60.0
    if "hour" in moment:
        return 3600.0
    if "day" in moment:
        return _DAY
    if "month" in moment:
        return monthrange(begin.year, begin.month)[1] * _DAY
    return (366 if isleap(begin.year) else 365) * _DAY


def _offset(zone: str) -> timezone:
    if zone in ("", "Z"):
        return UTC
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
