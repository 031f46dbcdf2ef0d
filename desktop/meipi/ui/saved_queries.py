"""Queries kept by name: chosen, saved, renamed and deleted under the field that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from meipi.ui.choosing import Option

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.retrieving import SavedQuery
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words


class SavedQueries(QObject):
    """Asks for one, and keeps those there are; every act can be undone."""

    chosen = Signal(str)
    """The text of a query."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        chooser: Chooser,
        *,
        words: Words,
        feedback: Feedback,
    ) -> None:
        super().__init__()
        self._retrieving = workspace.retrieving
        self._bridge = bridge
        self._chooser = chooser
        self._words = words
        self._feedback = feedback

    def choose(self, current: str) -> None:
        """Ask which to use; the one in use can be renamed and deleted."""
        self._bridge.read(
            "saved queries", self._retrieving.saved, lambda s: self._offer(s, current)
        )

    def save(self, text: str) -> None:
        """Ask by which name to keep ``text``."""
        saved = self._retrieving.saved
        self._bridge.read("saved queries", saved, lambda found: self._name(found, text))

    def _offer(self, saved: list[SavedQuery], current: str) -> None:
        words = self._words
        options = [Option(("use", one), one.name, one.text) for one in saved]
        for one in saved:
            if one.text == current:
                options.append(Option(("rename", one), words("retrieve.rename", name=one.name)))
                options.append(Option(("delete", one), words("retrieve.delete", name=one.name)))
        prompt = "retrieve.saved" if saved else "retrieve.none_saved"
        self._chooser.ask(None, words(prompt), options, self._do)

    def _do(self, what: object) -> None:
        act, one = cast("tuple[str, SavedQuery]", what)
        if act == "use":
            self.chosen.emit(one.text)
        elif act == "delete":
            self._write(self._retrieving.delete([one.id]))
        else:
            self._rename(one)

    def _rename(self, one: SavedQuery) -> None:
        def typed(name: str) -> Option:
            return Option(name, self._words("retrieve.rename_to", name=name))

        prompt = self._words("retrieve.rename", name=one.name)
        self._chooser.ask(
            None,
            prompt,
            (),
            lambda name: self._write(self._retrieving.rename(one.id, str(name))),
            typed=typed,
        )

    def _name(self, saved: list[SavedQuery], text: str) -> None:
        words = self._words
        options = [
            Option(one.name, words("retrieve.write_over", name=one.name), one.text) for one in saved
        ]

        def typed(name: str) -> Option:
            return Option(name, words("retrieve.save_as", name=name))

        self._chooser.ask(
            None,
            words("retrieve.name"),
            options,
            lambda name: self._write(self._retrieving.save(str(name), text)),
            typed=typed,
        )

    def _write(self, future: Future[Changes]) -> None:
        def refused(error: MeipiError) -> None:
            self._feedback.show_error(error)

        self._bridge.write(future, None, refused)
