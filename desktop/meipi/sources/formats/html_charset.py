"""The encoding of a web page: what it declares, where that can be true."""

from __future__ import annotations

import re

from meipi.core.errors import MeipiError
from meipi.encodings.detection import Guess, detect, with_big5_named
from meipi.encodings.named import resolve

_LOOKED_AT = 4096
_DECLARATIONS = (
    re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)
# Every byte is a character in these, so a page can declare them wrongly and still decode.
_FIT_ANYTHING = frozenset({"cp1252", "latin-1"})


def guess_encoding(data: bytes) -> Guess:
    """Return the page's encoding: its mark, its proof as UTF-8, its declaration, its likeliest."""
    best = detect(data, limit=1)[0]
    declared = declared_encoding(data)
    if best.bom or declared is None or declared in _FIT_ANYTHING:
        return best
    if best.encoding == "utf-8" and best.confidence == 1.0:
        return best
    return with_big5_named(Guess(declared, 1.0), data) if _decodes(data, declared) else best


def declared_encoding(data: bytes) -> str | None:
    """Return the codec that the XML declaration or a ``<meta>`` element names.

    >>> declared_encoding(b'<html><meta charset="gb2312"><title>')
    'gb18030'
    """
    for declaration in _DECLARATIONS:
        found = declaration.search(data[:_LOOKED_AT])
        if found is None:
            continue
        try:
            name = resolve(found[1].decode("ascii"))
        except MeipiError:
            continue
        # The declaration itself was read as ASCII, so it cannot mean UTF-16.
        return "utf-8" if name.startswith("utf") else name
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
