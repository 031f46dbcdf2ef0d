"""The codebook in the window: tags chosen, written, moved, merged, split and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from meipi.core.annotation import Tag
from meipi.core.spans import Span
from meipi.ui.dialogs.codebook import CodebookDialog
from meipi.ui.dialogs.codebook_choice import TagChoice
from meipi.ui.dialogs.codebook_split import SplitDialog
from meipi.ui.dialogs.importing import ImportDialog
from meipi.ui.presenters.codebook import tag_rows
from meipi.ui.widgets.moving_tree import TreeMove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

WAIT = 60_000
Where = QAbstractItemView.DropIndicatorPosition
TAGS = (
    Tag("a", "产业", 1, "1"),
    Tag("b", "制造", 2, parent="a", position=1),
    Tag("c", "服务", 3, parent="a", position=2),
    Tag("d", "民生", 4, position=3),
)


@pytest.fixture
def dialog(qtbot: QtBot, words: Words, theme: Theme) -> CodebookDialog:
    made = CodebookDialog(words, theme)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show_tags(TAGS, {"a": 3, "b": 4}, {"d": 2})
    made.show()
    return made


def names(app: App) -> list[tuple[str, str | None]]:
    tags = app.workspace.codebook.tags()
    by_id = {tag.id: tag.name for tag in tags}
    return [(tag.name, by_id.get(tag.parent or "")) for tag in tags]


def test_rows_count_what_is_below_and_keep_what_stands_above_a_find() -> None:
    rows = tag_rows(TAGS, {"a": 3, "b": 4}, {"d": 2})
    assert [(row.tag.id, row.uses, row.uses_below) for row in rows][:2] == [
        ("a", 3, 7),
        ("b", 4, 4),
    ]
    assert [row.tag.name for row in tag_rows(TAGS, {}, {}, "zz")] == ["产业", "制造"]
    assert [row.tag.name for row in tag_rows(TAGS, {}, {}, "zhizao")] == ["产业", "制造"]
    assert rows[1].path == "产业 > 制造"


def test_a_field_left_asks_for_the_change(dialog: CodebookDialog, qtbot: QtBot) -> None:
    dialog.tree.choose("b")
    assert dialog.form.name.text() == "制造"
    dialog.form.texts["include"].setPlainText("提到工厂")
    with qtbot.waitSignal(dialog.tag_changed) as changed:
        dialog.form.texts["include"].left.emit()
    assert changed.args == ["b", "include", "提到工厂"]


def test_what_is_written_when_the_codebook_closes_is_kept(
    dialog: CodebookDialog, qtbot: QtBot
) -> None:
    dialog.tree.choose("d")
    dialog.form.texts["definition"].setPlainText("百姓的事")
    with qtbot.waitSignal(dialog.tag_changed) as changed:
        dialog.reject()
    assert changed.args == ["d", "definition", "百姓的事"]


def test_an_answer_does_not_write_over_the_field_in_hand(dialog: CodebookDialog) -> None:
    dialog.tree.choose("d")
    field = dialog.form.texts["definition"]
    field.setFocus()
    QTest.keyClicks(field, "abc")
    dialog.show_tags(TAGS, {}, {})
    assert field.toPlainText() == ("abc" if field.hasFocus() else "")


def test_keys_move_a_tag_one_step(dialog: CodebookDialog, qtbot: QtBot) -> None:
    dialog.tree.choose("c")
    for way, wanted in (
        ("up", TreeMove(("c",), "a", "b")),
        ("out", TreeMove(("c",), None, "d")),
        ("in", TreeMove(("c",), "b", None)),
    ):
        with qtbot.waitSignal(dialog.tags_moved) as moved:
            dialog.arrows[way].click()
        assert moved.args == [wanted]
    assert not dialog.arrows["down"].isEnabled()


@pytest.mark.parametrize(
    ("target", "where", "wanted"),
    [
        ("a", Where.OnItem, TreeMove(("d",), "a")),
        ("c", Where.AboveItem, TreeMove(("d",), "a", "c")),
        ("b", Where.BelowItem, TreeMove(("d",), "a", "c")),
        ("a", Where.BelowItem, TreeMove(("d",), "a", "b")),
        ("c", Where.BelowItem, TreeMove(("d",), "a", None)),
        (None, Where.OnViewport, TreeMove(("d",), None)),
    ],
)
def test_a_drop_lands_where_the_indicator_shows(
    dialog: CodebookDialog, target: str | None, where: Where, wanted: TreeMove
) -> None:
    dialog.tree.choose("d")
    item = dialog.tree._items[target] if target is not None else None
    assert dialog.tree.place_of_drop(item, where) == wanted


def test_several_tags_can_be_recoloured_merged_and_deleted_but_not_written(
    dialog: CodebookDialog, qtbot: QtBot
) -> None:
    dialog.tree.choose("b")
    dialog.tree._items["d"].setSelected(True)
    assert not dialog.form.name.isEnabled()
    assert not dialog.buttons["split"].isEnabled()
    with qtbot.waitSignal(dialog.tags_deleted) as deleted:
        dialog.buttons["delete_below"].click()
    assert deleted.args == [["b", "d"], True]
    with qtbot.waitSignal(dialog.merge_asked) as merged:
        dialog.buttons["merge"].click()
    assert merged.args == [["b", "d"]]
    with qtbot.waitSignal(dialog.tags_recolored) as colored:
        dialog.form.color_chosen.emit(5)
    assert colored.args == [["b", "d"], 5]


def test_what_was_folded_and_chosen_stays_so(dialog: CodebookDialog) -> None:
    dialog.tree.choose("d")
    dialog.tree._items["a"].setExpanded(False)
    dialog.show_tags(TAGS, {}, {})
    assert not dialog.tree._items["a"].isExpanded()
    assert dialog.chosen() == ["d"]


def opened_codebook(app: App, qtbot: QtBot) -> CodebookDialog:
    app.commands.run("codebook")
    dialog = app.dialogs.current
    assert isinstance(dialog, CodebookDialog)
    count = len(app.workspace.codebook.tags())
    qtbot.waitUntil(lambda: len(dialog.tree._items) == count, timeout=WAIT)
    return dialog


@pytest.fixture
def tagged(opened: App, qtbot: QtBot) -> dict[str, str]:
    """Two tags, the first on two passages of the open document."""
    codebook = opened.workspace.codebook
    tags = {name: next(iter(codebook.add(name).result().tags)) for name in ("产业", "民生")}
    assert opened.reading.document is not None
    for at in (0, 6):
        opened.workspace.annotating.add(
            opened.reading.document.id, Span(at, at + 2), tag=tags["产业"]
        ).result()
    qtbot.waitUntil(lambda: len(opened.reading.document.rows) == 2, timeout=WAIT)
    return tags


def test_a_tag_moves_below_another_by_key_and_undo_brings_it_back(
    opened: App, tagged: dict[str, str], qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_codebook(opened, qtbot)
    dialog.tree.choose(tagged["民生"])
    QTest.keyClick(dialog.tree, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(opened)[-1] == ("民生", "产业"), timeout=WAIT)
    opened.dialogs.close()
    opened.workspace.history.undo().result()
    assert names(opened)[-1] == ("民生", None)
    settle(opened)


def test_a_tag_dropped_below_itself_is_refused_in_words(
    opened: App, tagged: dict[str, str], qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    opened.workspace.codebook.move([tagged["民生"]], tagged["产业"]).result()
    dialog = opened_codebook(opened, qtbot)
    dialog.tags_moved.emit(TreeMove((tagged["产业"],), tagged["民生"]))
    qtbot.waitUntil(lambda: "不能放在自己的下级里" in dialog.error.text(), timeout=WAIT)
    assert names(opened) == [("产业", None), ("民生", "产业")]
    settle(opened)


def test_a_second_tag_of_a_name_is_refused_in_words(
    opened: App, tagged: dict[str, str], qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_codebook(opened, qtbot)
    dialog.tree.renamed.emit(tagged["民生"], " 产业 ")
    qtbot.waitUntil(lambda: "此处已有标签“产业”" in dialog.error.text(), timeout=WAIT)
    assert [name for name, _ in names(opened)] == ["产业", "民生"]
    settle(opened)


def test_two_tags_become_one(
    opened: App, tagged: dict[str, str], qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_codebook(opened, qtbot)
    dialog.tree.choose(tagged["产业"])
    dialog.buttons["merge"].click()
    (choice,) = dialog.findChildren(TagChoice)
    choice.apply_button.click()
    qtbot.waitUntil(lambda: names(opened) == [("民生", None)], timeout=WAIT)
    assert opened.workspace.codebook.counts() == {tagged["民生"]: 2}
    settle(opened)


def test_the_ticked_passages_go_to_a_new_tag(
    opened: App, tagged: dict[str, str], qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_codebook(opened, qtbot)
    dialog.tree.choose(tagged["产业"])
    dialog.buttons["split"].click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(SplitDialog)), timeout=WAIT)
    (split,) = dialog.findChildren(SplitDialog)
    assert split.list.count() == 2
    assert not split.apply_button.isEnabled()
    split.list.item(1).setCheckState(Qt.CheckState.Checked)
    split.name.setText("民生")
    split.apply_button.click()
    qtbot.waitUntil(lambda: "此处已有标签" in split.error.text(), timeout=WAIT)
    split.name.setText("园区")
    split.apply_button.click()
    qtbot.waitUntil(lambda: len(opened.workspace.codebook.tags()) == 3, timeout=WAIT)
    assert sorted(opened.workspace.codebook.counts().values()) == [1, 1]
    settle(opened)


def test_a_codebook_goes_out_and_its_import_is_rehearsed(
    opened: App,
    tagged: dict[str, str],
    qtbot: QtBot,
    tmp_path: Path,
    settle: Callable[[App], None],
) -> None:
    for suffix in ("qdc", "csv"):
        dialog = opened_codebook(opened, qtbot)
        path = tmp_path / f"book.{suffix}"
        dialog.export_asked.emit(str(path))
        qtbot.waitUntil(path.exists, timeout=WAIT)
        assert "产业" in path.read_text(encoding="utf-8")
        opened.workspace.codebook.update(tagged["产业"], definition="").result()
        dialog.import_asked.emit(str(path))
        assert isinstance(opened.dialogs.current, ImportDialog)
        importing = opened.dialogs.current
        qtbot.waitUntil(lambda d=importing: "已有全部内容" in d.hint.text(), timeout=WAIT)
    settle(opened)


def test_a_file_that_is_no_codebook_is_refused_in_words(
    opened: App, qtbot: QtBot, tmp_path: Path, settle: Callable[[App], None]
) -> None:
    path = tmp_path / "book.qdc"
    path.write_text("<!DOCTYPE a><CodeBook/>", encoding="utf-8")
    dialog = opened_codebook(opened, qtbot)
    dialog.import_asked.emit(str(path))
    importing = opened.dialogs.current
    assert isinstance(importing, ImportDialog)
    qtbot.waitUntil(lambda: "为安全起见不读取" in importing.error.text(), timeout=WAIT)
    settle(opened)
