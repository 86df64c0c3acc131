from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.tracing import times

PATIENT = settings(deadline=None, max_examples=60)  # the first call imports libraries

MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026-03-02", "2026-03-03", "before"),
        ("2026-03", "2026-03-02", "unknown"),  # the day lies within the month
        ("2025", "2026-03-02T10:00", "before"),
        ("2026-03-02T14:05", "2026-03-02T14:06", "before"),
        ("2026-03-02T14:05+03:00", "2026-03-02T12:00Z", "before"),
        ("2026-03-02T14:05", "2026-03-02T15:00Z", "unknown"),  # whose clock was the first?
        ("2026-03-02T14:05", "2026-03-05T15:00Z", "before"),
        ("2026-03-02 14:05", "2026-03-02T14:05:59", "unknown"),  # within that minute
        ("", "2026", "unknown"),
        ("yesterday", "2026", "unknown"),
        ("2026-02-30", "2027", "unknown"),
    ],
)
def test_order_of_two_times(first: str, second: str, expected: str) -> None:
    assert times.order(first, second) == expected


@PATIENT
@given(MOMENTS, MOMENTS)
def test_order_is_antisymmetric_and_never_contradicts_the_clock(
    one: datetime, two: datetime
) -> None:
    opposite = {"before": "after", "after": "before", "unknown": "unknown"}
    for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M+00:00"):
        first, second = one.strftime(form).zfill(4), two.isoformat()
        answer = times.order(first, second)
        assert times.order(second, first) == opposite[answer]
        assert answer != "before" or one < two
        assert answer != "after" or two < one


@PATIENT
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = times.interval(text)
    assert found is None or found.start < found.end
    assert (times.in_words(text) == "") == (found is None)


@PATIENT
@given(MOMENTS.filter(lambda m: m.year > 1900), st.integers(0, 10_000))
def test_hours_between_two_minutes(one: datetime, minutes: int) -> None:
    later = one + timedelta(minutes=minutes) if one.year < 9990 else one
    gap = times.hours(one.strftime("%Y-%m-%dT%H:%MZ"), later.strftime("%Y-%m-%dT%H:%MZ"))
    assert gap == pytest.approx(minutes / 60 if one.year < 9990 else 0.0, abs=0.02)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T14:05:00+00:00", "2 March 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("in spring", ""),
    ],
)
def test_dates_are_written_out(text: str, expected: str) -> None:
    assert times.in_words(text) == expected


def test_a_stretch_between_two_times_is_a_time() -> None:
    assert times.order("2026-03-01/2026-03-02T14:05Z", "2026-03-02T14:00Z") == "unknown"
    assert times.order("2026-03-01/2026-03-02T14:05Z", "2026-03-03") == "before"
    assert times.interval("2026-03-02/2026-03-01") is None
    assert times.interval("2026-03-01/soon") is None


def test_since_reaches_back_and_keeps_the_zone_unknown_where_it_is() -> None:
    assert times.since("2026-03-02T12:00Z", 24) == "2026-03-01T12:00:00Z/2026-03-02T12:00Z"
    assert times.order(times.since("2026-03-02T12:00", 24), "2026-03-01T13:00") == "unknown"
    assert times.since("no time", 24) == "no time"


def test_a_time_reaches_until_hours_after_its_beginning() -> None:
    assert times.until("2026-03-02", 48.0) == "2026-03-02/2026-03-04T00:00:00Z"
    assert times.order(times.until("2026-03-02T09:00Z", 48.0), "2026-03-04T08:00Z") == "unknown"
    assert times.until("", 48.0) == ""
