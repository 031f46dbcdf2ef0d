"""One East Asian encoding read as another: 笢恅 for 中文 (GBK read as Big5), 涝聪促 for 입니다.

Both write a character in two bytes, so mostly nothing is lost, and what is shown are characters of
the other encoding: rare ones, in an order that no language has. A byte that makes no pair is shown
as U+FFFD; what it can have been follows from what the other encoding could not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, groupby
from math import exp, inf
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.brackets import BOX
from meipi.repair.channels.crossing_company import standing_out
from meipi.repair.channels.crossing_kinds import CROSSINGS, Crossing
from meipi.repair.channels.crossing_marks import with_likelier_marks
from meipi.repair.channels.crossing_tables import (
    BIG5,
    GBK,
    Encoding,
    holes,
    reads_as,
    text_cost,
    unusual,
)
from meipi.repair.channels.utf8 import is_specimen, unigram
from meipi.repair.codepages import REPLACEMENT
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_AROUND = 12
_UNUSUAL_MEAN = 8.6
"""Mean unigram cost of shown characters; of clean text, around a rare name too, it is under 8."""
_WHOLE_MEAN = 7.8
"""The same of a whole line, below which it is not read as one: damaged ones were all above 8.2."""
_GAIN, _MEAN_GAIN, _MEAN = 14.0, 1.8, 8.4
_CLEAR_GAIN = 26.0
_GAIN_BESIDE = 1.0
"""What is asked, for each character, of a line in a page that has more such damage."""
_MOST_HOLES, _MOST_BESIDE = 0.2, 0.3
_MOST_DOUBLE = 4
"""Holes of two bytes in a stretch: each stands for thousands of pairs, and takes its time."""
_STRETCH = re.compile(r"[^\x00-\x7f](?:.*[^\x00-\x7f])?[@-~]?")
_UNIT = re.compile(r"[^\x00-\x7f]+(?:[@-~][^\x00-\x7f]+)*[@-~]?")
_STOPS = frozenset("，。！？；：、…”』」）》\n.,;:!?")
_PIECES = re.compile(f"{REPLACEMENT}{{1,2}}|.", re.DOTALL)
_EXTRA = {LOST: BOX, **dict.fromkeys("ⅠⅡⅢⅣⅤⅥ", -1.0)}
"""Nats of what the model takes for a lost digit, and of numerals that grades and classes have."""
_KNOWN = 4
"""Characters after a hole that are read one by one; by then all ways to read it have met."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a shown stretch stands for; how sure each hole is, by its place among the bytes."""

    shown: str
    text: str
    crossing: Crossing
    gain: float
    margins: tuple[tuple[int, float], ...] = ()


def find(crossing: Crossing, text: str, places: Sequence[int]) -> list[Change]:
    """Propose the repair of one crossing, where no other explains the line better.

    >>> [c.after for c in find(CROSSINGS[0], "笢恅靡備和状态", [0])]
    []
    >>> [c.after for c in find(CROSSINGS[5], "涝聪促，窍技夸", [0, 4])]
    ['입니다，', '하세요']
    """
    return [
        change
        for at, reading in _search(text, places)
        if reading.crossing is crossing
        for change in _changes(at, reading)
    ]


class _Search:
    """Finds the readings of a text; all crossings, asked one after another, share one search.

    The text is known by identity: only to hash a long one takes as long as all the rest.
    """

    def __init__(self) -> None:
        self._latest: tuple[str, Sequence[int], list[tuple[int, _Reading]]] = ("", (), [])

    def __call__(self, text: str, places: Sequence[int]) -> list[tuple[int, _Reading]]:
        """Return every reading and where it begins."""
        known, signs, found = self._latest
        if known is not text or signs is not places:
            found = _found(text, places)
            self._latest = text, places, found
        return found


_search = _Search()


def _found(text: str, places: Sequence[int]) -> list[tuple[int, _Reading]]:
    found: list[tuple[int, _Reading]] = []
    lines: set[int] = set()
    for start, end, signs in _unusual_lines(text, places):
        readings = list(_readings(text, start, end, CROSSINGS, signs=signs))
        if readings:
            lines.add(start)
            found += readings
    if found:
        crossings = tuple(
            {reading.crossing.name: reading.crossing for _, reading in found}.values()
        )
        found += _others(text, lines, crossings)
    return standing_out(text, found)


