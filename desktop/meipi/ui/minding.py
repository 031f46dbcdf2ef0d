"""Minds the open library: backs it up when that is due, hears of other windows on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from meipi.services.backups import rule_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.changes import Changes
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge

_LISTEN_MS = 1_500
_BACKUP_MS = 300_000
"""How often it is asked whether a backup is due."""


class Minder(QObject):
    """Asks beside the window; a backup that fails is said once, until one succeeds."""

    def __init__(self, workspace: Workspace, bridge: Bridge, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._settings = settings
        self._failed = False
        self._listening = self._timer(_LISTEN_MS, self.listen)
        self._backing_up = self._timer(_BACKUP_MS, self.back_up)

    def begin(self) -> None:
        """Begin to listen, and to back up: the first time once the start is over."""
        self._listening.start()
        self._backing_up.start()

    def stop(self) -> None:
        """Ask no more."""
        self._listening.stop()
        self._backing_up.stop()

    def listen(self) -> None:
        """Show what other windows and programs did to the library."""
        self._bridge.read("others", self._workspace.others_did, self._show, lambda _: None)

    def back_up(self) -> None:
        """Back the library up if that is due."""
        rule = rule_of(self._settings)
        self._bridge.follow(self._workspace.backups.make_if_due(rule), self._done, self._say)

    def _show(self, changes: Changes) -> None:
        if changes:
            self._bridge.changed.emit(changes)

    def _done(self, _: object) -> None:
        self._failed = False

    def _say(self, error: object) -> None:
        if not self._failed:
            self._bridge.failed.emit(error)
        self._failed = True

    def _timer(self, every: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(act)
        return timer
