"""What the formats share that tell their encoding; none shows text before it was read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.document import Decoded
from meipi.core.errors import ErrorCode, FileError, Phrase
from meipi.encodings.detection import Guess
from meipi.sources.formats.html_text import blocks_of, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meipi.sources.formats.registry import Head

TOLD = "utf-8"
"""What stands for the encoding of such a document; it has no other."""
_BROKEN = Phrase("文件已损坏，或不是这种格式", "it is damaged, or not of this format")


def no_guess(_: bytes) -> Guess:
    """Have nothing to guess."""
    return Guess(TOLD, 1.0)


def document(text: str, *, format_name: str, declared: Mapping[str, str] | None = None) -> Decoded:
    """Return a source text with what the file says of itself."""
    said = {name: value.strip() for name, value in (declared or {}).items() if value.strip()}
    return Decoded(text=text, encoding=TOLD, format=format_name, declared=said)


def no_head(format_name: str) -> Head:
    """Show nothing of a document before it was read whole, beside the window."""

    def head(data: bytes, *, guess: Guess, characters: int) -> Decoded:
        return document("", format_name=format_name)

    return head


def unreadable(name: str, reason: Phrase = _BROKEN) -> FileError:
    """Return the error for a document that is not what its name says."""
    return FileError(ErrorCode.FILE_UNREADABLE, path=name, reason=reason)


def parse_xml(data: bytes, *, name: str) -> Any:
    """Return the root of an XML file; no entity is opened and nothing fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable(name) from error


def text_of_page(page: bytes | str, *, encoding: str | None = None) -> str:
    """Return the text of a page of HTML, its headings marked."""
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding=encoding
    )
    try:
        root = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, ValueError):
        return ""
    return joined(blocks_of(root), marked=True)


def guarded(name: str, read: Callable[[], Decoded]) -> Decoded:
    """Run a library's reader; whatever it fails with, the document is not readable."""
    try:
        return read()
    except (FileError, MemoryError):
        raise
    except Exception as error:
        raise unreadable(name) from error
