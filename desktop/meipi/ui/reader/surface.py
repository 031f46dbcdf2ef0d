"""The showing half of the text view: document, layers, scrolling, painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from meipi.core.spans import Span
from meipi.core.turns import go_first
from meipi.ui.reader import accessibility
from meipi.ui.reader.bar import BarLink
from meipi.ui.reader.blink import CaretBlink
from meipi.ui.reader.cards import Margin
from meipi.ui.reader.layers import AnnotationIndex, AnnotationMark, LayerName
from meipi.ui.reader.marks import Underlines
from meipi.ui.reader.paint import Marked, paint_caret, paint_focus_ring, paint_hairline, paint_page
from meipi.ui.reader.reading import EMPTY, Reading
from meipi.ui.reader.ticks import Ticks
from meipi.ui.reader.words import WORDS, Language
from meipi.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from meipi.core.entity import EntityType, Mention
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.core.script import Script
    from meipi.ui.reader.content import ReaderContent
    from meipi.ui.reader.selection import Cut
    from meipi.ui.reader.setup import PageSetup
    from meipi.ui.reader.shown import Convert


_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ReaderSurface(QAbstractScrollArea):
    """Shows a `ReaderContent` with its layers. Offsets are code points of the reading text."""

    selection_changed = Signal(Span)
    position_changed = Signal(int)

    def __init__(self, parent: QWidget | None, *, convert: Convert, cut: Cut) -> None:
        super().__init__(parent)
        self.reading = Reading(Theme.load("light"), convert=convert, cut=cut)
        self.margin = Margin(self.reading)
        self.hover_fold = -1
        self._underlines = Underlines()
        self._ticks = Ticks(self.reading)
        self._busy = False
        self._echo = False
        self.lit = ""
        """The annotation that is pointed at."""
        self._by_keyboard = False
        self._top = -1
        self._bar = BarLink(self.verticalScrollBar(), self.reading, self._moved)
        self._blink = CaretBlink(self, self._update_caret)
        self._set_up_widget()

    def _set_up_widget(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("own_ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumWidth(240)

    def timer(self, interval: int, slot: Callable[[], object]) -> QTimer:
        """Return a timer of the view that fires once."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    # What is shown.

    def set_document(self, content: ReaderContent | None) -> None:
        """Show a text at its position, without layers; nothing clears the view."""
        self.margin.focus = None
        self.reading.load(content or EMPTY)
        self._laid_out()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self.reading.theme = theme
        self.viewport().update()

    def set_reading_size(self, px: int) -> None:
        """Set the text in ``px`` pixels; the line at the top stays there."""
        self.reading.resize(px)
        self._laid_out()

    def set_page(self, setup: PageSetup) -> None:
        """Set the page as ``setup`` has it; the line at the top stays there."""
        self.reading.set_up(setup)
        self._laid_out()

    def set_script(self, script: Script) -> None:
        """Show the text in ``script``; place, selection and layers stay on their words."""
        self.reading.set_script(script)
        self._laid_out()

    def set_language(self, language: Language) -> None:
        """Word fold lines and cards in ``language``."""
        self.reading.set_words(WORDS[language])
        self._laid_out()

    def set_busy(self, busy: bool) -> None:
        """Show or hide the hairline that says work goes on."""
        self._busy = busy
        self.viewport().update(0, 0, self.viewport().width(), 2)

    def set_echo(self, *, on: bool) -> None:
        """Show the caret without the keyboard too: another view's is at the same place."""
        self._echo = on
        self.viewport().update()

    # Layers.

    def set_layer_visible(self, layer: LayerName, visible: bool) -> None:
        """Show or hide a layer."""
        (self.reading.layers.shown.add if visible else self.reading.layers.shown.discard)(layer)
        self.refresh()

    def set_hidden_types(self, types: frozenset[EntityType]) -> None:
        """Leave entities of ``types`` without their underline."""
        self.reading.layers.hidden_types = types
        self.refresh()

    def set_entities(self, entities: Sequence[Mention]) -> None:
        """Underline ``entities``, sorted and flat."""
        self.reading.layers.entities = entities
        self.refresh()

    def set_annotations(self, annotations: Iterable[AnnotationMark]) -> None:
        """Lay ``annotations`` behind the words and their cards beside them."""
        self.reading.layers.annotations = AnnotationIndex(annotations)
        self.refresh()

    def set_pending(self, pending: Iterable[AnnotationMark], current: str = "") -> None:
        """Outline the words that annotations are only suggested for; ``current`` is stronger."""
        layers = self.reading.layers
        layers.pending, layers.current_pending = AnnotationIndex(pending), current
        self.refresh()

    def set_repairs(self, repairs: Sequence[RepairEdit], lost: Sequence[Lost]) -> None:
        """Mark ``repairs`` and ``lost`` characters, both in order."""
        self.reading.layers.repairs, self.reading.layers.lost = repairs, lost
        self.refresh()

    def set_finds(self, finds: Sequence[Span], current: int = -1) -> None:
        """Light up search results, in order; the one at position ``current`` is outlined."""
        self.reading.layers.finds, self.reading.layers.current_find = finds, current
        self.refresh()

    def set_focus_annotation(self, annotation: str | None) -> None:
        """Bring forward the card of an annotation; nothing lets all step back."""
        if annotation != self.margin.focus:
            self.margin.focus = annotation
            self._repaint()

    def light(self, annotation: str) -> None:
        """Underline every piece of an annotation that is pointed at; nothing lets go."""
        if annotation != self.lit:
            self.lit = annotation
            self.viewport().update()

    def refresh(self) -> None:
        """Take in that a layer changed."""
        accessibility.announce_marks(self)
        self._ticks.reset()
        self._repaint()

    def _repaint(self) -> None:
        """Paint anew what is shown now."""
        self.margin.arrange()
        self.viewport().update()

    # The place.

    def top_offset(self) -> int:
        """Return the offset of the first whole line in the window."""
        return self.reading.top()[0]

    def put_top(self, offset: int) -> None:
        """Put the line of ``offset`` at the top of the window."""
        self.reading.put_line(offset, 0)
        self._moved()

    def scroll_pixels(self, pixels: float) -> bool:
        """Move the text up by ``pixels``; say whether there was room to."""
        moved = self.reading.scroll(pixels)
        if moved:
            self._moved()
        return moved

    def place_line(self, offset: int, y: float) -> None:
        """Put the line of ``offset`` at height ``y`` of the window, as it stood there before."""
        self.reading.put_line(offset, y)
        self._moved()

    def selection(self) -> Span:
        """Return the selected range; empty where there is only a caret."""
        return self.reading.selection()

    def rect_of(self, span: Span) -> QRect:
        """Return the viewport rectangle around what is visible of ``span``; of a caret its line."""
        rects = self.reading.rects(span)
        if not rects and span.start == span.end == self.reading.caret.position:
            caret = self.reading.caret_rect()
            rects = [caret] if caret is not None else []
        whole = QRectF()
        for rect in rects:
            whole = whole.united(rect)
        return whole.toAlignedRect()

    def expand_fold(self, index: int) -> None:
        """Show the text of fold ``index``, in document order."""
        self.reading.sheet.table.build()
        folds = self.reading.sheet.table.folds
        if 0 <= index < len(folds) and not self.reading.sheet.table.is_open(index):
            self.toggle_fold(index)

    def toggle_fold(self, index: int) -> None:
        """Unfold boilerplate where it stands, or fold it again."""
        self.reading.toggle_fold(index)
        self._laid_out()

    def _laid_out(self) -> None:
        """Take in that lines are elsewhere now."""
        self._ticks.reset()
        self._bar.reset()
        self._moved()

    def _moved(self) -> None:
        """Take in that the place or what is on screen changed."""
        go_first()
        self._bar.sync()
        self._repaint()
        top = self.top_offset()
        if top != self._top:
            self._top = top
            accessibility.announce_scrolling(self)
            self.position_changed.emit(top)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, the margin and the caret."""
        go_first()
        painter = QPainter(self.viewport())
        theme, clip = self.reading.theme, QRectF(event.rect())
        focus = frozenset(filter(None, (self.margin.focus, self.lit)))
        marked = Marked(self.reading.caret.span, focus, self.hover_fold)
        paint_page(painter, self.reading, marked, clip, self._underlines)
        # A blinking caret repaints a strip of the text twice a second; the rest is left alone.
        if clip.right() > self.reading.sheet.geometry.right:
            self.margin.paint(painter)
            self._ticks.paint(painter, self.viewport().width(), self.viewport().height())
        if self._blink.is_on or (self._echo and not self.hasFocus()):
            paint_caret(painter, self.reading.caret_rect(), theme)
        if self._by_keyboard and self.hasFocus():
            paint_focus_ring(painter, self.viewport().rect(), theme)
        if self._busy:
            paint_hairline(painter, self.viewport().width(), theme)
        painter.end()

    def _update_caret(self) -> None:
        rect = self.reading.caret_rect()
        if rect is not None:
            self.viewport().update(rect.toAlignedRect().adjusted(-1, -1, 1, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the window."""
        super().resizeEvent(event)
        self.reading.fit(self.viewport().width(), self.viewport().height())
        self._laid_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Leave scrolling to the place; the bar's units are not pixels."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret, and a frame where the keyboard brought the focus here."""
        super().focusInEvent(event)
        self._by_keyboard = event.reason() in _KEYBOARD_REASONS
        self._blink.start()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()
