"""Word documents: headings, lists, tables and notes as text. Macros and pictures are left out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from meipi.sources.formats.registry import SourceFormat
from meipi.sources.formats.told import (
    document,
    guarded,
    no_guess,
    no_head,
    parse_xml,
    text_of_page,
    unreadable,
)
from meipi.sources.packed import Packed, begins_with_member

if TYPE_CHECKING:
    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_NAME = "docx"
_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_DECLARED = (("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator"))


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the text of a Word document."""
    packed = Packed(data, name=_NAME)
    if _MAIN not in packed:
        raise unreadable(_NAME)
    for part in (_MAIN, "word/styles.xml"):
        if part in packed and b"<!DOCTYPE" in packed.read(part)[:4096]:
            raise unreadable(_NAME)
    return guarded(_NAME, lambda: _read(data, packed))


def _read(data: bytes, packed: Packed) -> Decoded:
    import mammoth

    page = mammoth.convert_to_html(
        io.BytesIO(data),
        convert_image=mammoth.images.img_element(lambda _: {}),
        external_file_access=False,
    ).value
    return document(text_of_page(page), format_name=_NAME, declared=_declared(packed))


def _declared(packed: Packed) -> dict[str, str]:
    if _CORE not in packed:
        return {}
    root: Any = parse_xml(packed.read(_CORE), name=_NAME)
    return {ours: root.findtext(theirs) or "" for ours, theirs in _DECLARED}


def recognises(data: bytes) -> bool:
    """Tell a Word document by the files in it."""
    return begins_with_member(data, _MAIN.encode())


DOCX = SourceFormat(
    _NAME,
    "Word 文档",
    "Word document",
    (".docx", ".docm", ".dotx"),
    no_guess,
    read,
    no_head(_NAME),
    recognises,
    tells_encoding=True,
    has_mark=True,
)
