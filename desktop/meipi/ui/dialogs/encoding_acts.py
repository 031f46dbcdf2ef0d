"""Reading a document in another encoding: what the dialog asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.dialogs.encoding import EncodingDialog, encoding_choices

if TYPE_CHECKING:
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage


class EncodingActs:
    """Guesses, previews and changes the encoding."""

    def __init__(self, workspace: Workspace, bridge: Bridge, stage: Stage) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage

    def open(self, document: str) -> None:
        """Choose another encoding for ``document``."""
        self._bridge.read(
            "guesses",
            lambda: self._guess(document),
            lambda found: self._open_encoding(document, *found),
        )

    def _guess(self, document: str) -> tuple[str, dict[str, float]]:
        from meipi.encodings import detect

        guesses = detect(self._workspace.documents.data(document), limit=8)
        current = self._workspace.documents.get(document).encoding
        return current, {guess.encoding: guess.confidence for guess in guesses}

    def _open_encoding(self, document: str, current: str, guesses: dict[str, float]) -> None:
        from meipi.ui.parts import encoding_labels

        choices = encoding_choices(encoding_labels(), guesses, self._stage.words)
        dialog = EncodingDialog(self._stage.words, choices, current, self._stage.window)
        dialog.preview_asked.connect(lambda name: self._preview(dialog, document, name))
        dialog.apply_asked.connect(
            lambda name: self._bridge.write(
                self._workspace.documents.change_encoding(document, name)
            )
        )
        self._stage.open(dialog)
        self._preview(dialog, document, current)

    def _preview(self, dialog: EncodingDialog, document: str, encoding: str) -> None:
        def failed(error: MeipiError) -> None:
            if self._stage.current is dialog:
                dialog.show_failure(encoding, self._stage.word(error))

        self._bridge.follow(
            self._workspace.documents.preview_encoding_later(document, encoding),
            lambda preview: self._stage.while_open(dialog, lambda: dialog.show_preview(preview)),
            failed,
        )
