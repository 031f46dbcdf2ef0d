"""The line under a title that says whence, when and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.ui.i18n import Words
from meipi.ui.presenters.dates import word_date

if TYPE_CHECKING:
    from meipi.core.document import Structure

_OPENING = (Role.TITLE, Role.BOILERPLATE)


def credit_line(structure: Structure) -> str:
    """Return source, date, authors and region; nothing where the text has a byline itself.

    It speaks for the document, so it is worded in Chinese whatever the window's language.

    >>> from meipi.core.document import Structure
    >>> credit_line(Structure((), date="--08-17", source="人民网", authors=("陶建",)))
    '人民网 · 8月17日 · 陶建'
    """
    if _has_byline(structure):
        return ""
    date = word_date(structure.date, Words("zh"))
    parts = (structure.source, date, "、".join(structure.authors), structure.region)
    return " · ".join(part for part in parts if part)


def _has_byline(structure: Structure) -> bool:
    for block in structure.blocks:
        if block.role not in _OPENING:
            return block.role is Role.BYLINE
    return False
