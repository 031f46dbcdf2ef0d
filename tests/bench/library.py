"""From a tag to the disk, against one bare SQLite transaction as safe; and opening a library."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.measure import Row, seconds

from meipi.core.spans import Span
from meipi.services import demo
from meipi.services.backups import Keep, Rule
from meipi.services.workspace import Workspace


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.meipi"
        with Workspace.open(path) as workspace:
            demo.fill(workspace)
            tagging = seconds(lambda: _tag(workspace), repeat=100)
            _grow(workspace)
            alone = seconds(lambda: _tag(workspace), repeat=60)
            beside = _while_backing_up(workspace)
        opening = seconds(lambda: Workspace.open(path).close(), repeat=15)
        bare = sqlite3.connect(Path(folder) / "bare.sqlite", isolation_level=None)
        bare.executescript(
            "pragma journal_mode = wal; pragma synchronous = full; create table t (x)"
        )
        rival = seconds(lambda: bare.execute("insert into t values (1)"), repeat=100)
        connecting = seconds(lambda: _connect(Path(folder) / "bare.sqlite"), repeat=15)
        bare.close()
    return [
        Row("library: one tag, until it is on disk", tagging * 1e3, rival * 1e3, "ms", "INSERT"),
        Row(
            "library: one tag, while a backup is made", beside * 1e3, alone * 1e3, "ms", "no backup"
        ),
        Row("library: open and close", opening * 1e3, connecting * 1e3, "ms", "sqlite3.connect"),
    ]


def _tag(workspace: Workspace) -> None:
    document = workspace.documents.cards()[0].id
    workspace.annotating.add(document, Span(3, 9), note="眉批").result()


def _grow(workspace: Workspace) -> None:
    """Make the library large enough for a backup to take its time."""
    chance = random.Random(1)  # noqa: S311 - the same texts each time
    for number in range(60):
        text = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(60_000))
        workspace.documents.add_bytes(text.encode(), name=f"{number}.txt").result()
    workspace.flush()


def _while_backing_up(workspace: Workspace) -> float:
    """Return the median of tagging times while one backup after the other is made."""
    times: list[float] = []
    while len(times) < 60:
        making = workspace.backups.make(Rule(keep=Keep(1, 0, 0)))
        while not making.done():
            begun = time.perf_counter()
            _tag(workspace)
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _connect(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("select count(*) from t").fetchone()
    connection.close()
