"""From the start of the process to the first painted window, against an empty PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Row

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
application = QApplication(sys.argv)
window = Window()
window.show()
application.exec()
"""

OURS = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow
from meipi.ui import app, startup
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print("painted", flush=True)
        return False
application = startup.make_application()
watch = Watch()
application.installEventFilter(watch)
app.run([])
"""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "MEIPI_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        # As on a person's machine, where Python keeps what it compiled.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        fill = "from pathlib import Path; from meipi.services.workspace import Workspace; "
        fill += "from meipi.services import demo, settings; "
        fill += "w = Workspace.open(settings.default_library()); demo.fill(w); w.close()"
        subprocess.run([sys.executable, "-c", fill], env=environment, check=True)
        ours, rival = [], []
        for _ in range(7):
            ours.append(_painted(OURS, environment))
            rival.append(_painted(EMPTY, environment))
    return [
        Row(
            "start: to the first painted window, five documents",
            statistics.median(ours[1:]) * 1000,
            statistics.median(rival[1:]) * 1000,
            "ms",
            "an empty QMainWindow",
        )
    ]


def _painted(program: str, environment: dict[str, str]) -> float:
    """Return the seconds until the process says that its window was painted."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - start
        process.kill()
    if line.strip() != "painted":
        raise RuntimeError(f"the window was never painted: {line!r}")
    return elapsed
