"""The text view as the window uses it: reading by keyboard and mouse, selecting, pointing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QScrollEvent,
    QScrollPrepareEvent,
)

from meipi.core.spans import Span
from meipi.ui.reader import accessibility
from meipi.ui.reader.caret import Caret, Target
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.copying import shown_text
from meipi.ui.reader.gliding import Glide
from meipi.ui.reader.growth import Growth
from meipi.ui.reader.hover import HoverTarget, HoverWatch, target_under, targets_at, with_rect
from meipi.ui.reader.keyboard import command_of, move_of
from meipi.ui.reader.layers import AnnotationMark
from meipi.ui.reader.pointer import Pointer
from meipi.ui.reader.reading import convert_script
from meipi.ui.reader.surface import ReaderSurface
from meipi.ui.reader.wordcut import WordCutter
from meipi.ui.widgets.announcing import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from meipi.ui.reader.selection import Cut
    from meipi.ui.reader.shown import Convert
    from meipi.ui.reader.spoken import Part

__all__ = ["AnnotationMark", "HoverTarget", "ReaderContent", "ReaderView"]

_PAUSE_MS = 300
"""A selection by keyboard counts as finished after this long without a key."""
_WARM_UP_MS = 1_500
_TOUCH_MS = 200
"""After the first paint: it needs no fingers."""
_WHEEL_NOTCH = 120
_LINES_A_NOTCH = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReaderView(ReaderSurface):
    """Shows a document and reports what the reader does with it.

    ``convert`` shows a paragraph in a script, ``cut`` cuts a text into words (jieba, once its
    dictionary is read in the background, without it).
    """

    selection_finished = Signal(Span)
    hovered = Signal(object)
    clicked_target = Signal(object)
    annotation_activated = Signal(str)
    zoom_requested = Signal(int)
    jumping = Signal()
    """The text is about to be shown at another place than where one reads on."""
    key_unhandled = Signal(QKeyEvent)
    context_menu_requested = Signal(QPoint, object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        convert: Convert = convert_script,
        cut: Cut | None = None,
    ) -> None:
        accessibility.install()
        cutter = WordCutter()
        super().__init__(parent, convert=convert, cut=cut or cutter)
        self._cut, self._dictionary = cut or cutter, cutter
        self.growth = Growth(self, self._cut)
        """Selects more and less, from word to text."""
        self.told: tuple[str, Part] | None = None
        """The text and the part of it that assistive technology was told of last."""
        self.described = ""
        """What it was told lies at the caret."""
        self._wheel = 0
        self.glide = Glide(self.viewport(), self.scroll_pixels)
        self.verticalScrollBar().actionTriggered.connect(self.glide.stop)
        self._pointer = Pointer(self)
        self._hover = HoverWatch(self, self.reading, self.hovered.emit)
        self._pause = self.timer(_PAUSE_MS, self._finish_selection)
        self._warm_up = self.timer(_WARM_UP_MS, cutter.warm_up)
        self._touch = self.timer(_TOUCH_MS, self.glide.accept_touch)
        self._warms_up = cut is None

    def set_document(self, content: ReaderContent | None) -> None:
        """Show a text at its position, without layers; nothing clears the view."""
        self._hover.leave()
        self._pointer.cancel()
        self._pause.stop()
        self.glide.stop()
        super().set_document(content)
        self.selection_changed.emit(self.selection())

    # Selection.

    def set_selection(self, span: Span) -> None:
        """Select ``span``; an empty one puts the caret there."""
        length = len(self.reading.sheet.text)
        self._set_caret(Caret(min(span.start, length), min(span.end, length)))

    def select(self, span: Span, *, backwards: bool = False) -> None:
        """Select ``span`` with the caret at its end, or at its beginning."""
        ends = (span.end, span.start) if backwards else (span.start, span.end)
        self._set_caret(Caret(*ends, upstream=not backwards))

    def select_for_use(self, span: Span) -> None:
        """Select ``span`` as if drawn by hand: once at rest it is reported as finished."""
        self.select(span)
        self._pause.start()

    def move_caret(self, target: Target, *, extend: bool, reveal: bool = True) -> None:
        """Put the caret at ``target``, selecting from where it was if ``extend``."""
        anchor = self.reading.caret.anchor if extend else target.position
        self._set_caret(Caret(anchor, target.position, target.upstream, target.x))
        if reveal and self.reading.show(target.position):
            self._moved()

    def _set_caret(self, caret: Caret) -> None:
        before = self.reading.caret.span
        self.reading.caret = caret
        if self.hasFocus():
            self._blink.start()
        if caret.span != before:
            self.selection_changed.emit(self.selection())
        self._focus_annotation_at_caret()
        accessibility.announce_caret(self)
        self.viewport().update()

    def _focus_annotation_at_caret(self) -> None:
        """Bring forward the card of the shortest annotation the caret stands in."""
        at = self.reading.caret.span.start
        found = [t for t in targets_at(self.reading.layers, at) if t.kind == "annotation"]
        current = found[0].id if found else None
        if current is not None and current != self.margin.focus:
            mark = self.reading.layers.annotations.marks[found[0].index]
            announce(self, self.reading.words.annotation, mark.title, mark.note)
        self.set_focus_annotation(current)

    def _finish_selection(self) -> None:
        self.selection_finished.emit(self.selection())

    def scroll_to(self, offset: int, *, select: Span | None = None) -> None:
        """Bring ``offset`` into the window, a third down if it was outside; select if asked."""
        self.glide.stop()
        self.jumping.emit()
        if select is not None:
            self.set_selection(select)
        folded = self.reading.folded_around(offset)
        if folded >= 0:
            self.toggle_fold(folded)
        if self.reading.show(offset, centre=True):
            self._moved()

    @property
    def cut(self) -> Cut:
        """What cuts a text into words as well as it can now."""
        return self._cut

    def word_cut(self) -> Cut:
        """Return what cuts a text into words, when it is ready: not to be called in a hurry."""
        if self._cut is self._dictionary:
            self._dictionary.wait()
        return self._cut

    def copy_text(self) -> str:
        """Put the selection on the clipboard as it is shown, and return it."""
        text = shown_text(self.reading.sheet, self.selection())
        if text:
            QGuiApplication.clipboard().setText(text)
        return text

    # Keyboard.

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the text before a shortcut takes them; follow a finger."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            key = cast(QKeyEvent, event)
            if command_of(key) or move_of(key):
                key.accept()
                return True
        elif kind == QEvent.Type.ScrollPrepare:
            self._hover.leave()
            self.glide.prepare(cast(QScrollPrepareEvent, event))
            return True
        elif kind == QEvent.Type.Scroll:
            self.glide.follow(cast(QScrollEvent, event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, copy, unfold; anything else goes to whoever listens."""
        self.glide.stop()
        move, command = move_of(event), command_of(event)
        if command == "copy":
            self.copy_text()
        elif command == "select_all":
            self.select_for_use(Span(0, len(self.reading.sheet.text)))
        elif move is not None:
            self._move(*move)
        elif not (event.key() in _ENTER and self._enter()):
            event.ignore()
            self.key_unhandled.emit(event)
            return
        event.accept()

    def _move(self, name: str, extend: bool) -> None:
        if not self.reading.sheet.table.has_row(0):
            return
        caret = self.reading.caret
        if name in _PAGES:
            target = self.reading.turn_page(_PAGES[name])
            self._moved()
            self.move_caret(target, extend=extend)
        elif caret.span and not extend and name in _COLLAPSES:
            self.move_caret(Target(getattr(caret.span, _COLLAPSES[name])), extend=False)
        else:
            self.move_caret(self.reading.moves.to(name, caret), extend=extend)
        self._pause.start()

    def _enter(self) -> bool:
        """Unfold, or open what the caret stands on; say whether there was anything."""
        reading = self.reading
        if reading.caret.span or not reading.sheet.table.has_row(0):
            return False
        row = reading.sheet.table.row(reading.sheet.place(reading.caret.position).row)
        if row.fold >= 0:
            self.toggle_fold(row.fold)
            return True
        found = targets_at(reading.layers, reading.caret.position)
        if not found:
            return False
        rect = reading.caret_rect()
        self._activate(with_rect(reading, found[0], rect.center() if rect else QPointF()))
        return True

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, unless the press is on a fold or in the margin."""
        self._hover.leave()
        point = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        card = self.margin.at(point)
        if card is not None:
            self.set_focus_annotation(card.mark.id)
            self.annotation_activated.emit(card.mark.id)
        elif (fold := self.reading.fold_at(point)) >= 0:
            self.toggle_fold(fold)
        else:
            self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count as one more press."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the selection on, or watch what the pointer rests on."""
        self._pointer.move(event)
        if self._pointer.is_down:
            return
        self._hover.move(event.position())
        self._point_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        if event.button() == Qt.MouseButton.LeftButton and self._pointer.is_down:
            self._pointer.release(event)

    def _point_at(self, point: QPointF) -> None:
        """Show by the cursor what a click would do."""
        fold = self.reading.fold_at(point)
        if fold != self.hover_fold:
            self.hover_fold = fold
            self.viewport().update()
        hand = fold >= 0 or self.margin.at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def click(self, point: QPointF) -> None:
        """Report a click that selected nothing."""
        target = target_under(self.reading, point)
        if target is not None:
            self._activate(target)
        self.selection_finished.emit(self.selection())

    def _activate(self, target: HoverTarget) -> None:
        self.clicked_target.emit(target)
        if target.kind == "annotation":
            self.annotation_activated.emit(target.id)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer rested on."""
        super().leaveEvent(event)
        self._hover.leave()
        self._point_at(QPointF(-1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl ask for another size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel += event.angleDelta().y()
            steps = int(self._wheel / _WHEEL_NOTCH)
            self._wheel -= steps * _WHEEL_NOTCH
            if steps:
                self.zoom_requested.emit(steps)
        else:
            pixels = event.pixelDelta().y()
            line = self.reading.size * self.reading.setup.leading / 100
            notches = event.angleDelta().y() / _WHEEL_NOTCH
            self._hover.leave()
            if pixels:  # a touchpad glides by itself
                self.glide.stop()
                self.scroll_pixels(-pixels)
            else:
                self.glide.by(-notches * line * _LINES_A_NOTCH)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu for what is under the pointer, or at the caret."""
        point = QPointF(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.reading.caret_rect()
            point = rect.center() if rect is not None else point
        at = self.viewport().mapToGlobal(point.toPoint())
        self.context_menu_requested.emit(at, target_under(self.reading, point))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read the word list once the first page has been painted."""
        super().showEvent(event)
        self._touch.start()
        if self._warms_up:
            self._warm_up.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave timers still: nobody is reading."""
        super().hideEvent(event)
        self._warm_up.stop()
        self._touch.stop()
        self.glide.stop()
        self._hover.leave()
        self._pointer.cancel()


_PAGES = {"page_down": 1, "page_up": -1}
_COLLAPSES = {"right": "end", "left": "start"}
