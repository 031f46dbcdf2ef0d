"""Tagging equal passages: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode
from meipi.ui.dialogs.equal import EqualDialog
from meipi.ui.dialogs.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.errors import MeipiError
    from meipi.core.spans import Span
    from meipi.services.equal import Passage, Wanted
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.picking import TagPicker
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.showing import Showing


class EqualActs:
    """Finds while one types, and tags what stays ticked in one act that can be stopped."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        picker: TagPicker,
        showing: Showing,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._picker = picker
        self._showing = showing
        self._search: Progress | None = None

    def open(self, document: OpenDocument | None, text: str) -> None:
        """Look for ``text``."""
        dialog = self._dialog(document, text)
        if dialog is not None:
            dialog.wanted_changed.connect(lambda wanted: self._find(dialog, wanted))
            self._stage.open(dialog)
            dialog.look()

    def open_finds(self, document: OpenDocument, spans: Sequence[Span], text: str) -> None:
        """Offer what was found in ``document``."""
        dialog = self._dialog(document, text, fixed=True)
        if dialog is None:
            return
        self._stage.open(dialog)
        self._bridge.read(
            "passages",
            lambda: self._workspace.equal.at(document.id, spans),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_passages(found)),
        )

    def _dialog(
        self, document: OpenDocument | None, text: str, *, fixed: bool = False
    ) -> EqualDialog | None:
        tags = document.tags if document is not None else self._workspace.codebook.tags()
        if not tags:
            self._stage.say(self._stage.words("tag.none_yet"))
            return None
        dialog = EqualDialog(
            self._stage.words,
            tags,
            self._stage.window,
            text=text,
            document=document.id if document is not None else None,
            tag=self._picker.last,
            shown=self._showing.text,
            fixed=fixed,
        )
        dialog.apply_asked.connect(lambda found, tag: self._tag(dialog, found, tag))
        return dialog

    def _find(self, dialog: EqualDialog, wanted: Wanted) -> None:
        if self._search is not None:
            self._search.stop()
        self._search = progress = self._progress(dialog)

        def show(found: list[Passage]) -> None:
            if self._search is progress:
                self._stage.while_open(dialog, lambda: dialog.show_passages(found))

        def failed(error: MeipiError) -> None:
            if error.code is not ErrorCode.TAGGING_CANCELLED and self._stage.is_open(dialog):
                dialog.show_passages([])
                self._stage.say_problem(dialog, error)

        self._bridge.follow(self._workspace.equal.find(wanted, progress.watch), show, failed)

    def _tag(self, dialog: EqualDialog, passages: list[Passage], tag: str) -> None:
        progress = self._progress(dialog)
        words = dialog.field.text() or (passages[0].quote if passages else "")

        def done(_: object) -> None:
            self._picker.remember(tag)
            self._stage.while_open(dialog, dialog.accept)

        self._bridge.write(
            self._workspace.equal.tag(passages, tag, words=words, watch=progress.watch),
            done,
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _progress(self, dialog: EqualDialog) -> Progress:
        progress = Progress(ErrorCode.TAGGING_CANCELLED, dialog)
        progress.came_on.connect(dialog.show_progress)
        dialog.rejected.connect(progress.stop)
        return progress
