"""Files that are none, or odd ones: the window says why, and the library stays whole."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.sources import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

Key = Qt.Key
Modifier = Qt.KeyboardModifier
WAIT = 60_000
TABLES = ("originals", "readings", "documents", "tags", "annotations", "history", "history_images")


def rows(app: App) -> tuple[object, ...]:
    return app.reading.document.rows if app.reading.document else ()


def is_whole(app: App) -> bool:
    """Say whether the message has all the height its words need."""
    label = app.parts.messages.label
    return label.height() >= label.heightForWidth(label.width())


# What is no document.


def make_empty(path: Path) -> None:
    path.touch()


def make_binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 20)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_circle(path: Path) -> None:
    path.symlink_to(path)


def make_nothing(_: Path) -> None:
    """Leave the place empty: chosen, and gone when it is read."""


REFUSED = [
    pytest.param(make_empty, "是空文件，没有可读的内容", "is empty", id="empty"),
    pytest.param(make_binary, "不是文本文件。请先转换为", "is not a text file", id="binary"),
    pytest.param(make_pipe, "：这是命名管道。", "it is a named pipe", id="pipe"),
    pytest.param(make_circle, "：链接指向自己", "go round in a circle", id="links"),
    pytest.param(make_nothing, "找不到文件", "no such file", id="nothing"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("make", "chinese", "english"), REFUSED)
def test_what_is_no_document_is_refused_in_the_windows_language(
    add: Callable[..., None],
    start: Callable[..., App],
    tmp_path: Path,
    make: Callable[[Path], None],
    chinese: str,
    english: str,
    language: str,
) -> None:
    app = start(language=language)
    path = tmp_path / "bad.txt"
    make(path)
    add(app, path)
    said = app.parts.messages.text()
    assert str(path) in said
    assert (chinese if language == "zh" else english) in said
    assert app.parts.foot.act.text() == ""
    assert app.parts.foot.state() == "saved"
    assert not app.parts.centre.hairline.is_running()


def test_refusals_leave_the_library_and_the_open_document_as_they_were(
    add: Callable[..., None],
    is_usable: Callable[[App], bool],
    opened: App,
    tmp_path: Path,
    dump: Callable[[App], object],
) -> None:
    before = dump(opened)
    for at, case in enumerate(REFUSED):
        path = tmp_path / f"bad{at}.txt"
        case.values[0](path)  # type: ignore[operator]  # the maker
        add(opened, path)
    assert dump(opened) == before
    assert is_usable(opened)


def test_a_file_that_goes_between_choosing_and_reading_is_not_found(
    add: Callable[..., None], opened: App, tmp_path: Path
) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("转瞬即逝。", encoding="utf-8")
    opened.library.working.connect(lambda _: path.unlink(missing_ok=True))
    add(opened, path)
    assert "找不到文件" in opened.parts.messages.text()


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EACCES, "没有权限读取"), (errno.EIO, "：读写磁盘出错。")]
)
def test_a_file_the_system_refuses_says_why(
    add: Callable[..., None],
    opened: App,
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "open", refuse)
    add(opened, article)
    assert said in opened.parts.messages.text()


def test_a_folder_without_documents_is_said_quietly(
    add: Callable[..., None], opened: App, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    opened.library.add([folder])
    qtbot.waitUntil(lambda: "没有可读的文档" in opened.parts.foot.act.text(), timeout=WAIT)
    assert opened.parts.messages.text() == ""


def test_of_many_files_every_refusal_is_told_and_the_others_come_in(
    add: Callable[..., None], start: Callable[..., App], qtbot: QtBot, tmp_path: Path
) -> None:
    app = start()
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    make_empty(paths[0])
    make_binary(paths[1])
    paths[2].write_text("好文件。天津市。", encoding="utf-8")
    add(app, *paths)
    said = app.parts.messages.text()
    assert said.startswith("2 个文件未能加入：")
    assert "a.txt 是空文件" in said
    assert "b.txt 不是文本文件" in said
    qtbot.waitUntil(lambda: len(app.library.cards) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: is_whole(app), timeout=WAIT)


def test_of_very_many_refusals_the_last_few_are_told_and_the_rest_counted(
    add: Callable[..., None], start: Callable[..., App], tmp_path: Path
) -> None:
    app = start()
    paths = [tmp_path / f"{number}.txt" for number in range(7)]
    for path in paths:
        make_empty(path)
    add(app, *paths)
    lines = app.parts.messages.text().splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("7 个文件未能加入：", 6, "……另有 3 个。")


def test_after_a_refusal_in_the_middle_the_document_before_is_read_on(
    add: Callable[..., None],
    opened: App,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = opened.reading.document
    assert before is not None
    shown = threading.Event()

    def fail(*_: object, **__: object) -> None:
        assert shown.wait(60)
        raise MeipiError(ErrorCode.WORKER_FAILED, path="late.txt", reason="…")

    monkeypatch.setattr("meipi.services.pipeline.prepare", fail)
    path = tmp_path / "late.txt"
    path.write_text("开头看得见，其余读不成。", encoding="utf-8")
    opened.library.add([path])
    qtbot.waitUntil(lambda: opened.reading.document is None, timeout=WAIT)
    shown.set()
    qtbot.waitUntil(lambda: "处理 late.txt 时出错" in opened.parts.messages.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: opened.reading.document is not None, timeout=WAIT)
    assert opened.reading.document.id == before.id


def test_the_message_goes_with_the_next_attempt(
    add: Callable[..., None], opened: App, tmp_path: Path
) -> None:
    make_empty(tmp_path / "empty.txt")
    add(opened, tmp_path / "empty.txt")
    assert opened.parts.messages.text()
    good = tmp_path / "good.txt"
    good.write_text("好文件。天津市。", encoding="utf-8")
    add(opened, good)
    assert opened.parts.messages.text() == ""


def test_a_name_no_line_can_hold_is_shortened_in_the_message_and_whole_in_its_tip(
    add: Callable[..., None], start: Callable[..., App], qtbot: QtBot, tmp_path: Path
) -> None:
    app = start()
    path = tmp_path / ("x" * 250 + ".txt")
    make_empty(path)
    add(app, path)
    bar = app.parts.messages
    assert path.name in bar.text()
    assert path.name in bar.label.toolTip()
    assert "…" in bar.label.text()
    longest = max(bar.label.text().split("/"), key=len)
    assert bar.label.fontMetrics().horizontalAdvance(longest) < bar.label.width()
    qtbot.waitUntil(lambda: is_whole(app), timeout=WAIT)


def test_a_name_too_long_for_the_disk_says_so(
    add: Callable[..., None], start: Callable[..., App], tmp_path: Path
) -> None:
    app = start()
    add(app, tmp_path / ("长" * 300))
    assert "文件名或路径太长" in app.parts.messages.text()


# What is an odd document.


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"two\nlines.txt", "two lines.txt"),
        (b"no\xff\xfeutf8.txt", "no\ufffd\ufffdutf8.txt"),
        (b"red\x1b[31m.txt", "red\ufffd[31m.txt"),
        ("长".encode() * 83 + b".txt", "长" * 83 + ".txt"),
    ],
)
def test_a_file_of_any_name_is_read_and_listed_on_one_line(
    start: Callable[..., App],
    settle: Callable[[App], None],
    tmp_path: Path,
    name: bytes,
    shown: str,
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("12345\n", encoding="utf-8")
    app = start(path)
    settle(app)
    (row,) = app.parts.library.rows.model.rows
    assert shown in f"{row.title} {row.origin}"
    assert "\n" not in row.text


def test_half_surrogates_are_read_counted_and_kept(
    start: Callable[..., App], settle: Callable[[App], None], tmp_path: Path
) -> None:
    path = tmp_path / "halves.txt"
    words = ["天津市召开发布会。", "宝坻区", "介绍情况。"]
    halves = b"\x00\xd8".join(part.encode("utf-16-le") for part in words)
    path.write_bytes(b"\xff\xfe" + halves)
    app = start(path)
    settle(app)
    document = app.reading.document
    assert document is not None
    assert document.text == "\ufffd".join(words)
    assert app.workspace.documents.data(document.id) == path.read_bytes()
    assert app.parts.messages.text() == ""


def test_a_megabyte_without_a_line_break_is_read_paged_searched_and_tagged(
    add: Callable[..., None],
    start: Callable[..., App],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Its entities take the model ten seconds; they are measured elsewhere.
    monkeypatch.setattr("meipi.services.pipeline.find_mentions", lambda *_: ())
    sentence = "天津市召开宝坻区新闻发布会，介绍高质量发展的情况；"
    text = (sentence * (360_000 // len(sentence))).removesuffix("；") + "。京津中关村"
    path = tmp_path / "line.txt"
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size > 1_000_000
    app = start(path)
    qtbot.waitUntil(lambda: app.reading.document is not None, timeout=WAIT)
    reader = app.parts.reader
    QTest.keyClick(reader, Key.Key_PageDown)
    qtbot.waitUntil(lambda: reader.top_offset() > 100, timeout=WAIT)
    app.commands.run("find")
    app.parts.find_bar.field.setText("京津中關村")
    qtbot.waitUntil(lambda: app.parts.find_bar.count.text() == "1/1", timeout=WAIT)
    at = text.index("京津中关村")
    qtbot.waitUntil(lambda: reader.top_offset() > at - 3_000, timeout=WAIT)
    reader.scroll_to(at, select=Span(at, at + 5))
    app.bridge.write(
        app.workspace.annotating.add(app.reading.document.id, reader.selection(), note="末尾")
    )
    qtbot.waitUntil(lambda: len(rows(app)) == 1, timeout=WAIT)
    assert not reader.rect_of(Span(at, at + 5)).isEmpty()


def test_a_document_stays_as_it_was_read_when_its_file_changes(
    add: Callable[..., None], opened: App, qtbot: QtBot, article: Path
) -> None:
    document = opened.reading.document
    assert document is not None
    before = opened.workspace.documents.data(document.id)
    article.write_text("全文另写。北京市。", encoding="utf-8")
    assert opened.workspace.documents.data(document.id) == before
    add(opened, article)
    qtbot.waitUntil(lambda: len(opened.library.cards) == 2, timeout=WAIT)
    assert opened.workspace.documents.reading(document.id).source_text == before.decode()
