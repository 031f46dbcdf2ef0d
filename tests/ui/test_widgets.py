"""Each small widget alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from meipi.ui.models.rows import RowsModel
from meipi.ui.widgets.buttons import IconButton, Segmented
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.elided_label import ElidedLabel
from meipi.ui.widgets.fields import FilterField, SearchField
from meipi.ui.widgets.find_bar import FindBar
from meipi.ui.widgets.hairline import Hairline
from meipi.ui.widgets.icons import _DRAWN, icon
from meipi.ui.widgets.info_card import InfoCard
from meipi.ui.widgets.message_bar import MessageBar
from meipi.ui.widgets.note_editor import NoteEditor
from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.picker import Picker, PickRow
from meipi.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize("name", sorted(_DRAWN))
def test_every_icon_draws_something(name: str) -> None:
    image = icon(name, QColor("black")).pixmap(16, 16).toImage()
    pixels = [image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)]
    assert max(pixels) > 0


# Overlays


def test_a_card_stands_below_what_it_speaks_of(host: QWidget) -> None:
    card = Overlay(host)
    card.resize(200, 100)
    card.setMinimumSize(200, 100)
    card.show_near(QRect(300, 200, 50, 20))
    assert card.geometry().topLeft() == QPoint(300, 226 - 1)


def test_a_card_that_has_no_room_below_stands_above(host: QWidget) -> None:
    card = Overlay(host)
    card.setMinimumSize(200, 100)
    card.show_near(QRect(700, 550, 50, 20))
    assert card.geometry().bottom() < 550
    assert card.geometry().right() <= host.width()


def test_dismissing_says_so_once(host: QWidget, qtbot: QtBot) -> None:
    card = Overlay(host)
    card.show_near(QRect(10, 10, 10, 10))
    with qtbot.waitSignal(card.hidden):
        card.dismiss()
    with qtbot.assertNotEmitted(card.hidden):
        card.dismiss()


# Picker


@pytest.fixture
def picker(host: QWidget) -> Picker:
    shown = Picker(host)
    shown.set_rows([PickRow("a", "招商方式", "zsfs · 1"), PickRow("b", "承接北京", "cjbj")])
    shown.show_near(QRect(10, 10, 10, 10))
    return shown


def test_the_first_row_is_picked_unless_arrows_say_otherwise(picker: Picker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.picked) as first:
        picker.pick_current()
    picker.step(1)
    with qtbot.waitSignal(picker.picked) as second:
        picker.pick_current()
    assert (first.args, second.args) == (["a"], ["b"])


def test_stepping_goes_round_the_ends_of_the_list(picker: Picker) -> None:
    picker.step(-1)
    assert picker.current() == PickRow("b", "承接北京", "cjbj")


def test_keys_in_the_field_move_pick_and_leave(picker: Picker, qtbot: QtBot) -> None:
    picker.field.setFocus()
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picked.args == ["b"]
    with qtbot.waitSignal(picker.left):
        qtbot.keyClick(picker.field, Qt.Key.Key_Escape)


def test_a_click_picks(picker: Picker, qtbot: QtBot) -> None:
    place = picker.list.visualRect(picker.model.index(1)).center()
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == ["b"]


def test_showing_a_picker_leaves_the_keyboard_where_it_is(host: QWidget, qtbot: QtBot) -> None:
    other = FilterField(host)
    other.show()
    other.setFocus()
    shown = Picker(host)
    shown.set_rows([PickRow("a", "招商方式")])
    shown.show_near(QRect(10, 10, 10, 10))
    assert other.hasFocus()


# Fields, bars, buttons


def test_escape_empties_a_filter_and_then_leaves_it(qtbot: QtBot) -> None:
    field = FilterField()
    qtbot.addWidget(field)
    field.setText("bdq")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.escaped):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_a_search_field_keeps_room_for_its_glass(qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    assert field.textMargins().left() >= field.fontMetrics().height()


def test_the_find_bar_steps_by_enter_and_shift_enter(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.open("宝坻")
    steps: list[int] = []
    bar.stepped.connect(steps.append)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]


def test_the_find_bar_closes_by_escape_even_with_words_in_it(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.open("宝坻")
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)


def test_a_message_offers_actions_and_goes_when_one_is_taken(qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    done: list[str] = []
    bar.show_message("磁盘已满", error=True, actions=[("重试", lambda: done.append("重试"))])
    assert bar.text() == "磁盘已满"
    qtbot.mouseClick(bar._actions[0], Qt.MouseButton.LeftButton)
    assert done == ["重试"]
    assert bar.text() == ""


def test_a_hairline_runs_only_while_started(qtbot: QtBot) -> None:
    line = Hairline()
    qtbot.addWidget(line)
    line.start()
    assert line.is_running()
    line.stop()
    assert not line.is_running()


def test_one_segment_is_on_and_only_a_click_says_so(qtbot: QtBot) -> None:
    switch = Segmented(["a", "b"])
    qtbot.addWidget(switch)
    with qtbot.assertNotEmitted(switch.chosen):
        switch.set_current("b")
    assert switch.current() == "b"
    with qtbot.waitSignal(switch.chosen) as chosen:
        qtbot.mouseClick(switch._buttons["a"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["a"]


def test_an_icon_button_grows_with_its_label(qtbot: QtBot) -> None:
    button = IconButton("commands")
    qtbot.addWidget(button)
    alone = button.sizeHint().width()
    button.setText("命令")
    assert button.sizeHint().width() > alone


def test_chips_say_which_of_them_are_on(qtbot: QtBot) -> None:
    chips = Chips([("a", "甲", QColor("red")), ("b", "乙", QColor("blue"))])
    qtbot.addWidget(chips)
    assert chips.chosen() == ("a", "b")
    with qtbot.waitSignal(chips.changed):
        chips.chip("a").click()
    assert chips.chosen() == ("b",)


def test_chips_break_into_lines(qtbot: QtBot) -> None:
    chips = Chips([(str(n), f"标签{n}", QColor("red")) for n in range(12)])
    qtbot.addWidget(chips)
    layout = chips.layout()
    assert layout is not None
    assert layout.heightForWidth(200) > layout.heightForWidth(2000)


def test_a_long_line_is_shortened_and_its_tip_keeps_it_whole(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_text("很长的一行字" * 20)
    assert label.minimumSizeHint().width() < label.sizeHint().width()
    assert label.toolTip() == label.text()


def test_an_empty_list_says_why(qtbot: QtBot) -> None:
    rows = RowList()
    qtbot.addWidget(rows)
    rows.setModel(RowsModel(rows))
    rows.resize(200, 200)
    blank = rows.grab().toImage()
    rows.set_empty_text("没有符合的条目")
    assert rows.grab().toImage() != blank


# Notes and cards


def test_ctrl_enter_saves_a_note_and_escape_does_not(host: QWidget, qtbot: QtBot) -> None:
    editor = NoteEditor(host)
    editor.open_near(QRect(10, 10, 10, 10), title="引文", note="")
    editor.field.setPlainText("  想法\n第二行 ")
    with qtbot.waitSignal(editor.saved) as saved:
        qtbot.keyClick(editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == ["想法\n第二行"]
    editor.open_near(QRect(10, 10, 10, 10), title="引文", note="旧")
    with qtbot.waitSignal(editor.cancelled), qtbot.assertNotEmitted(editor.saved):
        qtbot.keyClick(editor.field, Qt.Key.Key_Escape)


def test_a_card_is_as_wide_as_its_words_and_no_wider_than_readable(host: QWidget) -> None:
    card = InfoCard(host)
    card.set_content(headline="宝坻", kind="地点", lines=())
    short = card.width()
    card.set_content(headline="长" * 200, kind="地点", lines=("行",))
    assert short < card.width() <= host.width()
