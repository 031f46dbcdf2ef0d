"""The other page: a second text beside the first, with its own tabs, place and caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.parts import channel_labels
from meipi.ui.reader.view import ReaderView
from meipi.ui.reading import ReadingController

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from meipi.core.spans import Span
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.widgets.tab_strip import TabStrip


class SecondPage(QObject):
    """Shows a document and says when the reader begins to work in it.

    All that works on words works on the first page; the two then change places, so that what is
    done here is done there, under the same hand.
    """

    worked_in = Signal(object)
    """A function to call once this page has become the first, or nothing."""

    def __init__(
        self, workspace: Workspace, bridge: Bridge, first: ReaderView, words: Words
    ) -> None:
        super().__init__()
        self._first = first
        self.column = QWidget()
        self.view = ReaderView()
        self.reading = ReadingController(
            workspace, bridge, self.view, labels=channel_labels(), words=words, channel="second "
        )
        self._rows = QVBoxLayout(self.column)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.view, 1)
        self.view.selection_finished.connect(self._finish)
        self.view.annotation_activated.connect(self._activate)
        self.view.key_unhandled.connect(self._press)
        self.view.context_menu_requested.connect(self._ask_menu)

    def put_strip(self, strip: TabStrip) -> None:
        """Set the tabs above the page."""
        self._rows.insertWidget(0, strip)

    def _finish(self, selected: Span) -> None:
        say = self._first.selection_finished.emit
        self.worked_in.emit((lambda: say(selected)) if selected else None)

    def _activate(self, annotation: str) -> None:
        self.worked_in.emit(lambda: self._first.annotation_activated.emit(annotation))

    def _press(self, event: QKeyEvent) -> None:
        copy = event.clone()
        self.worked_in.emit(lambda: self._first.key_unhandled.emit(copy))

    def _ask_menu(self, at: QPoint, target: HoverTarget | None) -> None:
        self.worked_in.emit(lambda: self._first.context_menu_requested.emit(at, target))
