"""Going through a long list a little at a time, so that no key typed waits for the whole of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")

_AT_ONCE = 32
"""Items between two looks at the clock: the dearest take some fifty microseconds."""


class Sift(Generic[Item]):
    """Keeps the items that fit, in their order.

    >>> sift = Sift(range(100), lambda item: item % 40 == 0)
    >>> sift.go_on(1.0), sift.found
    (True, [0, 40, 80])
    """

    def __init__(self, items: Sequence[Item], fits: Callable[[Item], bool]) -> None:
        self.found: list[Item] = []
        self._items = items
        self._fits = fits
        self._at = 0

    def go_on(self, seconds: float) -> bool:
        """Look at more items for about ``seconds``; say whether all have been seen."""
        stop = time.perf_counter() + seconds
        while self._at < len(self._items):
            some = self._items[self._at : self._at + _AT_ONCE]
            self.found += filter(self._fits, some)
            self._at += len(some)
            if time.perf_counter() > stop:
                break
        return self._at >= len(self._items)
