"""The list model keeps Qt's rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt

from meipi.ui.models.rows import RowRole, RowsModel, row_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True)
class Line:
    text: str


def test_the_model_keeps_qts_rules(qtmodeltester: Any) -> None:
    model = RowsModel()
    qtmodeltester.check(model)
    model.set_rows([Line("甲"), Line("乙")])
    qtmodeltester.check(model)
    model.set_rows([])


def test_a_row_is_held_and_read_aloud() -> None:
    model = RowsModel()
    model.set_rows([Line("甲")])
    index = model.index(0)
    assert row_of(index) == Line("甲")
    assert index.data(int(Qt.ItemDataRole.DisplayRole)) == "甲"
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == "甲"
    assert index.data(int(Qt.ItemDataRole.DecorationRole)) is None
    assert row_of(QModelIndex()) is None


def test_the_same_rows_again_reset_nothing(qtbot: QtBot) -> None:
    model = RowsModel()
    model.set_rows([Line("甲")])
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows([Line("甲")])
    with qtbot.waitSignal(model.modelReset):
        model.set_rows([Line("乙")])


def test_an_index_outside_holds_nothing() -> None:
    model = RowsModel()
    assert model.data(model.createIndex(5, 0), RowRole) is None
