"""What was said of names everywhere: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.name_rules import NameRulesDialog

if TYPE_CHECKING:
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.presenters.showing import Showing


class NameRulesActs:
    """Shows the rules there are and revokes them."""

    def __init__(
        self, workspace: Workspace, bridge: Bridge, stage: Stage, showing: Showing
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._showing = showing

    def open(self) -> None:
        """Show them."""
        dialog = NameRulesDialog(self._stage.words, self._showing, self._stage.window)
        dialog.revoking_asked.connect(lambda rules: self._revoke(dialog, rules))
        self._stage.open(dialog)
        self._read(dialog)

    def _revoke(self, dialog: NameRulesDialog, rules: list[str]) -> None:
        def failed(error: MeipiError) -> None:
            self._stage.say_problem(dialog, error)
            self._read(dialog)

        future = self._workspace.correcting.revoke(rules)
        self._bridge.write(future, lambda _: self._read(dialog), failed)

    def _read(self, dialog: NameRulesDialog) -> None:
        self._bridge.read(
            "name rules",
            self._workspace.correcting.rules,
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_rules(found)),
        )
