"""Typed attributes of documents and annotations: what they are, and which values fit them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable


class Subject(StrEnum):
    """What an attribute is said of."""

    DOCUMENT = "document"
    ANNOTATION = "annotation"


class Kind(StrEnum):
    """What values an attribute takes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"


class Status(StrEnum):
    """How far an annotation is looked at."""

    NONE = ""
    REVIEW = "review"
    CHECKED = "checked"
    DISPUTED = "disputed"


YES, NO = "yes", "no"
"""The values of a yes-no attribute."""

CERTAINTY = "certainty"
"""The id of the attribute that every library has from the start, on annotations."""

CERTAINTIES = ("high", "medium", "low")
"""Its choices as they are stored; the window has words for them."""

GIVEN = ("title", "date", "source", "authors", "region")
"""What is known of a document by itself: columns of its own, edited like attributes."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """The definition of an attribute. ``choices`` are those of kind ``choice``, in order."""

    id: str
    subject: Subject
    name: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """What an attribute says of a document, or of an annotation on it."""

    attribute: str
    document: str
    value: str
    annotation: str | None = None

    @property
    def id(self) -> str:
        """The identity: there is one value of an attribute for each thing."""
        return f"{self.annotation or self.document}:{self.attribute}"


@dataclass(frozen=True, slots=True)
class DocumentTag:
    """A tag on a whole document."""

    document: str
    tag: str
    coder: str = ""
    created: str = ""

    @property
    def id(self) -> str:
        """The identity: a tag is on a document once."""
        return f"{self.document}:{self.tag}"


def checked_value(attribute: Attribute, text: str) -> str:
    """Return ``text`` as a value of ``attribute`` is stored; empty text is no value.

    Raises ``ATTRIBUTE_VALUE_INVALID``, which says what would fit.

    >>> grade = Attribute("1", Subject.DOCUMENT, "发行量", Kind.NUMBER)
    >>> checked_value(grade, " 12,000 "), checked_value(grade, "3.50")
    ('12000', '3.5')
    >>> day = Attribute("2", Subject.DOCUMENT, "日期", Kind.DATE)
    >>> checked_value(day, "2025-3-1"), checked_value(day, "2025年3月")
    ('2025-03-01', '2025-03')
    """
    value = text.strip()
    if not value:
        return ""
    found = _READERS[attribute.kind](attribute, value)
    if found is None:
        reason = _wanted(attribute)
        raise MeipiError(
            ErrorCode.ATTRIBUTE_VALUE_INVALID, name=attribute.name, value=value, reason=reason
        )
    return found


def fits(attribute: Attribute, value: str) -> bool:
    """Say whether ``value`` is one of ``attribute``.

    >>> fits(Attribute("1", Subject.DOCUMENT, "刊期", Kind.CHOICE, ("日报", "周报")), "月刊")
    False
    """
    try:
        checked_value(attribute, value)
    except MeipiError:
        return False
    return True


def _number(_: Attribute, text: str) -> str | None:
    plain = text.replace(",", "").replace("，", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", plain, re.ASCII):
        return None
    if re.fullmatch(r"[+-]?\d+", plain, re.ASCII):
        # Zeros before it are no part of a number; digits may be more than Python converts.
        digits = plain.lstrip("+-").lstrip("0") or "0"
        return f"-{digits}" if plain.startswith("-") and digits != "0" else digits
    value = float(plain)
    return repr(value) if math.isfinite(value) else None


_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)?|年?)", re.ASCII)


def _date(_: Attribute, text: str) -> str | None:
    """Read a day, a month or a year, as people write them in numbers."""
    if re.fullmatch(r"--\d\d-\d\d", text, re.ASCII):  # a day of no known year, as texts have it
        return text if _is_day(2000, int(text[2:4]), int(text[5:])) else None
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or not _is_day(year, month or 1, day or 1):
        return None
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_TRUTHS = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "有", "对"), YES),
    **dict.fromkeys(("no", "n", "false", "0", "否", "无", "不", "没有"), NO),
}


def _choice(attribute: Attribute, text: str) -> str | None:
    return text if text in attribute.choices else None


_READERS: dict[Kind, Callable[[Attribute, str], str | None]] = {
    Kind.TEXT: lambda _, text: text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: lambda _, text: _TRUTHS.get(text.casefold()),
}

_WANTED = {
    Kind.NUMBER: Phrase("请填数字，如 12 或 3.5", "write a number such as 12 or 3.5"),
    Kind.DATE: Phrase(
        "请填日期，如 2025-03-01、2025-03 或 2025",
        "write a date such as 2025-03-01, 2025-03 or 2025",
    ),
    Kind.YES_NO: Phrase("请填“是”或“否”", "write yes or no"),
}


def _wanted(attribute: Attribute) -> Phrase:
    if attribute.kind is not Kind.CHOICE:
        return _WANTED[attribute.kind]
    if not attribute.choices:
        return Phrase("还没有可选的值", "it has no choices yet")
    listed = "、".join(attribute.choices[:8]), ", ".join(attribute.choices[:8])
    return Phrase(f"可选：{listed[0]}", f"choose one of {listed[1]}")
