"""Export: what, in which format, where to; what would be lost is said before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.annotation import Tag
    from meipi.exchange import LossReport
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_WIDTH = 560


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to choose."""

    name: str
    label: str
    suffix: str


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written where; ``None`` means all."""

    format: str
    path: Path
    documents: tuple[str, ...] | None
    tags: tuple[str, ...] | None


class ExportDialog(Dialog):
    """Asks for an order; writes nothing itself."""

    losses_asked = Signal(object)
    """`ExportOrder`, whenever it changed."""
    export_asked = Signal(object)

    def __init__(  # noqa: PLR0913 - what can be chosen from
        self,
        words: Words,
        formats: Sequence[ExportFormat],
        tags: Sequence[Tag],
        *,
        document: tuple[str, str] | None,
        count: int,
        folder: Path,
        format_name: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, words("export.title"), parent)
        self._formats = formats
        self._document = document
        self._folder = folder
        self._named = False
        self.format = ChoiceBox(self)
        self.documents = ChoiceBox(self)
        self.tags = Chips([(tag.id, tag.name, theme.tag_color(tag.color)) for tag in tags], self)
        self.path = QLineEdit(self)
        self.losses = QPlainTextEdit(self)
        self._fill(count, format_name)
        self._lay_out()
        self.apply_button = self.add_buttons(words("export.apply"))
        self._connect()
        self._propose_path()

    def order(self) -> ExportOrder:
        """Return what has been chosen."""
        chosen = self.tags.chosen()
        every = len(chosen) == self.tags.count()
        only = self._document is not None and self.documents.currentIndex() == 0
        return ExportOrder(
            self._format().name,
            Path(self.path.text()).expanduser(),
            (self._document[0],) if only and self._document else None,
            None if every else chosen,
        )

    def ask_losses(self) -> None:
        """Ask what would be lost."""
        self.losses.setPlainText(self.words("export.checking"))
        self.losses_asked.emit(self.order())

    def show_losses(self, report: LossReport) -> None:
        """Say what the format cannot hold."""
        if report.lossless:
            self.losses.setPlainText(self.words("export.lossless"))
            return
        summary = report.summary(self.words.language).partition(":")[2].strip().rstrip("。.")
        lines = summary.replace("; ", ";").split(";")
        self.losses.setPlainText("\n".join(f"· {line.strip()}" for line in lines if line.strip()))

    def _format(self) -> ExportFormat:
        return self._formats[self.format.currentIndex()]

    def _changed(self) -> None:
        self._propose_path()
        self.ask_losses()

    def _propose_path(self) -> None:
        """Name the file after what goes into it, until the reader names it."""
        if self._named:
            return
        only = self._document is not None and self.documents.currentIndex() == 0
        stem = self._document[1] if only and self._document else self.words("app.name")
        safe = "".join("_" if c in '/\\:*?"<>|\n\t' else c for c in stem)[:60].strip(" .")
        self.path.setText(str(self._folder / f"{safe}{self._format().suffix}"))

    def _choose_path(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.path.text())
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    def _take_path(self, path: str) -> None:
        self._named = True
        self.path.setText(path)

    def _name(self) -> None:
        self._named = True

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._changed)
        self.documents.currentIndexChanged.connect(self._changed)
        self.tags.changed.connect(self.ask_losses)
        self.path.textEdited.connect(lambda _: self._name())
        self.apply_button.clicked.connect(lambda: self.export_asked.emit(self.order()))

    def _fill(self, count: int, format_name: str) -> None:
        words = self.words
        for one in self._formats:
            self.format.addItem(one.label)
        names = [one.name for one in self._formats]
        self.format.setCurrentIndex(names.index(format_name) if format_name in names else 0)
        if self._document is not None:
            self.documents.addItem(words("export.this_document"))
        self.documents.addItem(words("export.all_documents", count=count))
        self.losses.setReadOnly(True)
        self.losses.setAccessibleName(words("export.losses"))

    def _lay_out(self) -> None:
        words, line = self.words, self.fontMetrics().height()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self.losses.setMinimumHeight(line * 6)
        for at, (key, widget) in enumerate(
            (("export.format", self.format), ("export.documents", self.documents))
        ):
            grid.addWidget(self.soft_label(words(key)), at, 0)
            grid.addWidget(widget, at, 1)
        row = 2
        if self.tags.count():
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(self.soft_label(words("export.tags")), row, 0, top)
            grid.addWidget(self.tags, row, 1)
            row += 1
        else:
            self.tags.hide()
        grid.addWidget(self.soft_label(words("export.path")), row, 0)
        grid.addLayout(self._path_row(), row, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.soft_label(words("export.losses")))
        self.column.addWidget(self.losses, 1)
        self.setMinimumWidth(max(_WIDTH, line * 29))

    def _path_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        button = QPushButton(self.words("export.choose"), self)
        button.setAutoDefault(False)
        button.clicked.connect(self._choose_path)
        row.addWidget(self.path, 1)
        row.addWidget(button)
        return row
