"""The bytes of a document as they came, saved out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.reasons import reason_of
from meipi.services.home import write_whole

if TYPE_CHECKING:
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.feedback import Feedback


class Originals(QObject):
    """Asks where to, and writes."""

    def __init__(
        self, workspace: Workspace, bridge: Bridge, *, stage: Stage, feedback: Feedback
    ) -> None:
        super().__init__()
        self._documents = workspace.documents
        self._bridge = bridge
        self._stage = stage
        self._feedback = feedback

    def save(self, document: str) -> None:
        """Let the reader choose where the file of ``document`` goes."""
        name = self._documents.get(document).name
        dialog = QFileDialog(self._stage.window, self._stage.words("originals.title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(self._stage.folder("last_export_folder")))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.write(document, Path(chosen)))
        self._stage.open(dialog)

    def write(self, document: str, path: Path) -> None:
        """Write the bytes of ``document`` to ``path``."""
        words = self._stage.words
        self._bridge.read(
            "original",
            lambda: _write(self._documents.data(document), path),
            lambda _: self._feedback.say(words("originals.saved", path=path)),
            self._feedback.show_error,
        )


def _write(data: bytes, path: Path) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=reason_of(error)) from error
