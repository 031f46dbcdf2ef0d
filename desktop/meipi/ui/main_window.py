"""The main window: places the panels, folds them, and says what was dropped on it.

It is there before its parts are, so it imports what they need where it is used: to name `Qt` alone
reads in a hundred enumerations, which takes a tenth of a start.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from meipi.core.turns import go_first
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QResizeEvent,
    )
    from PySide6.QtWidgets import QSplitter, QVBoxLayout

    from meipi.ui.panels.centre import Centre
    from meipi.ui.panels.foot import Foot
    from meipi.ui.panels.library import LibraryPanel
    from meipi.ui.panels.side import SidePanel
    from meipi.ui.panels.toolbar import Toolbar
    from meipi.ui.theme import Space

_NARROW = 1_100
"""Below this width, counted in the interface's usual size, the library folds by itself."""


class MainWindow(QMainWindow):
    """Holds toolbar, library, page, side panel and foot."""

    files_dropped = Signal(object)
    """The paths, a list."""
    dragging = Signal(bool)
    """Whether files are being held over the window."""
    closing = Signal()

    toolbar: Toolbar
    library: LibraryPanel
    centre: Centre
    side: SidePanel
    foot: Foot
    splitter: QSplitter
    page: QWidget

    def __init__(self) -> None:
        super().__init__()
        self._filled = False
        self._wanted = {"left": True, "right": True}
        self._reading_mode = False
        self._opened_anyway = False
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.setMinimumSize(720, 480)

    def fill(
        self,
        toolbar: Toolbar,
        library: LibraryPanel,
        centre: Centre,
        side: SidePanel,
        foot: Foot,
        *,
        space: Space,
    ) -> None:
        """Place the parts, in the stead of a picture of them where one was shown until now."""
        self.toolbar = toolbar
        self.library = library
        self.centre = centre
        self.side = side
        self.foot = foot
        self.splitter = _splitter(self)
        self.page = QWidget(self)
        self.setFocusProxy(centre.reader)
        self._filled = True
        self._lay_out(space)

    def fold(self, side: str) -> None:
        """Fold the ``left`` or ``right`` side, or unfold it."""
        if side == "left":
            shown = not self.library.isHidden()
            self._opened_anyway = not shown
            self._wanted["left"] = not shown
        else:
            self._wanted["right"] = self.side.isHidden()
        self._reading_mode = False
        self._arrange()

    def toggle_reading_mode(self) -> None:
        """Leave the page and its margin alone, or bring the rest back."""
        self._reading_mode = not self._reading_mode
        self._arrange()

    @property
    def reading_mode(self) -> bool:
        """Say whether only the page is shown."""
        return self._reading_mode

    def layout_values(self) -> dict[str, object]:
        """Return what of the window's arrangement is kept."""
        sizes = self.splitter.sizes()
        values: dict[str, object] = {
            "window_geometry": b64encode(self.saveGeometry().data()).decode(),
            "left_shown": self._wanted["left"],
            "right_shown": self._wanted["right"],
        }
        for name, size in (("left_width", sizes[0]), ("right_width", sizes[2])):
            kept = round(size / self._scale())
            if size and 120 <= kept <= 1_000:
                values[name] = kept
        return values

    def restore_layout(self, values: dict[str, object]) -> None:
        """Arrange the window as ``layout_values`` had it."""
        if not self.isVisible():  # where its picture is shown, it stands already
            self.restore_place(str(values["window_geometry"]))
        self._wanted = {"left": bool(values["left_shown"]), "right": bool(values["right_shown"])}
        self._set_widths(int(str(values["left_width"])), int(str(values["right_width"])))
        self._arrange()

    def restore_place(self, geometry: str) -> None:
        """Put the window where it was when ``geometry`` was kept."""
        if geometry:
            self.restoreGeometry(QByteArray(b64decode(geometry)))

    def settle_layout(self) -> None:
        """Give every part its place now rather than before the next paint."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def send_language_change(self) -> None:
        """Let every widget put its words into the language now chosen."""
        from meipi.ui.qt_words import rename_scroll_buttons

        for widget in (self, *self.findChildren(QWidget)):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        rename_scroll_buttons(self)

    def event(self, event: QEvent) -> bool:
        """Let no other thread delay what is about to be drawn or done."""
        go_first()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.dragging.emit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.dragging.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.dragging.emit(False)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _scale(self) -> float:
        return scale_of(self.font())

    def _arrange(self) -> None:
        if not self._filled:
            return
        narrow = self.width() < _NARROW * self._scale()
        left = self._wanted["left"] and (not narrow or self._opened_anyway)
        reading = self._reading_mode
        self.library.setVisible(left and not reading)
        self.side.setVisible(self._wanted["right"] and not reading)
        self.toolbar.setVisible(not reading)
        self.foot.setVisible(not reading)

    def _set_widths(self, left: int, right: int) -> None:
        """Give the sides their widths, which grow with the font but leave the page its room."""
        most = max(220, self.width() // 3)
        left, right = (min(round(size * self._scale()), most) for size in (left, right))
        self.splitter.setSizes([left, max(200, self.width() - left - right), right])

    def _lay_out(self, space: Space) -> None:
        self.toolbar.setFixedHeight(round(space.toolbar_height * max(1.0, self._scale() * 0.85)))
        self.foot.setFixedHeight(max(27, self.fontMetrics().height() + 10))
        for part in (self.library, self.centre, self.side):
            self.splitter.addWidget(part)
        self.library.setMinimumWidth(180)
        self.side.setMinimumWidth(220)
        for at, stretch in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(at, stretch)
        column = _column(self.page)
        column.addWidget(self.toolbar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(self.page)
        self.page.show()
        self._set_widths(space.library_width, space.panel_width)


def _splitter(parent: QWidget) -> QSplitter:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QSplitter

    splitter = QSplitter(Qt.Orientation.Horizontal, parent)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter


def _column(parent: QWidget) -> QVBoxLayout:
    from PySide6.QtWidgets import QVBoxLayout

    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
