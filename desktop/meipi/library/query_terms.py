"""Single conditions in SQL: words within a column, dates and numbers compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.errors import Phrase
from meipi.core.fold import fold
from meipi.core.query import ANY, Compare, Term, wrong
from meipi.core.query_words import VALUE_NAMES

if TYPE_CHECKING:
    Values = tuple[str | int | float, ...]
    Condition = tuple[str, Values]

_KEYED = frozenset({"choice", "yes-no"})
"""The kinds of attributes whose values may be stored as keys."""
_RANGE = ".."
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_SIGNS = {
    Compare.HAS: "=",
    Compare.IS: "=",
    Compare.UNDER: "<",
    Compare.UPTO: "<=",
    Compare.OVER: ">",
    Compare.FROM: ">=",
}


def matching(column: str, term: Term) -> Condition:
    """Return SQL that says whether ``column`` holds the value of ``term``, in either script."""
    if term.value == ANY:
        return f"coalesce({column}, '') <> ''", ()
    word = "is_folded" if term.compare is Compare.IS or not term.value else "has_folded"
    return f"{word}(?, {column})", (fold(term.value),)


def comparison(column: str, term: Term, text: str, *, kind: str) -> Condition:
    """Return SQL that compares ``column`` with the value of ``term`` as ``kind`` has it."""
    if term.value == ANY:
        return f"coalesce({column}, '') <> ''", ()
    compare = {"date": _dated, "number": _counted}.get(kind)
    if compare is None:
        if _SIGNS[term.compare] != "=":
            reason = Phrase("这个属性不能比大小", "this attribute cannot be compared so")
            wrong(reason, text, term.span)
        wanted = term.value
        if kind in _KEYED:
            wanted = VALUE_NAMES.get(wanted, wanted)
        return f"is_folded(?, {column})", (fold(wanted),)
    low, dots, high = term.value.partition(_RANGE)
    if not dots or _SIGNS[term.compare] != "=":
        return compare(column, term, text, _SIGNS[term.compare], term.value)
    ends = [(sign, value) for sign, value in ((">=", low), ("<=", high)) if value]
    found = [compare(column, term, text, sign, value) for sign, value in ends]
    if not found:
        wrong(Phrase("这里少了要找的内容", "what to look for is missing here"), text, term.span)
    return f"({' AND '.join(one for one, _ in found)})", sum((two for _, two in found), ())


def iso_date(words: str) -> str | None:
    """Return a date as the library writes it, as precise as it was given.

    >>> iso_date("2024年3月"), iso_date("2024/3/5"), iso_date("2024"), iso_date("去年")
    ('2024-03', '2024-03-05', '2024', None)
    """
    found = _DATE.fullmatch(words.strip())
    if found is None:
        return None
    year, *others = found.groups()
    return "-".join((year, *(f"{int(part):02}" for part in others if part)))


def _dated(column: str, term: Term, text: str, sign: str, value: str) -> Condition:
    """Compare dates as precisely as ``value`` is; a date less precise than that is not known."""
    date = iso_date(value)
    if date is None:
        reason = Phrase(
            "日期写作 2024、2024-03、2024-03-05 或 2024..2025",
            "dates are written 2024, 2024-03, 2024-03-05 or 2024..2025",
        )
        wrong(reason, text, term.span)
    size = len(date)
    known = f"{column} GLOB '[0-9]*' AND length({column}) >= {size}"
    return f"({known} AND substr({column}, 1, {size}) {sign} ?)", (date,)


def _counted(column: str, term: Term, text: str, sign: str, value: str) -> Condition:
    try:
        number = float(value)
    except ValueError:
        reason = Phrase("这里要写一个数", "a number belongs here")
        wrong(reason, text, term.span)
    return f"(coalesce({column}, '') <> '' AND CAST({column} AS REAL) {sign} ?)", (number,)
