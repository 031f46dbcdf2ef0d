"""Editing tags: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.codebook import CodebookDialog

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class CodebookActs:
    """Changes the codebook and shows what it then is."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage

    def open(self) -> None:
        """Edit the tags."""
        dialog = CodebookDialog(self._stage.words, self._stage.appearance.theme, self._stage.window)
        codebook = self._workspace.codebook
        dialog.tag_added.connect(lambda name: self._change_tags(dialog, codebook.add(name)))
        dialog.tag_deleted.connect(lambda tag: self._change_tags(dialog, codebook.delete(tag)))
        dialog.tag_changed.connect(
            lambda tag, field, value: self._change_tags(
                dialog, codebook.update(tag, **{field: value})
            )
        )
        self._stage.open(dialog)
        self._read_tags(dialog)

    def _change_tags(self, dialog: CodebookDialog, future: Future[Changes]) -> None:
        def done(_: Changes) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            self._read_tags(dialog)

        def failed(error: MeipiError) -> None:
            self._stage.say_problem(dialog, error)
            self._read_tags(dialog)

        self._bridge.write(future, done, failed)

    def _read_tags(self, dialog: CodebookDialog) -> None:
        codebook = self._workspace.codebook
        self._bridge.read(
            "codebook",
            lambda: (codebook.tags(), codebook.counts()),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_tags(*found)),
        )
