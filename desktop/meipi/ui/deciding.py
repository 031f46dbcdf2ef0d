"""Deciding on repairs from the list, from cards and by keys, and walking from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.core.decisions import Scope, Verdict
from meipi.core.spans import Span
from meipi.ui.panels.repairs import VERDICTS, DecisionAsked
from meipi.ui.presenters.repairs import RepairRow
from meipi.ui.presenters.targets import Target

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.cards import Cards
    from meipi.ui.parts import Parts
    from meipi.ui.reading import ReadingController


class DecisionController(QObject):
    """Carries decisions on repairs to the library; each is one act that can be undone."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        parts: Parts,
        *,
        cards: Cards,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._parts = parts
        self._cards = cards
        self._busy = 0
        parts.repairs.decision_asked.connect(self.decide)
        parts.repairs.forget_asked.connect(self.forget)
        cards.targets.decision_asked.connect(self.act_on)

    def decide(self, asked: DecisionAsked) -> None:
        """Make a decision in the open document."""
        document = self._reading.document
        if document is not None:
            self._write(
                self._workspace.repairs.decide(
                    document.id, asked.scope, asked.verdict, text=asked.text
                )
            )

    def forget(self, decision: str) -> None:
        """Revoke a remembered decision."""
        self._write(self._workspace.repairs.forget(decision))

    def act_on(self, target: Target, act: str) -> None:
        """Do ``act`` on the repair at one place of the text."""
        document = self._reading.document
        at = None if document is None else target.repair(document)
        if document is None or at is None:
            return
        index = document.repairs
        if act == "edit":
            self.edit(target)
            return
        verdict: Verdict | None = VERDICTS[act]
        if index.states[at] is verdict:
            verdict = None
        scope = Scope.place(index.proposals[at], document.id)
        self.decide(DecisionAsked(scope, verdict))

    def edit(self, target: Target) -> None:
        """Let other words be typed for the repair at a place, in the list."""
        document = self._reading.document
        if document is None:
            return
        row, panel = document.listed(target)
        if isinstance(row, RepairRow) and row.edit is not None:
            self._parts.show_panel(panel)
            self._parts.repairs.reveal_place(row, target.span(document))
            self._parts.repairs.edit()

    def act_at_caret(self, act: str) -> None:
        """Do ``act`` on the repair at the caret."""
        target = self._at_caret()
        if target is not None:
            self.act_on(target, act)

    def step(self, by: int) -> None:
        """Go to the next or previous of the repairs that are listed, and open its card."""
        document, reader = self._reading.document, self._parts.reader
        places = self._parts.repairs.places()
        if document is None or not places:
            return
        caret = reader.selection().start
        if by > 0:
            at = bisect_right(places, caret, key=attrgetter("start"))
        else:
            at = bisect_left(places, caret, key=attrgetter("start")) - 1
        span = places[at % len(places)]
        reader.scroll_to(span.start, select=Span(span.start, span.start))
        reader.setFocus()
        target = self._at_caret()
        if target is not None:
            self._cards.open_target(target)

    def _at_caret(self) -> Target | None:
        """Return the repair or the loss that the caret stands at the beginning of, or in."""
        document = self._reading.document
        if document is None:
            return None
        caret = self._parts.reader.selection().start
        edits, lost = document.repairs.edits, document.repairs.lost
        for kind, items in (("repair", edits), ("lost", lost)):
            at = bisect_right(items, caret, key=attrgetter("span.start")) - 1
            if at >= 0 and items[at].span.start <= caret <= items[at].span.end:
                return Target("lost" if kind == "lost" else "repair", at)
        return None

    def _write(self, future: Future[Changes]) -> None:
        self._busy += 1
        self._parts.centre.set_working(on=True)

        def done(_: object) -> None:
            self._busy -= 1
            self._parts.centre.set_working(on=bool(self._busy))

        def failed(error: object) -> None:
            done(error)
            self._bridge.failed.emit(error)

        self._bridge.write(future, done, failed)
