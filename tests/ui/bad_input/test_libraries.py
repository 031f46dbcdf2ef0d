"""Libraries and sets that fail: the window says why, what is safe and what to do."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from meipi.core.errors import ErrorCode, LibraryError, MeipiError
from meipi.core.messages import word
from meipi.core.spans import Span
from meipi.library import writer
from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui import start as application
from meipi.ui.dialogs import library_problem
from meipi.ui.dialogs.library_problem import LibraryProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

Key = Qt.Key
Modifier = Qt.KeyboardModifier
WAIT = 60_000
TABLES = ("originals", "readings", "documents", "tags", "annotations", "history", "history_images")


def rows(app: App) -> tuple[object, ...]:
    return app.reading.document.rows if app.reading.document else ()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


# The library while it is open.


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let libraries grow no further, as on a disk that is full."""
    connect = writer.connect

    def connect_to_full(path: Path, **options: float) -> sqlite3.Connection:
        connection = connect(path, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(writer, "connect", connect_to_full)


@pytest.mark.usefixtures("no_room")
def test_a_full_disk_says_what_is_safe_and_the_next_smaller_act_is_kept(
    add: Callable[..., None],
    start: Callable[..., App],
    qtbot: QtBot,
    tmp_path: Path,
    dump: Callable[[App], object],
) -> None:
    app = start()
    before = dump(app)
    path = tmp_path / "large.txt"
    path.write_text("".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(40_000)), "utf-8")
    add(app, path)
    assert "磁盘已满" in app.parts.messages.text()
    assert "已有内容完好" in app.parts.messages.text()
    assert app.parts.foot.state() == "unsaved"
    assert dump(app) == before
    app.bridge.write(app.workspace.codebook.add("产业"))
    qtbot.waitUntil(lambda: app.parts.foot.state() == "saved", timeout=WAIT)
    assert app.reading.document is None


