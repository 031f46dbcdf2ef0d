"""Keeps the scroll bar and the place in step: the bar counts characters and rows, not pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractSlider

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QScrollBar

    from meipi.ui.reader.reading import Reading

_Action = QAbstractSlider.SliderAction
_BLOCKS_A_TICK = 4_096
"""Rows added between two events: about three milliseconds."""


class BarLink(QObject):
    """Sets range and value of a vertical scroll bar, and scrolls when it is used."""

    def __init__(self, bar: QScrollBar, reading: Reading, moved: Callable[[], None]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._reading = reading
        self._moved = moved
        self._last: int | None = None
        self._rest = QTimer(self)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._build_on)
        bar.setSingleStep(1)
        bar.actionTriggered.connect(self._on_action)

    def reset(self) -> None:
        """Take in a text or a layout that is new; rows still missing follow in idle time."""
        self._last = None
        if not self._reading.sheet.table.complete:
            self._rest.start()
        self.sync()

    def stop(self) -> None:
        """Stop building rows."""
        self._rest.stop()

    def sync(self) -> None:
        """Move the bar to where the text is."""
        last = self._last_value()
        total = self._reading.sheet.table.total_weight
        self._bar.blockSignals(True)
        self._bar.setRange(0, last)
        self._bar.setPageStep(max(1, total - last))
        self._bar.setValue(min(last, self._reading.scroller.value))
        self._bar.blockSignals(False)
        self._bar.update()

    def _last_value(self) -> int:
        scroller, table = self._reading.scroller, self._reading.sheet.table
        if self._last is None:
            if not table.complete:
                return max(0, table.total_weight - scroller.page_weight())
            self._last = scroller.last_value()
        return self._last

    def _build_on(self) -> None:
        if not self._reading.sheet.table.build_some(_BLOCKS_A_TICK):
            self._rest.stop()
            self.reset()

    def _on_action(self, action: int) -> None:
        """Scroll by lines and pages in pixels; where the slider was dragged, go there."""
        height = self._reading.scroller.height
        line = self._reading.size * self._reading.setup.leading / 100
        steps = {
            _Action.SliderSingleStepAdd.value: line * 3,
            _Action.SliderSingleStepSub.value: -line * 3,
            _Action.SliderPageStepAdd.value: height - line,
            _Action.SliderPageStepSub.value: line - height,
        }
        if action in steps:
            self._reading.scroll(steps[action])
            self._bar.setSliderPosition(self._reading.scroller.value)
        else:
            self._reading.go_to_value(self._bar.sliderPosition())
        self._moved()
