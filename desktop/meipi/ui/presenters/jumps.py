"""Where the reader was before each jump, to go back to and forward again."""

from __future__ import annotations

from dataclasses import dataclass

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Stand:
    """A place in a document: what was at the top of the window, and the caret."""

    document: str
    top: int
    caret: int


class Jumps:
    """A way back and a way forward.

    >>> jumps = Jumps()
    >>> jumps.leave(Stand("a", 0, 3))
    >>> jumps.back(Stand("a", 90, 95)), jumps.forward(Stand("a", 0, 3))
    (Stand(document='a', top=0, caret=3), Stand(document='a', top=90, caret=95))
    """

    def __init__(self) -> None:
        self._back: list[Stand] = []
        self._forward: list[Stand] = []

    def leave(self, stand: Stand) -> None:
        """Note ``stand`` before a jump away from it; there is nothing ahead any more."""
        if not self._back or self._back[-1] != stand:
            self._back = [*self._back[1 - _KEPT :], stand]
        self._forward.clear()

    def back(self, now: Stand | None) -> Stand | None:
        """Return where the reader was before the last jump."""
        return _turn(self._back, self._forward, now)

    def forward(self, now: Stand | None) -> Stand | None:
        """Return where the reader came back from."""
        return _turn(self._forward, self._back, now)


def _turn(source: list[Stand], other: list[Stand], now: Stand | None) -> Stand | None:
    while source:
        stand = source.pop()
        if stand != now:
            if now is not None:
                other.append(now)
            return stand
    return None
