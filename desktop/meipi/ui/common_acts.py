"""What several people at one library need: who codes, the past, backups, each other's changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.comparing import Comparison
from meipi.ui.dialogs.coder_acts import CoderActs
from meipi.ui.dialogs.past_acts import PastActs
from meipi.ui.minding import Minder

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.panels.foot import Foot
    from meipi.ui.reading import ReadingController
    from meipi.ui.tabs import TabsController


class CommonActs:
    """Joins the commands about coders and the past, and minds the library meanwhile."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        reading: ReadingController,
        foot: Foot,
        tabs: TabsController,
    ) -> None:
        self._settings = stage.settings
        workspace.language = stage.appearance.language
        self.past = PastActs(workspace, bridge, stage, reading=reading, settings=stage.settings)
        self.coders = CoderActs(workspace, bridge, stage, foot=foot)
        self.comparison = Comparison(workspace, bridge, stage, reading, tabs)
        self.coders.compare = self.comparison.show
        self.minder = Minder(workspace, bridge, stage.settings)
        self.coders.begin(
            self._settings.get("coder") or workspace.coders.current,
            frozenset(self._settings.get("hidden_coders")),
        )
        foot.coder_asked.connect(self.coders.open_coders)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do."""
        return {
            "history": self.past.open_history,
            "journal": self.past.open_journal,
            "backups": self.past.open_backups,
            "coders": self.coders.open_coders,
            "agreement": self.coders.open_agreement,
            "disagreements": self.coders.open_disagreements,
            "merge": self.coders.open_merge,
            "compare": self.comparison.toggle,
        }

    def begin(self) -> None:
        """Begin to mind the library."""
        self.minder.begin()

    def stop(self) -> None:
        """Mind it no more."""
        self.minder.stop()
