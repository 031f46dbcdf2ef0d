"""The middle of the window: messages, the find bar, and the page or what stands in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from meipi.ui.widgets.hairline import Hairline

if TYPE_CHECKING:
    from meipi.ui.panels.empty import EmptyPage
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.widgets.find_bar import FindBar
    from meipi.ui.widgets.message_bar import MessageBar


class Centre(QWidget):
    """Stacks the bars over the page."""

    def __init__(
        self,
        reader: ReaderView,
        empty: EmptyPage,
        messages: MessageBar,
        find_bar: FindBar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.reader = reader
        self.empty = empty
        self.hairline = Hairline(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(reader)
        self.stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (messages, find_bar):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.hairline.raise_()

    def show_page(self) -> None:
        """Show the text."""
        self.stack.setCurrentWidget(self.reader)

    def show_empty(self) -> None:
        """Show what stands in place of a text while there is none."""
        self.stack.setCurrentWidget(self.empty)

    def set_working(self, *, on: bool) -> None:
        """Show that something is being worked on."""
        self.hairline.resize(self.width(), self.hairline.height())
        if on:
            self.hairline.start()
            self.hairline.raise_()
        else:
            self.hairline.stop()
