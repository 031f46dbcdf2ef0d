"""Opens the dialogs over the window and carries out what they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from meipi.core.messages import word
from meipi.ui.dialogs.codebook import CodebookDialog
from meipi.ui.dialogs.encoding import EncodingDialog, encoding_choices
from meipi.ui.dialogs.exporting import ExportDialog, ExportFormat, ExportOrder
from meipi.ui.dialogs.importing import ImportDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from meipi.core.annotation import Tag
    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.exchange import LossReport
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.library import LibraryController
    from meipi.ui.reading import ReadingController


class Dialogs(QObject):
    """One dialog at a time; everything slow is done beside the window."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        window: QWidget,
        *,
        reading: ReadingController,
        library: LibraryController,
        feedback: Feedback,
        settings: Settings,
        words: Words,
        appearance: Appearance,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._window = window
        self._reading = reading
        self._library = library
        self._feedback = feedback
        self._settings = settings
        self._words = words
        self._appearance = appearance
        self.current: QDialog | None = None
        """The dialog that is open."""

    # Files.

    def open_files(self) -> None:
        """Let the reader choose files, and take them in."""
        words = self._words
        dialog = QFileDialog(self._window, words("files.open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([words("files.documents"), words("files.all")])
        dialog.setDirectory(str(self._folder("last_open_folder")))
        dialog.filesSelected.connect(self._take_files)
        self._open(dialog)

    def _take_files(self, chosen: list[str]) -> None:
        paths = [Path(path) for path in chosen]
        self._appearance.keep({"last_open_folder": str(paths[0].parent)})
        self._library.add(paths)

    # Encoding.

    def change_encoding(self) -> None:
        """Choose another encoding for the open document."""
        if self._reading.document is not None:
            self.change_encoding_of(self._reading.document.id)

    def change_encoding_of(self, document: str) -> None:
        """Choose another encoding for ``document``."""
        self._bridge.read(
            "guesses",
            lambda: self._guess(document),
            lambda found: self._open_encoding(document, *found),
        )

    def _guess(self, document: str) -> tuple[str, dict[str, float]]:
        from meipi.sources import detect

        guesses = detect(self._workspace.documents.data(document), limit=8)
        current = self._workspace.documents.get(document).encoding
        return current, {guess.encoding: guess.confidence for guess in guesses}

    def _open_encoding(self, document: str, current: str, guesses: dict[str, float]) -> None:
        from meipi.ui.parts import encoding_labels

        choices = encoding_choices(encoding_labels(), guesses, self._words)
        dialog = EncodingDialog(self._words, choices, current, self._window)
        dialog.preview_asked.connect(lambda name: self._preview(dialog, document, name))
        dialog.apply_asked.connect(
            lambda name: self._bridge.write(
                self._workspace.documents.change_encoding(document, name)
            )
        )
        self._open(dialog)
        self._preview(dialog, document, current)

    def _preview(self, dialog: EncodingDialog, document: str, encoding: str) -> None:
        def failed(error: MeipiError) -> None:
            if self.current is dialog:
                dialog.show_failure(encoding, self._word(error))

        self._bridge.follow(
            self._workspace.documents.preview_encoding_later(document, encoding),
            lambda preview: self._while_open(dialog, lambda: dialog.show_preview(preview)),
            failed,
        )

    # Export.

    def export(self) -> None:
        """Export the open document or the library."""
        document = self._reading.document
        self._open_export((document.id, document.reading.document.title) if document else None)

    def export_document(self, document: str) -> None:
        """Export one document."""
        title = next((c.title for c in self._library.cards if c.id == document), document)
        self._open_export((document, title))

    def _open_export(self, document: tuple[str, str] | None) -> None:
        self._bridge.read(
            "export tags",
            self._workspace.codebook.tags,
            lambda tags: self._show_export(document, tags),
        )

    def _show_export(self, document: tuple[str, str] | None, tags: list[Tag]) -> None:
        from meipi.exchange import FORMATS

        formats = [
            ExportFormat(one.name, self._words.pick(one.label_zh, one.label_en), one.suffix)
            for one in FORMATS.values()
        ]
        dialog = ExportDialog(
            self._words,
            formats,
            tags,
            document=document,
            count=len(self._library.cards),
            folder=self._folder("last_export_folder"),
            format_name=self._settings.get("last_export_format"),
            theme=self._appearance.theme,
            parent=self._window,
        )
        dialog.losses_asked.connect(lambda order: self._losses(dialog, order))
        dialog.export_asked.connect(lambda order: self._export(dialog, order))
        self._open(dialog)
        dialog.ask_losses()

    def _losses(self, dialog: ExportDialog, order: ExportOrder) -> None:
        def show(report: LossReport) -> None:
            if order == dialog.order():
                dialog.show_losses(report)

        self._bridge.follow(
            self._workspace.exchange.losses(
                format=order.format, documents=order.documents, tags=order.tags
            ),
            lambda report: self._while_open(dialog, lambda: show(report)),
            lambda error: self._problem(dialog, error),
        )

    def _export(self, dialog: ExportDialog, order: ExportOrder) -> None:
        dialog.apply_button.setEnabled(False)

        def done(_: object) -> None:
            self._appearance.keep(
                {
                    "last_export_folder": str(order.path.parent),
                    "last_export_format": order.format,
                }
            )
            self._while_open(dialog, dialog.accept)
            self._feedback.say(self._words("notice.exported", path=order.path))

        def failed(error: MeipiError) -> None:
            self._while_open(dialog, lambda: dialog.apply_button.setEnabled(True))
            self._problem(dialog, error)

        self._bridge.follow(
            self._workspace.exchange.export(
                order.path, format=order.format, documents=order.documents, tags=order.tags
            ),
            done,
            failed,
        )

    # Import.

    def import_set(self) -> None:
        """Import an annotated set."""
        dialog = ImportDialog(self._words, self._folder("last_open_folder"), self._window)
        dialog.rehearsal_asked.connect(lambda path: self._rehearse(dialog, path))
        dialog.import_asked.connect(lambda path: self._import(dialog, path))
        self._open(dialog)

    def _rehearse(self, dialog: ImportDialog, path: Path) -> None:
        self._bridge.follow(
            self._workspace.exchange.import_set(path, dry_run=True),
            lambda report: self._while_open(dialog, lambda: dialog.show_report(path, report)),
            lambda error: self._while_open(dialog, lambda: dialog.show_failure(self._word(error))),
        )

    def _import(self, dialog: ImportDialog, path: Path) -> None:
        dialog.apply_button.setEnabled(False)

        def done(_: object) -> None:
            self._appearance.keep({"last_open_folder": str(path.parent)})
            self._while_open(dialog, dialog.accept)
            self._feedback.say(self._words("notice.imported"))

        self._bridge.write(
            self._workspace.exchange.import_set(path),
            done,
            lambda error: self._while_open(dialog, lambda: dialog.show_failure(self._word(error))),
        )

    # Tags.

    def open_codebook(self) -> None:
        """Edit the tags."""
        dialog = CodebookDialog(self._words, self._appearance.theme, self._window)
        codebook = self._workspace.codebook
        dialog.tag_added.connect(lambda name: self._change_tags(dialog, codebook.add(name)))
        dialog.tag_deleted.connect(lambda tag: self._change_tags(dialog, codebook.delete(tag)))
        dialog.tag_changed.connect(
            lambda tag, field, value: self._change_tags(
                dialog, codebook.update(tag, **{field: value})
            )
        )
        self._open(dialog)
        self._read_tags(dialog)

    def _change_tags(self, dialog: CodebookDialog, future: object) -> None:
        def done(_: Changes) -> None:
            self._while_open(dialog, lambda: dialog.show_problem(""))
            self._read_tags(dialog)

        def failed(error: MeipiError) -> None:
            self._problem(dialog, error)
            self._read_tags(dialog)

        self._bridge.write(future, done, failed)  # type: ignore[arg-type]  # a future of changes

    def _read_tags(self, dialog: CodebookDialog) -> None:
        codebook = self._workspace.codebook
        self._bridge.read(
            "codebook",
            lambda: (codebook.tags(), codebook.counts()),
            lambda found: self._while_open(dialog, lambda: dialog.show_tags(*found)),
        )

    # All.

    def close(self) -> None:
        """Leave the dialog that is open, before what it asks for is gone."""
        if self.current is not None:
            self.current.reject()

    def _open(self, dialog: QDialog) -> None:
        if self.current is not None:
            self.current.reject()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self._closed(dialog))
        self.current = dialog
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        if self.current is dialog:
            self.current = None

    def _while_open(self, dialog: QDialog, act: Callable[[], object]) -> None:
        """Do ``act`` if ``dialog`` is still there: answers can come after it was closed."""
        if self.current is dialog:
            act()

    def _problem(self, dialog: ExportDialog | CodebookDialog, error: MeipiError) -> None:
        if self.current is dialog:
            dialog.show_problem(self._word(error))
        else:
            self._feedback.show_error(error)

    def _word(self, error: MeipiError) -> str:
        return word(error, self._words.language)

    def _folder(self, setting: str) -> Path:
        kept = self._settings.get(setting)
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()
