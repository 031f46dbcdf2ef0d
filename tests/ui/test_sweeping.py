"""Entities of documents that nobody opened are found when all is quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import EntityName, EntityType

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App


def test_documents_that_nobody_opened_are_searched_one_after_another(
    opened: App, qtbot: QtBot
) -> None:
    documents = opened.workspace.documents
    for number in range(2):
        data = f"第{number}次,宝坻区召开会议。".encode()
        documents.add_bytes(data, name=f"{number}.txt").result()
    opened.sweeper.begin()
    qtbot.waitUntil(lambda: opened.workspace.entities.unsearched() == 0, timeout=60_000)
    opened.workspace.flush()
    assert len(opened.workspace.entities.counts(EntityName(EntityType.LOC, "宝坻区"))) == 3
