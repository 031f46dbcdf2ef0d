"""What letters typed in pinyin can stand for: whole syllables, or initials only."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from meipi.core.fold import fold_script

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 6
"""Letters of the longest syllable: zhuang, chuang, shuang."""
_PARSES = 16
"""Ways to divide what is typed into syllables: xian is one or two."""
_DIGRAPHS = ("zh", "ch", "sh")
_MARKS = {"ü": "v", "ê": "e"}

Way = tuple[str, ...]
"""For each place of what is looked for, the characters that may stand there."""


@lru_cache(maxsize=64)
def ways(query: str) -> tuple[Way, ...]:
    """Return what folded ``query`` can stand for; characters and the letters stand for themselves.

    >>> [len(way) for way in ways("baodi")], [len(way) for way in ways("bdq")]
    ([5, 2, 3], [3, 3])
    >>> "宝" in ways("宝di")[1][0], "坻" in ways("宝di")[1][1]
    (True, True)
    """
    wanted = "".join(c for c in query if not c.isspace() and c != "'")
    if not any(map(_is_letter, wanted)):
        return (tuple(query),) if query else ()
    found = [tuple(query), *islice(_by_syllables(wanted, 0), _PARSES)]
    if len(wanted) > 1:
        found += islice(_by_initials(wanted, 0), _PARSES)
    return tuple(dict.fromkeys(found))


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z"


def _by_syllables(wanted: str, at: int) -> Iterator[Way]:
    """Yield each way to divide ``wanted`` from ``at`` on into syllables."""
    if at == len(wanted):
        yield ()
        return
    if not _is_letter(wanted[at]):
        yield from ((wanted[at], *rest) for rest in _by_syllables(wanted, at + 1))
        return
    for length in range(min(_LONGEST, len(wanted) - at), 0, -1):
        if found := _characters().get(wanted[at : at + length]):
            yield from ((found, *rest) for rest in _by_syllables(wanted, at + length))
    if at and wanted[at:] not in _characters() and (begun := _beginning(wanted[at:])):
        yield (begun,)  # the last syllable is still being typed


def _by_initials(wanted: str, at: int) -> Iterator[Way]:
    if at == len(wanted):
        yield ()
        return
    digraph = wanted[at : at + 2]
    for letters in (digraph, wanted[at]) if digraph in _DIGRAPHS else (wanted[at],):
        found = _beginning(letters) if _is_letter(letters[0]) else letters
        if found:
            yield from ((found, *rest) for rest in _by_initials(wanted, at + len(letters)))


@cache
def _beginning(letters: str) -> str:
    """Return the characters of which a reading begins with ``letters``."""
    spelled_so = (found for reading, found in _characters().items() if reading.startswith(letters))
    return "".join(dict.fromkeys("".join(spelled_so)))


@cache
def _characters() -> dict[str, str]:
    """Return the characters of every reading, simplified, without tones."""
    from pypinyin.pinyin_dict import pinyin_dict

    simplified = fold_script("".join(map(chr, pinyin_dict)))
    found: dict[str, dict[str, None]] = {}
    for character, readings in zip(simplified, pinyin_dict.values(), strict=True):
        for reading in readings.split(","):
            found.setdefault(_plain(reading), {})[character] = None
    return {reading: "".join(characters) for reading, characters in found.items() if reading}


@lru_cache(maxsize=2048)
def _plain(reading: str) -> str:
    """Return a reading without its tone, as it is typed.

    >>> _plain("lǜ"), _plain("bǎo")
    ('lv', 'bao')
    """
    spelled_out = unicodedata.normalize("NFD", reading.lower())
    kept = (c for c in spelled_out if unicodedata.category(c) != "Mn" or c == "\u0308")
    whole = unicodedata.normalize("NFC", "".join(kept))
    return "".join(_MARKS.get(c, c) for c in whole if c in _MARKS or _is_letter(c))
