"""Printing: the pages as they will be, what goes on them, and where they go."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.printing.draw import draw_page
from meipi.ui.printing.pages import PAPERS, PrintOptions
from meipi.ui.widgets.buttons import IconButton, Segmented
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent

    from meipi.ui.i18n import Words
    from meipi.ui.printing.pages import Page, Printed

_PREVIEW = (430, 600)
_AROUND = 150
"""What stands above and below the pages."""
_SEEN = 400
"""Pages one can look at beforehand: further ones would take long to come to."""
_SHOWN = ("notes", "entities", "repairs")


class PrintDialog(Dialog):
    """Shows the pages and says what is asked; prints nothing itself."""

    pdf_asked = Signal(object)
    """`PrintOptions`, as below."""
    print_asked = Signal(object)

    def __init__(
        self,
        words: Words,
        make: Callable[[PrintOptions], Printed],
        title: str,
        options: PrintOptions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, words("print.title"), parent)
        self._make, self._title = make, title
        self.preview = _Preview(self)
        self.previous = IconButton("left", self)
        self.following = IconButton("right", self)
        self.place = QLabel(self)
        self.paper = Segmented(list(PAPERS), self)
        self.shown = {name: QCheckBox(words(f"print.{name}"), self) for name in _SHOWN}
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self._set(options)
        self._lay_out()
        self.take_options()
        self._connect()

    def options(self) -> PrintOptions:
        """Return what is chosen."""
        boxes = {name: box.isChecked() for name, box in self.shown.items()}
        return PrintOptions(self.paper.current(), **boxes)

    def take_options(self) -> None:
        """Set the pages anew as is chosen now."""
        self._printed = self._make(self.options())
        self._pages: list[Page] = []
        self._coming: Iterator[Page] = islice(self._printed.pages(), _SEEN)
        self.go(0)

    def go(self, at: int) -> None:
        """Show page ``at``, or the last there is."""
        while len(self._pages) <= at + 1:
            page = next(self._coming, None)
            if page is None:
                break
            self._pages.append(page)
        if not self._pages:
            return
        self.at = min(max(0, at), len(self._pages) - 1)
        self.preview.show_page(self._picture(self._pages[self.at]))
        self.place.setText(self.words("print.page", number=self.at + 1))
        self.previous.setEnabled(self.at > 0)
        self.following.setEnabled(self.at + 1 < len(self._pages))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is; nothing else can be asked meanwhile."""
        self.progress.setVisible(True)
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        for widget in (self.pdf, self.printer, self.paper, *self.shown.values()):
            widget.setEnabled(False)

    def rest(self) -> None:
        """Let everything be asked again."""
        self.progress.hide()
        for widget in (self.pdf, self.printer, self.paper, *self.shown.values()):
            widget.setEnabled(True)

    def _picture(self, page: Page) -> QImage:
        ratio = self.devicePixelRatioF()
        paper = self._printed.paper
        scale = self.preview.width() * ratio / paper.size.width()
        scale = min(scale, self.preview.height() * ratio / paper.size.height())
        size = (paper.size * scale).toSize()
        image = QImage(size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.scale(scale / ratio, scale / ratio)
        draw_page(painter, self._printed, page, self._title)
        painter.end()
        return image

    def _set(self, options: PrintOptions) -> None:
        self.paper.set_current(options.paper)
        for name, box in self.shown.items():
            box.setChecked(getattr(options, name))

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.go(self.at - 1))
        self.following.clicked.connect(lambda: self.go(self.at + 1))
        self.paper.chosen.connect(lambda _: self.take_options())
        for box in self.shown.values():
            box.toggled.connect(lambda _: self.take_options())
        self.pdf.clicked.connect(lambda: self.pdf_asked.emit(self.options()))
        self.printer.clicked.connect(lambda: self.print_asked.emit(self.options()))

    def _lay_out(self) -> None:
        words = self.words
        self.paper.set_texts([(name, "") for name in PAPERS])
        self.paper.setAccessibleName(words("print.paper"))
        for button, key in ((self.previous, "previous"), (self.following, "next")):
            button.setAccessibleName(words(f"print.{key}"))
            button.setToolTip(words(f"print.{key}"))
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self.soft_label(words("print.paper")))
        side.addWidget(self.paper)
        side.addSpacing(8)
        side.addWidget(self.soft_label(words("print.shown")))
        for box in self.shown.values():
            side.addWidget(box)
        side.addStretch(1)
        turning = QHBoxLayout()
        turning.addWidget(self.previous)
        turning.addWidget(self.place, 1, Qt.AlignmentFlag.AlignCenter)
        turning.addWidget(self.following)
        side.addLayout(turning)
        self.printer = QPushButton(words("print.printer"), self)
        self.printer.setAutoDefault(False)
        side.addSpacing(10)
        side.addWidget(self.printer)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.preview)
        row.addLayout(side, 1)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.progress)
        self.pdf = self.add_buttons(words("print.pdf"))


class _Preview(QWidget):
    """A sheet of paper on the desk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        wide, high = (scaled(self, side) for side in _PREVIEW)
        window = parent.parentWidget()
        room = window.height() - scaled(self, _AROUND) if window is not None else high
        part = min(1.0, max(0.4, room / high))
        self.setFixedSize(QSize(round(wide * part), round(high * part)))

    def show_page(self, image: QImage) -> None:
        """Show a page."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = self._image.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        place = QRectF(left, top, size.width(), size.height())
        painter.drawImage(place, self._image)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(place.adjusted(0, 0, -1, -1))
