"""OpenDocument texts: as a page of HTML with the same headings, lists and tables, then as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.sources.formats.html_text import blocks_of, joined
from meipi.sources.formats.registry import SourceFormat
from meipi.sources.formats.told import document, guarded, no_guess, no_head, parse_xml, unreadable
from meipi.sources.packed import Packed, begins_with_member

if TYPE_CHECKING:
    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess

_NAME = "odt"
_MAIN, _META = "content.xml", "meta.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TAGS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}line-break": "br",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
    f"{_TEXT}section": "div",
}
_LEFT_OUT = frozenset(
    {
        *(f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}annotation"),
        *(f"{_OFFICE}forms", f"{_TEXT}table-of-content", f"{_OFFICE}scripts"),
    }
)
_DEEPEST = 6


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the text of an OpenDocument."""
    packed = Packed(data, name=_NAME)
    if _MAIN not in packed:
        raise unreadable(_NAME)
    return guarded(_NAME, lambda: _read(packed))


def _read(packed: Packed) -> Decoded:
    body = parse_xml(packed.read(_MAIN), name=_NAME).find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise unreadable(_NAME)
    _to_page(body)
    text = joined(blocks_of(body), marked=True)
    return document(text, format_name=_NAME, declared=_declared(packed))


def _to_page(body: Any) -> None:
    """Give every element the name that HTML has for it."""
    for element in list(body.iter("*")):
        tag = element.tag
        if tag in _LEFT_OUT:
            element.tag = "template"
        elif tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            element.tag = f"h{min(_DEEPEST, max(1, int(level) if level.isdigit() else 1))}"
        elif tag == f"{_TEXT}p" and element.getparent().tag == "li" and _is_first(element):
            element.tag = "span"  # the words of an item stand in its line
        elif tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            element.tag, element.text = "span", " "
        else:
            element.tag = _TAGS.get(tag, "span")
    body.tag = "body"


def _is_first(element: Any) -> bool:
    return element.getprevious() is None


def _declared(packed: Packed) -> dict[str, str]:
    if _META not in packed:
        return {}
    root = parse_xml(packed.read(_META), name=_NAME)
    names = (("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator"))
    return {ours: root.findtext(f".//{theirs}") or "" for ours, theirs in names}


def recognises(data: bytes) -> bool:
    """Tell an OpenDocument text by the type that stands at its beginning."""
    return begins_with_member(data[:256], b"application/vnd.oasis.opendocument.text")


ODT = SourceFormat(
    _NAME,
    "OpenDocument 文本",
    "OpenDocument text",
    (".odt", ".ott"),
    no_guess,
    read,
    no_head(_NAME),
    recognises,
    tells_encoding=True,
    has_mark=True,
)
