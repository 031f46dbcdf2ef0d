"""Importing: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode
from meipi.ui.dialogs.importing import ImportDialog
from meipi.ui.dialogs.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class ImportActs:
    """Rehearses an import, and carries it out."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._progress: Progress | None = None

    def open(self, path: str = "") -> None:
        """Import an annotated set, that at ``path`` if one is chosen already."""
        dialog = ImportDialog(
            self._stage.words, self._stage.folder("last_open_folder"), self._stage.window
        )
        dialog.rehearsal_asked.connect(lambda path: self._rehearse(dialog, path))
        dialog.import_asked.connect(lambda path: self._import(dialog, path))
        self._stage.open(dialog)
        if path:
            dialog.take_path(path)

    def _rehearse(self, dialog: ImportDialog, path: Path) -> None:
        if self._progress is not None:
            self._progress.stop()  # of the file that was chosen before
        progress = self._begin(dialog)
        self._bridge.follow(
            self._workspace.exchange.import_set(path, dry_run=True, watch=progress.watch),
            lambda report: self._stage.while_open(dialog, lambda: dialog.show_report(path, report)),
            lambda error: self._failed(dialog, error),
        )

    def _import(self, dialog: ImportDialog, path: Path) -> None:
        dialog.apply_button.setEnabled(False)
        progress = self._begin(dialog)

        def done(_: object) -> None:
            self._stage.keep({"last_open_folder": str(path.parent)})
            self._stage.while_open(dialog, dialog.accept)
            self._stage.say(self._stage.words("notice.imported"))

        self._bridge.write(
            self._workspace.exchange.import_set(path, watch=progress.watch),
            done,
            lambda error: self._failed(dialog, error),
        )

    def _begin(self, dialog: ImportDialog) -> Progress:
        self._progress = progress = Progress(ErrorCode.IMPORT_CANCELLED, dialog)
        progress.came_on.connect(dialog.show_progress)
        dialog.rejected.connect(progress.stop)
        return progress

    def _failed(self, dialog: ImportDialog, error: MeipiError) -> None:
        if error.code is not ErrorCode.IMPORT_CANCELLED:
            word = self._stage.word(error)
            self._stage.while_open(dialog, lambda: dialog.show_failure(word))
        elif not self._stage.is_open(dialog):
            self._stage.say(self._stage.word(error))
