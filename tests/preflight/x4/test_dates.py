"""Dates that Info and XMP write in different ways."""

import pytest

from printkit.preflight.x4.dates import from_info, from_xmp, same


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        ("D:20260102030405Z", "2026-01-02T03:04:05Z"), ("D:20260102030405+00'00'", "2026-01-02T03:04:05Z"),
        ("D:20260102030405Z00'00'", "2026-01-02T03:04:05+00:00"),
        ("D:20260102030405+01'00'", "2026-01-02T02:04:05Z"),
        ("D:20260102030405+01'00", "2026-01-02T03:04:05.75+01:00"),
        ("D:20260102030405-05'30'", "2026-01-02T03:04:05-05:30"), ("D:202601", "2026-01"), ("D:2026", "2026"),
        ("D:20260102", "2026-01-02"), ("D:202601020304", "2026-01-02T03:04"), ("20260102", "2026-01-02"),
        ("D:20260102030405", "2026-01-02T03:04:05+01:00"), ("D:20260101000000Z", "2026-01"),
    ],
)  # fmt: skip
def test_the_same_date_in_other_words(info: str, xmp: str) -> None:
    one, other = from_info(info), from_xmp(xmp)
    assert one is not None
    assert other is not None
    assert same(one, other)


@pytest.mark.parametrize(
    ("info", "xmp"),
    [
        ("D:20260102030405Z", "2026-01-02T03:04:06Z"), ("D:20260102030405Z", "2026-01-02T03:04:05+01:00"),
        ("D:202601", "2026-02"), ("D:20260102", "2026-01"), ("D:20260102030405", "2026-01-02T03:05:05Z"),
    ],
)  # fmt: skip
def test_dates_that_differ(info: str, xmp: str) -> None:
    one, other = from_info(info), from_xmp(xmp)
    assert one is not None
    assert other is not None
    assert not same(one, other)


@pytest.mark.parametrize("text", ["", "D:", "D:20261302", "yesterday", "D:20260230", "D:2026010", None])
def test_what_is_no_date_of_info(text: str | None) -> None:
    assert from_info(text) is None


@pytest.mark.parametrize("text", ["", "2026-13", "2026-1", "20260102", "2026-01-02T25:00Z", None, ["2026"]])
def test_what_is_no_date_of_xmp(text: object) -> None:
    assert from_xmp(text) is None
