"""Electronic books (EPUB): the chapters in the order of reading."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

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
from meipi.sources.packed import LOCKED, Packed, begins_with_member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_NAME = "epub"
_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_ROOT = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF = "{http://www.idpf.org/2007/opf}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_DECLARED = (
    *(("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator")),
    *(("source", f"{_DUBLIN}publisher"), ("date", f"{_DUBLIN}date")),
)


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the text of a book. Raises ``FileError`` where it is locked by its seller."""
    packed = Packed(data, name=_NAME)
    if _CONTAINER not in packed:
        raise unreadable(_NAME)
    return guarded(_NAME, lambda: _read(packed))


def _read(packed: Packed) -> Decoded:
    root = parse_xml(packed.read(_CONTAINER), name=_NAME).find(f".//{_ROOT}")
    place = "" if root is None else root.get("full-path", "")
    if place not in packed:
        raise unreadable(_NAME)
    book = parse_xml(packed.read(place), name=_NAME)
    names = [name for name in _spine(book, place) if name in packed]
    chapters = [text_of_page(packed.read(name), encoding="utf-8").strip() for name in names]
    text = "\n\n".join(chapter for chapter in chapters if chapter)
    declared = {ours: book.findtext(f".//{theirs}") or "" for ours, theirs in _DECLARED}
    declared["date"] = declared["date"][:10]
    if not text and _LOCKS in packed:
        raise packed.refusal(LOCKED)
    return document(text, format_name=_NAME, declared=declared)


def _spine(book: Any, place: str) -> Iterator[str]:
    """Yield the names of the chapters' files; what the archive lacks is passed over."""
    files = {item.get("id"): item.get("href", "") for item in book.iter(f"{_OPF}item")}
    folder = posixpath.dirname(place)
    for item in book.iter(f"{_OPF}itemref"):
        href = unquote(files.get(item.get("idref"), ""))
        yield posixpath.normpath(posixpath.join(folder, href))


def recognises(data: bytes) -> bool:
    """Tell a book by the type that stands at its beginning."""
    return begins_with_member(data[:256], b"application/epub+zip")


EPUB = SourceFormat(
    _NAME,
    "电子书",
    "Electronic book",
    (".epub",),
    no_guess,
    read,
    no_head(_NAME),
    recognises,
    tells_encoding=True,
    has_mark=True,
)
