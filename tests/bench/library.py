"""From a tag to the disk, against one bare SQLite transaction as safe; and opening a library."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from tests.bench.measure import Row, seconds

from meipi.core.spans import Span
from meipi.services import demo
from meipi.services.workspace import Workspace


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.meipi"
        with Workspace.open(path) as workspace:
            demo.fill(workspace)
            tagging = seconds(lambda: _tag(workspace), repeat=100)
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
        Row("library: open and close", opening * 1e3, connecting * 1e3, "ms", "sqlite3.connect"),
    ]


def _tag(workspace: Workspace) -> None:
    document = workspace.documents.cards()[0].id
    workspace.annotating.add(document, Span(3, 9), note="眉批").result()


def _connect(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("select count(*) from t").fetchone()
    connection.close()
