"""Writing notes: the editor beside the words, and what becomes of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.spans import Span

if TYPE_CHECKING:
    from meipi.ui.marking import Marked, Marking
    from meipi.ui.widgets.note_editor import NoteEditor


class NoteController(QObject):
    """Opens the editor on words or an annotation; what was typed is never lost by leaving."""

    left = Signal()
    """The editor was closed by the reader."""

    def __init__(self, marking: Marking, editor: NoteEditor) -> None:
        super().__init__()
        self._marking = marking
        self._editor = editor
        self._marked: Marked | None = None
        editor.saved.connect(self._saved)
        editor.cancelled.connect(self.left)

    def write(self, marked: Marked) -> None:
        """Open the editor for ``marked``."""
        self.keep()
        if self._marking.span(marked) is None:
            return
        self._marked = marked
        row = None if isinstance(marked, Span) else self._marking.row(marked)
        self._editor.open_near(
            self._marking.place(marked),
            title=self._marking.words(marked),
            note=row.note if row else "",
        )

    def keep(self) -> None:
        """Save a note that is being written."""
        if not self._editor.isHidden():
            text = self._editor.text()
            self._editor.dismiss()
            self._save(text)

    def _saved(self, text: str) -> None:
        self._save(text)
        self.left.emit()

    def _save(self, text: str) -> None:
        if self._marked is not None:
            self._marking.note(self._marked, text)
            self._marked = None
