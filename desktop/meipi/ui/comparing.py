"""Two coders side by side: the same document on both pages, each with the annotations of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.services.coders import Coder
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.reading import ReadingController
    from meipi.ui.tabs import TabsController

_FEW = Phrase("文库里只有一位编码者的批注", "the library has annotations of one coder only")


class Comparison:
    """Shows two coders side by side, and a second time one page with everybody again."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        reading: ReadingController,
        tabs: TabsController,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._reading = reading
        self._tabs = tabs

    def toggle(self) -> None:
        """Set the coder at work against the one with the most annotations, or end it."""
        if self._reading.coder is not None:
            self._tabs.split()
        elif self._reading.document is not None:
            self._bridge.read("compare coders", self._workspace.coders.all, self._begin)

    def show(self, names: Sequence[str]) -> None:
        """Show the annotations of the first of ``names`` on this page, of the second beside it."""
        if self._reading.document is None or len(names) != 2:
            return
        if not self._tabs.is_split:
            self._tabs.split()
        self._reading.show_coder(names[0])
        if self._tabs.second is not None:
            self._tabs.second.reading.show_coder(names[1])
        shown = [name or self._stage.words("coders.nobody") for name in names]
        words = self._stage.words("coders.beside", first=shown[0], second=shown[1])
        self._stage.say(words)

    def _begin(self, coders: list[Coder]) -> None:
        current = self._workspace.coders.current
        by_use = sorted(coders, key=lambda one: (one.name != current, -one.annotations))
        names = [one.name for one in by_use if one.annotations]
        if len(names) < 2:
            self._bridge.failed.emit(MeipiError(ErrorCode.NOTHING_TO_DO, reason=_FEW))
        else:
            self.show(names[:2])
