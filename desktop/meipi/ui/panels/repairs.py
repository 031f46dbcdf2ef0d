"""The repairs of the document by channel: before, after, how often, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygon

from meipi.core.decisions import Verdict
from meipi.ui.keys import key_of
from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.panels.painting import (
    ThemedDelegate,
    bolder,
    draw_ground,
    draw_left,
    draw_right,
    smaller,
    struck,
)
from meipi.ui.panels.repair_bar import RepairBar
from meipi.ui.panels.repair_filters import RepairFilters
from meipi.ui.presenters.commands import Context
from meipi.ui.presenters.deciding import reaches, words_now
from meipi.ui.presenters.keymap import Keymap
from meipi.ui.presenters.places import Walk
from meipi.ui.presenters.repairs import RepairGroup, RepairRow, RuleRow, without_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from meipi.core.decisions import Scope
    from meipi.core.spans import Span
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.repairs import Labels, Row
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14
VERDICTS = {"accept": Verdict.ACCEPTED, "reject": Verdict.REJECTED}


@dataclass(frozen=True, slots=True)
class DecisionAsked:
    """A decision the reader wants made; without a verdict, taken back."""

    scope: Scope
    verdict: Verdict | None
    text: str = ""


class RepairsPanel(ListPanel):
    """Lists repairs; each click goes to the next place one was made at, keys decide on it."""

    place_chosen = Signal(object)
    decision_asked = Signal(object)
    """`DecisionAsked`."""
    forget_asked = Signal(str)
    """The id of a remembered decision."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        showing: Showing,
        labels: Labels | None = None,
        parent: QWidget | None = None,
        *,
        keymap: Keymap | None = None,
    ) -> None:
        self._keymap = keymap or Keymap()
        self.filters = RepairFilters(words)
        self.bar = RepairBar(words, self._keymap)
        super().__init__("repairs", words, RepairDelegate(theme, showing), parent)
        self._labels = labels or {}
        self._document: OpenDocument | None = None
        self._walk = Walk()
        self._at = 0
        """Which place of the current row was gone to last."""
        self._current: Row | None = None
        self._stood = 0
        """Where in the list the current row stands."""
        self._column.addWidget(self.bar)
        self.rows.set_header(self.filters)
        self.rows.list.setUniformItemSizes(True)
        self.rows.list.installEventFilter(self)
        self.rows.row_activated.connect(self._go)
        self.rows.list.selectionModel().currentChanged.connect(lambda *_: self._look())
        self.rows.model.modelReset.connect(self._find_again)
        self.rows.list.delete_pressed.connect(lambda: self._act("forget"))
        self.filters.changed.connect(self.filter)
        self.bar.act_asked.connect(self._act)
        self.bar.edited.connect(lambda text: self._decide(Verdict.EDITED, text))
        self.bar.left.connect(self._back_to_list)

    def set_document(self, document: OpenDocument | None) -> None:
        """Show the repairs of ``document``; none where none is open."""
        same = document and self._document and document.id == self._document.id
        self._document = document
        if not same:
            self._current = None
        self.set_rows(None if document is None else document.repair_rows)

    def set_rows(self, rows: Sequence[Row] | None) -> None:
        """Show ``rows``; none where no document is open."""
        self._walk.begin()
        self.filters.set_rows(rows or ())
        self.set_all(rows)

    def fits_now(self) -> Callable[[Row], bool]:
        """Return what says whether a repair fits; the heads of groups stay for now."""
        fits, chosen = super().fits_now(), self.filters.chosen
        return lambda row: isinstance(row, RepairGroup) or (chosen.fits(row) and fits(row))

    def finished(self, found: list[Row]) -> Sequence[Row]:
        """Leave out groups of which nothing fits."""
        return without_empty(found)

    def places(self) -> list[Span]:
        """Return every place of the repairs now listed, in order."""
        rows = (row for row in self.rows.model.rows if isinstance(row, RepairRow))
        return sorted({span for row in rows for span in row.spans})

    def reveal_place(self, row: RepairRow, span: Span) -> None:
        """Go to ``row`` as gone to at ``span``; filters that hide it are taken back."""
        if row not in self.rows.model.rows:
            self.filters.clear()
        self._at = row.spans.index(span)
        self.reveal(row)
        self._at = row.spans.index(span)
        self._offer(row, only_here=True)

    def edit(self) -> None:
        """Let other words be typed for the current row."""
        self._act("edit")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that decide before the list searches for the letter."""
        if event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]  # told by its type
            command = self._keymap.command(Context.REPAIR, key_of(key).stroke)
            if command:
                self._act(command.removeprefix("repair_"))
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.filters.retranslate()
        super().retranslate()
        if self.bar.isVisible():
            self._offer(self._current)

    def _go(self, row: Row) -> None:
        if isinstance(row, RepairRow):
            place = self._walk.to(row)
            self._at = row.spans.index(place)
            self._offer(row)
            self.place_chosen.emit(place)

    def _look(self) -> None:
        """Offer what can be decided on the row the list is at."""
        index = self.rows.list.currentIndex()
        row = row_of(index)
        if row is not None:
            self._at = 0
            self._current, self._stood = row, index.row()
        self._offer(row)

    def _offer(self, row: Row | None, *, only_here: bool = False) -> None:
        if isinstance(row, RuleRow):
            self.bar.offer_to_forget()
        elif row is None or self._document is None:
            self.bar.offer((), state=None)
        else:
            found = reaches(row, self._at, self._document, self._labels, self.words)
            if only_here and len(found) > 1 and found[1].scope.source is not None:
                found[:2] = found[1::-1]
            if isinstance(row, RepairRow):
                self.bar.offer(found, state=row.state, fills=row.lost)
            else:
                self.bar.offer(found, state=None)

    def _act(self, act: str) -> None:
        row = row_of(self.rows.list.currentIndex())
        if isinstance(row, RuleRow):
            if act == "forget":
                self.forget_asked.emit(row.id)
        elif act == "forget" or row is None or self.bar.scope is None:
            return
        elif act == "edit":
            self.bar.edit(self._words_now(row))
        else:
            verdict = VERDICTS[act]
            taken_back = isinstance(row, RepairRow) and row.state is verdict
            self._decide(None if taken_back else verdict)

    def _words_now(self, row: Row) -> str:
        if not isinstance(row, RepairRow) or self._document is None or row.edit is None:
            return ""
        return "" if row.lost else words_now(row, self._at, self._document)

    def _decide(self, verdict: Verdict | None, text: str = "") -> None:
        if self.bar.scope is not None:
            self.decision_asked.emit(DecisionAsked(self.bar.scope, verdict, text))

    def _find_again(self) -> None:
        """Stay at the row that was current, whatever was decided on it, else where it stood."""
        before = self._current
        if before is None:
            return
        rows = self.rows.model.rows
        if not rows:
            self._offer(None)
            return
        stood = min(self._stood, len(rows) - 1)
        at = next((at for at, row in enumerate(rows) if _is_same(row, before)), stood)
        self.rows.list.setCurrentIndex(self.rows.model.index(at))

    def _back_to_list(self) -> None:
        self.rows.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_same(row: Any, before: Row) -> bool:
    if isinstance(row, RepairRow) and isinstance(before, RepairRow):
        return (row.edit, row.lost) == (before.edit, before.lost) and row.edit is not None
    return bool(row == before)


class RepairDelegate(ThemedDelegate):
    """Draws the head of a channel, or before → after with the count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option.rect.adjusted(6, 1, -6, -1), option, self.theme)
        if isinstance(row, RepairGroup):
            self._draw_group(painter, option, row)
        elif isinstance(row, RuleRow):
            self._draw_rule(painter, option, row)
        else:
            self._draw_repair(painter, option, row)
        painter.restore()

    def _draw_group(
        self, painter: QPainter, option: QStyleOptionViewItem, row: RepairGroup
    ) -> None:
        inner = option.rect.adjusted(_EDGE, 4, -_EDGE, 0)
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, inner, row.detail, self.theme.ink_soft)
        painter.setFont(bolder(option.font))
        draw_left(painter, inner.adjusted(0, 0, -taken - 8, 0), row.title, self.theme.ink)
        painter.setPen(QPen(self.theme.line, 1))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _draw_rule(self, painter: QPainter, option: QStyleOptionViewItem, row: RuleRow) -> None:
        inner = option.rect.adjusted(_EDGE + 12, 0, -_EDGE, 0)
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, inner, row.detail, self.theme.ink_soft)
        painter.setFont(option.font)
        draw_left(painter, inner.adjusted(0, 0, -taken - 8, 0), row.title, self.theme.ink)

    def _draw_repair(self, painter: QPainter, option: QStyleOptionViewItem, row: RepairRow) -> None:
        theme = self.theme
        inner = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        rejected = row.state is Verdict.REJECTED
        if row.inferred and row.state is None:
            self._draw_corner(painter, inner)
        inner.setLeft(inner.left() + 12)
        painter.setFont(smaller(option.font))
        count = str(row.count) if row.count > 1 else ""
        beside = "  ".join(filter(None, (row.said or row.confidence, count)))
        loud = row.inferred and row.state is None
        taken = draw_right(painter, inner, beside, theme.accent if loud else theme.ink_soft)
        inner.setRight(inner.right() - taken - 8)
        painter.setFont(struck(option.font) if rejected else option.font)
        # The words before and after share the room; the arrow always shows.
        half = QRect(inner)
        half.setWidth(max(0, inner.width() // 2 - 4) if row.before else 0)
        used = draw_left(painter, half, row.before, theme.ink_soft)
        rest = inner.adjusted(used + 6 if used else 0, 0, 0, 0)
        if row.before:
            rest.setLeft(rest.left() + draw_left(painter, rest, "→", theme.line_strong) + 6)
        if row.state is Verdict.EDITED:
            painter.setFont(struck(option.font))
            rest.setLeft(rest.left() + draw_left(painter, rest, row.after, theme.ink_soft) + 8)
            painter.setFont(option.font)
            draw_left(painter, rest, row.instead, theme.accent)
        else:
            draw_left(painter, rest, row.after, theme.ink_soft if rejected else theme.ink)

    def _draw_corner(self, painter: QPainter, inner: QRect) -> None:
        """Draw the small corner that marks what was inferred, as it stands in the text."""
        left, middle = inner.left(), inner.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.accent)
        corner = [QPoint(left + x, middle + y) for x, y in ((0, -4), (7, -4), (0, 3))]
        painter.drawPolygon(QPolygon(corner))
