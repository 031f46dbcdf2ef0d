"""The cheap look at a whole text that tells which channels it could need: for clean text, none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meipi.repair.channels.base import Channel


Pairs = tuple[frozenset[str], frozenset[str]]
_REST = "[\u0080-\u00ac\u00ae-\u00ff\u0152-\u0192\u02c6\u02dc\u2010-\u2044\u20ac\u2122]"
"""What a Western encoding shows for high bytes, but the soft hyphen, which is a sign by itself."""


class Scan:
    """The look for the signs of some channels, made ready once.

    One pass over the text finds the signs of all channels together (600 MB/s); a pass for each
    channel would take ten times as long.
    """

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._signed = [c for c in channels if c.signs or c.pairs or c.alone]
        self._phrased = [(c, phrase) for c in channels for phrase in c.phrases]
        self._pairs = tuple(dict.fromkeys(c.pairs for c in channels if c.pairs))
        signs = frozenset[str]().union(*(channel.signs for channel in channels))
        alone = frozenset[str]().union(*(channel.alone for channel in channels))
        self._pattern = _pattern(signs, [of() for of in self._pairs], alone)

    def suspected(self, text: str) -> dict[str, Sequence[int]]:
        """Return the names of the channels whose signs stand in ``text``, and where they stand."""
        found: dict[str, Sequence[int]] = {c.name: () for c, p in self._phrased if p in text}
        places = self._places(text)
        if not places:
            return found
        pairs = {of: _pairs(text, of(), places) for of in self._pairs}
        for channel in self._signed:
            signs = channel.signs | channel.alone
            hits = [at for sign, at_all in places.items() if sign in signs for at in at_all]
            if channel.pairs:
                hits += pairs[channel.pairs]
            if hits:
                found[channel.name] = sorted(hits)
        return found

    def _places(self, text: str) -> dict[str, list[int]]:
        """Return where each sign stands: of signs in a row among Western letters, the first."""
        places: dict[str, list[int]] = {}
        for match in self._pattern.finditer(text) if self._pattern else ():
            places.setdefault(match[0][0], []).append(match.start())
        return places


def _pairs(text: str, pairs: Pairs, places: Mapping[str, Sequence[int]]) -> list[int]:
    first, second = pairs
    found = [at for sign, at_all in places.items() if sign in first for at in at_all]
    return [at for at in found if text[at + 1 : at + 2] in second]


def _pattern(
    signs: frozenset[str], pairs: Sequence[Pairs], alone: frozenset[str]
) -> re.Pattern[str] | None:
    """Return the pattern of every sign: alone, or before its second character.

    The class in front is what makes it fast; what follows is asked of few characters only.
    """
    ways = [f"(?<={_one_of(first)})(?={_one_of(second)})" for first, second in pairs]
    if signs:
        ways.insert(0, f"(?<={_one_of(signs)}){_REST}*")
    if alone:
        ways.append(f"(?<={_one_of(alone)})")
    every = (signs | alone).union(*(first for first, _ in pairs))
    return re.compile(f"{_one_of(every)}(?:{'|'.join(ways)})") if every else None


def _one_of(characters: Iterable[str]) -> str:
    """Write characters as a character class."""
    parts: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    # Written as they are: parsing escapes takes five times as long.
    ranges = (f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in parts)
    return f"[{''.join(ranges)}]"
