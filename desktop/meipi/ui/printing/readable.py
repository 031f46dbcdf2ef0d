"""Lets what is copied out of a PDF be what was written: radicals stand for no character there.

Fonts draw the radical ⼀ (U+2F00) and the character 一 with one glyph, and Qt notes for each glyph
the lowest code that has it. The tables it writes are put right in place, byte for byte.
"""

from __future__ import annotations

import mmap
import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QRawFont

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QFont

_TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
_LIST = re.compile(rb"\[[^\]]*\]")
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_DASH, _DASHES = b"<2E3A>", b"<20142014>"
"""Faces join —— into one glyph, for which there is a code of its own."""


def put_right(path: Path, used: Collection[str], fonts: Iterable[QFont]) -> None:
    """Let the tables of the PDF at ``path`` name only characters ``used``, where they can."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        for number in {match[1] for match in _TABLE.finditer(data)}:
            start = data.find(b"\n" + number + b" 0 obj")
            end = data.find(b"endstream", start)
            if 0 <= start < end:
                whole = data[start:end]
                data[start:end] = _table(whole, meant(whole, used, fonts))


def meant(table: bytes, used: Collection[str], fonts: Iterable[QFont]) -> dict[str, str]:
    """Return the character that was drawn for each code of ``table`` that was not."""
    codes = {chr(int(match[1], 16)) for match in _CODE.finditer(table)}
    doubtful = [code for code in codes if "⺀" <= code <= "⿕" or code not in used]
    found: dict[str, str] = {}
    for font in fonts if doubtful else ():
        face = QRawFont.fromFont(font)
        glyphs = {}
        # Where one glyph stands for several that were used, the plain character wins.
        for character in sorted(used, key=lambda one: "一" <= one <= "鿿"):
            for glyph in face.glyphIndexesForString(character)[:1]:
                glyphs[glyph] = character
        for code in doubtful:
            for glyph in face.glyphIndexesForString(code)[:1]:
                if glyph and glyph in glyphs and code not in found:
                    found[code] = glyphs[glyph]
    return found


def _table(table: bytes, meant_by: Mapping[str, str]) -> bytes:
    """Return ``table`` in as many bytes, its codes as they were meant."""

    def right(match: re.Match[bytes]) -> bytes:
        code = chr(int(match[1], 16))
        character = meant_by.get(code, code)
        return b"<%04X>" % ord(character) if ord(character) <= 0xFFFF else match[0]

    def correct(match: re.Match[bytes]) -> bytes:
        dashes = match[0].count(_DASH) if "⸺" not in meant_by.values() else 0
        words = _CODE.sub(right, match[0]).replace(_DASH, _DASHES)
        spare = (len(_DASHES) - len(_DASH)) * dashes
        return words.replace(b"> <", b"><", spare) if words.count(b"> <") >= spare else match[0]

    return _LIST.sub(correct, table)
