"""How often other documents of the library name an entity: asked beside the window, then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.core.entity import EntityName
from meipi.ui.presenters.hovering import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.changes import Changes
    from meipi.core.entity import Mention
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge


class NamedElsewhere(QObject):
    """Answers what it knows at once and finds out the rest."""

    def __init__(self, workspace: Workspace, bridge: Bridge) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._counts: dict[EntityName, dict[str, int]] = {}
        bridge.changed.connect(self._take_changes)

    def known(self, mention: Mention, document: str) -> Elsewhere | None:
        """Return how often documents other than ``document`` name it; nothing if not known yet."""
        counts = self._counts.get(EntityName(mention.type, mention.canonical))
        return None if counts is None else Elsewhere.of(counts, document)

    def ask(self, mention: Mention, done: Callable[[], None]) -> None:
        """Find it out, then call ``done``; of several asked for only the last is answered."""
        name = EntityName(mention.type, mention.canonical)

        def keep(counts: dict[str, int]) -> None:
            self._counts[name] = counts
            done()

        self._bridge.read("elsewhere", lambda: self._workspace.entities.counts(name), keep)

    def _take_changes(self, changes: Changes) -> None:
        if changes.documents or changes.entities or changes.counted:
            self._counts.clear()
