"""A whole channel of ten thousand repairs decided on in the window, undone and done again.

The rival repairs the text anew, as a program must that does not keep what it proposed. A pause is
the longest time that the window took no key and painted nothing.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Row, seconds
from tests.ui.pauses import Pauses

from meipi.core.decisions import Scope, Verdict
from meipi.repair import repair
from meipi.repair.codepages import read_as_gbk
from meipi.services.settings import Settings
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.app import App

LINES = 2_000
REPEAT = 3
_PATIENCE_S = 120


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    text = _damaged()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.txt"
        path.write_text(text, encoding="utf-8")
        count, times, pauses = _decided(path)
    again = seconds(lambda: repair(text), repeat=REPEAT)
    what = f"deciding: {count} repairs at once"
    rows = [Row(f"{what}, {act}", took, again, "s", "repair anew") for act, took in times.items()]
    return [*rows, *(Row(f"deciding: pause, {a}", p * 1e3, None, "ms") for a, p in pauses.items())]


def _damaged() -> str:
    lines = (
        f"市政府{n}日在第{n % 97}会议室开会，部署今年冬天第{n}项供暖工作，确保室内温度达标。"
        for n in range(LINES)
    )
    return "\n".join(read_as_gbk(line.encode(), lost="?") for line in lines)


def _decided(path: Path) -> tuple[int, dict[str, float], dict[str, float]]:
    """Return how many repairs there are, and by act the time until it shows and the pause."""
    from meipi.ui.app import build
    from meipi.ui.garbage import GarbageCollector
    from meipi.ui.startup import dress, make_application
    from meipi.ui.theme import Theme

    dress(make_application(), Theme.load("light"))
    app = build(Workspace.open(path.with_suffix(".meipi")), Settings())
    app.window.show()
    collector = GarbageCollector()
    collector.start()
    collector.follow(app)
    try:
        app.begin((path,))
        _until(lambda: _is_whole(app))
        return _measured(app)
    finally:
        collector.stop()
        app.window.close()
        app.close()


def _measured(app: App) -> tuple[int, dict[str, float], dict[str, float]]:
    document = app.reading.document
    assert document is not None
    app.parts.show_panel("repairs")
    before = document.text
    repairs = app.workspace.repairs
    scope = Scope("utf8-as-gbk", document.id)
    acts: dict[str, Callable[[], object]] = {
        "rejected": lambda: app.bridge.write(repairs.decide(document.id, scope, Verdict.REJECTED)),
        "undone": app.acts.undo,
        "done again": app.acts.redo,
        "undone again": app.acts.undo,
    }
    times: dict[str, list[float]] = {act: [] for act in acts}
    pauses: dict[str, list[float]] = {act: [] for act in acts}
    for _ in range(REPEAT):
        for name, act in acts.items():
            took, pause = _timed(app, act, before)
            times[name].append(took)
            pauses[name].append(pause)
    medians = {act: statistics.median(taken) for act, taken in times.items()}
    return len(document.repairs.proposals), medians, {a: max(p) for a, p in pauses.items()}


def _timed(app: App, act: Callable[[], object], before: str) -> tuple[float, float]:
    """Return the seconds until the text is another, and the longest pause until all is there."""
    was_before = _shown(app) == before
    pauses, start = Pauses(), time.perf_counter()
    pauses.start()
    act()
    _until(lambda: (_shown(app) == before) != was_before)
    took = time.perf_counter() - start
    _until(lambda: _is_whole(app))
    return took, pauses.stop()


def _shown(app: App) -> str:
    return app.reading.document.text if app.reading.document is not None else ""


def _is_whole(app: App) -> bool:
    document = app.reading.document
    has_entities = document is not None and document.mentions is not None
    return has_entities and not document.provisional and app.parts.foot.state() == "saved"


def _until(condition: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.perf_counter() + _PATIENCE_S
    while not condition():
        if time.perf_counter() > end:
            raise TimeoutError("the window did not come to an end")
        QApplication.processEvents()
        time.sleep(0.0005)
