"""From the start of the process to the painted window, against an empty PySide6 window.

The library has ten thousand documents, and ours is painted with what was on the screen last: the
cards, the page and its marks, the outline. First that is a picture, then the widgets; without
a picture, as after a crash, the widgets come first. Ours begins as the command does, with
`meipi.__main__`.
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
import sys, time
from PySide6.QtCore import QTimer
def say():
    print("painted", flush=True)
    time.sleep(60)  # until killed: a library that was opened is another
class Painted:
    done = False
    def paintEvent(self, event):
        super().paintEvent(event)
        # What lies in the window is painted before any timer fires.
        if not Painted.done:
            Painted.done = True
            QTimer.singleShot(0, say)
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
{PAINTED}
import sys
import meipi.__main__
from meipi.ui import start
class Window(Painted, start.MainWindow): pass
start.MainWindow = Window
sys.exit(meipi.__main__.main([]))
"""
FILLED = f"""
{PAINTED}
import meipi.__main__
from meipi.ui import start
Painted.done = True  # what is painted before is the picture
class Start(start.Start):
    def begin(self):
        self.filled.connect(self._await)
        super().begin()
    def _await(self):
        Painted.done = False
class Window(Painted, start.MainWindow): pass
start.MainWindow, start.Start = Window, Start
meipi.__main__.main([])
"""
FILL = """
from meipi.services import demo, home
from meipi.services.workspace import Workspace
with Workspace.open(home.default_library()) as workspace:
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
        rows = _rows(environment, {"painted": OURS, "its widgets painted": FILLED})
        (Path(home) / "glimpse.picture").unlink()
        return [*rows, *_rows(environment, {"painted, no picture": OURS})]


def _rows(environment: dict[str, str], programs: dict[str, str]) -> list[Row]:
    """Measure by turns, so that the machine is as busy for each as for the rival."""
    took: dict[str, list[float]] = {name: [] for name in (*programs, "empty")}
    for _ in range(_RUNS + 1):  # the first of each fills the caches
        for name, program in (*programs.items(), ("empty", EMPTY)):
            took[name].append(_painted(program, environment))
    medians = {name: statistics.median(times[1:]) * 1000 for name, times in took.items()}
    empty = medians.pop("empty")
    return [
        Row(f"start: {name}, {_DOCUMENTS:,} documents", ms, empty, "ms", "an empty QMainWindow")
        for name, ms in medians.items()
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
