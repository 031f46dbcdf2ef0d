"""The cheap look at a whole text that tells which channels it could need: for clean text, none."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING

from meipi.repair.blocks import Look, blocks
from meipi.repair.blocks import signs as signs_of_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.repair.channels.base import Channel
    from meipi.repair.rescan import Moved


Pairs = tuple[frozenset[str], frozenset[str]]
Signs = tuple[frozenset[str], Callable[[], Pairs] | None]
_REST = "[\u0080-\u00ac\u00ae-\u00ff\u0152-\u0192\u02c6\u02dc\u2010-\u2044\u20ac\u2122]"
"""What a Western encoding shows for high bytes, but the soft hyphen, which is a sign by itself."""


class Suspected:
    """Where the signs of damage stand in a text; those of a channel are picked out when asked for.

    Once a channel has made changes all is scanned again, and most channels were never asked.
    """

    def __init__(self, text: str, places: array[int]) -> None:
        self._text = text
        self._places = places
        self._signs = "".join(map(text.__getitem__, places))
        self._kinds = frozenset(self._signs)
        self._phrased: set[str] = set()
        self._picked: dict[Signs, Sequence[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._places or self._phrased)

    def note(self, names: Iterable[str]) -> None:
        """Note channels that are suspected for other reasons."""
        self._phrased.update(names)

    def note_phrases(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Note the channels, given by name, whose phrases stand in the text."""
        for name, phrase in phrases:
            if not (_is_seldom(phrase) and phrase[0] not in self._kinds) and phrase in self._text:
                self._phrased.add(name)

    def places(self, channel: Channel) -> Sequence[int] | None:
        """Return where the signs of ``channel`` stand, in order; none if it cannot be needed."""
        signs = channel.signs | channel.alone, channel.pairs
        if signs not in self._picked:
            self._picked[signs] = array("I", self._pick(*signs))
        found = self._picked[signs]
        return found if found or channel.name in self._phrased else None

    def _pick(self, alone: frozenset[str], pairs: Callable[[], Pairs] | None) -> Iterable[int]:
        first, second = pairs() if pairs else (frozenset[str](), frozenset[str]())
        alone, first = self._kinds & alone, self._kinds & first
        if not (alone or first):
            return ()
        text = self._text
        return (
            at
            for at, sign in zip(self._places, self._signs, strict=True)
            if sign in alone or (sign in first and text[at + 1 : at + 2] in second)
        )

    def has_within(self, channel: Channel, ranges: Iterable[tuple[int, int]]) -> bool:
        """Say whether a sign of ``channel`` stands in one of ``ranges``, or it needs none."""
        first, second = channel.pairs() if channel.pairs else (frozenset[str](), frozenset[str]())
        alone, text = channel.signs | channel.alone, self._text
        return channel.name in self._phrased or any(
            text[at] in alone or (text[at] in first and text[at + 1 : at + 2] in second)
            for low, high in ranges
            for at in self._between(low, high)
        )

    def _between(self, start: int, end: int) -> array[int]:
        return self._places[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def moved(self, lines: Iterable[Moved]) -> Iterator[array[int]]:
        """Yield the places before each of the ``lines``, and behind all, as they stand now."""
        at = shift = 0
        for start, end, _now_start, now_end in lines:
            yield array("I", [place + shift for place in self._between(at, start)])
            at, shift = end, now_end - end
        yield array("I", [place + shift for place in self._between(at, len(self._text) + 1)])


_LETTER = re.compile(_REST)
_REFERENCE = "&"
_REFERENCES = "(?:#[0-9]{4,5};&(?=#[0-9]{4,5};))*+"
"""What follows the first of numeric references in a row, up to the last one's sign."""


class Scan:
    """The look for the signs of some channels, made ready once.

    One pass over the text finds the signs of all channels together (600 MB/s); a pass for each
    channel would take ten times as long.
    """

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._phrased = [(c.name, phrase) for c in channels for phrase in c.phrases]
        self._probed = [(c.name, c.probe) for c in channels if c.probe]
        pairs = [of() for of in dict.fromkeys(c.pairs for c in channels if c.pairs)]
        # A search for each phrase would take as long as that for all signs; but a mark of Chinese
        # among the signs would be met at every clause.
        seldom = {phrase[:2] for _, phrase in self._phrased if _is_seldom(phrase)}
        pairs += [(frozenset(phrase[0]), frozenset(phrase[1])) for phrase in seldom]
        signs = frozenset[str]().union(*(channel.signs for channel in channels))
        alone = frozenset[str]().union(*(channel.alone for channel in channels))
        self._pattern = _pattern(signs, pairs, alone)
        self._looks = [*_looks(channels)]

    def suspected(self, text: str) -> Suspected:
        """Return where the signs stand: of Western letters and references in a row, the first.

        Four bytes each: a damaged text can have as many as it has characters.
        """
        return self._noted(Suspected(text, self._places(text)), text)

    def again(self, before: Suspected, text: str, lines: Sequence[Moved]) -> Suspected:
        """Return the same for ``text``, of which only ``lines`` are not as they were ``before``."""
        places = array("I")
        for kept, line in zip_longest(before.moved(lines), lines):
            places += kept
            if line and self._pattern:
                found = self._pattern.finditer(text, line.now_start, line.now_end)
                places.extend([match.start() for match in found])
        return self._noted(Suspected(text, places), text)

    def _noted(self, suspected: Suspected, text: str) -> Suspected:
        suspected.note_phrases(self._phrased)
        suspected.note(name for name, probe in self._probed if probe(text))
        return suspected

    def _places(self, text: str) -> array[int]:
        places = array("I")
        for start, end, look in blocks(text, self._looks) if self._pattern else ():
            if look:
                places.extend(signs_of_block(look, text, start, end))
            elif self._pattern:
                places.extend([m.start() for m in self._pattern.finditer(text, start, end)])
        return places


def _looks(channels: Sequence[Channel]) -> Iterator[Look]:
    for channel in channels:
        pairs = [channel.pairs()] if channel.pairs else []
        if channel.whole and (found := _pattern(channel.signs, pairs, channel.alone)):
            yield Look(channel.whole, found)


def _is_seldom(phrase: str) -> bool:
    return " " < phrase < "\x7f"


def _pattern(
    signs: frozenset[str], pairs: Sequence[Pairs], alone: frozenset[str]
) -> re.Pattern[str] | None:
    """Return the pattern of every sign: alone, or before its second character.

    The class in front is what makes it fast; what follows is asked of few characters only.
    """
    ways = [way for ascii_first in (True, False) for way in _ways(pairs, ascii_first)]
    if signs or alone:
        # Only a Western letter goes on: a soft hyphen in front must not hide the letters behind.
        letters = {sign for sign in signs if _LETTER.match(sign)}
        rows = [f"(?<={_one_of(letters)}){_REST}*"] if letters else []
        rows += [f"(?<={_REFERENCE}){_REFERENCES}"] if _REFERENCE in signs else []
        on = f"(?:{'|'.join((*rows, ''))})" if rows else ""
        ways.insert(0, f"(?<={_one_of(signs | alone)}){on}")
    every = (signs | alone).union(*(first for first, _ in pairs))
    return re.compile(f"{_one_of(every)}(?:{'|'.join(ways)})") if every else None


def _ways(pairs: Sequence[Pairs], ascii_first: bool) -> Iterator[str]:
    """Write the pairs whose first character is ASCII, or is not, as one way to go on.

    A comma is met at every clause: that what follows it is the second of no pair is asked once.
    """
    some = [
        (chosen, second)
        for first, second in pairs
        if (chosen := {character for character in first if character.isascii() == ascii_first})
    ]
    if some:
        firsts = _one_of(set[str]().union(*(first for first, _ in some)))
        seconds = _one_of(set[str]().union(*(second for _, second in some)))
        each = "|".join(f"(?<={_one_of(first)})(?={_one_of(second)})" for first, second in some)
        yield f"(?={seconds})(?<={firsts})(?:{each})"


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
