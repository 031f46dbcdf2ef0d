"""What is done with the program itself, and with files on their way in: each act by its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.arriving import ArrivalController
from meipi.ui.originals import Originals
from meipi.ui.pasting import Paster
from meipi.ui.preferring import Preferring
from meipi.ui.reporting import Reporter

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.feedback import Feedback
    from meipi.ui.library import LibraryController
    from meipi.ui.parts import Parts
    from meipi.ui.reading import ReadingController


class ProgramActs(QObject):
    """Builds what does them, and hands out the table."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        parts: Parts,
        *,
        reading: ReadingController,
        library: LibraryController,
        stage: Stage,
        feedback: Feedback,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._reading = reading
        self._parts = parts
        words = stage.words
        self.arriving = ArrivalController(
            workspace, bridge, library, parts.messages, stage=stage, words=words
        )
        self.paster = Paster(library, feedback=feedback, words=words)
        self.originals = Originals(workspace, bridge, stage=stage, feedback=feedback)
        self.reporter = Reporter(bridge, stage=stage, feedback=feedback, settings=settings)
        self.preferring = Preferring(stage.appearance, settings, stage)
        parts.library.original_asked.connect(self.originals.save)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do."""
        return {
            **self.arriving.table(),
            "paste": self.paster.paste,
            "original_save": self._save_original,
            "report": self.reporter.ask,
            "preferences": self.preferring.open,
        }

    def _save_original(self) -> None:
        """Save the one chosen in the library while that has the keyboard, else the open one."""
        rows = self._parts.library.rows
        chosen = self._parts.library.chosen() if rows.list.hasFocus() else ""
        opened = self._reading.document
        document = chosen or (opened.id if opened is not None else "")
        if document:
            self.originals.save(document)
