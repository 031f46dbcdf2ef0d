"""Tab goes round the whole window, and at each stop one sees and hears where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from meipi.core.spans import Span

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 60_000
MOST = 120
"""So many stops no window has: a chain that does not close would go on for ever."""


def stops(window: QWidget) -> list[QWidget]:
    """Press Tab until it comes back to where it was, and return where it stopped."""
    first = QApplication.focusWidget()
    assert first is not None
    found = [first]
    for _ in range(MOST):
        at = QApplication.focusWidget()
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in found:
            return found
        found.append(now)
    raise AssertionError([describe(widget) for widget in found[-8:]])


def describe(widget: QWidget) -> str:
    parent = widget.parentWidget()
    names = (widget.accessibleName(), widget.objectName(), str(widget.property("part") or ""))
    return f"{type(widget).__name__}({', '.join(filter(None, names))}) in {type(parent).__name__}"


def picture(widget: QWidget) -> QImage:
    """Return how a widget looks with the frame around it, which may be what shows the focus."""
    parent = widget.parentWidget() or widget
    room = widget.geometry().adjusted(-4, -4, 4, 4) if parent is not widget else widget.rect()
    return parent.grab(room.intersected(parent.rect())).toImage()


def looks_alike(widget: QWidget) -> bool:
    """Say whether a widget looks the same with the keyboard and without."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.sendPostedEvents()
    focused = picture(widget)
    widget.clearFocus()
    QApplication.sendPostedEvents()
    return focused == picture(widget)


def unnamed(widget: QWidget) -> bool:
    from PySide6.QtGui import QAccessible

    interface = QAccessible.queryAccessibleInterface(widget)
    return not (interface and interface.text(QAccessible.Text.Name).strip())


def faults(window: QWidget) -> list[str]:
    found = stops(window)
    assert len(found) > 1
    return [
        *(f"hidden: {describe(w)}" for w in found if w.visibleRegion().isEmpty()),
        *(f"unnamed: {describe(w)}" for w in found if unnamed(w)),
        *(f"looks alike: {describe(w)}" for w in found if looks_alike(w)),
    ]


@pytest.mark.parametrize("panel", ["outline", "entities", "annotations", "repairs"])
def test_every_stop_of_the_window_is_seen_named_and_marked(opened: App, panel: str) -> None:
    opened.commands.run(f"panel_{panel}")
    opened.parts.reader.setFocus(Qt.FocusReason.TabFocusReason)
    assert faults(opened.window) == []


DIALOGS = (
    *("codebook", "encoding", "export", "import", "print", "keyboard", "entity_rules"),
    "suggest",
)


@pytest.mark.parametrize("command", DIALOGS)
def test_every_stop_of_a_dialog_is_seen_named_and_marked(
    opened: App, qtbot: QtBot, command: str
) -> None:
    opened.commands.run(command)
    qtbot.waitUntil(lambda: opened.dialogs.current is not None, timeout=WAIT)
    dialog = opened.dialogs.current
    assert isinstance(dialog, QWidget)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()), timeout=WAIT)
    assert faults(dialog) == []


FLOATING = ("find", "page_setup", "commands", "tag", "note", "source", "card", "split", "search")


@pytest.mark.parametrize("command", FLOATING)
def test_every_stop_is_marked_while_something_floats_or_stands_beside(
    opened: App, qtbot: QtBot, command: str
) -> None:
    reader = opened.parts.reader
    at = reader.reading.sheet.text.index("宝坻")
    reader.set_selection(Span(at, at + (2 if command in {"tag", "note"} else 0)))
    reader.setFocus(Qt.FocusReason.TabFocusReason)
    opened.commands.run(command)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT)
    assert faults(opened.window) == []
