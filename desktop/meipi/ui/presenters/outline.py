"""The outline: title and headings, and which of them the reader is under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role, hide

if TYPE_CHECKING:
    from meipi.core.document import Block, Structure
    from meipi.core.spans import Span

_ROLES = {Role.TITLE, Role.HEADING, Role.RUN_IN_HEADING}


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A title or heading; ``depth`` is 0 for the title."""

    text: str
    depth: int
    span: Span


def outline_rows(text: str, structure: Structure) -> list[OutlineRow]:
    """Return the title and headings of ``text`` in order."""
    rows = []
    deepest = 0
    for block in structure.blocks:
        if block.role not in _ROLES:
            continue
        depth = deepest + 1 if block.role is Role.RUN_IN_HEADING else _depth(block)
        if block.role is Role.HEADING:
            deepest = depth
        rows.append(
            OutlineRow(hide(text, block.span, block.hidden).text.strip(), depth, block.span)
        )
    return rows


def _depth(block: Block) -> int:
    return 0 if block.role is Role.TITLE else max(1, block.level)
