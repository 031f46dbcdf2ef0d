"""Choosing one of many under a field that filters them: a type, an entity, a tag, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from meipi.ui.presenters.matching import score
from meipi.ui.widgets.picker import PickRow
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from meipi.ui.widgets.picker import Picker

_WIDTH = 340
_OFFERED = 40


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; what is typed is sought in ``label`` and ``also``."""

    value: object
    label: str
    hint: str = ""
    color: QColor | None = None
    also: str = ""


class Chooser(QObject):
    """Asks for one of some options, and gives the keyboard back to whoever had it."""

    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self._picker = picker
        self._options: Sequence[Option] = ()
        self._offered: list[Option] = []
        self._done: Callable[[object], None] = lambda _: None
        self._typed: Callable[[str], Option | None] = lambda _: None
        self._before: QWidget | None = None
        picker.query_changed.connect(self._offer)
        picker.picked.connect(self._pick)
        picker.left.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Say whether something is being asked."""
        return not self._picker.isHidden()

    def ask(
        self,
        near: QRect | None,
        prompt: str,
        options: Sequence[Option],
        done: Callable[[object], None],
        *,
        typed: Callable[[str], Option | None] | None = None,
        foot: str = "",
    ) -> None:
        """Offer ``options`` near ``near`` and call ``done`` with the value chosen.

        ``typed`` makes an option of what is typed where no option is called so.
        """
        if not self.is_open:
            self._before = QApplication.focusWidget()
        self._options, self._done = options, done
        self._typed = typed or (lambda _: None)
        field = self._picker.field
        field.clear()
        field.setPlaceholderText(prompt)
        field.setAccessibleName(prompt)
        self._picker.set_foot(foot)
        self._picker.setFixedWidth(scaled(self._picker, _WIDTH))
        self._offer("")
        if near is None or near.isEmpty():
            self._picker.show_at_top(self._picker.width())
        else:
            self._picker.show_near(near)
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer ``options`` instead: more were found meanwhile."""
        if self.is_open:
            self._options = options
            self._offer(self._picker.field.text())

    def close(self) -> None:
        """Ask no more."""
        if self.is_open:
            self._picker.dismiss()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, query: str) -> None:
        scored = [(_points(query, option), option) for option in self._options]
        fitting = [pair for pair in scored if pair[0] is not None]
        fitting.sort(key=lambda pair: pair[0] or 0)
        self._offered = [option for _, option in fitting[:_OFFERED]]
        made = self._typed(query.strip()) if query.strip() else None
        if made is not None and all(option.label != made.label for option in self._offered):
            self._offered.append(made)
        rows = [
            PickRow(str(at), option.label, option.hint, option.color)
            for at, option in enumerate(self._offered)
        ]
        self._picker.set_rows(rows)

    def _pick(self, key: str) -> None:
        chosen, done = self._offered[int(key)], self._done
        self.close()
        done(chosen.value)


def _points(query: str, option: Option) -> int | None:
    if query.strip().lower() == option.hint.lower() and option.hint:
        return -1
    found = [score(query, text) for text in (option.label, option.also) if text]
    return min((points for points in found if points is not None), default=None)
