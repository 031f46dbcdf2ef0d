"""The past and the coders in the window: histories, backups, who codes, who disagrees."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QRect, Qt

from meipi.core.errors import ErrorCode, LibraryError
from meipi.core.spans import Span
from meipi.library.failures import PAGES
from meipi.services.backups import Rule
from meipi.services.workspace import Workspace
from meipi.ui.dialogs.agreement import AgreementDialog
from meipi.ui.dialogs.backups import BackupsDialog
from meipi.ui.dialogs.coders import CodersDialog
from meipi.ui.dialogs.disagreements import DisagreementsDialog
from meipi.ui.dialogs.history import HistoryDialog
from meipi.ui.dialogs.journal import JournalDialog
from meipi.ui.dialogs.library_problem import LibraryProblem
from meipi.ui.dialogs.merging import MergeDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words

WAIT = 60_000


@pytest.fixture
def coded(opened: App) -> App:
    """A document that two coders coded: alike once, otherwise twice."""
    workspace, document = opened.workspace, opened.reading.wanted
    tag = next(iter(workspace.codebook.add("产业").result().tags))
    for coder, places in {"甲": [(0, 4), (15, 20)], "乙": [(0, 4), (15, 22), (30, 33)]}.items():
        workspace.coders.switch(coder)
        for start, end in places:
            workspace.annotating.add(document, Span(start, end), tag=tag).result()
    workspace.flush()
    return opened


def rows(app: App) -> list[str]:
    return [row.coder for row in (app.reading.document.rows if app.reading.document else ())]


def wait_rows(qtbot: QtBot, dialog: object, count: int) -> None:
    qtbot.waitUntil(lambda: len(dialog.texts()) == count, timeout=WAIT)  # type: ignore[attr-defined]


def choose(dialog: object, at: int) -> None:
    listing = dialog.list  # type: ignore[attr-defined]
    listing.setCurrentItem(listing.topLevelItem(at))


def test_one_goes_back_to_an_act_by_its_name_and_forward_again(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("history")
    dialog = cast(HistoryDialog, coded.dialogs.current)
    qtbot.waitUntil(lambda: len(dialog.texts()) > 5, timeout=WAIT)
    assert dialog.texts()[-1][3] == "最初"
    choose(dialog, 3)
    dialog.jump_button.click()
    qtbot.waitUntil(lambda: rows(coded).count("乙") == 0, timeout=WAIT)
    qtbot.waitUntil(lambda: dialog.texts()[3][2] == "现在在这里", timeout=WAIT)
    assert [row[2] for row in dialog.texts()[:3]] == ["已撤销"] * 3
    choose(dialog, 0)
    dialog.jump_button.click()
    qtbot.waitUntil(lambda: rows(coded).count("乙") == 3, timeout=WAIT)


def test_a_moment_is_shown_first_and_then_restored(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("journal")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, JournalDialog), timeout=WAIT)
    dialog = cast(JournalDialog, coded.dialogs.current)
    qtbot.waitUntil(lambda: len(dialog.texts()) > 5, timeout=WAIT)
    choose(dialog, 3)
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=WAIT)
    assert "删 3 条" in dialog.told.text()
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: len(rows(coded)) == 2, timeout=WAIT)
    dialog.coder.setCurrentIndex(dialog.coder.findData("甲"))
    dialog.coder.activated.emit(dialog.coder.currentIndex())
    qtbot.waitUntil(lambda: {row[1] for row in dialog.texts()} == {"甲"}, timeout=WAIT)


def test_the_journal_is_written_as_csv(coded: App, qtbot: QtBot, tmp_path: Path) -> None:
    coded.commands.run("journal")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, JournalDialog), timeout=WAIT)
    dialog = cast(JournalDialog, coded.dialogs.current)
    path = tmp_path / "journal.csv"
    coded.common.past.export_journal(dialog, dialog.wanted(), str(path))
    qtbot.waitUntil(path.exists, timeout=WAIT)
    assert "给“天津宝坻”标上“产业”" in path.read_text(encoding="utf-8-sig")


def test_a_backup_is_made_and_gone_back_to_in_the_window(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("backups")
    dialog = cast(BackupsDialog, coded.dialogs.current)
    dialog.make_button.click()
    wait_rows(qtbot, dialog, 1)
    document = coded.reading.wanted
    coded.workspace.annotating.add(document, Span(40, 44), note="后来").result()
    qtbot.waitUntil(lambda: len(rows(coded)) == 6, timeout=WAIT)
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=WAIT)
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: len(rows(coded)) == 5, timeout=WAIT)
    wait_rows(qtbot, dialog, 2)


def test_the_annotations_of_a_coder_are_hidden_and_shown(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("coders")
    dialog = cast(CodersDialog, coded.dialogs.current)
    wait_rows(qtbot, dialog, 2)
    for state, expected in ((Qt.CheckState.Unchecked, 2), (Qt.CheckState.Checked, 5)):
        item = dialog.list.topLevelItem(0)
        assert item is not None
        item.setCheckState(1, state)
        qtbot.waitUntil(lambda expected=expected: len(rows(coded)) == expected, timeout=WAIT)
    assert coded.settings.get("hidden_coders") == []


def test_a_new_coder_is_at_work_at_once_and_named_at_the_foot(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("coders")
    dialog = cast(CodersDialog, coded.dialogs.current)
    wait_rows(qtbot, dialog, 2)
    dialog.name.setText("丙")
    dialog.add_coder.click()
    qtbot.waitUntil(lambda: coded.workspace.coders.current == "丙", timeout=WAIT)
    qtbot.waitUntil(lambda: "丙" in coded.parts.foot.coder.text(), timeout=WAIT)
    assert coded.settings.get("coder") == "丙"
    dialog.add_coder.click()
    qtbot.waitUntil(lambda: "已有名为 丙" in dialog.error.text(), timeout=WAIT)


def test_figures_lead_to_the_disagreements(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("agreement")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, AgreementDialog), timeout=WAIT)
    dialog = cast(AgreementDialog, coded.dialogs.current)
    wait_rows(qtbot, dialog, 2)
    assert dialog.texts()[0][:3] == ["总体", "3 / 2", "0.400"]
    assert "0.400" in dialog.csv()
    dialog.coders.chip("甲").click()
    qtbot.waitUntil(lambda: "至少要两位" in dialog.told.text(), timeout=WAIT)
    dialog.coders.chip("甲").click()
    wait_rows(qtbot, dialog, 2)
    dialog.walk_button.click()
    assert isinstance(coded.dialogs.current, DisagreementsDialog)


def test_keys_decide_place_by_place_into_a_third_layer(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("disagreements")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, DisagreementsDialog), timeout=WAIT)
    dialog = cast(DisagreementsDialog, coded.dialogs.current)
    wait_rows(qtbot, dialog, 2)
    qtbot.waitUntil(lambda: bool(dialog.passage.toPlainText()), timeout=WAIT)
    qtbot.keyClick(dialog, Qt.Key.Key_4)
    assert "先在上下文里选中文字" in dialog.error.text()
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "还有 1 处" in dialog.told.text(), timeout=WAIT)
    qtbot.keyClick(dialog, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: "还有 0 处" in dialog.told.text(), timeout=WAIT)
    dialog.agreed_button.click()
    qtbot.waitUntil(lambda: rows(coded).count("裁定") == 2, timeout=WAIT)


def test_another_library_is_tried_before_it_is_merged(
    coded: App, qtbot: QtBot, tmp_path: Path
) -> None:
    made = coded.workspace.backups.make(Rule()).result()
    other = tmp_path / "other.meipi"
    shutil.copyfile(made.path, other)
    with Workspace.open(other, in_process=True) as workspace:
        workspace.coders.switch("丙")
        document = workspace.documents.cards()[0].id
        workspace.annotating.add(document, Span(50, 53), note="丙的").result()
    coded.commands.run("merge")
    dialog = cast(MergeDialog, coded.dialogs.current)
    dialog.take_path(str(tmp_path / "nothing.meipi"))
    qtbot.waitUntil(lambda: bool(dialog.error.text()), timeout=WAIT)
    dialog.take_path(str(other))
    qtbot.waitUntil(dialog.apply_button.isEnabled, timeout=WAIT)
    assert [row[1] for row in dialog.texts()][:3] == ["–", "–", "1"]
    dialog.apply_button.click()
    qtbot.waitUntil(lambda: "丙" in rows(coded), timeout=WAIT)


def test_what_another_window_does_is_seen(
    coded: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    settle(coded)
    with Workspace.open(coded.workspace.path, in_process=True) as other:
        other.coders.switch("丙")
        other.annotating.add(coded.reading.wanted, Span(60, 63), note="丙的").result()
    coded.common.minder.listen()
    qtbot.waitUntil(lambda: "丙" in rows(coded), timeout=WAIT)


def test_a_backup_is_made_by_itself_where_one_is_due(coded: App, qtbot: QtBot) -> None:
    coded.common.minder.back_up()
    qtbot.waitUntil(lambda: len(coded.workspace.backups.listed(Rule())) == 1, timeout=WAIT)
    assert coded.workspace.backups.make_if_due(Rule()).result() is None


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library with a backup, whose own pages are gone in part."""
    path = tmp_path / "damaged.meipi"
    with Workspace.open(path, in_process=True) as workspace:
        added = workspace.documents.add_bytes("天津市宝坻区".encode(), name="a.txt").result()
        workspace.annotating.add(added.document, Span(0, 3), note="批").result()
        workspace.backups.make(Rule()).result()
    data = bytearray(path.read_bytes())
    data[4096 * 6 : 4096 * 9] = b"\xa5" * (4096 * 3)
    path.write_bytes(data)
    return path


