"""From the start of the process to the painted window, against an empty PySide6 window.

The library has ten thousand documents, and ours is painted with what was on the screen last: the
cards, the page and its marks, the outline.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Row

_ROOT = Path(__file__).resolve().parents[2]
_DOCUMENTS = 10_000
_RUNS = 15
_SCREEN = {"name": "bench", "x": 0, "y": 0, "width": 1920, "height": 1080}

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
OURS = f"""
import gc; gc.disable()  # as in meipi.__main__
{PAINTED}
from meipi.ui import front, start
class Window(Painted, front.MainWindow): pass
front.MainWindow = Window
start.run([])
"""
FILL = """
from meipi.services import demo, settings
from meipi.services.workspace import Workspace
with Workspace.open(settings.default_library()) as workspace:
    demo.fill(workspace)
"""
SESSION = """
from PySide6.QtCore import QTimer
from meipi.ui import start
class Start(start.Start):
    def begin(self):
        self.built.connect(self._end)
        super().begin()
    def _end(self, app):
        app.settled.connect(lambda: QTimer.singleShot(1_000, app.window.close))
start.Start = Start
start.run([])
"""


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = _environment(Path(home))
        for program in (FILL, SESSION):
            subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=_ROOT)
        _multiply(Path(home) / "library.meipi")
        subprocess.run([sys.executable, "-c", SESSION], env=environment, check=True, cwd=_ROOT)
        ours, rival = [], []
        for _ in range(_RUNS + 1):  # the first of each fills the caches
            ours.append(_painted(OURS, environment))
            rival.append(_painted(EMPTY, environment))
    return [
        Row(
            f"start: to the painted window, {_DOCUMENTS:,} documents",
            statistics.median(ours[1:]) * 1000,
            statistics.median(rival[1:]) * 1000,
            "ms",
            "an empty QMainWindow",
        )
    ]


def _environment(home: Path) -> dict[str, str]:
    screen = home / "screen.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screen}"
    environment = {**os.environ, "MEIPI_HOME": str(home), "QT_QPA_PLATFORM": platform}
    # As on a person's machine, where Python keeps what it compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("PYTHONPYCACHEPREFIX", str(home / "compiled"))
    return environment


def _multiply(library: Path) -> None:
    """List the documents again and again until there are enough."""
    with sqlite3.connect(library) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(documents)")]
        own = {"id", "sha256"}
        taken = ", ".join(f"{c} || '-' || n" if c in own else c for c in columns)
        known = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        connection.execute(
            f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies "  # noqa: S608
            f"WHERE n < {_DOCUMENTS // known}) "
            f"INSERT INTO documents SELECT {taken} FROM documents, copies"
        )
    connection.close()


def _painted(program: str, environment: dict[str, str]) -> float:
    """Return the seconds until the process says that its window was painted."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed = time.perf_counter() - start
        process.kill()
    if line.strip() != "painted":
        raise RuntimeError(f"the window was never painted: {line!r}")
    return elapsed
