"""The annotations of the document by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from meipi.core.attributes import Status
from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.annotation_bar import AnnotationBar, FilterLine, PlaceFilterBox
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.panels.painting import (
    ThemedDelegate,
    break_lines,
    draw_ground,
    draw_left,
    draw_right,
    smaller,
)
from meipi.ui.presenters.annotations import AnnotationRow
from meipi.ui.presenters.notes import words_of
from meipi.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14
_CHIP = 12
_PADDING = 7
_NOTE_LINES = 2
_STATUSES = frozenset(status for status in Status if status)
_OF_PLACES = ("review", "moved")


class AnnotationsPanel(ListPanel):
    """Lists annotations; a click asks for one, Delete to delete one."""

    annotation_chosen = Signal(object)
    """The row."""
    deletion_asked = Signal(str)
    settling_asked = Signal(object)
    """Ids whose places are right."""
    bulk_asked = Signal()
    """What is listed is to be changed at once."""
    anchoring_asked = Signal(str)
    """The id of an annotation that belongs on the selected words."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        self.places = PlaceFilterBox(words)
        self.bar = AnnotationBar(words)
        self.bulk_button = IconButton("more")
        super().__init__("annotations", words, AnnotationDelegate(words, theme, showing), parent)
        self.bulk_button.clicked.connect(self.bulk_asked)
        self.header = FilterLine(self.places, self.bulk_button)
        self.rows.set_header(self.header)
        self._column.addWidget(self.bar)
        self.places.changed.connect(self.filter)
        self.bar.act_asked.connect(self.act)
        self.rows.list.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.rows.model.modelReset.connect(self._offer)
        self.rows.list.lay_out_in_batches()
        self.rows.row_activated.connect(self.annotation_chosen)
        self.rows.list.delete_pressed.connect(self._delete_current)

    def set_rows(self, rows: Sequence[AnnotationRow] | None) -> None:
        """Show ``rows``; none where no document is open."""
        self.places.set_rows(rows or ())
        self.header.setVisible(bool(rows))
        self.set_all(rows)

    def fits_now(self) -> Callable[[AnnotationRow], bool]:
        """Return what says whether an annotation fits what is typed and chosen."""
        fits, places = super().fits_now(), self.places
        return lambda row: places.fits(row) and fits(row)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.places.retranslate()
        self.bulk_button.setToolTip(self.words("bulk.button"))
        self.bulk_button.setAccessibleName(self.words("bulk.button"))
        super().retranslate()

    def _offer(self) -> None:
        """Offer to confirm the chosen annotation, or all that are listed to be checked."""
        row: AnnotationRow | None = row_of(self.rows.list.currentIndex())
        listed = self.places.chosen in _OF_PLACES and bool(self.rows.model.rows)
        self.bar.setVisible(listed or (row is not None and not row.is_settled))
        self.bar.buttons["anchor"].setVisible(row is not None and not row.is_settled)

    def act(self, act: str) -> None:
        """Do ``settle`` or ``anchor`` with the chosen annotation, or with all to be checked."""
        row: AnnotationRow | None = row_of(self.rows.list.currentIndex())
        if row is not None and act == "anchor":
            self.anchoring_asked.emit(row.id)
        elif row is not None and not row.is_settled:
            self.settling_asked.emit([row.id])
        elif act == "settle":
            rows = self.rows.model.rows
            self.settling_asked.emit([one.id for one in rows if isinstance(one, AnnotationRow)])

    def _delete_current(self) -> None:
        row = row_of(self.rows.list.currentIndex())
        if row is not None:
            self.deletion_asked.emit(row.id)


class AnnotationDelegate(ThemedDelegate):
    """Draws the tag with its colour, the quote, and the note in two lines at most."""

    def __init__(self, words: Words, theme: Theme, showing: Showing) -> None:
        super().__init__(theme, showing)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width()  # type: ignore[attr-defined]  # it is the list
        row: AnnotationRow = row_of(index)
        lines = len(self._note_lines(row, option, self._text_width(width)))
        small = QFontMetrics(smaller(option.font)).height() + 2
        height = option.fontMetrics.height() * (1 + lines) + small + 2 * _PADDING + 2
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: AnnotationRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option.rect.adjusted(6, 1, -6, -1), option, self.theme)
        inner = option.rect.adjusted(_EDGE, _PADDING, -_EDGE, -_PADDING)
        line = QRect(inner.left(), inner.top(), inner.width(), option.fontMetrics.height())
        self._draw_chip(painter, row, line)
        left = line.left() + _CHIP + 9
        line.setLeft(left)
        painter.setFont(option.font)
        self._draw_tag(painter, row, line)
        self._draw_quote_and_note(painter, option, row, line)
        painter.restore()

    def _draw_chip(self, painter: QPainter, row: AnnotationRow, line: QRect) -> None:
        chip = QRect(line.left(), line.center().y() - _CHIP // 2 + 1, _CHIP, _CHIP)
        painter.setPen(QPen(self.theme.line_strong, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if row.color is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.tag_color(row.color))
        painter.drawRoundedRect(chip, 3, 3)

    def _draw_tag(self, painter: QPainter, row: AnnotationRow, line: QRect) -> None:
        theme = self.theme
        moved = self._words("review.moved") if row.moved else ""
        said = self._words(f"status.{row.status}") if row.status in _STATUSES else row.status
        beside = self._words("review.needed") if row.needs_review else moved or said or row.shortcut
        color = theme.accent if row.needs_review else theme.ink_soft
        taken = draw_right(painter, line, beside, color)
        room = line.adjusted(0, 0, -taken - 8, 0)
        name = row.tag or self._words("hover.note")
        draw_left(painter, room, name, theme.ink if row.tag else theme.ink_soft)

    def _draw_quote_and_note(
        self, painter: QPainter, option: QStyleOptionViewItem, row: AnnotationRow, line: QRect
    ) -> None:
        painter.setFont(smaller(option.font))
        height = QFontMetrics(painter.font()).height() + 2
        quote = QRect(line.left(), line.bottom() + 1, line.width(), height)
        draw_left(painter, quote, self.showing.text(row.quote), self.theme.ink_soft)
        painter.setFont(option.font)
        top = quote.bottom() + 1
        for at, text in enumerate(self._note_lines(row, option, line.width())):
            height = option.fontMetrics.height()
            box = QRect(line.left(), top + at * height, line.width() + 4, height)
            draw_left(painter, box, text, self.theme.ink)

    def _text_width(self, width: int) -> int:
        return width - 2 * _EDGE - _CHIP - 9

    def _note_lines(
        self, row: AnnotationRow, option: QStyleOptionViewItem, width: int
    ) -> list[str]:
        note = words_of(row.note)
        return break_lines(note, option.font, width, _NOTE_LINES) if note else []
