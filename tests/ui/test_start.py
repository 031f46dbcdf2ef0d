"""The first paint and what comes behind it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from meipi.services.home import data_folder
from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui.front import Front
from meipi.ui.picture import PictureView, kept_picture, system_look
from meipi.ui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.reader.view import ReaderView

WAIT = 60_000
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


class AfterFirstPaint(QObject):
    """Acts as soon as an object was painted for the first time, before anything else is done."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            watched.event(event)
            self._act()
            return True
        return False


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path, article: Path) -> Iterator[Callable[..., Start]]:
    """Open a window on a library with one document, or on an empty one."""
    started: list[Start] = []

    def begin(*paths: Path, filled: bool = True, **changed: object) -> Start:
        library = tmp_path / "library.meipi"
        if filled:
            with Workspace.open(library, in_process=True) as workspace:
                workspace.documents.add_file(article).result()
        Settings().set_all({"language": "zh", "theme": "light", **changed})
        started.append(Start(library, paths))
        return started[-1]

    yield begin
    for start in started:
        start.front.window.close()
        start.close()
        start.front.window.deleteLater()


def whole(start: Start) -> App:
    assert start.app is not None
    return start.app


def test_the_first_paint_needs_no_library_and_no_model() -> None:
    code = (
        "import sys, meipi.ui.front\n"
        "behind = ('meipi.library', 'meipi.repair', 'meipi.entities', 'meipi.sources',\n"
        "          'meipi.exchange', 'meipi.ui.app', 'meipi.ui.dialogs', 'sqlite3',\n"
        "          'multiprocessing', 'concurrent.futures', 'logging', 'numpy')\n"
        "known = set(sys.modules)\n"
        "print(sorted(known & set(behind) - known_before))"
    )
    before = "import sys, PySide6.QtWidgets\nknown_before = set(sys.modules)\n"
    done = subprocess.run(
        [sys.executable, "-c", before + code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_window_becomes_whole_by_itself(qtbot: QtBot, begin: Callable[..., Start]) -> None:
    start = begin()
    with qtbot.waitSignal(start.built, timeout=WAIT):
        start.begin()
    qtbot.waitUntil(lambda: whole(start).reading.document is not None, timeout=WAIT)
    assert start.front.reader.reading.sheet.text


def test_a_shortcut_right_after_the_first_paint_is_not_lost(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin()
    reader = start.front.reader
    AfterFirstPaint(start.front.window, lambda: QTest.keyClick(reader, Key.Key_F, Control))
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not whole(start).parts.find_bar.isHidden(), timeout=WAIT)


def test_a_key_of_the_text_right_after_the_first_paint_moves_in_the_document(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin()
    reader = start.front.reader
    AfterFirstPaint(start.front.window, lambda: QTest.keyClick(reader, Key.Key_End, Control))
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    text = reader.reading.sheet.text.rstrip()
    qtbot.waitUntil(lambda: reader.selection().end == len(text) > 0, timeout=WAIT)


def test_a_click_right_after_the_first_paint_does_what_the_button_says(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin(filled=False)
    button = start.front.toolbar.theme_button
    left = Qt.MouseButton.LeftButton

    def click() -> None:
        handle = start.front.window.windowHandle()
        QTest.mouseClick(handle, left, pos=button.mapTo(start.front.window, button.rect().center()))

    AfterFirstPaint(start.front.window, click)
    start.begin()
    qtbot.waitUntil(lambda: start.front.appearance.theme.name != "light", timeout=WAIT)


def test_a_window_closed_before_it_is_whole_ends(qtbot: QtBot, begin: Callable[..., Start]) -> None:
    start = begin()
    AfterFirstPaint(start.front.window, start.front.window.close)
    start.begin()
    qtbot.waitUntil(start.front.window.isHidden, timeout=WAIT)
    start.finish()
    assert start.app is None


def painted_first(start: Start) -> tuple[str, list[str], str]:
    """Return what the window shows before anything was read: page, cards, title."""
    front = start.front
    front.window.show()
    glimpse = start.last_seen()
    if glimpse is not None:
        front.show_last(glimpse)
    cards = [row.title for row in front.library.cards]
    return front.reader.reading.sheet.text, cards, front.window.windowTitle()


def read_and_close(qtbot: QtBot, start: Start) -> None:
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: whole(start).reading.document is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: bool(start.front.library.cards), timeout=WAIT)
    start.front.window.close()
    start.close()


def test_the_next_window_is_first_painted_with_what_was_seen_last(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    read_and_close(qtbot, begin())
    text, cards, title = painted_first(begin(filled=False))
    assert "近年来,宝坻区坚持" in text
    assert len(cards) == 1
    assert title.startswith(cards[0])


def test_a_library_that_others_wrote_to_is_not_guessed_at(
    qtbot: QtBot, begin: Callable[..., Start], tmp_path: Path
) -> None:
    read_and_close(qtbot, begin())
    other = tmp_path / "other.txt"
    other.write_text("另一篇文章。\n", encoding="utf-8")
    with Workspace.open(tmp_path / "library.meipi", in_process=True) as workspace:
        workspace.documents.add_file(other).result()
    assert painted_first(begin(filled=False))[:2] == ("", [])


def test_a_glimpse_in_another_language_or_script_is_not_shown(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    read_and_close(qtbot, begin())
    for changed in ({"language": "en"}, {"script": "traditional"}):
        start = begin(filled=False, **changed)
        assert start.last_seen() is None


def test_a_glimpse_that_cannot_be_read_is_left_alone(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    read_and_close(qtbot, begin())
    path = data_folder() / "glimpse.json"
    for broken in ("", "[]", '{"state": []}', path.read_text("utf-8").replace('"page"', '"pages"')):
        path.write_text(broken, encoding="utf-8")
        assert begin(filled=False).last_seen() is None


def test_the_page_seen_first_stays_where_it_is_when_the_document_is_there(
    qtbot: QtBot, begin: Callable[..., Start], tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n".join(f"第{n}段。" + "天津市宝坻区。" * 20 for n in range(300)), "utf-8")
    first = begin(long, filled=False)
    first.begin()
    qtbot.waitUntil(lambda: first.app is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: whole(first).reading.document is not None, timeout=WAIT)
    first.front.reader.put_top(whole(first).reading.document.text.index("第200段"))  # type: ignore[union-attr]
    first.front.window.close()
    first.close()
    second = begin(filled=False)
    with qtbot.waitSignal(second.filled, timeout=WAIT):
        second.begin()
    reader = second.front.reader
    seen = shown_at_top(reader)
    assert seen.startswith("第200段")
    assert len(reader.reading.sheet.text) < 12_000
    qtbot.waitUntil(lambda: len(reader.reading.sheet.text) > 12_000, timeout=WAIT)
    assert shown_at_top(reader) == seen


def shown_at_top(reader: ReaderView) -> str:
    at = reader.top_offset()
    return reader.reading.sheet.text[at : at + 40]


# The picture that stands before the widgets do.


def begin_with_picture(qtbot: QtBot, begin: Callable[..., Start]) -> Start:
    """Read a document, close the window, and return the next start, not begun yet."""
    read_and_close(qtbot, begin())
    return begin(filled=False)


def test_the_picture_shows_to_the_pixel_what_the_widgets_show_then(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin_with_picture(qtbot, begin)
    pictures: list[QImage] = []
    AfterFirstPaint(start.window, lambda: pictures.append(start.window.grab().toImage()))
    with qtbot.waitSignal(start.filled, timeout=WAIT):
        start.begin()
        assert isinstance(start.window.centralWidget(), PictureView)
    start.front.reader.clearFocus()  # a caret blinks
    assert start.front.reader.reading.sheet.text
    assert pictures[0] == start.window.grab().toImage()


def test_no_picture_is_shown_once_settings_or_library_were_changed(
    qtbot: QtBot, begin: Callable[..., Start], tmp_path: Path
) -> None:
    start = begin_with_picture(qtbot, begin)
    assert kept_picture(start.path, system_look()) is not None
    Settings().set("reading_size", 25)
    assert kept_picture(start.path, system_look()) is None


@pytest.mark.parametrize("broken", [b"", b"{}\n", b"\n\n", b"[]\nabc"])
def test_a_picture_that_cannot_be_read_is_left_alone(
    qtbot: QtBot, begin: Callable[..., Start], broken: bytes
) -> None:
    start = begin_with_picture(qtbot, begin)
    path = data_folder() / "glimpse.picture"
    path.write_bytes(broken)
    assert kept_picture(start.path, system_look()) is None


def test_a_picture_that_was_cut_short_is_left_alone(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin_with_picture(qtbot, begin)
    path = data_folder() / "glimpse.picture"
    path.write_bytes(path.read_bytes()[:-4])
    assert kept_picture(start.path, system_look()) is None


def test_a_picture_in_a_window_of_another_size_is_not_shown(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    picture = kept_picture(begin_with_picture(qtbot, begin).path, system_look())
    assert picture is not None
    view = PictureView(picture)
    qtbot.addWidget(view)
    view.resize(900, 600)
    image = view.grab().toImage()
    assert image.pixelColor(300, 30) == image.pixelColor(850, 590)


def test_a_click_on_the_picture_does_what_the_button_under_it_says(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin_with_picture(qtbot, begin)
    left = Qt.MouseButton.LeftButton

    def click() -> None:
        assert isinstance(start.window.centralWidget(), PictureView)
        # Where the button that goes on to the next theme is pictured.
        QTest.mouseClick(start.window.windowHandle(), left, pos=place)

    front = Front(Settings())
    qtbot.addWidget(front.window)
    front.window.show()
    button = front.toolbar.theme_button
    place = button.mapTo(front.window, button.rect().center())
    front.window.hide()
    AfterFirstPaint(start.window, click)
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: start.front.appearance.theme.name != "light", timeout=WAIT)


def test_keys_typed_on_the_picture_come_to_the_text(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin_with_picture(qtbot, begin)

    def press() -> None:
        assert isinstance(start.window.centralWidget(), PictureView)
        QTest.keyClick(start.window.windowHandle(), Key.Key_End, Control)

    AfterFirstPaint(start.window, press)
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    reader = start.front.reader
    text = reader.reading.sheet.text.rstrip()
    qtbot.waitUntil(lambda: reader.selection().end == len(text) > 0, timeout=WAIT)


def test_a_window_closed_while_it_is_a_picture_ends(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin_with_picture(qtbot, begin)
    AfterFirstPaint(start.window, start.window.close)
    start.begin()
    qtbot.waitUntil(start.window.isHidden, timeout=WAIT)
    start.finish()
    assert start.app is None