def _unusual_lines(text: str, places: Sequence[int]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield the lines with signs among unusual characters, and where in them these stand."""
    unusual = (place for place in places if _is_unusual(text, place))
    for (start, end), signs in groupby(unusual, key=partial(_bounds, text)):
        yield start, end, tuple(place - start for place in signs)


def _others(
    text: str, seen: set[int], crossings: tuple[Crossing, ...]
) -> Iterator[tuple[int, _Reading]]:
    """Yield the readings of the other lines of a page: what befell one befell most."""
    start = 0
    while start < len(text):
        _, end = _bounds(text, start)
        if start not in seen:
            yield from _readings(text, start, end, crossings)
        start = end + 1


def _bounds(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def _readings(
    text: str,
    start: int,
    end: int,
    crossings: tuple[Crossing, ...],
    *,
    signs: tuple[int, ...] = (),
) -> Iterator[tuple[int, _Reading]]:
    for at, reading in _line(text[start:end], crossings, signs):
        if not is_specimen(text, start + at, start + at + len(reading.shown)):
            yield start + at, reading


def _is_unusual(text: str, place: int) -> bool:
    return _excess(text[max(0, place - _AROUND) : place + _AROUND]) > 0


def _can_be_whole(shown: str) -> bool:
    return _excess(shown) > (_WHOLE_MEAN - _UNUSUAL_MEAN) * len(shown)


def _excess(shown: str) -> float:
    """Return how much rarer the characters are than unusual ones are on average, in all."""
    return sum(map(_excesses.__getitem__, shown))


class _Excesses(dict[str, float]):
    """How much rarer a character is than unusual ones are on average; marks count nothing.

    Asked of every character around a sign. To look up one met before takes a third of the time of
    a remembered call.
    """

    _MOST = 16384

    def __missing__(self, character: str) -> float:
        excess = unigram(character) - _UNUSUAL_MEAN if character > "\u3002" else 0.0
        if len(self) < self._MOST:
            self[character] = excess
        return excess


_excesses = _Excesses()


@lru_cache(maxsize=64)
def _line(
    line: str, crossings: tuple[Crossing, ...], signs: tuple[int, ...]
) -> tuple[tuple[int, _Reading], ...]:
    """Return the best reading of a line, or else of each part of it that has one.

    A line without ``signs`` of its own has others beside it that were damaged so: less is asked of
    it. Of one with them, the parts that hold them come first: where none can be read, none is.
    """
    units = [*_units_at(line, signs)] if signs else []
    able = tuple(c for c in crossings if not signs or any(_can_show(c, unit) for unit in units))
    stretch = _STRETCH.search(line) if able else None
    # What stands around a part of a line does not change how its bytes are read.
    if stretch and any(_can_show(crossing, stretch[0]) for crossing in able):
        whole = _can_be_whole(stretch[0]) and _best(stretch[0], crossings, alone=bool(signs))
        if whole:
            return ((stretch.start(), whole),)
    if signs and not any(_best(unit, able, alone=True) for unit in units):
        return ()
    parts = ((m.start(), _best(m[0], crossings, alone=bool(signs))) for m in _UNIT.finditer(line))
    return tuple((at, reading) for at, reading in parts if reading)


def _can_show(crossing: Crossing, shown: str) -> bool:
    """Say whether a crossing can show this at all: of clean text hardly one can."""
    if REPLACEMENT in shown:
        return True
    try:
        crossing.read.first_bytes(shown).decode(crossing.written.written)
    except KeyError:
        return False
    except UnicodeDecodeError:
        return not crossing.read.ambiguous().isdisjoint(shown)
    return True


def _units_at(line: str, signs: tuple[int, ...]) -> Iterator[str]:
    """Yield the parts of a line that hold its signs."""
    number = 0
    for match in _UNIT.finditer(line):
        start, end = match.span()
        if end <= signs[number]:
            continue
        if start <= signs[number]:
            yield match[0]
        number = bisect_left(signs, end, number)
        if number == len(signs):
            return


def _best(shown: str, crossings: tuple[Crossing, ...], *, alone: bool) -> _Reading | None:
    """Return the reading by the crossing that explains ``shown`` best, if it is clearly better."""
    found = [reading for c in crossings if (reading := _lossless(shown, c))]
    found = found or [reading for c in crossings if (reading := _lossy(shown, c, alone=alone))]
    best = max(found, key=attrgetter("gain"), default=None)
    return best if best and _is_better(best, alone=alone) else None


def _is_better(reading: _Reading, *, alone: bool) -> bool:
    high = sum(c >= "\x80" for c in reading.text)
    if not alone and reading.crossing.written in (GBK, BIG5):
        return reading.gain > _GAIN_BESIDE * high
    needed = _CLEAR_GAIN if reading.margins else _GAIN
    cost = text_cost(reading.text)
    return reading.gain > max(needed, _MEAN_GAIN * high) and cost < _MEAN * len(reading.text)


def _lossless(shown: str, crossing: Crossing) -> _Reading | None:
    try:
        text = crossing.read.first_bytes(shown).decode(crossing.written.written)
    except (KeyError, UnicodeDecodeError):
        return None
    if not crossing.read.ambiguous().isdisjoint(shown) and reads_as(GBK, text):
        return None  # the model must choose
    return _weighed(shown, text, crossing, ())


def _weighed(
    shown: str, text: str, crossing: Crossing, margins: tuple[tuple[int, float], ...]
) -> _Reading | None:
    if not reads_as(crossing.written, text):
        return None
    return _Reading(shown, text, crossing, text_cost(shown) - text_cost(text), margins)


# With holes


def _lossy(shown: str, crossing: Crossing, *, alone: bool) -> _Reading | None:
    lost = shown.count(REPLACEMENT)
    most = _MOST_HOLES if alone else _MOST_BESIDE
    if crossing.written not in (GBK, BIG5) or lost > most * len(shown):
        return None
    if shown.count(REPLACEMENT * 2) > _MOST_DOUBLE:
        return None
    if not lost and crossing.read.ambiguous().isdisjoint(shown):
        return None  # there is one way to read it, and that was tried
    tokens = _tokens(shown, crossing)
    arcs = partial(_arcs, crossing.written.written)
    nodes = decode(tokens, arcs, language_model(), after="\n") if tokens else None
    if not nodes:
        return None
    text = "".join(node.arc.text for node in nodes)
    if _again(text, crossing) != shown:
        return None
    likelier = with_likelier_marks(text, tokens, crossing.written.written)
    if likelier != text and _again(likelier, crossing) == shown:
        text = likelier
    ends = accumulate(len(token[0]) for token in tokens)
    margins = ((end, node.margin) for end, node in zip(ends, nodes, strict=True))
    return _weighed(shown, text, crossing, tuple(m for m in margins if m[1] < inf) or ((0, inf),))


def _again(text: str, crossing: Crossing, *, errors: str = "replace") -> str:
    """Damage ``text`` again."""
    table = crossing.read.characters()
    data = text.encode(crossing.written.written, errors)
    shown, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 or data[at : at + 2] not in table else 2
        part = data[at : at + size]
        shown.append(chr(part[0]) if part[0] < 0x80 else table.get(part, REPLACEMENT))
        at += size
    return "".join(shown)


def _tokens(shown: str, crossing: Crossing) -> list[tuple[bytes, ...]]:
    """Return the bytes that can stand behind each shown piece; what is certain in one piece."""
    table = crossing.read.sequences()
    tokens: list[tuple[bytes, ...]] = []
    certain = 0
    for match in _PIECES.finditer(shown):
        piece = match[0]
        ways = (piece.encode(),) if piece < "\x80" else table.get(piece, ())
        if piece[0] == REPLACEMENT:
            following = shown[match.end() : match.end() + 1]
            ways = holes(crossing.read, len(piece), _first_bytes(following, table))
        if not ways:
            return []
        certain = certain + 1 if len(ways) == 1 else 0
        if certain > _KNOWN + 1:
            tokens[-1] = (tokens[-1][0] + ways[0],)
        else:
            tokens.append(ways)
    return tokens


def _first_bytes(character: str, table: Mapping[str, tuple[bytes, ...]]) -> frozenset[bytes]:
    if not character or character == REPLACEMENT:
        return frozenset()
    ways = (character.encode(),) if character < "\x80" else table.get(character, ())
    return frozenset(data[:1] for data in ways)


def _arcs(codec: str, ways: tuple[bytes, ...], node: Node) -> Iterator[Arc]:
    for data in ways:
        if arc := _read_on(codec, (node.carry or b"") + data):
            yield arc


@lru_cache(maxsize=65536)
def _read_on(codec: str, data: bytes) -> Arc | None:
    try:
        return _priced(data.decode(codec))
    except UnicodeDecodeError as error:
        if error.start != len(data) - 1 or data[-1] < 0x81:
            return None
        return _priced(data[:-1].decode(codec), data[-1:])


def _priced(text: str, carry: bytes | None = None) -> Arc:
    return Arc(text, carry, sum(_EXTRA.get(character, 0.0) for character in text))


# From readings to changes


def _changes(at: int, reading: _Reading) -> Iterator[Change]:
    """Cut a reading behind punctuation, where both texts are between characters."""
    shown = list(accumulate(_sizes(reading.shown, reading.crossing.read)))
    read = dict(zip(shown, range(1, len(shown) + 1), strict=True))
    done = first = 0
    sizes = accumulate(_sizes(reading.text, reading.crossing.written))
    for number, size in enumerate(sizes, start=1):
        last = number == len(reading.text)
        if size in read and (last or reading.text[number - 1] in _STOPS):
            begin = shown[first - 1] if first else 0
            margin = min(
                (m for place, m in reading.margins if begin < place <= size + 8), default=inf
            )
            yield _change(at + first, at + read[size], reading.text[done:number], margin, reading)
            first, done = read[size], number


def _sizes(text: str, encoding: Encoding) -> Iterator[int]:
    """Yield how many bytes each character takes."""
    table = encoding.sequences()
    for character in text:
        yield (
            1
            if character < "\x80" or character == REPLACEMENT
            else len(table.get(character, (b"  ",))[0])
        )


def _change(start: int, end: int, after: str, margin: float, reading: _Reading) -> Change:
    shown = reading.shown
    inferred = margin < inf or bool(reading.margins and REPLACEMENT in shown)
    ceiling = 0.9 if inferred else 0.99
    confidence = round(ceiling / (1 + exp(-max(margin, 0.0))), 3)
    return Change(start, end, after, confidence, Proof.INFERRED if inferred else Proof.REPLAYED)


def _damage(crossing: Crossing, text: str) -> str:
    return _again(text, crossing, errors="strict")


CHANNELS = tuple(
    Channel(
        crossing.name,
        crossing.label_zh,
        crossing.label_en,
        partial(find, crossing),
        pairs=unusual,
        damage=partial(_damage, crossing),
    )
    for crossing in CROSSINGS
)
