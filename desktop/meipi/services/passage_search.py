"""Equal passages of a text: the very words, the words in either script, or an expression."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 5.0
"""After this long an expression is given up: some take for ever."""


class Way(StrEnum):
    """When passages count as equal."""

    EXACT = "exact"
    SCRIPT = "script"
    REGEX = "regex"


class ExpressionError(ValueError):
    """An expression that cannot be read; without a reason, one that takes for ever."""


def places(text: str, query: str, way: Way) -> Iterator[Span]:
    """Yield where ``query`` is met in ``text``, without overlaps. Raises ``ExpressionError``.

    >>> list(places("寶坻區與宝坻区", "宝坻", Way.SCRIPT))
    [Span(start=0, end=2), Span(start=4, end=6)]
    >>> list(places("寶坻區與宝坻区", "宝坻", Way.EXACT))
    [Span(start=4, end=6)]
    """
    if way is Way.EXACT:
        return literal(text, query)
    if way is Way.SCRIPT:
        return literal(fold(text), fold(query))
    return expression(fold(text), query)


def literal(text: str, wanted: str) -> Iterator[Span]:
    """Yield where ``wanted`` stands in ``text``."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield Span(at, at + len(wanted))
        at = text.find(wanted, at + len(wanted))


def expression(folded: str, query: str) -> Iterator[Span]:
    """Search by an expression; `regex` lets other threads run meanwhile, and can be stopped."""
    import regex

    try:
        pattern = regex.compile(_folded(query), regex.IGNORECASE | regex.MULTILINE)
        for match in pattern.finditer(folded, concurrent=True, timeout=SECONDS):
            if match.end() > match.start():
                yield Span(*match.span())
    except TimeoutError as error:
        raise ExpressionError from error
    except (regex.error, MemoryError, OverflowError, RecursionError) as error:
        raise ExpressionError(str(error)) from error


def _folded(query: str) -> str:
    """Fold the characters of an expression, but none of its signs."""
    return "".join(c if c.isascii() else _escaped(fold(c)) for c in query)


def _escaped(character: str) -> str:
    special = character.isascii() and not character.isalnum()
    return f"\\{character}" if special else character
