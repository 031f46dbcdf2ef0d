r"""Rich Text Format: the words; \\'xx by the code page that the file or its font names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.sources.formats.registry import SourceFormat
from meipi.sources.formats.told import document, guarded, no_guess, no_head, unreadable

if TYPE_CHECKING:
    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_NAME = "rtf"
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_LINES = re.compile(r"\n{3,}")


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the text of an RTF document."""
    if not recognises(data):
        raise unreadable(_NAME)
    return guarded(_NAME, lambda: _read(data))


def _read(data: bytes) -> Decoded:
    from striprtf.striprtf import rtf_to_text

    found = _CODE_PAGE.search(data[:2048])
    page = f"cp{found[1].decode()}" if found else "cp1252"
    text: str = rtf_to_text(  # type: ignore[no-untyped-call]
        data.decode("latin-1"), encoding=page, errors="replace"
    )
    text = _LINES.sub("\n\n", text.replace("\r\n", "\n")).strip("\n")
    return document(text, format_name=_NAME)


def recognises(data: bytes) -> bool:
    """Tell by the beginning."""
    return data.lstrip()[:5] == b"{\\rtf"


RTF = SourceFormat(
    _NAME,
    "RTF 文档",
    "Rich text",
    (".rtf",),
    no_guess,
    read,
    no_head(_NAME),
    recognises,
    tells_encoding=True,
    has_mark=True,
)
