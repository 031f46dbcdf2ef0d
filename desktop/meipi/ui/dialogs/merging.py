"""Another library: which, what merging it would do, and only then the doing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.i18n import number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from meipi.services.merging import MergeReport
    from meipi.ui.i18n import Words

_OUTCOMES = ("added", "matched", "changed", "conflict", "deleted", "missing")
_KINDS = ("documents", "tags", "annotations")


class MergeDialog(ListingDialog):
    """Asks for a dry run, shows it, then asks for the merge."""

    rehearsal_asked = Signal(object)
    merge_asked = Signal(object)

    def __init__(self, words: Words, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(words, "merge", ("kind", *_OUTCOMES), parent, size=(780, 400))
        self._folder = folder
        self.path = QLineEdit(self)
        self.add_label(self.fields, "file", self.path)
        self.choose_button = self.add_button(self.fields, "choose", "dialog_file")
        self.apply_button = self.add_buttons(words("merge.apply"))
        self.apply_button.setEnabled(False)
        self.choose_button.clicked.connect(self._choose)
        self.path.editingFinished.connect(self._rehearse)
        self.apply_button.clicked.connect(lambda: self.merge_asked.emit(self._file()))

    def take_path(self, path: str) -> None:
        """Try the library at ``path``."""
        self.path.setText(path)
        self._rehearse()

    def show_report(self, path: Path, report: MergeReport) -> None:
        """Show what merging ``path`` would do; reports of others come too late."""
        if path != self._file():
            return
        self.show_problem("")
        found = report.merged
        rows = []
        for kind in _KINDS:
            counts = [getattr(found, f"{kind}_{one}", 0) for one in _OUTCOMES]
            rows.append((kind, [self.say(kind), *(number(one) if one else "–" for one in counts)]))
        rows.append(
            ("others", [self.say("others"), number(report.others) if report.others else "–"])
        )
        self.show_rows(rows)
        conflicts = [note.words for note in found.notes if note.outcome == "conflict"]
        lines = [self.say("conflicts", words="、".join(conflicts[:8]))] if conflicts else []
        self.told.setText("\n".join(lines or ["" if report.added else self.say("nothing")]))
        self.apply_button.setEnabled(bool(report.added))

    def show_failure(self, text: str) -> None:
        """Say why that library cannot be merged."""
        self.show_rows([])
        self.told.setText("")
        self.apply_button.setEnabled(False)
        self.show_problem(text)

    def _file(self) -> Path:
        return Path(self.path.text()).expanduser()

    def _rehearse(self) -> None:
        if self.path.text().strip():
            self.apply_button.setEnabled(False)
            self.told.setText(self.say("checking"))
            self.rehearsal_asked.emit(self._file())

    def _choose(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(self._folder))
        dialog.setNameFilters([self.words("files.library"), self.words("files.all")])
        dialog.fileSelected.connect(self.take_path)
        dialog.open()
