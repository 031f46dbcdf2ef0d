"""Writes the settings a moment after the last change, beside the window: a disk takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from meipi.core.errors import MeipiError

if TYPE_CHECKING:
    from meipi.services.settings import Settings
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge

_SETTLE_MS = 300


class SettingsKeeper(QObject):
    """Keeps what the reader chose, at the latest when the window closes."""

    def __init__(self, settings: Settings, bridge: Bridge, appearance: Appearance) -> None:
        super().__init__()
        self._settings = settings
        self._bridge = bridge
        self._appearance = appearance
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._save)
        appearance.unsaved.connect(self._timer.start)

    def close(self, values: dict[str, object]) -> None:
        """Write everything, ``values`` too; what cannot be written keeps no window open."""
        self._timer.stop()
        try:
            self._settings.set_all(values)
        except MeipiError as error:
            self._appearance.could_not_keep(error)

    def _save(self) -> None:
        self._bridge.read(
            "settings", self._settings.save, lambda _: None, self._appearance.could_not_keep
        )
