"""The day of publication, as far as it is known, and small helpers of the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from meipi.entities.numerals import number_value

_ISO = re.compile(r"^(?:(\d{4})|-)(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class PublishedOn:
    """What is known of the day of publication."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, if all of it is known and there is such a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return calendar_day(self.year, self.month, self.day)


def published_on(declared: str | None) -> PublishedOn:
    """Read a structure's date.

    >>> published_on("2025-03-01").date, published_on("--08-17").month, published_on(None).year
    (datetime.date(2025, 3, 1), 8, None)
    """
    match = _ISO.match(declared or "")
    if match is None:
        return PublishedOn()
    return PublishedOn(*(int(part) if part else None for part in match.groups()))


def small(written: str | None) -> int | None:
    """Return the whole number written, if there is one."""
    value = number_value(written) if written else None
    return None if value is None else int(value)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, none where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
