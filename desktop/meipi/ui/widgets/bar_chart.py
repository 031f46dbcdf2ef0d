"""Bars over labels, drawn by pyqtgraph; that is only imported when there is something to draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QMouseEvent, QPixmap

_HEIGHT = 170
_WIDTH = 0.72


def load() -> None:
    """Import what draws charts: a fifth of a second's work, for a thread beside the window."""
    import pyqtgraph  # noqa: F401 - kept by Python


class BarChart(QWidget):
    """Shows numbers over labels; knows nothing of what they count."""

    bar_chosen = Signal(int)
    """The place of a bar that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: Any = None
        self._bars: Sequence[tuple[str, float]] = ()
        self._sideways = False
        self._colors: tuple[QColor, QColor, QColor] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(scaled(self, _HEIGHT))

    @property
    def bars(self) -> Sequence[tuple[str, float]]:
        """Labels and values."""
        return self._bars

    def set_colors(self, *, ground: QColor, ink: QColor, bar: QColor) -> None:
        """Draw in these colours from now on."""
        self._colors = ground, ink, bar
        self._draw()

    def set_bars(self, bars: Sequence[tuple[str, float]], *, sideways: bool = False) -> None:
        """Show ``bars`` side by side, or ``sideways`` under each other, where words are long."""
        self._bars, self._sideways = bars, sideways
        self._draw()

    def picture(self) -> QPixmap:
        """Return the chart as a picture."""
        return self.grab()

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.picture())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.bar_at(event.position())
        if at is not None:
            self.bar_chosen.emit(at)

    def bar_at(self, point: QPointF) -> int | None:
        """Return which bar is at ``point``, or above or beside it."""
        if self._plot is None or not self._bars:
            return None
        inside = self._plot.mapFrom(self, point.toPoint())
        there = self._plot.getViewBox().mapSceneToView(self._plot.mapToScene(inside))
        at = round(there.y() if self._sideways else there.x())
        return at if 0 <= at < len(self._bars) else None

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._write_labels()

    def _draw(self) -> None:
        if self._colors is None or (self._plot is None and not self._bars):
            return
        import pyqtgraph

        plot = self._plot or self._make_plot(pyqtgraph)
        ground, ink, color = self._colors
        plot.setBackground(ground)
        plot.clear()
        values = [value for _, value in self._bars]
        places = list(range(len(values)))
        shape = (
            {"x0": 0, "y": places, "width": values, "height": _WIDTH}
            if self._sideways
            else {"x": places, "height": values, "width": _WIDTH}
        )
        bare = pyqtgraph.mkPen(None)
        plot.addItem(pyqtgraph.BarGraphItem(**shape, brush=color, pen=bare))
        for name in ("left", "bottom"):
            axis = plot.getAxis(name)
            axis.setPen(pyqtgraph.mkPen(ink, width=1))
            axis.setTextPen(ink)
            axis.setStyle(tickFont=self.font(), tickLength=-3)
        self._set_ranges(plot, max(values, default=0), len(values))
        self._write_labels()

    def _set_ranges(self, plot: Any, top: float, count: int) -> None:
        along = (-0.6, max(0.6, count - 0.4))
        up = (0, max(1, top) * 1.06)
        plot.setXRange(*(up if self._sideways else along), padding=0)
        plot.setYRange(*(along if self._sideways else up), padding=0)
        plot.getViewBox().invertY(self._sideways)
        axis, other = ("bottom", "left") if self._sideways else ("left", "bottom")
        plot.getAxis(axis).setTicks([_steps(top)])
        plot.getAxis(other).setTicks([[]])

    def _make_plot(self, pyqtgraph: Any) -> Any:
        plot = pyqtgraph.PlotWidget(self)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.getPlotItem().layout.setContentsMargins(2, 6, 6, 2)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column.addWidget(plot)
        self._plot = plot
        return plot

    def _write_labels(self) -> None:
        """Write as many labels as fit, at even steps."""
        if self._plot is None:
            return
        metrics = self.fontMetrics()
        if self._sideways:
            room, each = self.height() - 30, metrics.height()
        else:
            longest = max((metrics.horizontalAdvance(text) for text, _ in self._bars), default=0)
            room, each = self.width() - 40, longest + 12
        step = max(1, -(-len(self._bars) // max(1, room // max(1, each))))
        ticks = [(at, label) for at, (label, _) in enumerate(self._bars) if at % step == 0]
        self._plot.getAxis("left" if self._sideways else "bottom").setTicks([ticks])


def _steps(most: float) -> list[tuple[float, str]]:
    """Return whole numbers for the axis, three or four of them."""
    top = math.ceil(most)
    if top <= 4:
        return [(value, str(value)) for value in range(top + 1)]
    size = 1
    while top / size > 4:
        size *= 5 if str(size)[0] == "1" and top / (size * 2) > 4 and top / (size * 5) >= 1 else 2
    return [(value, str(value)) for value in range(0, top + 1, size)]