def problem_of(path: Path, words: Words, qtbot: QtBot, opened: list[Path | None]) -> LibraryProblem:
    error = LibraryError(ErrorCode.LIBRARY_DAMAGED, path=path, reason=PAGES)
    problem = LibraryProblem(error, words, opened.append)
    problem.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(problem)
    problem.open()
    return problem


@pytest.mark.parametrize("way", ["back_button", "save_button"])
def test_a_damaged_library_is_rescued_where_it_cannot_be_opened(
    damaged: Path, words: Words, qtbot: QtBot, way: str
) -> None:
    opened: list[Path | None] = []
    problem = problem_of(damaged, words, qtbot, opened)
    with qtbot.waitSignal(problem.rescue.rescued, timeout=WAIT):
        getattr(problem.rescue, way).click()
    problem.retry_button.click()
    assert opened[0] is not None
    with Workspace.open(opened[0], in_process=True) as workspace:
        assert [one.note for one in workspace.annotating.all()] == ["批"]


def test_the_card_of_an_annotation_says_whose_it_is_and_when(coded: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(rows(coded)) == 5, timeout=WAIT)
    document, card = coded.reading.document, coded.parts.annotation_card
    assert document is not None
    card.show_row(document.rows[0], "天津宝坻", QRect())
    assert re.fullmatch(r"[甲乙] · \d{4}-\d\d-\d\d \d\d:\d\d", card.who.text())


def test_two_coders_stand_side_by_side_and_change_places_with_the_hand(
    coded: App, qtbot: QtBot
) -> None:
    def shown() -> list[set[str]]:
        second = coded.tabs.second
        pages = [coded.reading, *([second.reading] if second is not None else [])]
        return [
            {row.coder for row in (page.document.rows if page.document else ())} for page in pages
        ]

    coded.workspace.coders.switch("甲")
    coded.commands.run("compare")
    qtbot.waitUntil(lambda: shown() == [{"甲"}, {"乙"}], timeout=WAIT)
    coded.commands.run("side_other")
    qtbot.waitUntil(lambda: shown() == [{"乙"}, {"甲"}], timeout=WAIT)
    tag = coded.workspace.codebook.tags()[0].id
    coded.workspace.annotating.add(coded.reading.wanted, Span(60, 63), tag=tag).result()
    qtbot.waitUntil(lambda: sum(len(one) for one in shown()) == 2, timeout=WAIT)
    coded.commands.run("compare")
    qtbot.waitUntil(lambda: shown()[0] == {"甲", "乙"}, timeout=WAIT)
