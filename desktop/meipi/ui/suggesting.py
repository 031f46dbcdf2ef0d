"""Suggestions of tags: made for a document, walked through, accepted or rejected by one key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from meipi.core.spans import Span
from meipi.ui.dialogs.suggesting import SuggestDialog
from meipi.ui.i18n import number
from meipi.ui.keys import judgement_of
from meipi.ui.reader.layers import AnnotationMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.entity import EntityType
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.presenters.annotations import SuggestionRow
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.judge_bar import JudgeBar


class SuggestController(QObject):
    """Keeps the bar and the outlines in the text true, and has judgements written."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        *,
        bar: JudgeBar,
        stage: Stage,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._bar = bar
        self._stage = stage
        self._at = 0
        self._open_next = False
        bar.set_meaning(judgement_of(keymap))
        bar.judged.connect(self.judge)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)
        reading.annotations_changed.connect(self._show)
        reading.opened.connect(self._begin)
        reading.closed.connect(bar.hide)
        self.retranslate()

    def ask(self) -> None:
        """Ask which types of entity deserve which tag; what waits already is shown first."""
        document = self._reading.document
        if document is None or document.entities is None:
            self._stage.say(self._stage.words("suggest.no_entities"))
            return
        if document.suggestions and self._bar.isHidden():
            self.open()
            return
        self._bridge.read("entities to suggest", self._count, self._open_dialog)

    def _count(self) -> tuple[list[str], Counter[EntityType]]:
        """Return the documents there are, and how many mentions of each type are in them."""
        counts: Counter[EntityType] = Counter()
        for one in self._workspace.entities.all():
            counts[one.entity.type] += one.times
        return [card.id for card in self._workspace.documents.cards()], counts

    def _open_dialog(self, found: tuple[list[str], Counter[EntityType]]) -> None:
        document, (documents, counts) = self._reading.document, found
        if document is None or document.entities is None:
            return
        dialog = SuggestDialog(
            self._stage.words,
            document.entities.counts,
            document.tags,
            self._stage.appearance.theme,
            self._stage.window,
            everywhere=counts if len(documents) > 1 else None,
        )

        def apply(types: Sequence[EntityType], tag: str, name: str, everywhere: bool) -> None:
            chosen = documents if everywhere else [document.id]
            self._suggest(chosen, frozenset(types), tag, name)

        dialog.apply_asked.connect(apply)
        self._stage.open(dialog)

    def open(self) -> None:
        """Show the bar on the first suggestion after the caret."""
        rows, caret = self._rows(), self._reader.selection().start
        if rows:
            self._at = next((at for at, row in enumerate(rows) if row.span.start >= caret), 0)
            self._bar.show()
            self._bar.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go()

    def close(self) -> None:
        """Leave the suggestions for another time."""
        self._bar.hide()
        self._outline()
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._stage.words
        names = (*self._bar.buttons, "previous", "next", "close")
        self._bar.set_texts({name: words(f"suggest.{name}") for name in names})
        self._say()

    def _suggest(
        self, documents: Sequence[str], types: frozenset[EntityType], tag: str, name: str
    ) -> None:
        if tag:
            self._suggest_tag(documents, types, tag)
            return

        def made(changes: object) -> None:
            for key in changes.tags:  # type: ignore[attr-defined]  # `Changes`
                self._suggest_tag(documents, types, key)

        self._bridge.write(self._workspace.codebook.add(name), made)

    def _suggest_tag(
        self, documents: Sequence[str], types: frozenset[EntityType], tag: str
    ) -> None:
        def made(changes: object) -> None:
            if not changes.suggested:  # type: ignore[attr-defined]  # `Changes`
                self._stage.say(self._stage.words("suggest.nothing_new"))

        self._open_next = True
        suggesting = self._workspace.suggesting
        if len(documents) == 1:
            self._bridge.write(suggesting.suggest(documents[0], types, tag), made)
        else:
            self._bridge.write(suggesting.suggest_in(documents, types, tag), made)

    def _begin(self, document: OpenDocument) -> None:
        self._bar.hide()
        self._outline()
        del document

    def _show(self, _document: OpenDocument) -> None:
        rows = self._rows()
        if not rows:
            if not self._bar.isHidden():
                self.close()
            self._outline()
            return
        if self._open_next and self._bar.isHidden():
            self._open_next = False
            self.open()
            return
        self._at = min(self._at, len(rows) - 1)
        if self._bar.isHidden():
            self._outline()
        else:
            self._go()

    def step(self, by: int) -> None:
        """Go to the next or the previous suggestion; the first opens the bar."""
        rows = self._rows()
        if self._bar.isHidden():
            self.open()
        elif rows:
            self._at = (self._at + by) % len(rows)
            self._go()

    def judge(self, judgement: str) -> None:
        """Accept or reject the suggestion the bar is at, or all; only while the bar is there."""
        rows, suggesting = self._rows(), self._workspace.suggesting
        if not rows or self._bar.isHidden():
            return
        judge = suggesting.accept if judgement.startswith("accept") else suggesting.reject
        chosen = rows if judgement.endswith("_all") else rows[self._at : self._at + 1]
        self._bridge.write(judge([row.id for row in chosen]))

    def _go(self) -> None:
        row = self._rows()[self._at]
        at = row.span.start
        self._reader.scroll_to(at, select=Span(at, at))
        self._outline()
        self._say()

    def _say(self) -> None:
        rows = self._rows()
        if not rows or self._at >= len(rows):
            return
        row, words = rows[self._at], self._stage.words
        place = f"{number(self._at + 1)} / {number(len(rows))}"
        self._bar.set_content(place, words("suggest.what", quote=row.quote, tag=row.tag))

    def _outline(self) -> None:
        rows = self._rows()
        walking = not self._bar.isHidden() and self._at < len(rows)
        current = rows[self._at].id if walking else ""
        marks = [AnnotationMark(row.id, row.span, row.color, row.tag) for row in rows]
        self._reader.set_pending(marks, current)

    def _rows(self) -> Sequence[SuggestionRow]:
        document = self._reading.document
        return document.suggestions if document is not None else ()
