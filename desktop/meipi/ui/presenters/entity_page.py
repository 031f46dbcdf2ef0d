"""An entity across the library in rows: its concordance, its company, its time as bars."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.ui.i18n import number
from meipi.ui.presenters.dates import word_date
from meipi.ui.presenters.entities import TYPES_LISTED
from meipi.ui.presenters.matching import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from meipi.core.entity import EntityName
    from meipi.core.spans import Span
    from meipi.library.naming_queries import Counted
    from meipi.services.concordance import EntityPage, Line
    from meipi.ui.i18n import Words

SORTS = ("document", "date", "before", "after")
_FULL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MOST_BARS = 48


@dataclass(frozen=True, slots=True)
class LineRow:
    """One mention in its context; ``first`` stands under the title of its document."""

    line: Line
    date: str
    first: bool = False

    @property
    def document(self) -> str:
        """The document it is in."""
        return self.line.document

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.line.span

    @property
    def text(self) -> str:
        """What is filtered for and read aloud."""
        line = self.line
        return f"{line.before}{line.match}{line.after} {line.title}"


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """An entity named beside another, and how often."""

    entity: EntityName
    count: int
    documents: int

    @property
    def text(self) -> str:
        """What is read aloud."""
        return f"{self.entity.name} {self.count}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A way of writing, whatever the script: its commonest spelling and how often it stands."""

    key: str
    name: str
    times: int


def form_groups(variants: Iterable[tuple[str, int]]) -> list[FormGroup]:
    """Gather ``variants``, the most frequent first, that differ in script only.

    >>> [(g.name, g.times) for g in form_groups([("宝坻", 17), ("寶坻區", 12), ("宝坻区", 11)])]
    [('寶坻區', 23), ('宝坻', 17)]
    """
    names: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for form, times in variants:
        names.setdefault(fold(form), form)
        counted[fold(form)] += times
    return [FormGroup(key, names[key], times) for key, times in counted.most_common()]


def line_rows(
    lines: Iterable[Line], words: Words, *, sort: str, query: str, forms: Collection[str]
) -> list[LineRow]:
    """Return the lines written in one of ``forms`` (folded) that fit ``query``, by ``sort``."""
    rows = [
        LineRow(line, word_date(line.date, words)) for line in lines if fold(line.match) in forms
    ]
    if query.strip():
        wanted = fold(query.strip())
        rows = [row for row in rows if wanted in fold(row.text) or fits(query, row.line.title)]
    rows.sort(key=_ORDERS[sort])
    if sort not in {"document", "date"}:
        return rows
    before = [None, *(row.document for row in rows)]
    return [
        LineRow(row.line, row.date, first=row.document != last)
        for row, last in zip(rows, before, strict=False)
    ]


def _by_document(row: LineRow) -> tuple[object, ...]:
    return row.line.title, row.document, row.span.start


def _by_date(row: LineRow) -> tuple[object, ...]:
    known = row.line.date if row.line.date and _FULL.fullmatch(row.line.date) else ""
    return not known, known, row.line.title, row.document, row.span.start


_ORDERS: dict[str, Callable[[LineRow], tuple[object, ...]]] = {
    "document": _by_document,
    "date": _by_date,
    "before": lambda row: (row.line.before[::-1], row.line.title, row.span.start),
    "after": lambda row: (row.line.after, row.line.title, row.span.start),
}


def company_rows(found: Iterable[Counted]) -> list[CompanyRow]:
    """Return the entities named beside it."""
    return [CompanyRow(one.entity, one.times, one.documents) for one in found]


def summary(page: EntityPage, words: Words) -> str:
    """Say how often and where an entity is named, and what is still being counted."""
    parts = [
        words("entity.times", count=number(len(page.lines))),
        words("entity.in_documents", count=number(page.documents)),
    ]
    dated = sorted(date for date in page.dates or {} if date and _FULL.fullmatch(date))
    if dated:
        first, last = dated[0][:4], dated[-1][:4]
        parts.append(first if first == last else f"{first}–{last}")
    if page.waiting:
        parts.append(words("entity.waiting", count=number(page.waiting)))
    return " · ".join(parts)


def time_bars(dates: Mapping[str | None, int], words: Words) -> list[Bar]:
    """Count mentions by day, month or year, whichever gives few enough bars; gaps stay gaps."""
    known = {date: times for date, times in dates.items() if date and _FULL.fullmatch(date)}
    rest = sum(dates.values()) - sum(known.values())
    bars: list[Bar] = []
    for length, steps in ((10, _days), (7, _months), (4, _years)):
        if known and all(len(date) >= length for date in known):
            counted = Counter[str]()
            for date, times in known.items():
                counted[date[:length]] += times
            bars = [Bar(label, counted[label]) for label in steps(min(counted), max(counted))]
            if len(bars) <= _MOST_BARS:
                break
    bars = bars[-_MOST_BARS:]
    return [*bars, Bar(words("entity.undated"), rest)] if rest else bars


def type_bars(company: Iterable[Counted], words: Words) -> list[Bar]:
    """Count what is named beside an entity by type."""
    counted: Counter[str] = Counter()
    for one in company:
        counted[one.entity.type] += one.times
    return [Bar(words(f"type.{kind}"), counted[kind]) for kind in TYPES_LISTED if counted[kind]]


def bars_csv(bars: Iterable[Bar]) -> str:
    """Return bars as a table with commas."""
    return _csv([(bar.label, bar.value) for bar in bars])


def lines_csv(rows: Iterable[LineRow]) -> str:
    """Return a concordance as a table with commas: title, date, place, context."""
    return _csv(
        [
            (line.title, line.date or "", line.span.start, line.before, line.match, line.after)
            for line in (row.line for row in rows)
        ]
    )


def _csv(rows: Sequence[tuple[object, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _days(first: str, last: str) -> list[str]:
    from datetime import date, timedelta

    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # a text may give a day that no calendar has
        return sorted({first, last})
    length = min((end - start).days + 1, _MOST_BARS + 1)
    return [(start + timedelta(days=day)).isoformat() for day in range(length)]


def _months(first: str, last: str) -> list[str]:
    start, end = (int(d[:4]) * 12 + int(d[5:7]) - 1 for d in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _years(first: str, last: str) -> list[str]:
    return [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
