"""What SQL is given to compare words as a reader does: in either script, width and case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.library.readings import UNREADABLE, load_text

if TYPE_CHECKING:
    import sqlite3

_TEXTS = 8
"""Texts kept while the paragraphs of a query are gone through, document by document."""


def register(connection: sqlite3.Connection) -> None:
    """Give ``connection`` the functions that queries use."""
    texts = lru_cache(maxsize=_TEXTS)(lambda reading: _folded_text(connection, reading))

    def words_within(pattern: str, reading: int, start: int, end: int) -> bool:
        return _compiled(pattern).search(texts(reading)[start:end]) is not None

    for name, count, function in (
        ("has_words", 2, _has_words),
        ("has_folded", 2, _has_folded),
        ("is_folded", 2, _is_folded),
        ("backwards", 1, _backwards),
        ("in_a_line", 1, _in_a_line),
    ):
        connection.create_function(name, count, function, deterministic=True)
    connection.create_function("words_within", 4, words_within)


def _has_words(pattern: str, text: str | None) -> bool:
    return text is not None and _compiled(pattern).search(fold(text)) is not None


def _has_folded(wanted: str, text: object) -> bool:
    return text is not None and wanted in fold(str(text))


def _is_folded(wanted: str, text: object) -> bool:
    return text is not None and wanted == fold(str(text))


def _backwards(text: str | None) -> str:
    return _in_a_line(text)[::-1]


def _in_a_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _folded_text(connection: sqlite3.Connection, reading: int) -> str:
    try:
        return fold(load_text(connection, reading))
    except UNREADABLE:
        return ""


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
