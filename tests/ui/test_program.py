"""Many files, the clipboard, the file as it came, a report: each by its command."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from meipi.ui.dialogs.refused import RefusedDialog
from meipi.ui.dialogs.report import ReportDialog
from meipi.ui.pasting import content_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

COUNT = 60
PATIENCE = 60_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    paths = [folder / f"{at:03}.txt" for at in range(COUNT)]
    for at, path in enumerate(paths):
        path.write_text(f"第 {at} 篇\n\n河边的老磨坊重新转了起来。", encoding="utf-8")
    return paths


@pytest.fixture
def app(start: Callable[..., App]) -> App:
    return start()


def counted(app: App) -> int:
    return len(app.workspace.documents.cards())


def run(app: App, command: str) -> None:
    app.commands.run(command)


def test_many_files_come_in_with_word_of_how_far_they_are(
    app: App, files: list[Path], qtbot: QtBot
) -> None:
    app.library.add([files[0].parent])
    qtbot.waitUntil(lambda: app.parts.messages.text().startswith("正在加入"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: app.parts.messages.text() == f"已加入 {COUNT} 篇。", timeout=PATIENCE)
    assert counted(app) == COUNT
    qtbot.waitUntil(lambda: len(app.parts.library.cards) == COUNT, timeout=PATIENCE)


def test_stopped_they_are_gone_on_with(app: App, files: list[Path], qtbot: QtBot) -> None:
    app.library.add([files[0].parent])
    qtbot.waitUntil(lambda: counted(app) > 2, timeout=PATIENCE)
    run(app, "arriving_stop")
    qtbot.waitUntil(lambda: "没有加入" in app.parts.messages.text(), timeout=PATIENCE)
    assert counted(app) < COUNT
    run(app, "arriving_resume")
    qtbot.waitUntil(lambda: counted(app) == COUNT, timeout=PATIENCE)


def test_what_failed_is_listed_with_its_reason_and_tried_again(
    app: App, files: list[Path], qtbot: QtBot
) -> None:
    files[5].write_bytes(b"")
    app.library.add([files[0].parent])
    qtbot.waitUntil(lambda: "没能加入" in app.parts.messages.text(), timeout=PATIENCE)
    run(app, "arriving_refused")
    dialog = app.dialogs.current
    assert isinstance(dialog, RefusedDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=PATIENCE)
    assert "005.txt" in dialog.list.item(0).text()
    files[5].write_text("有了内容。", encoding="utf-8")
    dialog.retry_button.click()
    qtbot.waitUntil(lambda: counted(app) == COUNT, timeout=PATIENCE)


def test_words_copied_elsewhere_become_a_document(app: App, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("磨坊的事\n\n河边的老磨坊重新转了起来。")
    run(app, "paste")
    qtbot.waitUntil(lambda: app.reading.document is not None, timeout=PATIENCE)
    opened = app.reading.document
    assert opened is not None
    assert "老磨坊" in opened.reading.repaired.text
    assert opened.reading.document.name.startswith("剪贴板 ")


def test_a_page_copied_keeps_its_list(app: App, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setHtml("<h2>用料</h2><p>修水轮要用的东西如下。</p><ul><li>松木</li><li>铁钉</li></ul>")
    QGuiApplication.clipboard().setMimeData(mime)
    run(app, "paste")
    qtbot.waitUntil(lambda: app.reading.document is not None, timeout=PATIENCE)
    opened = app.reading.document
    assert opened is not None
    assert "- 松木\n- 铁钉" in opened.reading.repaired.text


def test_files_copied_in_a_file_manager_come_in(app: App, files: list[Path], qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files[0]))])
    QGuiApplication.clipboard().setMimeData(mime)
    run(app, "paste")
    qtbot.waitUntil(lambda: counted(app) == 1, timeout=PATIENCE)


def test_a_clipboard_without_text_says_so(app: App) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    run(app, "paste")
    assert app.parts.foot.act.text() == "剪贴板里没有可读的文字"
    assert counted(app) == 0


def test_styled_words_without_structure_are_plain_text() -> None:
    mime = QMimeData()
    mime.setHtml("<b>粗</b>体")
    mime.setText("粗体")
    assert content_of(mime) == ("粗体".encode(), ".txt")


def test_the_file_is_saved_as_it_came(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    data = "河边的老磨坊重新转了起来。\r\n".encode("gb18030")
    (tmp_path / "a.txt").write_bytes(data)
    app.library.add([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: app.reading.document is not None, timeout=PATIENCE)
    assert app.reading.document is not None
    app.program.originals.write(app.reading.document.id, tmp_path / "out.txt")
    qtbot.waitUntil((tmp_path / "out.txt").exists, timeout=PATIENCE)
    assert (tmp_path / "out.txt").read_bytes() == data


def test_a_place_that_cannot_be_written_to_is_said(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "a.txt").write_text("老磨坊。", encoding="utf-8")
    app.library.add([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: app.reading.document is not None, timeout=PATIENCE)
    assert app.reading.document is not None
    app.program.originals.write(app.reading.document.id, tmp_path / "none" / "out.txt")
    qtbot.waitUntil(lambda: "out.txt" in app.parts.messages.text(), timeout=PATIENCE)


def test_a_report_is_shown_before_it_is_saved(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    run(app, "report")
    dialog = app.dialogs.current
    assert isinstance(dialog, ReportDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=PATIENCE)
    shown = dialog.shown.toPlainText()
    assert "screen: " in shown
    app.program.reporter.save(dialog._files, tmp_path / "report.zip")
    qtbot.waitUntil((tmp_path / "report.zip").exists, timeout=PATIENCE)
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name).decode() in shown
