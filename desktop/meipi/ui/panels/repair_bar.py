"""Under the list of repairs: how far a decision is to reach, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from meipi.core.decisions import Verdict
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent

    from meipi.core.decisions import Scope
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.deciding import Reach
    from meipi.ui.presenters.keymap import Keymap

_ACTS = ("accept", "reject", "edit")
_STATES = {"accept": Verdict.ACCEPTED, "reject": Verdict.REJECTED}


class RepairBar(QWidget):
    """Offers the three acts on what is chosen in the list; other words are typed in place."""

    act_asked = Signal(str)
    """``accept``, ``reject``, ``edit`` or ``forget``."""
    edited = Signal(str)
    """The words that are to stand instead."""
    left = Signal()
    """The keyboard is to go back to the list."""

    def __init__(self, words: Words, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._keymap = keymap
        self._state: Verdict | None = None
        self._fills = False
        self.reach = ChoiceBox(self)
        self.reach.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.buttons = {act: QPushButton(self) for act in (*_ACTS, "forget")}
        self.field = QLineEdit(self)
        self._row = QHBoxLayout()
        self.field.installEventFilter(self)
        self._lay_out()
        for act, button in self.buttons.items():
            button.clicked.connect(lambda _=False, act=act: self.act_asked.emit(act))
        self.field.returnPressed.connect(self._done)
        self.offer((), state=None)
        self.retranslate()
        keymap.watch(self.retranslate)

    @property
    def scope(self) -> Scope | None:
        """What the decision is on."""
        scope: Scope | None = self.reach.currentData()
        return scope

    @property
    def is_editing(self) -> bool:
        """Say whether other words are being typed."""
        return not self.field.isHidden()

    def offer(
        self, reaches: Sequence[Reach], *, state: Verdict | None, fills: bool = False
    ) -> None:
        """Offer decisions that reach as far as one of ``reaches``; of a hole that ``fills`` it."""
        self._state, self._fills = state, fills
        self._show(self.field, shown=False)
        self.reach.clear()
        for reach in reaches:
            self.reach.addItem(reach.text, reach.scope)
            at = self.reach.count() - 1
            self.reach.setItemData(at, reach.text, Qt.ItemDataRole.ToolTipRole)
        self.reach.setVisible(bool(reaches))
        for act, button in self.buttons.items():
            button.setVisible(bool(reaches) and act != "forget")
        self.setVisible(bool(reaches))
        self.retranslate()

    def offer_to_forget(self) -> None:
        """Offer to revoke a remembered decision."""
        self.offer((), state=None)
        self.buttons["forget"].show()
        self.show()

    def edit(self, text: str) -> None:
        """Let other words be typed, beginning with ``text``."""
        for button in self.buttons.values():
            button.hide()
        self.field.setText(text)
        self.field.selectAll()
        self._show(self.field, shown=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        for act in _ACTS:
            key = self._keymap.key(f"repair_{act}")
            done = self._state is not None and _STATES.get(act) is self._state
            name = "fill" if act == "edit" and self._fills else act
            text = words("repair.take_back" if done else f"repair.{name}")
            self.buttons[act].setText(words("repair.with_key", act=text, letter=key))
            # Each as wide as its words need: “Take back R” beside “Edit E” in a narrow panel.
            need = self.buttons[act].fontMetrics().horizontalAdvance(self.buttons[act].text())
            self._row.setStretchFactor(self.buttons[act], need + 16)
        self.buttons["forget"].setText(words("repair.forget"))
        self.reach.setAccessibleName(words("repair.reach"))
        self.reach.setToolTip(words("repair.reach"))
        self.field.setPlaceholderText(words("repair.edit_prompt"))
        self.field.setAccessibleName(words("repair.edit_prompt"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the field with Esc and keep what stood there."""
        if event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]  # told by its type
            if key.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _done(self) -> None:
        text = self.field.text()
        self._leave()
        self.edited.emit(text)

    def _leave(self) -> None:
        self.left.emit()
        self._show(self.field, shown=False)
        for act, button in self.buttons.items():
            button.setVisible(act != "forget")

    def _show(self, widget: QWidget, *, shown: bool) -> None:
        if not shown and widget.hasFocus():
            widget.clearFocus()
        widget.setVisible(shown)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.reach)
        column.addWidget(self.field)
        row = self._row
        row.setSpacing(6)
        for button in self.buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setProperty("part", "act")
            row.addWidget(button, 1)
        column.addLayout(row)
