"""Decisions on thousands of repairs at once: the window goes on meanwhile."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tests.ui.pauses import Pauses

from meipi.core.decisions import Scope, Verdict
from meipi.ui.garbage import GarbageCollector
from meipi.ui.panels.repairs import DecisionAsked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 100_000
BLOCKED_S = 3.0
"""Nobody would say of so long that the machine was only busy."""
TEXT = "\n".join(f"第{n}次⼤会介绍⼈才政策和⽣活服务⼯作的情况。" for n in range(1_000))


def test_a_whole_channel_is_decided_undone_and_redone_while_the_window_goes_on(
    start: Callable[..., App], settle: Callable[[App], None], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "many.txt"
    path.write_text(TEXT, encoding="utf-8")
    app = start(path)
    settle(app)
    app.parts.show_panel("repairs")
    document = app.reading.document
    assert document is not None
    assert len(document.repairs.proposals) == 4_000
    scope, before = Scope("radicals", document.id), document.text
    collector, pauses = GarbageCollector(), Pauses()
    collector.start()
    collector.follow(app)
    pauses.start()
    asked = DecisionAsked(scope, Verdict.REJECTED)
    acts = (lambda: app.parts.repairs.decision_asked.emit(asked), app.acts.undo, app.acts.redo)
    for act, wanted in zip(acts, (TEXT, before, TEXT), strict=True):
        act()
        qtbot.waitUntil(lambda w=wanted: shown(app) == w, timeout=WAIT)
    longest = pauses.stop()
    collector.stop()
    gc.disable()  # as between all tests of the window
    assert longest < BLOCKED_S
    settle(app)


def shown(app: App) -> str:
    return app.reading.document.text if app.reading.document is not None else ""
