"""What the dialogs about the past ask for: history, journal, moments, backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from meipi.services.backups import rule_of
from meipi.services.home import write_whole
from meipi.ui.dialogs.backups import BackupsDialog
from meipi.ui.dialogs.history import HistoryDialog
from meipi.ui.dialogs.journal import JournalDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.backups import Backup, Contents
    from meipi.services.journal import Sought
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.reading import ReadingController

_LINES = 500


class PastActs:
    """Opens the dialogs and carries out what they ask."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        reading: ReadingController,
        settings: Settings,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._reading = reading
        self._settings = settings

    def open_history(self) -> None:
        """Show the acts that can be gone back to."""
        dialog = HistoryDialog(self._stage.words, self._stage.window)

        def read() -> None:
            self._bridge.read(
                "history",
                self._workspace.history.listed,
                lambda acts: self._stage.while_open(dialog, lambda: dialog.show_acts(acts)),
            )

        dialog.jump_asked.connect(
            lambda entry: self._write(dialog, self._workspace.history.jump(entry), read)
        )
        self._stage.open(dialog)
        read()

    def open_journal(self) -> None:
        """Show who did what when."""
        self._bridge.read("journal coders", self._workspace.journal.coders, self._open_journal)

    def _open_journal(self, coders: list[str]) -> None:
        opened = self._reading.document
        document = None if opened is None else (opened.id, opened.reading.document.title)
        dialog = JournalDialog(self._stage.words, coders, document, self._stage.window)
        dialog.sought.connect(lambda sought: self._read_journal(dialog, sought))
        dialog.exporting_asked.connect(lambda sought: self._ask_file(dialog, sought))
        if document is not None:
            dialog.moment_chosen.connect(lambda at: self._preview(dialog, document[0], at))
            dialog.restoring_asked.connect(
                lambda at, when: self._write(
                    dialog,
                    self._workspace.moments.restore(document[0], at, when=when),
                    lambda: self._read_journal(dialog, dialog.wanted()),
                )
            )
        self._stage.open(dialog)
        self._read_journal(dialog, dialog.wanted())

    def _read_journal(self, dialog: JournalDialog, sought: Sought) -> None:
        self._bridge.read(
            "journal",
            lambda: self._workspace.journal.lines(sought, limit=_LINES),
            lambda lines: self._stage.while_open(dialog, lambda: dialog.show_lines(lines)),
        )

    def _preview(self, dialog: JournalDialog, document: str, moment: int) -> None:
        self._bridge.read(
            "moment",
            lambda: self._workspace.moments.difference(document, moment),
            lambda found: self._stage.while_open(
                dialog, lambda: dialog.show_difference(moment, found)
            ),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _ask_file(self, dialog: JournalDialog, sought: Sought) -> None:
        chooser = QFileDialog(dialog)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("csv")
        chooser.setDirectory(str(self._stage.folder("last_export_folder")))
        chooser.fileSelected.connect(lambda path: self.export_journal(dialog, sought, path))
        chooser.open()

    def export_journal(self, dialog: JournalDialog, sought: Sought, path: str) -> None:
        """Write the lines that are sought to ``path`` as CSV."""
        from pathlib import Path

        def work() -> None:
            write_whole(Path(path), "\ufeff" + self._workspace.journal.csv(sought))

        self._bridge.read(
            "journal csv",
            work,
            lambda _: self._stage.say(self._stage.words("journal.exported", path=path)),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def open_backups(self) -> None:
        """Show the backups there are."""
        names = ("backup_hours", "backup_hourly", "backup_daily", "backup_weekly")
        values = {name: self._settings.get(name) for name in names}
        dialog = BackupsDialog(self._stage.words, values, self._stage.window)
        dialog.setting_changed.connect(lambda name, value: self._stage.keep({name: value}))
        dialog.making_asked.connect(lambda: self._make(dialog))
        dialog.restoring_asked.connect(lambda chosen: self._restore(dialog, chosen))
        self._stage.open(dialog)
        self._read_backups(dialog)

    def _read_backups(self, dialog: BackupsDialog) -> None:
        rule = rule_of(self._settings)
        self._bridge.read(
            "backups",
            lambda: self._workspace.backups.listed(rule),
            lambda found: self._stage.while_open(dialog, lambda: dialog.show_backups(found)),
        )

    def _make(self, dialog: BackupsDialog) -> None:
        dialog.set_busy(busy=True, text=self._stage.words("backups.making"))
        future = self._workspace.backups.make(rule_of(self._settings))
        self._follow_backup(dialog, future, "backups.finished")

    def _restore(self, dialog: BackupsDialog, chosen: Contents) -> None:
        dialog.set_busy(busy=True, text=self._stage.words("backups.restoring"))
        future = self._workspace.backups.restore(chosen.backup.path, rule_of(self._settings))
        self._follow_backup(dialog, future, "backups.restored")

    def _follow_backup(self, dialog: BackupsDialog, future: Future[Backup], said: str) -> None:
        def end() -> None:
            self._stage.while_open(dialog, lambda: dialog.set_busy(busy=False))
            self._stage.while_open(dialog, lambda: self._read_backups(dialog))

        def done(_: object) -> None:
            self._stage.say(self._stage.words(said))
            end()

        def failed(error: MeipiError) -> None:
            end()
            self._stage.say_problem(dialog, error)

        self._bridge.write(future, done, failed)

    def _write(
        self,
        dialog: HistoryDialog | JournalDialog,
        future: Future[Changes],
        then: Callable[[], None],
    ) -> None:
        def done(_: object) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            then()

        self._bridge.write(future, done, lambda error: self._stage.say_problem(dialog, error))
