"""Defining attributes: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.attributes import AttributesDialog

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class AttributesActs:
    """Changes the definitions and shows what they then are."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage

    def open(self) -> None:
        """Define attributes."""
        dialog = AttributesDialog(self._stage.words, self._stage.window)
        attributes = self._workspace.attributes
        dialog.definition_asked.connect(
            lambda name, subject: self._change(dialog, attributes.define(name, subject))
        )
        dialog.change_asked.connect(
            lambda key, fields: self._change(dialog, attributes.change(key, **fields))
        )
        dialog.deletion_asked.connect(lambda key: self._change(dialog, attributes.delete(key)))
        self._stage.open(dialog)
        self._read(dialog)

    def _change(self, dialog: AttributesDialog, future: Future[Changes]) -> None:
        def done(_: Changes) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            self._read(dialog)

        def failed(error: MeipiError) -> None:
            self._stage.say_problem(dialog, error)
            self._read(dialog)

        self._bridge.write(future, done, failed)

    def _read(self, dialog: AttributesDialog) -> None:
        attributes = self._workspace.attributes
        self._bridge.read(
            "attributes",
            lambda: (attributes.definitions(), attributes.counts()),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_attributes(*found)),
        )