def test_a_library_locked_by_another_program_says_so_and_goes_on_after(
    add: Callable[..., None],
    is_usable: Callable[[App], bool],
    start: Callable[..., App],
    article: Path,
    settle: Callable[[App], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writer, "connect", impatient(writer.connect))
    app = start(article)
    settle(app)
    document = app.reading.document
    assert document is not None
    with closing(sqlite3.connect(app.workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        app.bridge.write(app.workspace.annotating.add(document.id, Span(0, 2), note="批"))
        qtbot.waitUntil(lambda: "正被另一个程序使用" in app.parts.messages.text(), timeout=WAIT)
        assert app.parts.foot.state() == "unsaved"
        assert rows(app) == ()
        other.execute("ROLLBACK")
    assert is_usable(app)
    assert app.parts.foot.state() == "saved"


def impatient(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    def connect_at_once(path: Path, **options: float) -> sqlite3.Connection:
        return connect(path, **{**options, "patience": 0.05})

    return connect_at_once


def test_a_document_that_cannot_be_unpacked_sends_to_the_doctor(
    start: Callable[..., App], article: Path, settle: Callable[[App], None], qtbot: QtBot
) -> None:
    app = start(article)
    settle(app)
    app.window.close()
    with closing(sqlite3.connect(app.workspace.path)) as connection:
        connection.execute("UPDATE readings SET source_text = x'00112233'")
        connection.commit()
    app = start()
    qtbot.waitUntil(lambda: "meipi doctor" in app.parts.messages.text(), timeout=WAIT)
    assert "已损坏" in app.parts.messages.text()
    assert len(app.library.cards) == 1


def test_settings_that_cannot_be_written_are_said_once_and_the_document_is_read(
    add: Callable[..., None],
    start: Callable[..., App],
    article: Path,
    settle: Callable[[App], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = start()
    refused: list[object] = []

    def refuse(*arguments: object) -> None:
        refused.append(arguments)
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("meipi.services.settings.write_whole", refuse)
    app.library.add([article])
    settle(app)
    qtbot.waitUntil(lambda: "设置未能写入" in app.parts.messages.text(), timeout=WAIT)
    assert "磁盘只读" in app.parts.messages.text()
    app.parts.messages.hide()
    before = len(refused)
    app.commands.run("zoom_in")
    qtbot.waitUntil(lambda: len(refused) > before, timeout=WAIT)
    app.commands.run("zoom_in")
    qtbot.waitUntil(lambda: len(refused) > before + 1, timeout=WAIT)
    assert app.parts.messages.text() == ""


# Export and import.


def test_an_export_onto_a_full_disk_is_said_in_the_dialog_which_stays(
    opened: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, dump: Callable[[App], object]
) -> None:
    before = dump(opened)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("meipi.exchange.writing.os.fsync", refuse)
    opened.commands.run("export")
    qtbot.waitUntil(lambda: opened.dialogs.current is not None, timeout=WAIT)
    dialog = opened.dialogs.current
    dialog.apply_button.click()  # type: ignore[union-attr]  # the export dialog
    qtbot.waitUntil(lambda: "磁盘已满" in dialog.error.text(), timeout=WAIT)  # type: ignore[union-attr]
    assert dialog.isVisible()  # type: ignore[union-attr]
    assert dialog.apply_button.isEnabled()  # type: ignore[union-attr]
    monkeypatch.undo()
    assert dump(opened) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "无法导入"),
        (b'{"format": "meipi", "vers', "第 1 行"),
        (b"\xff\xfe\0\0", "无法导入"),
        (None, "找不到文件"),
    ],
)
def test_a_set_that_cannot_be_imported_says_why_and_changes_nothing(
    opened: App,
    qtbot: QtBot,
    tmp_path: Path,
    dump: Callable[[App], object],
    content: bytes | None,
    said: str,
) -> None:
    before = dump(opened)
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_bytes(content)
    opened.commands.run("import")
    dialog = opened.dialogs.current
    dialog.take_path(str(path))  # type: ignore[union-attr]  # the import dialog
    qtbot.waitUntil(lambda: said in dialog.error.text(), timeout=WAIT)  # type: ignore[union-attr]
    assert not dialog.apply_button.isEnabled()  # type: ignore[union-attr]
    assert dump(opened) == before


def test_an_import_being_prepared_is_left_when_the_window_closes(
    opened: App, tmp_path: Path
) -> None:
    opened.commands.run("import")
    dialog = opened.dialogs.current
    dialog.path.setText(str(tmp_path / "set.jsonl"))  # type: ignore[union-attr]  # the import dialog
    dialog.path.setFocus()  # type: ignore[union-attr]  # as above
    opened.window.close()
    assert opened.dialogs.current is None


# The library before it is open.


def make_text(path: Path) -> None:
    path.write_text("这不是数据库，只是一段文字。" * 50, encoding="utf-8")


def make_newer(path: Path) -> None:
    Workspace.open(path, in_process=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")


def make_damaged(path: Path) -> None:
    Workspace.open(path, in_process=True).close()
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xa5" * (4096 - 100)
    path.write_bytes(data)


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.fixture
def problem(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Callable[..., LibraryProblem]]:
    """Start the program on a library and return the question it asks instead of the window."""
    found: list[LibraryProblem] = []

    def begin(path: Path, language: str) -> LibraryProblem:
        Settings().set("language", language)
        opening = Workspace.open
        monkeypatch.setattr(Workspace, "open", lambda path: opening(path, patience=0.05))
        problems: list[LibraryProblem] = []

        class Kept(LibraryProblem):
            def __init__(self, error: LibraryError, words: object, retry: object) -> None:
                super().__init__(error, words, retry)  # type: ignore[arg-type]  # passed on
                problems.append(self)

        def until_asked(*_: object) -> int:
            qtbot.waitUntil(lambda: bool(problems), timeout=WAIT)
            return 0

        monkeypatch.setattr(library_problem, "LibraryProblem", Kept)
        monkeypatch.setattr(QApplication, "exec", until_asked)
        assert application.run([], library=path) == 0
        found.extend(problems)
        return problems[0]

    yield begin
    for dialog in found:
        dialog.close()


UNUSABLE = [
    pytest.param(make_text, "不是眉批文库，未作任何改动", "is not a Meipi library", id="text"),
    pytest.param(make_newer, "由更新版本的眉批建立", "made by a newer Meipi", id="newer"),
    pytest.param(make_damaged, "已损坏：文件内部结构不完整", "is damaged", id="damaged"),
    pytest.param(make_folder, "：这是文件夹", "it is a folder", id="folder"),
    pytest.param(make_pipe, "：不是普通文件", "not a regular file", id="pipe"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("make", "chinese", "english"), UNUSABLE)
def test_a_library_that_cannot_be_used_is_a_question_and_untouched(
    problem: Callable[..., LibraryProblem],
    tmp_path: Path,
    make: Callable[[Path], None],
    chinese: str,
    english: str,
    language: str,
) -> None:
    path = tmp_path / "library.meipi"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    dialog = problem(path, language)
    said = dialog.message.text()
    assert (chinese if language == "zh" else english) in said
    assert dialog.message.height() >= dialog.message.heightForWidth(dialog.message.width())
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_library_another_program_holds_is_a_question(
    problem: Callable[..., LibraryProblem], tmp_path: Path
) -> None:
    path = tmp_path / "library.meipi"
    Workspace.open(path, in_process=True).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "正被另一个程序使用" in problem(path, "zh").message.text()


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_is_worded_without_a_place_left_open(code: ErrorCode) -> None:
    fields = dict.fromkeys(
        (
            *("path", "reason", "known", "limit", "encoding", "found", "document", "annotation"),
            *("tag", "name", "start", "end", "length", "format", "value"),
            *("type", "coder", "module", "extra", "channel", "number", "attribute", "status"),
            *("label", "subject", "count", "query", "place", "near", "quote"),
            *("column", "row", "address"),
        ),
        "…",
    )
    for language in ("zh", "en"):
        worded = word(MeipiError(code, **fields), language)  # type: ignore[arg-type]  # a literal
        assert "{" not in worded
        assert worded.rstrip().endswith(("。", "."))
    chinese = word(MeipiError(code, **fields), "zh")
    assert not set(",:;") & set(chinese)
