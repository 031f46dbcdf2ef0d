"""The first structure of a text, before anybody has looked at it: its lines are paragraphs."""

from __future__ import annotations

import re

from meipi.core.document import Block, Role, Structure
from meipi.core.spans import Span

_LINE = re.compile(r"[^\S\r\n]*(\S[^\r\n]*)")


def plain_structure(text: str) -> Structure:
    r"""Return a paragraph for every line of ``text`` that is not blank.

    >>> [block.span for block in plain_structure("  春\n\n秋冬\n").blocks]
    [Span(start=2, end=3), Span(start=5, end=7)]
    """
    found = (match.span(1) for match in _LINE.finditer(text))
    return Structure(tuple(Block(Span(start, end), Role.PARAGRAPH) for start, end in found))
