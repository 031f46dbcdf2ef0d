"""Words said aloud by a screen reader, for what is only seen otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, *words: str) -> None:
    """Have ``words`` said, if a screen reader listens; it does not interrupt what is being said."""
    said = "，".join(filter(None, words))
    if said and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, said))
