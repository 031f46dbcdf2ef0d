"""The middle of the window: messages, the find bar, and the page or what stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from meipi.ui.widgets.hairline import Hairline
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from meipi.ui.panels.empty import EmptyPage
    from meipi.ui.panels.entity_page import EntityPageView
    from meipi.ui.panels.source import SourcePanel
    from meipi.ui.reader.view import ReaderView


_ROOM = 300
"""What each of two texts side by side needs at least, counted in the interface's usual size."""


class Centre(QWidget):
    """Stacks the bars over the page, which may show the source text beside the reading text.

    ``desk`` holds the page with its tabs (``home``), and a second one while there are two.
    """

    resized = Signal()
    source_shown = Signal(bool)
    """Whether the source text is shown now."""

    source: SourcePanel
    empty: EmptyPage
    entity_page: EntityPageView
    hairline: Hairline

    def __init__(self, reader: ReaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = reader
        self.source_wanted = False
        self._whole = False
        self.stack = QStackedWidget(self)
        self.pair = QSplitter(Qt.Orientation.Horizontal, self)
        self.pair.addWidget(reader)
        self.pair.setHandleWidth(1)
        self.pair.setChildrenCollapsible(False)
        self.home = QWidget(self)
        self._rows = QVBoxLayout(self.home)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.pair, 1)
        self.desk = QSplitter(Qt.Orientation.Horizontal, self)
        self.desk.setHandleWidth(1)
        self.desk.setChildrenCollapsible(False)
        self.desk.addWidget(self.home)
        self.desk.splitterMoved.connect(lambda *_: self._arrange())
        self.stack.addWidget(self.desk)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)

    def complete(
        self,
        source: SourcePanel,
        empty: EmptyPage,
        entity_page: EntityPageView,
        *,
        bars: Sequence[QWidget],
    ) -> None:
        """Take in what is not seen at first: the bars, and what can stand in place of the text."""
        self.source, self.empty, self.entity_page = source, empty, entity_page
        source.hide()
        self.pair.addWidget(source)
        self.stack.addWidget(empty)
        self.stack.addWidget(entity_page)
        for at, widget in enumerate(bars):
            self._column.insertWidget(at, widget)
        self.hairline = Hairline(self)
        self.hairline.raise_()
        self._whole = True
        self._arrange()

    def show_page(self) -> None:
        """Show the text."""
        self.stack.setCurrentWidget(self.desk)

    def put_strip(self, strip: QWidget) -> None:
        """Set the tabs above the page."""
        self._rows.insertWidget(0, strip)

    def show_entity(self) -> None:
        """Show the page of an entity."""
        self.stack.setCurrentWidget(self.entity_page)

    def leave_empty(self) -> None:
        """Show the text where the place of one was held."""
        if self.stack.currentWidget() is self.empty:
            self.show_page()

    def show_empty(self) -> None:
        """Show what stands in place of a text while there is none."""
        self.stack.setCurrentWidget(self.empty)

    @property
    def has_room(self) -> bool:
        """Say whether two texts fit beside each other."""
        return self.home.width() >= 2 * scaled(self, _ROOM)

    def want_source(self, *, wanted: bool) -> None:
        """Show the source text beside the reading text as long as there is room, or do not."""
        self.source_wanted = wanted
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            self._arrange()
            self.resized.emit()

    def _arrange(self) -> None:
        shown = self.source_wanted and self.has_room
        if shown != self.source.isHidden():
            return
        self.source.setVisible(shown)
        if shown:
            half = self.home.width() // 2
            self.pair.setSizes([half, self.home.width() - half])
        self.source_shown.emit(shown)

    def set_working(self, *, on: bool) -> None:
        """Show that something is being worked on."""
        self.hairline.resize(self.width(), self.hairline.height())
        if on:
            self.hairline.start()
            self.hairline.raise_()
        else:
            self.hairline.stop()
