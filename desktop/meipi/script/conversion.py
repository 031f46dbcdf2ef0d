"""Convert a paragraph between the scripts word by word and keep the exact map to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.document import ShownText
from meipi.core.script import Script
from meipi.core.textmap import Replacement, TextMap
from meipi.script.tables import Table, to_simplified, to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterator

# A screen and its neighbours; anything longer than a paragraph is not worth the memory.
_CACHED = 1024
_CACHED_LENGTH = 8192

_FOREIGN = re.compile(
    r"[\u3041-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uac00-\ud7a3\uff66-\uff9f]"
)
# Sentences and what stands between quotation marks or brackets.
_CLAUSE = re.compile(r"[^\n!?;\"()\[\]。！？；“”‘’「」『』（）《》〈〉【】]+")


class Segment(NamedTuple):
    """A word at ``start`` of the text and what it is shown as."""

    start: int
    end: int
    shown: str


def convert(text: str, script: Script, *, taiwan: bool = False) -> ShownText:
    """Return ``text`` as shown in ``script``, with the map from ``text`` to it.

    ``taiwan`` chooses the Ministry's glyphs (裡 著 汙) instead of those common to newspapers.
    A text already in that script and one in Japanese or Korean stay as they are.

    >>> convert("著名學者著力研究頭髮發展", Script.SIMPLIFIED).text
    '著名学者着力研究头发发展'
    >>> convert("皇后以后发展头发，干部很干燥", Script.TRADITIONAL).text
    '皇后以後發展頭髮，幹部很乾燥'
    """
    if script is Script.ORIGINAL or not text or text.isascii():
        return ShownText(text, TextMap.identity(len(text)))
    make = _convert_cached if len(text) <= _CACHED_LENGTH else _convert
    return make(text, script, taiwan)


def _convert(text: str, script: Script, taiwan: bool) -> ShownText:
    table = to_simplified() if script is Script.SIMPLIFIED else to_traditional(taiwan=taiwan)
    return shown(text, list(_changes(text, table)))


_convert_cached = lru_cache(maxsize=_CACHED)(_convert)


def shown(text: str, segments: list[Segment]) -> ShownText:
    """Return ``text`` with ``segments``, sorted and disjoint, replaced, and the map to it."""
    parts: list[str] = []
    resized: list[Replacement] = []
    at = 0
    for segment in segments:
        parts += (text[at : segment.start], segment.shown)
        at = segment.end
        if len(segment.shown) != segment.end - segment.start:
            resized.append(Replacement(segment.start, segment.end, len(segment.shown)))
    parts.append(text[at:])
    return ShownText("".join(parts), TextMap.from_replacements(len(text), resized))


def _changes(text: str, table: Table) -> Iterator[Segment]:
    for start, end in _runs(text, table):
        yield from _by_word(text, start, end, table)


def _runs(text: str, table: Table) -> Iterator[tuple[int, int]]:
    """Yield what is to be converted, clauses of another language left out.

    Of a text that is in the target script already, only clauses quoted in the other one.
    """
    quotes_only = _is_mostly(text, table)
    if not quotes_only and not _FOREIGN.search(text):
        yield 0, len(text)
        return
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        if not _is_foreign(words) and (not quotes_only or _is_quote(words, table)):
            yield clause.span()


def _is_mostly(text: str, table: Table) -> bool:
    """Say whether ``text`` is in the target script already, but for quotations."""
    there = sum(map(table.own.__contains__, text))
    return there > 0 and there > sum(map(table.foreign.__contains__, text))


def _is_quote(clause: str, table: Table) -> bool:
    """Say whether ``clause`` stands in the other script amid a text of the target script."""
    if any(map(table.own.__contains__, clause)):
        return False
    return sum(map(table.foreign.__contains__, clause)) >= 2


def _is_foreign(clause: str) -> bool:
    """Say whether kana or hangul make the clause; a single の in a brand name does not."""
    letters = len(_FOREIGN.findall(clause))
    return letters >= 2 and letters * 5 >= len(clause)


def _by_word(text: str, start: int, end: int, table: Table) -> Iterator[Segment]:
    """Take the longest phrase at each place, else the character, and yield what changes."""
    lengths, phrases, characters = table.lengths, table.phrases, table.characters
    at = start
    while at < end:
        char = text[at]
        for length in lengths.get(char, ()):
            phrase = text[at : at + length]
            became = phrases.get(phrase)
            if became is not None and at + length <= end:
                if became != phrase:
                    yield Segment(at, at + length, became)
                at += length
                break
        else:
            became = characters.get(char)
            if became is not None and became != char:
                yield Segment(at, at + 1, became)
            at += 1
