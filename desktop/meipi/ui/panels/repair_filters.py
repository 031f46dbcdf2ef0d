"""Which repairs are listed: by channel, by state, by how sure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from meipi.ui.i18n import percent
from meipi.ui.presenters.deciding import KINDS, LIMITS, RepairFilter
from meipi.ui.presenters.repairs import RepairGroup
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.repairs import Row

_NAMES = ("channel", "kind", "sure")


class RepairFilters(QWidget):
    """Three boxes; what stands first in each narrows nothing down."""

    changed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._channels: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.boxes = {name: ChoiceBox(self) for name in _NAMES}
        flow = FlowLayout(self, gap=5)
        for box in self.boxes.values():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            flow.addWidget(box)
            box.activated.connect(lambda _: self.changed.emit())
        self.retranslate()

    @property
    def chosen(self) -> RepairFilter:
        """What is chosen now."""
        channel, kind, sure = (self.boxes[name].currentData() for name in _NAMES)
        return RepairFilter(channel or "", kind, 1.0 if sure is None else sure)

    def choose(self, name: str, value: object) -> None:
        """Choose ``value`` in the box called ``name``, as a click would."""
        box = self.boxes[name]
        box.setCurrentIndex(box.findData(value))
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing down any more."""
        for box in self.boxes.values():
            box.setCurrentIndex(0)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Offer the channels of ``rows``; a channel that is still there stays chosen."""
        heads = (row for row in rows if isinstance(row, RepairGroup) and row.channel)
        channels = tuple((row.channel, row.title) for row in heads)
        if channels != self._channels:
            self._channels = channels
            self.retranslate()
        self.setVisible(bool(rows))

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        self._fill("channel", [(None, words("repair.any_channel")), *self._channels])
        kinds = [(kind, words(f"repair.kind_{kind}")) for kind in KINDS]
        self._fill("kind", [(None, words("repair.any_kind")), *kinds])
        limits = [(most, words("repair.sure_below", sure=percent(most))) for most in LIMITS]
        self._fill("sure", [(None, words("repair.any_sure")), *limits])
        for name, box in self.boxes.items():
            box.setAccessibleName(words(f"repair.filter_{name}"))
            box.setToolTip(words(f"repair.filter_{name}"))

    def _fill(self, name: str, items: Sequence[tuple[object, str]]) -> None:
        box = self.boxes[name]
        with QSignalBlocker(box):
            before = box.currentData()
            box.clear()
            for value, text in items:
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(before)) if before is not None else 0)
