"""Import: a file, what it would do to the library, and only then the doing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.presenters.importing import import_notes, import_table

if TYPE_CHECKING:
    from meipi.services.importing import ImportReport
    from meipi.ui.i18n import Words

_WIDTH = 560


class ImportDialog(Dialog):
    """Asks for a rehearsal, shows it as a table, then asks for the import."""

    rehearsal_asked = Signal(object)
    """The path."""
    import_asked = Signal(object)

    def __init__(self, words: Words, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(words, words("import.title"), parent)
        self._folder = folder
        self.path = QLineEdit(self)
        self.path.setAccessibleName(words("import.file"))
        self.choose_button = QPushButton(words("import.choose"), self)
        self.choose_button.setAutoDefault(False)
        self.hint = self.soft_label(words("import.choose_first"))
        self.table = QGridLayout()
        self._cells: list[QLabel] = []
        self.notes = QPlainTextEdit(self)
        self.notes.setReadOnly(True)
        self._lay_out()
        self.apply_button = self.add_buttons(words("import.apply"))
        self.apply_button.setEnabled(False)
        self.keyed["dialog_file"] = self.choose_button
        self.choose_button.clicked.connect(self._choose)
        self.path.editingFinished.connect(self._rehearse)
        self.apply_button.clicked.connect(lambda: self.import_asked.emit(self._file()))

    def take_path(self, path: str) -> None:
        """Look at the file at ``path``."""
        self.path.setText(path)
        self._rehearse()

    def show_report(self, path: Path, report: ImportReport) -> None:
        """Show what importing ``path`` would do; reports of other files come too late."""
        if path != self._file():
            return
        self._clear()
        self.show_problem("")
        self.hint.setText("" if report.added else self.words("import.nothing"))
        self.hint.setVisible(not report.added)
        self._fill(report)
        notes = import_notes(report, self.words)
        self.notes.setPlainText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.apply_button.setEnabled(bool(report.added))

    def show_progress(self, percent: int) -> None:
        """Say how far the reading, or the import, is."""
        self.hint.setText(self.words("import.progress", percent=percent))
        self.hint.show()

    def show_failure(self, text: str) -> None:
        """Say why the file cannot be imported."""
        self._clear()
        self.hint.hide()
        self.apply_button.setEnabled(False)
        self.show_problem(text)

    def _file(self) -> Path:
        return Path(self.path.text()).expanduser()

    def _rehearse(self) -> None:
        if self.path.text().strip():
            self.apply_button.setEnabled(False)
            self.hint.setText(self.words("import.checking"))
            self.hint.show()
            self.rehearsal_asked.emit(self._file())

    def _choose(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(self._folder))
        dialog.fileSelected.connect(self.take_path)
        dialog.open()

    def _fill(self, report: ImportReport) -> None:
        headings, rows = import_table(report, self.words)
        for column, heading in enumerate(headings):
            self._cell(self.soft_label(heading), 0, column)
        for at, (name, counts) in enumerate(rows, start=1):
            self._cell(QLabel(name, self), at, 0)
            for column, count in enumerate(counts, start=1):
                self._cell(QLabel(number(count) if count else "–", self), at, column)

    def _cell(self, label: QLabel, row: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.table.addWidget(label, row, column)
        self._cells.append(label)

    def _clear(self) -> None:
        for label in self._cells:
            self.table.removeWidget(label)
            label.deleteLater()
        self._cells.clear()
        self.notes.hide()

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.soft_label(self.words("import.file")))
        row.addWidget(self.path, 1)
        row.addWidget(self.choose_button)
        self.column.addLayout(row)
        self.column.addWidget(self.hint)
        self.table.setVerticalSpacing(8)
        self.table.setHorizontalSpacing(18)
        self.column.addLayout(self.table)
        self.notes.setFixedHeight(line * 6)
        self.notes.hide()
        self.column.addWidget(self.notes)
        self.column.addStretch(1)
        self.setMinimumWidth(max(_WIDTH, line * 29))
