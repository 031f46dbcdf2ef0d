"""PDF: the text layer in the order of reading, lines joined into paragraphs, page by page.

Where each page begins is kept as declared ``pages``. A page without a text layer is named as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.errors import Phrase
from meipi.sources.formats.pdf_layout import Letter, Page, goes_over, paragraphs_of
from meipi.sources.formats.registry import SourceFormat
from meipi.sources.formats.told import document, guarded, no_guess, no_head, unreadable

if TYPE_CHECKING:
    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_NAME = "pdf"
_LOCKED = Phrase("设有密码", "it is locked with a password")
_MOST_PAGES = 20_000
_TOO_MANY = Phrase("页数过多", "it has too many pages")
_NO_TEXT = "〔第 {page} 页没有文字层〕"
_GENERATED = frozenset("\r\n\0\uffff")
_HYPHENS = frozenset("\x02\ufffe")
"""What PDFium puts for a hyphen at the end of a line."""
_DECLARED = (("title", "Title"), ("author", "Author"))
_PASSWORD = 4
"""PDFium's number for a document that asks for a password."""


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the text of a PDF. Raises ``FileError`` where it is locked or damaged."""
    return guarded(_NAME, lambda: _read(data))


def _read(data: bytes) -> Decoded:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise unreadable(_NAME, *([_LOCKED] if locked else [])) from error
    try:
        if len(pdf) > _MOST_PAGES:
            raise unreadable(_NAME, _TOO_MANY)
        pages = [_page(pdf, at) for at in range(len(pdf))]
        meta = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    text, starts = _joined(pages)
    declared = {ours: meta.get(theirs, "") for ours, theirs in _DECLARED}
    return document(text, format_name=_NAME, declared={**declared, "pages": starts})


def _page(pdf: Any, at: int) -> Page:
    page = pdf[at]
    try:
        layer = page.get_textpage()
        try:
            width, height = page.get_size()
            return Page(width, height, tuple(_letters(layer)))
        finally:
            layer.close()
    finally:
        page.close()


def _letters(layer: Any) -> list[Letter]:
    """Return the letters of a page with their places, in the order the file has them."""
    from pypdfium2 import raw

    letters = []
    for at in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, at)
        character = chr(code) if code < 0x110000 else "\ufffd"
        if character in _GENERATED or 0xD800 <= code < 0xE000:
            continue
        left, bottom, right, top = layer.get_charbox(at, loose=True)
        character = "-" if character in _HYPHENS else character
        letters.append(Letter(character, left, bottom, right, top))
    return letters


def _joined(pages: list[Page]) -> tuple[str, str]:
    """Return the text, and where each page begins in it, as numbers between blanks."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for number, paragraphs in enumerate(paragraphs_of(pages), start=1):
        first, *shown = paragraphs or [_NO_TEXT.format(page=number)]
        # A paragraph goes over the edge of the page; words that are parted there stay so.
        before = parts[-1] if parts else ""
        over = bool(paragraphs) and goes_over(before, first)
        joint = " " * (before[-1:].isascii() and first[0].isascii()) if over else "\n\n"
        piece = "\n\n".join([first, *shown])
        parts += [joint if parts else "", piece]
        starts.append(length + len(parts[-2]))
        length = starts[-1] + len(piece)
    return "".join(parts), " ".join(map(str, starts))


def recognises(data: bytes) -> bool:
    """Tell by the mark, which some programs put a line further down."""
    return b"%PDF-" in data[:1024]


PDF = SourceFormat(
    _NAME,
    "PDF",
    "PDF",
    (".pdf",),
    no_guess,
    read,
    no_head(_NAME),
    recognises,
    tells_encoding=True,
    has_mark=True,
)
