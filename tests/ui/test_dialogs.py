"""The dialogs: what will happen is shown first; nothing is done without being asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from meipi.core.annotation import Tag
from meipi.core.errors import ErrorCode, LibraryError
from meipi.services.documents import EncodingPreview
from meipi.services.importing import ImportNote, ImportReport
from meipi.services.presets import Preset
from meipi.services.selecting import Choice, Entities
from meipi.ui.dialogs.codebook import CodebookDialog
from meipi.ui.dialogs.encoding import EncodingDialog, encoding_choices
from meipi.ui.dialogs.exporting import ExportDialog, ExportFormat
from meipi.ui.dialogs.importing import ImportDialog
from meipi.ui.dialogs.library_problem import LibraryProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

LABELS = {"utf-8": ("UTF-8", "UTF-8"), "gb18030": ("简体中文", "Chinese"), "big5": ("繁体", "Big5")}
FORMATS = [ExportFormat("jsonl", "JSONL", ".jsonl"), ExportFormat("csv", "CSV", ".csv")]
TAGS = [Tag("a", "产业", shortcut="1"), Tag("b", "投资", color=1)]
WAIT = 60_000


def encoding_dialog(qtbot: QtBot, words: Words) -> EncodingDialog:
    choices = encoding_choices(LABELS, {"gb18030": 0.93, "utf-8": 0.4}, words)
    dialog = EncodingDialog(words, choices, "gb18030")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_likely_encodings_come_first_with_how_sure_it_is(words: Words) -> None:
    choices = encoding_choices(LABELS, {"gb18030": 0.93, "utf-8": 0.4}, words)
    assert [choice.name for choice in choices] == ["gb18030", "utf-8", "big5"]


def test_an_encoding_is_applied_only_after_its_preview(qtbot: QtBot, words: Words) -> None:
    dialog = encoding_dialog(qtbot, words)
    with qtbot.waitSignal(dialog.preview_asked) as asked:
        dialog.choose("big5")
    assert asked.args == ["big5"]
    assert not dialog.apply_button.isEnabled()
    dialog.show_preview(EncodingPreview("big5", "ぱ瞦", 3, exact=4, moved=1, needs_review=2))
    assert dialog.preview.toPlainText() == "ぱ瞦"
    assert "3 处" in dialog.facts.text()
    assert "4 处不变，1 处移动，2 处需要核对" in dialog.facts.text()
    with qtbot.waitSignal(dialog.apply_asked) as applied:
        dialog.apply_button.click()
    assert applied.args == ["big5"]


def test_a_preview_of_another_encoding_comes_too_late(qtbot: QtBot, words: Words) -> None:
    dialog = encoding_dialog(qtbot, words)
    dialog.choose("big5")
    dialog.show_preview(EncodingPreview("utf-8", "晚了", 0, 0, 0, 0))
    assert dialog.preview.toPlainText() == ""
    dialog.show_failure("big5", "按 big5 无法解读")
    assert dialog.error.isVisible()


def export_dialog(qtbot: QtBot, words: Words, theme: Theme) -> ExportDialog:
    dialog = ExportDialog(
        words,
        FORMATS,
        TAGS,
        document=("d", '天津/宝坻:"四个圈"'),
        count=5,
        folder=Path("/tmp"),  # noqa: S108 - nothing is written
        format_name="jsonl",
        theme=theme,
        coders=("甲", "乙"),
        presets=("标注",),
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_an_order_says_which_coders_days_and_entities(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    dialog = export_dialog(qtbot, words, theme)
    assert dialog.order().choice == Choice()
    dialog.fields.coders.chip("甲").click()
    dialog.fields.entities.setCurrentIndex(2)
    dialog.fields.since.setText("2026-03-01")
    dialog.fields.until.setText("三月")
    wanted = Choice(frozenset({"乙"}), Entities.NONE, "2026-03-01")
    assert dialog.order().choice == wanted


def test_a_preset_fills_the_fields_and_can_be_kept(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    dialog = export_dialog(qtbot, words, theme)
    preset = Preset("csv", ("b",), Choice(frozenset({"甲"}), Entities.ACCEPTED, "2026-01-01"))
    dialog.show_preset(preset)
    assert dialog.order().preset == preset
    dialog.presets.setCurrentText("新方案")
    with qtbot.waitSignal(dialog.preset_kept) as kept:
        dialog._keep_preset()
    assert kept.args == ["新方案", preset]


def test_an_export_is_named_after_its_document_until_it_is_named(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    dialog = export_dialog(qtbot, words, theme)
    assert dialog.order().path.name == "天津_宝坻__四个圈_.jsonl"
    dialog.format.setCurrentIndex(1)
    assert dialog.order().path.suffix == ".csv"
    dialog.path.clear()
    qtbot.keyClicks(dialog.path, "/home/mine.txt")
    dialog.format.setCurrentIndex(0)
    assert dialog.order().path.name == "mine.txt"


def test_an_order_says_which_documents_and_tags(qtbot: QtBot, words: Words, theme: Theme) -> None:
    dialog = export_dialog(qtbot, words, theme)
    assert (dialog.order().documents, dialog.order().tags) == (("d",), None)
    with qtbot.waitSignal(dialog.losses_asked):
        dialog.tags.chip("a").click()
    dialog.documents.setCurrentIndex(1)
    assert (dialog.order().documents, dialog.order().tags) == (None, ("b",))


def test_an_import_is_rehearsed_before_it_can_be_made(qtbot: QtBot, words: Words) -> None:
    dialog = ImportDialog(words, Path("/"))
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    assert not dialog.apply_button.isEnabled()
    with qtbot.waitSignal(dialog.rehearsal_asked):
        dialog.take_path("/set.jsonl")
    report = ImportReport(
        documents_added=1,
        annotations_added=3,
        annotations_conflict=1,
        notes=(ImportNote("annotations", "conflict", "天津"),),
    )
    dialog.show_report(Path("/set.jsonl"), report)
    shown = [label.text() for label in dialog._cells]
    assert shown[6:12] == ["文档", "1", "–", "–", "–", "–"]
    assert "天津" in dialog.notes.toPlainText()
    with qtbot.waitSignal(dialog.import_asked):
        dialog.apply_button.click()


def test_an_import_of_nothing_new_cannot_be_made(qtbot: QtBot, words: Words) -> None:
    dialog = ImportDialog(words, Path("/"))
    qtbot.addWidget(dialog)
    dialog.take_path("/set.jsonl")
    dialog.show_report(Path("/set.jsonl"), ImportReport(documents_matched=1))
    assert not dialog.apply_button.isEnabled()
    dialog.show_failure("无法导入")
    assert dialog.error.text() == "无法导入"


def test_a_tag_changed_in_the_codebook_changes_in_the_text(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    opened.bridge.write(opened.workspace.codebook.add("产业"))
    qtbot.waitUntil(lambda: bool(opened.reading.document.tags), timeout=WAIT)  # type: ignore[union-attr]
    opened.commands.run("codebook")
    dialog = opened.dialogs.current
    assert isinstance(dialog, CodebookDialog)
    tag = opened.reading.document.tags[0]  # type: ignore[union-attr]  # it is open
    dialog.tag_changed.emit(tag.id, "color", 4)
    qtbot.waitUntil(
        lambda: opened.reading.document.tags[0].color == 4,  # type: ignore[union-attr]
        timeout=WAIT,
    )
    dialog.tag_changed.emit(tag.id, "name", "")
    qtbot.waitUntil(lambda: bool(dialog.error.text()), timeout=WAIT)
    settle(opened)


def test_the_encoding_dialog_names_the_current_one(qtbot: QtBot, words: Words) -> None:
    dialog = encoding_dialog(qtbot, words)
    assert dialog.chosen == "gb18030"
    assert not dialog.apply_button.isEnabled()


def test_a_library_that_cannot_be_opened_leaves_choices(qtbot: QtBot, words: Words) -> None:
    tried: list[Path | None] = []
    error = LibraryError(ErrorCode.LIBRARY_NOT_SQLITE, path="/x.meipi")
    problem = LibraryProblem(error, words, tried.append)
    qtbot.addWidget(problem)
    problem.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    problem.open()
    assert "未作任何改动" in problem.message.text()
    problem.retry_button.click()
    assert tried == [None]
    assert problem.isHidden()
