"""Dates against the day of publication."""

from __future__ import annotations

import pytest

from meipi.entities.dates import normal_time
from meipi.entities.published import PublishedOn, published_on


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2月28日", "2025-02-28"),
        ("12日", "2025-03-12"),
        ("去年12月", "2024-12"),
        ("今年以来", "2025-01-01/2025-03-01"),
        ("昨天下午", "2025-02-28"),
        ("昨晚8点半", "2025-02-28T20:30"),
        ("上月底", "2025-02"),
        ("一季度", "2025-01/2025-03"),
        ("上世纪90年代", "1990/1999"),
        ("2024年12月31日至2025年1月3日", "2024-12-31/2025-01-03"),
        ("3月22日15:00—16:30", "2025-03-22T15:00/16:30"),
        ("过去24个小时", "PT24H"),
    ],
)
def test_dates_are_reckoned_from_the_day_of_publication(written: str, normal: str) -> None:
    assert normal_time(written, published_on("2025-03-01")) == normal


def test_a_month_and_day_belong_to_the_nearest_year() -> None:
    assert normal_time("12月3日", published_on("2025-01-05")) == "2024-12-03"


@pytest.mark.parametrize("written", ["今年以来", "昨天", "本月15日", "上半年", "近年来"])
def test_nothing_is_invented_without_a_day_of_publication(written: str) -> None:
    assert normal_time(written, PublishedOn()) is None


def test_no_year_is_invented_where_the_article_gives_none() -> None:
    assert normal_time("8月17日", published_on("--08-17")) == "--08-17"


@pytest.mark.parametrize("written", ["2月30日", "2025年2月29日", "13月1日"])
def test_a_day_the_calendar_does_not_have_has_no_normal_form(written: str) -> None:
    assert normal_time(written, published_on("2025-03-01")) is None


@pytest.mark.parametrize("declared", [None, "", "soon", "2025", "2025-13-45"])
def test_any_declared_date_is_read_without_failing(declared: str | None) -> None:
    assert published_on(declared).date is None
