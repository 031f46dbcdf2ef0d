"""Times of acts as a reader writes them: of the place where the window stands."""

from __future__ import annotations

from datetime import datetime


def word_moment(made: str) -> str:
    """Word a time of the library, UTC, in local time.

    >>> len(word_moment("2026-11-24T20:16:42.123Z"))
    16
    """
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return made
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
