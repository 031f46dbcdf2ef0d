"""XML within bounds: no entities, no document types, nothing from elsewhere; and its writing."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from meipi.exchange.refusal import Refused
from meipi.exchange.zipped import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_XML = 1 << 28
_DECLARED = re.compile(r"<!(DOCTYPE|ENTITY)")
_DECLARED_BYTES = re.compile(rb"<!(DOCTYPE|ENTITY)|\x00")
_LONGEST = len(b"<!DOCTYPE") - 1
_HEAD = 1 << 16
_NAMED = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)[\"']")
_PLAIN = {b"utf-8", b"us-ascii", b"ascii"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(r"\A(<\?xml[^>]*?)\s+encoding\s*=\s*([\"'])[^\"']*\2")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPED = re.compile(r"[&<>\r]")
_IN_ATTRIBUTE = {**_ESCAPES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_ATTRIBUTE = re.compile(r'[&<>"\r\n\t]')


def parse_xml(data: bytes) -> Any:
    """Return the root element of ``data``; refuse bombs, document types and what is not XML."""
    from lxml import etree

    parser = etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True)
    checked = _checked(data)
    try:
        return etree.fromstring(checked, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("not_xml", detail=str(error)[:80]) from None


def parse_without(data: bytes, *names: str) -> Any:
    """Return the root element of ``data`` as `parse_xml`, the elements called ``names`` emptied."""
    root = None
    for event, node in _events(data, ("start", "end")):
        if event == "end" and local(node) in names:
            node.clear()
        elif root is None:
            root = node
    return root


class Readable(Protocol):
    """What is read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


def each(source: bytes | Readable, *names: str) -> Iterator[Any]:
    """Yield the elements called one of ``names``, each gone when the next is asked for.

    A tree of a long table would take fifty times its size.
    """
    for _, node in _events(source, ("end",), tag=[f"{{*}}{name}" for name in names]):
        yield node
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]


def _events(
    source: bytes | Readable, events: tuple[str, ...], **chosen: Any
) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    stream = BytesIO(_checked(source)) if isinstance(source, bytes) else _Checked(source)
    options = {**_SAFE, "remove_comments": True, "remove_pis": True, **chosen}
    try:
        yield from etree.iterparse(stream, events=events, **options)
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("not_xml", detail=str(error)[:80]) from None


_SAFE: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


class _Checked:
    """Reads on while what comes declares nothing; in other encodings than UTF-8 all at once."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._seen = b""
        self._head = _first(source, _HEAD)
        if not _is_plain(self._head):
            pieces = iter(lambda: source.read(_HEAD), b"")
            self._head += b"".join(islice(pieces, MAX_XML // _HEAD + 1))
            self._head = _checked(self._head)

    def read(self, size: int) -> bytes:
        data, self._head = self._head or self._source.read(size), b""
        seen = self._seen + data
        if _DECLARED_BYTES.search(seen):
            raise Refused("doctype")
        self._seen = seen[-_LONGEST:]
        return data


def _first(source: Readable, size: int) -> bytes:
    """Return the first ``size`` bytes, in however small pieces they come."""
    data = b""
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data


def _is_plain(data: bytes) -> bool:
    """Say whether the bytes of a file that begins like this are UTF-8 as far as it says."""
    if data[:2] in _UTF16:
        return False
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise Refused("not_xml", detail="no <")  # EBCDIC and the like would hide what it declares
    named = _NAMED.match(data)
    return named is None or named[1].lower() in _PLAIN


def _checked(data: bytes) -> bytes:
    """Return ``data`` as UTF-8 that declares neither types nor entities nor another encoding."""
    if len(data) > MAX_XML:
        raise Refused("too_large", limit=f"{MAX_XML:,} bytes")
    if _is_plain(data):
        if _DECLARED_BYTES.search(data):
            raise Refused("doctype")
        return data
    text = decoded(data)
    if _DECLARED.search(text):
        raise Refused("doctype")
    # The text is Unicode now: what the file said of its bytes no longer holds.
    return _ENCODING.sub(r"\1", text, count=1).encode()


def legal(text: str) -> str:
    r"""Replace what XML cannot hold, one character by one.

    >>> legal("a\x0bb") == "a\ufffdb"
    True
    """
    return _ILLEGAL.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Return ``text`` as the content of an element."""
    return _ESCAPED.sub(lambda m: _ESCAPES[m[0]], text)


def attributes(values: Mapping[str, object]) -> str:
    """Return attributes, each with a space before it; those that are ``None`` are left out."""
    return "".join(
        f' {name}="{_ATTRIBUTE.sub(lambda m: _IN_ATTRIBUTE[m[0]], str(value))}"'
        for name, value in values.items()
        if value is not None
    )


def element(name: str, values: Mapping[str, object], content: str | None = None) -> str:
    """Return an element with ``content``, which is already XML.

    >>> element("a", {"b": "<"}), element("a", {}, escaped("&"))
    ('<a b="&lt;"/>', '<a>&amp;</a>')
    """
    if content is None:
        return f"<{name}{attributes(values)}/>"
    return f"<{name}{attributes(values)}>{content}</{name}>"


def local(node: Any) -> str:
    """Return the name of a node without its namespace."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
