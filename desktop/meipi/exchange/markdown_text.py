"""Text as Markdown that renders as exactly that text, and back."""

from __future__ import annotations

import re
from itertools import pairwise

_ALWAYS = re.compile(r"[\\`*_{}\[\]<>&~^$=|#!]")
_NUMBER = re.compile(r"(\d+)([.)])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What Markdown has no way to write: a reference to it stands for U+FFFD."""
_WRITTEN = re.compile(r"\\(\n|[!-/:-@\[-`{-~])|&#(\d+);")


def escape(text: str) -> str:
    r"""Return ``text`` as Markdown inside a paragraph; line breaks become hard ones.

    >>> print(escape("1. *不是* 列表\n# 也不是标题"))
    1\. \*不是\* 列表\
    \# 也不是标题
    """
    lines = clean(text).split("\n")
    written = [_line(line) for line in lines]
    # A break needs words on both sides; where a line is empty a reference takes its place.
    parts = [written[0]]
    for before, after in pairwise(written):
        parts += ["\\\n" if before and after else "&#10;", after]
    return "".join(parts)


def clean(text: str) -> str:
    """Replace control characters, which Markdown cannot write."""
    return _CONTROL.sub("\ufffd", text)


def controls(text: str) -> int:
    """Count the control characters that `clean` replaces."""
    return len(_CONTROL.findall(text))


def unescape(markdown: str) -> str:
    """Return the text that `escape` wrote."""
    return _WRITTEN.sub(lambda m: chr(int(m[2])) if m[2] else m[1], markdown)


def one_line(text: str) -> str:
    """Return ``text`` for the middle of a line: escaped, each run of blanks one space."""
    return _ALWAYS.sub(r"\\\g<0>", clean(" ".join(text.split())))


def _line(line: str) -> str:
    body = line.strip(_BLANKS)
    if not body:
        return _references(line)
    start = line.index(body)
    escaped = _ALWAYS.sub(r"\\\g<0>", body)
    escaped = _NUMBER.sub(r"\1\\\2", escaped, count=1) if _NUMBER.match(escaped) else escaped
    escaped = "\\" + escaped if escaped[0] in "+-" else escaped
    inner = escaped.replace("\r", "&#13;").replace("\t", "&#9;")
    return _references(line[:start]) + inner + _references(line[start + len(body) :])


_BLANKS = (
    " \t\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What Markdown readers take away from the ends of a line."""


def _references(blanks: str) -> str:
    return "".join(f"&#{ord(character)};" for character in blanks)
