"""A report of a problem: shown whole, saved where the reader wants it, sent to nobody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.services.settings import Settings
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.feedback import Feedback

_NAME = "meipi-report.zip"


class Reporter(QObject):
    """Gathers, shows, saves."""

    def __init__(
        self, bridge: Bridge, *, stage: Stage, feedback: Feedback, settings: Settings
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._stage = stage
        self._feedback = feedback
        self._settings = settings

    def ask(self) -> None:
        """Show what a report would hold."""
        from meipi.services.trouble import gather
        from meipi.ui.dialogs.report import ReportDialog

        dialog = ReportDialog(self._stage.words, self._stage.window)
        self._stage.open(dialog)
        extra = _screen()
        self._bridge.read(
            "report",
            lambda: gather(self._settings, extra=extra),
            lambda files: self._stage.while_open(dialog, lambda: dialog.show_files(files)),
            lambda error: self._stage.say_problem(dialog, error),
        )
        dialog.saving_asked.connect(self._choose_place)

    def _choose_place(self, files: Mapping[str, str]) -> None:
        dialog = QFileDialog(self._stage.window, self._stage.words("report.title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.setDirectory(str(self._stage.folder("last_export_folder")))
        dialog.selectFile(_NAME)
        dialog.fileSelected.connect(lambda chosen: self.save(files, Path(chosen)))
        self._stage.open(dialog)

    def save(self, files: Mapping[str, str], path: Path) -> None:
        """Write the report."""
        from meipi.services.trouble import write

        self._bridge.read(
            "report",
            lambda: write(files, path),
            lambda _: self._feedback.say(self._stage.words("report.saved", path=path)),
            self._feedback.show_error,
        )


def _screen() -> dict[str, str]:
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return {
        "qt": f"{qVersion()}, {QGuiApplication.platformName()}",
        "screen": f"{size.width()} x {size.height()}, scale {screen.devicePixelRatio():g}, "
        f"{screen.logicalDotsPerInch():.0f} dpi",
    }
