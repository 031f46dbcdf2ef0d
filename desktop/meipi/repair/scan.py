"""The cheap look at a whole text that tells which channels it could need: for clean text, none."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.repair.channels.base import Channel


Pairs = tuple[frozenset[str], frozenset[str]]
Group = tuple[frozenset[str], Callable[[], Pairs] | None]
"""Signs by themselves, and pairs of characters."""
_REST = "[\u0080-\u00ac\u00ae-\u00ff\u0152-\u0192\u02c6\u02dc\u2010-\u2044\u20ac\u2122]"
"""What a Western encoding shows for high bytes, but the soft hyphen, which is a sign by itself."""


class Scan:
    """The look for the signs of some channels, made ready once.

    One pass over the text finds the signs of all channels together (600 MB/s); a pass for each
    channel would take ten times as long.
    """

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._phrased = [(c, phrase) for c in channels for phrase in c.phrases]
        self._pairs = tuple(dict.fromkeys(c.pairs for c in channels if c.pairs))
        self._groups = _grouped(channels)
        signs = frozenset[str]().union(*(channel.signs for channel in channels))
        alone = frozenset[str]().union(*(channel.alone for channel in channels))
        self._pattern = _pattern(signs, [of() for of in self._pairs], alone)

    def suspected(self, text: str) -> dict[str, Sequence[int]]:
        """Return the names of the channels whose signs stand in ``text``, and where they stand."""
        found: dict[str, Sequence[int]] = {c.name: () for c, p in self._phrased if p in text}
        for group, places in self._places(text).items():
            found |= dict.fromkeys(self._groups[group], places)
        return found

    def _places(self, text: str) -> dict[Group, array[int]]:
        """Return where the signs of each group stand, in order.

        Of signs in a row among Western letters it is the first. Four bytes each: a damaged text can
        have as many as it has characters.
        """
        places: dict[Group, array[int]] = {}
        groups = self._of_character
        for match in self._pattern.finditer(text) if self._pattern else ():
            at = match.start()
            for group, second in groups[text[at]]:
                if second is None or text[at + 1 : at + 2] in second:
                    if group in places:
                        places[group].append(at)
                    else:
                        places[group] = array("I", (at,))
        return places

    @cached_property
    def _of_character(self) -> dict[str, Sequence[tuple[Group, frozenset[str] | None]]]:
        """Return the groups that each character is a sign of, each with what must follow, if so."""
        table: dict[str, dict[Group, frozenset[str] | None]] = {}
        for group in self._groups:
            alone, pairs = group
            first, second = pairs() if pairs else (frozenset[str](), frozenset[str]())
            for character in first:
                table.setdefault(character, {})[group] = second
            for character in alone:
                table.setdefault(character, {})[group] = None
        return {character: tuple(of.items()) for character, of in table.items()}


def _grouped(channels: Sequence[Channel]) -> dict[Group, list[str]]:
    """Return the names of the channels that have the same signs: they share their places."""
    groups: dict[Group, list[str]] = {}
    for channel in channels:
        if channel.signs or channel.pairs or channel.alone:
            groups.setdefault((channel.signs | channel.alone, channel.pairs), []).append(
                channel.name
            )
    return groups


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
