"""Notes as the margin draws them: plain ones in lines, others as Markdown, and links below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPalette,
    QTextLayout,
    QTextOption,
)

from meipi.core.offsets import Utf16Map
from meipi.ui.fonts import ui_font
from meipi.ui.presenters.notes import is_plain, without_images
from meipi.ui.widgets.safe_document import SafeDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from meipi.ui.theme import Theme

_MORE = "…"


class Note(Protocol):
    """Something drawn under the head of a card; it knows how high it is."""

    @property
    def height(self) -> float:
        """How high it is."""

    def draw(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Draw it at the top of ``box``."""


class Lines:
    """Lines of the UI face, soft where they only go along."""

    def __init__(self, lines: Sequence[str], size: int, line: int, *, soft: bool = False) -> None:
        self.lines = tuple(lines)
        self._size, self._line, self._soft = size, line, soft

    @property
    def height(self) -> float:
        """How high they are."""
        return len(self.lines) * self._line

    def draw(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Draw them one below the other."""
        painter.setFont(ui_font(self._size))
        painter.setPen(theme.ink_soft if self._soft else theme.ink)
        metrics = QFontMetricsF(painter.font())
        for number, text in enumerate(self.lines):
            place = QRectF(box.left(), box.top() + number * self._line, box.width() + 4, self._line)
            shown = text
            if self._soft:
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(place, 0, shown)


class Rendered:
    """Markdown, cut after some lines unless all of it is wanted."""

    def __init__(self, note: str, width: float, size: int, *, most: int | None) -> None:
        self._document = SafeDocument()
        self._document.setDefaultFont(ui_font(size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._document.show_markdown(without_images(note))
        self._document.setTextWidth(width)
        self._size = size
        ends = self._line_ends()
        self._cut = most is not None and len(ends) > most
        self._height = ends[most - 1] if most is not None and self._cut else self._whole(ends)

    @property
    def height(self) -> float:
        """How high it is."""
        return self._height

    def draw(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """Draw it, and where it was cut an ellipsis."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, theme.ink)
        context.palette.setColor(QPalette.ColorRole.Link, theme.accent)
        context.clip = QRectF(0, 0, box.width() + 4, self._height)
        painter.save()
        painter.translate(box.topLeft())
        painter.setClipRect(context.clip, Qt.ClipOperation.IntersectClip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        if self._cut:
            self._draw_more(painter, box, theme)

    def _draw_more(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        painter.setFont(ui_font(self._size))
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(_MORE) + 4
        place = QRectF(box.right() - width, box.top(), width, self._height)
        ground = QRectF(place.left(), place.bottom() - metrics.height(), width, metrics.height())
        painter.fillRect(ground, theme.panel_raised)
        painter.setPen(theme.ink_soft)
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, _MORE)

    def _line_ends(self) -> list[float]:
        layout, ends = self._document.documentLayout(), []
        block = self._document.begin()
        while block.isValid():
            top = layout.blockBoundingRect(block).top()
            lines = block.layout()
            for at in range(lines.lineCount()):
                ends.append(top + lines.lineAt(at).rect().bottom())
            block = block.next()
        return ends

    def _whole(self, ends: Sequence[float]) -> float:
        return max([self._document.size().height(), *ends])


def note_of(note: str, width: float, size: int, line: int, *, most: int | None) -> Note:
    """Return ``note`` ready to be drawn in ``width``, in ``most`` lines or all of it."""
    if is_plain(note):
        return Lines(break_note(note, width, size, most=most) if note else (), size, line)
    return Rendered(note, width, size, most=most)


def break_note(note: str, width: float, size: int, *, most: int | None) -> tuple[str, ...]:
    """Break ``note`` into lines of the UI face; the last of ``most`` lines ends in an ellipsis."""
    text = " ".join(note.split())
    units, font = Utf16Map(text), ui_font(size)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = units.to_code_point(line.textStart())
        stop = units.to_code_point(line.textStart() + line.textLength())
        if len(lines) + 1 == most and stop < len(text):
            metrics = QFontMetricsF(font)
            lines.append(metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start:stop])
    layout.endLayout()
    return tuple(lines)
