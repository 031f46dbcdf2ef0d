"""Frames while one scrolls twenty megabytes, against a QPlainTextEdit that shows no marks at all.

Processor time: what else the machine does must not decide who wins.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from typing import TYPE_CHECKING

from tests.bench.measure import Row
from tests.bench.reader import WINDOW, new_plain, new_view, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractScrollArea, QApplication

    from meipi.ui.reader.view import ReaderView

_SIZE = 20_000_000
_FRAMES = 400
_FRAME_MS = 1000 / 60
_PLAIN = "QPlainTextEdit, no marks"


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from meipi.ui.reader.content import ReaderContent

    app = QApplication.instance() or QApplication([])
    gc.disable()  # as the window does, which collects by itself
    text = sample(_SIZE)
    view, plain = new_view(), new_plain()
    view.set_document(ReaderContent(text.text, text.structure))
    view.set_entities(text.mentions)
    plain.setPlainText(text.text)
    for widget in (view, plain):
        _show(app, widget)
    rows = [*_scrolled(view, plain), *_changed(view)]
    gc.enable()
    return rows


def _show(app: QApplication, widget: QAbstractScrollArea) -> None:
    widget.resize(*WINDOW)
    widget.show()
    for _ in range(200):
        app.processEvents()


def _scrolled(view: ReaderView, plain: QAbstractScrollArea) -> list[Row]:
    bar = plain.verticalScrollBar()
    page = bar.pageStep()
    ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "page": (
            lambda: view.scroll_pixels(WINDOW[1] - 40),
            lambda: bar.setValue(bar.value() + page),
        ),
        "notch of the wheel": (lambda: view.scroll_pixels(100), lambda: _wheel(plain)),
        "frame of a flick": (lambda: view.scroll_pixels(23), lambda: bar.setValue(bar.value() + 1)),
    }
    rows = []
    for name, (ours, theirs) in ways.items():
        mine, other = _frames(view, ours), _frames(plain, theirs)
        rows += [
            Row(f"scroll 20 MB: {name}, median", _median(mine), _median(other), "ms", _PLAIN),
            Row(f"scroll 20 MB: {name}, 95th percentile", _p95(mine), _p95(other), "ms", _PLAIN),
            Row(f"scroll 20 MB: {name}, in time", _in_time(mine), _in_time(other), "%", _PLAIN),
        ]
    return rows


def _changed(view: ReaderView) -> list[Row]:
    """Measure how long it takes until the visible page is painted otherwise, in frames."""
    from meipi.core.script import Script
    from meipi.ui.theme import Theme

    view.set_script(Script.TRADITIONAL)  # reads the tables
    view.set_script(Script.ORIGINAL)
    width, height = WINDOW
    changes: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "width": (
            lambda: view.resize(width - 60, height),
            lambda: view.resize(width, height),
        ),
        "size": (lambda: view.set_reading_size(21), lambda: view.set_reading_size(19)),
        "theme": (
            lambda: view.set_theme(Theme.load("dark")),
            lambda: view.set_theme(Theme.load("light")),
        ),
        "script": (
            lambda: view.set_script(Script.TRADITIONAL),
            lambda: view.set_script(Script.ORIGINAL),
        ),
    }
    rows = []
    for name, (there, back) in changes.items():
        times = [_painted(view, step) for _ in range(7) for step in (there, back)]
        frames = statistics.median(times) / _FRAME_MS
        rows.append(
            Row(f"20 MB: another {name}, page painted", frames, 2.0, "frames", "two frames")
        )
    return rows


def _wheel(widget: QAbstractScrollArea) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    at = QPointF(200, 200)
    event = QWheelEvent(
        at,
        widget.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget.viewport(), event)


def _frames(widget: QAbstractScrollArea, step: Callable[[], object]) -> list[float]:
    return sorted(_painted(widget, step) for _ in range(_FRAMES))


def _painted(widget: QAbstractScrollArea, work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    widget.viewport().repaint()
    return (time.process_time() - start) * 1000


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def _in_time(times: list[float]) -> float:
    return 100 * sum(frame <= _FRAME_MS for frame in times) / len(times)
