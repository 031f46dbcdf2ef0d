"""The program from its start to its end."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from meipi.ui import start as application
from meipi.ui.demo import render
from meipi.ui.dialogs.library_problem import LibraryProblem

if TYPE_CHECKING:
    from pathlib import Path

WAIT_MS = 100


def when(ready: object, act: object) -> None:
    """Call ``act`` once ``ready`` returns something true."""

    def look() -> None:
        found = ready()  # type: ignore[operator]  # a function
        if found:
            act(found)  # type: ignore[operator]  # a function
        else:
            QTimer.singleShot(WAIT_MS, look)

    QTimer.singleShot(WAIT_MS, look)


def windows(kind: type) -> list[object]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_the_window_opens_on_files_and_ends_with_its_last_window(
    article: Path, tmp_path: Path
) -> None:
    from meipi.ui.main_window import MainWindow

    titles: list[str] = []

    def titled() -> object:
        found = windows(MainWindow)
        return found and "天津宝坻" in found[0].windowTitle() and found[0]  # type: ignore[attr-defined]

    def end(window: MainWindow) -> None:
        titles.append(window.windowTitle())
        window.close()

    when(titled, end)
    assert application.run([article], library=tmp_path / "new.meipi") == 0
    assert titles == ["天津宝坻:聚焦四个“圈” · 眉批"]


def test_a_library_that_is_none_is_left_alone_and_said_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.meipi"
    broken.write_bytes(b"not a library at all" * 100)
    said: list[str] = []

    def end(found: list[LibraryProblem]) -> None:
        said.append(found[0].message.text())
        found[0].quit_button.click()

    when(lambda: windows(LibraryProblem), end)
    assert application.run([], library=broken) == 0
    assert "broken.meipi" in said[0]
    assert broken.read_bytes() == b"not a library at all" * 100


def test_nothing_heavy_is_imported_with_the_window() -> None:
    code = (
        "import sys, meipi.ui.app\n"
        "heavy = {'numpy', 'jieba', 'opencc', 'onnxruntime', 'trafilatura', 'pypinyin'}\n"
        "heavy.add('sqlite_utils')\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.timeout(300)
def test_the_demo_pictures_the_window(tmp_path: Path) -> None:
    paths = render(tmp_path)
    names = {path.stem for path in paths}
    assert {"light", "dark", "sepia", "narrow", "large", "empty", "tag_picker", "find"} <= names
    assert all(path.stat().st_size > 5_000 for path in paths)
