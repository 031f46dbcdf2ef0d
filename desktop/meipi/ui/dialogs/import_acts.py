"""Importing: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.importing import ImportDialog

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class ImportActs:
    """Rehearses an import, and carries it out."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage

    def open(self) -> None:
        """Import an annotated set."""
        dialog = ImportDialog(
            self._stage.words, self._stage.folder("last_open_folder"), self._stage.window
        )
        dialog.rehearsal_asked.connect(lambda path: self._rehearse(dialog, path))
        dialog.import_asked.connect(lambda path: self._import(dialog, path))
        self._stage.open(dialog)

    def _rehearse(self, dialog: ImportDialog, path: Path) -> None:
        self._bridge.follow(
            self._workspace.exchange.import_set(path, dry_run=True),
            lambda report: self._stage.while_open(dialog, lambda: dialog.show_report(path, report)),
            lambda error: self._stage.while_open(
                dialog, lambda: dialog.show_failure(self._stage.word(error))
            ),
        )

    def _import(self, dialog: ImportDialog, path: Path) -> None:
        dialog.apply_button.setEnabled(False)

        def done(_: object) -> None:
            self._stage.keep({"last_open_folder": str(path.parent)})
            self._stage.while_open(dialog, dialog.accept)
            self._stage.say(self._stage.words("notice.imported"))

        self._bridge.write(
            self._workspace.exchange.import_set(path),
            done,
            lambda error: self._stage.while_open(
                dialog, lambda: dialog.show_failure(self._stage.word(error))
            ),
        )
