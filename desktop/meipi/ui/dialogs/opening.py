"""Opens the dialogs over the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from meipi.services.folders import document_suffixes
from meipi.ui.dialogs.codebook_acts import CodebookActs
from meipi.ui.dialogs.encoding_acts import EncodingActs
from meipi.ui.dialogs.export_acts import ExportActs
from meipi.ui.dialogs.import_acts import ImportActs
from meipi.ui.dialogs.keyboard_acts import KeyboardActs
from meipi.ui.dialogs.name_rules_acts import NameRulesActs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.print_acts import PrintActs
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.library import LibraryController
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class Dialogs:
    """One dialog at a time; everything slow is done beside the window."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        reading: ReadingController,
        library: LibraryController,
        showing: Showing,
        reader: ReaderView,
    ) -> None:
        self._stage = stage
        self._reading = reading
        self._library = library
        self._encoding = EncodingActs(workspace, bridge, stage)
        self._export = ExportActs(workspace, bridge, stage)
        self._import = ImportActs(workspace, bridge, stage)
        self._codebook = CodebookActs(workspace, bridge, stage, rehearse=self._import.open)
        self._rules = NameRulesActs(workspace, bridge, stage, showing)
        self._reader = reader
        self.printing: PrintActs | None = None
        self._keyboard = KeyboardActs(bridge, stage, stage.keymap)

    @property
    def current(self) -> QDialog | None:
        """The dialog that is open."""
        return self._stage.current

    def close(self) -> None:
        """Leave the dialog that is open, before what it asks for is gone."""
        self._stage.close()

    def open_files(self) -> None:
        """Let the reader choose files, and take them in."""
        words = self._stage.words
        dialog = QFileDialog(self._stage.window, words("files.open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in document_suffixes())
        filters = [words("files.documents", patterns=patterns), words("files.all")]
        dialog.setNameFilters(filters)
        dialog.setDirectory(str(self._stage.folder("last_open_folder")))
        dialog.filesSelected.connect(self._take_files)
        self._stage.open(dialog)

    def _take_files(self, chosen: list[str]) -> None:
        paths = [Path(path) for path in chosen]
        self._stage.keep({"last_open_folder": str(paths[0].parent)})
        self._library.add(paths)

    def change_encoding(self) -> None:
        """Choose another encoding for the open document."""
        if self._reading.document is not None:
            self._encoding.open(self._reading.document.id)

    def change_encoding_of(self, document: str) -> None:
        """Choose another encoding for ``document``."""
        self._encoding.open(document)

    def export(self) -> None:
        """Export the open document or the library."""
        opened = self._reading.document
        chosen = (opened.id, opened.reading.document.title) if opened else None
        self._export.open(chosen, count=len(self._library.cards))

    def export_document(self, document: str) -> None:
        """Export one document."""
        cards = self._library.cards
        title = next((card.title for card in cards if card.id == document), document)
        self._export.open((document, title), count=len(cards))

    def print_document(self) -> None:
        """Print the open document, or make a PDF of it."""
        opened = self._reading.document
        if opened is None:
            return
        if self.printing is None:
            from meipi.ui.dialogs.print_acts import PrintActs

            self.printing = PrintActs(self._stage, self._reader)
        self.printing.open(opened)

    def import_set(self) -> None:
        """Import an annotated set."""
        self._import.open()

    def open_codebook(self) -> None:
        """Edit the tags."""
        self._codebook.open()

    def open_keyboard(self) -> None:
        """Show and change the keys of every command."""
        self._keyboard.open()

    def open_name_rules(self) -> None:
        """Show what was said of names everywhere."""
        self._rules.open()
