"""Which blocks of a page are its main text.

Trafilatura says what the main text is, but runs paragraphs together where a page parts them by
``<br>`` or ``<section>``. So its answer chooses among our own blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.sources.formats.html_text import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANKS = re.compile(r"\s+")
_TELLING = 12
"""Characters from which a block found in the main text is not there by chance."""
_ASIDE = 400
"""Characters of text between two main blocks that are kept: captions, quotations, tables."""
_TITLE = 4
_TITLE_WITHIN = 6
"""How many blocks before the main text its title may stand: date, source and tools between."""


def main_blocks(blocks: Sequence[Block], main: str, *, title: str = "") -> list[Block]:
    """Return those of ``blocks`` that hold the text ``main``, and what belongs between them."""
    main = _condensed(main)
    texts = [_condensed(block.text) for block in blocks]
    found = [text in main for text in texts]
    telling = [at for at, text in enumerate(texts) if found[at] and len(text) >= _TELLING]
    if not telling:
        return []
    first, last = telling[0], telling[-1]
    while first and found[first - 1]:
        first -= 1
    while last + 1 < len(blocks) and found[last + 1]:
        last += 1
    first = _title_before(blocks, texts, first, title=_condensed(title))
    return [blocks[at] for at in _with_asides(texts, found, first, last)]


def _title_before(blocks: Sequence[Block], texts: list[str], first: int, *, title: str) -> int:
    for at in range(first - 1, max(-1, first - 1 - _TITLE_WITHIN), -1):
        # The declared title often goes on with the site's name.
        titled = len(texts[at]) >= _TITLE and title.startswith(texts[at])
        if titled or blocks[at].kind is Kind.HEADING:
            return at
    return first


def _with_asides(texts: list[str], found: list[bool], first: int, last: int) -> list[int]:
    kept: list[int] = []
    aside: list[int] = []
    for at in range(first, last + 1):
        aside.append(at)
        if found[at]:
            beside = sum(len(texts[between]) for between in aside[:-1])
            kept.extend(aside if beside <= _ASIDE else aside[-1:])
            aside = []
    return kept


def _condensed(text: str) -> str:
    return _BLANKS.sub("", text)
