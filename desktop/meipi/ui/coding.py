"""What coding opens over the window: equal passages, memos, and changes of many annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.bulk import BulkController
from meipi.ui.dialogs.equal_acts import EqualActs
from meipi.ui.dialogs.memo_acts import MemoActs

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.entity_acts import EntityActs
    from meipi.ui.finding import FindController
    from meipi.ui.marking import Marking
    from meipi.ui.parts import Parts
    from meipi.ui.picking import TagPicker
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reading import ReadingController


class Coding:
    """Joins the dialogs of coding to what is open."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        parts: Parts,
        *,
        reading: ReadingController,
        marking: Marking,
        finding: FindController,
        picker: TagPicker,
        chooser: Chooser,
        entities: EntityActs,
        showing: Showing,
    ) -> None:
        self._stage = stage
        self._reading = reading
        self._marking = marking
        self._finding = finding
        self.equal = EqualActs(workspace, bridge, stage, picker=picker, showing=showing)
        self.memos = MemoActs(
            workspace,
            bridge,
            stage,
            reading=reading,
            marking=marking,
            chooser=chooser,
            entities=entities,
            showing=showing,
        )
        self.bulk = BulkController(
            workspace, bridge, stage, parts.annotations, reading=reading, chooser=chooser
        )

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do."""
        return {
            "tag_equal": self.tag_equal,
            "tag_finds": self.tag_finds,
            "memos": self.memos.open,
            "memo_new": self.memos.ask,
            "annotations_bulk": self.bulk.ask,
        }

    def tag_equal(self) -> None:
        """Tag what is equal to the selected words, or to those of the current annotation."""
        document, target = self._reading.document, self._marking.target
        span = self._marking.span(target) if target is not None else None
        words = span.slice(document.text) if document is not None and span is not None else ""
        self.equal.open(document, words)

    def tag_finds(self) -> None:
        """Tag the places that were found in the document."""
        document, finds = self._reading.document, self._finding.finds
        if document is None or not finds.places:
            self._stage.say(self._stage.words("equal.no_finds"))
            return
        self.equal.open_finds(document, finds.places, self._finding.sought)
