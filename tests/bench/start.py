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

PAINTED = """
import sys
from PySide6.QtCore import QTimer
class Painted:
    done = False
    def paintEvent(self, event):
        super().paintEvent(event)
        # What lies in the window is painted before any timer fires.
        if not Painted.done:
            Painted.done = True
            QTimer.singleShot(0, lambda: print("painted", flush=True))
"""
EMPTY = f"""{PAINTED}
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(Painted, QMainWindow): pass
application = QApplication(sys.argv)
window = Window()
window.show()
application.exec()
"""
OURS = f"""{PAINTED}
from meipi.ui import front, start
class Window(Painted, front.MainWindow): pass
front.MainWindow = Window
start.run([])
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
