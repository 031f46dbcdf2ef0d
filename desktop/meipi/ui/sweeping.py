"""Looks for entities in the documents nobody opened yet, one after another, when all is quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge

_QUIET_MS = 4_000
"""What is opened, added or typed comes first."""
_BETWEEN_MS = 150
"""Between two documents, so that one that is opened meanwhile has its turn."""


class Sweeper(QObject):
    """Finds what pages of entities would miss; goes on until no document is left."""

    def __init__(self, workspace: Workspace, bridge: Bridge) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._busy = False
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._find)
        bridge.changed.connect(self._take_changes)

    def begin(self) -> None:
        """Begin once it has been quiet for a while."""
        self._timer.start(_QUIET_MS)

    def stop(self) -> None:
        """Begin no more."""
        self._timer.stop()

    def _take_changes(self, changes: Changes) -> None:
        if changes.documents and not self._busy:
            self.begin()

    def _find(self) -> None:
        if not self._busy:
            self._busy = True
            future = self._workspace.entities.find_next()
            self._bridge.follow(future, self._found, lambda _: self._found(0))

    def _found(self, left: int) -> None:
        self._busy = False
        if left:
            # None of them could be searched now: one is open, and being searched already.
            self._timer.start(_QUIET_MS if left == self._left else _BETWEEN_MS)
        self._left = left
