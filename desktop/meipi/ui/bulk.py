"""Changing all annotations that are listed at once: their tag, status, notes, or deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.attributes import Status
from meipi.ui.choosing import Option
from meipi.ui.i18n import number
from meipi.ui.presenters.annotations import AnnotationRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from PySide6.QtCore import QRect

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.panels.annotations import AnnotationsPanel
    from meipi.ui.reading import ReadingController

_ACTS = ("retag", "status", "note", "delete")


class BulkController:
    """Asks what is to be done with what the list of annotations shows; each is one act."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        panel: AnnotationsPanel,
        *,
        reading: ReadingController,
        chooser: Chooser,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._panel = panel
        self._reading = reading
        self._chooser = chooser
        panel.bulk_asked.connect(self.ask)

    def ask(self) -> None:
        """Ask what is to be done with the annotations that are listed."""
        keys, words = self._listed(), self._stage.words
        if not keys:
            self._stage.say(words("bulk.none"))
            return
        options = [Option(act, words(f"bulk.{act}")) for act in _ACTS]
        prompt = words("bulk.prompt", count=number(len(keys)))
        self._chooser.ask(self._near(), prompt, options, lambda act: self._begin(str(act), keys))

    def _listed(self) -> list[str]:
        rows = self._panel.rows.model.rows
        return [row.id for row in rows if isinstance(row, AnnotationRow)]

    def _near(self) -> QRect:
        button, host = self._panel.bulk_button, self._stage.window
        corner = button.mapTo(host, button.rect().topLeft())
        return button.rect().translated(corner)

    def _begin(self, act: str, keys: Sequence[str]) -> None:
        {
            "retag": self._retag,
            "status": self._set_status,
            "note": self._note,
            "delete": self._delete,
        }[act](keys)

    def _retag(self, keys: Sequence[str]) -> None:
        document, theme = self._reading.document, self._stage.appearance.theme
        tags = document.tags if document is not None else ()
        options = [
            Option(tag.id, tag.name, tag.shortcut, theme.tag_color(tag.color)) for tag in tags
        ]
        options.append(Option("", self._stage.words("bulk.no_tag")))

        def done(tag: object) -> None:
            self._write(lambda: self._workspace.bulk.retag(keys, str(tag) or None))

        self._chooser.ask(self._near(), self._stage.words("bulk.which_tag"), options, done)

    def _set_status(self, keys: Sequence[str]) -> None:
        words = self._stage.words
        options = [Option(status, words(f"status.{status or 'none'}")) for status in Status]

        def done(status: object) -> None:
            self._write(lambda: self._workspace.attributes.set_status(keys, str(status)))

        self._chooser.ask(self._near(), words("bulk.which_status"), options, done)

    def _note(self, keys: Sequence[str]) -> None:
        def typed(text: str) -> Option:
            return Option(text, text)

        def done(text: object) -> None:
            self._write(lambda: self._workspace.bulk.append_note(keys, str(text)))

        prompt = self._stage.words("bulk.which_note")
        self._chooser.ask(self._near(), prompt, [], done, typed=typed)

    def _delete(self, keys: Sequence[str]) -> None:
        self._write(lambda: self._workspace.annotating.delete(keys))

    def _write(self, act: Callable[[], Future[Changes]]) -> None:
        self._bridge.write(act())
