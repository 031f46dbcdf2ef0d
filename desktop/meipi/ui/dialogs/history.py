"""The acts that can be undone, by name: one goes back to any of them, and forward again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.presenters.moments import word_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.services.history import Listed
    from meipi.ui.i18n import Words


class HistoryDialog(ListingDialog):
    """Lists acts, the latest first, and at the end the beginning."""

    jump_asked = Signal(int)
    """The act that is to be the last one done; 0 is the beginning."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, "history", ("made", "coder", "state", "act"), parent)
        self.jump_button = self.add_buttons(words("history.jump"), leave="dialog.close")
        self.jump_button.setAutoDefault(False)
        self.jump_button.clicked.connect(self._jump)
        self.list.itemActivated.connect(lambda *_: self._jump())

    def show_acts(self, acts: Sequence[Listed]) -> None:
        """Show the acts; the last one done is where one stands."""
        here = next((one.id for one in acts if not one.undone), 0)
        rows: list[tuple[object, list[str]]] = [
            (
                one.id,
                [
                    word_moment(one.made),
                    one.coder or self.say("nobody"),
                    self._state(one, here),
                    one.label,
                ],
            )
            for one in acts
        ]
        rows.append((0, ["", "", "" if here else self.say("here"), self.say("beginning")]))
        self.show_rows(rows)

    def _state(self, one: Listed, here: int) -> str:
        if one.undone:
            return self.say("undone")
        return self.say("here") if one.id == here else ""

    def _jump(self) -> None:
        chosen = self.chosen()
        if isinstance(chosen, int):
            self.jump_asked.emit(chosen)
