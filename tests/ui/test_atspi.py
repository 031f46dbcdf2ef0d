"""What a client of AT-SPI is told by the window, on a screen of its own.

Needs Xvfb, dbus-daemon and at-spi2-core; `packaging/system_libraries.sh` installs them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
LAUNCHER = next((path for path in LAUNCHERS if Path(path).exists()), "")
MISSING = [name for name in ("Xvfb", "dbus-daemon") if shutil.which(name) is None]
MISSING += [] if LAUNCHER else ["at-spi-bus-launcher"]
pytestmark = [
    pytest.mark.skipif(
        bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (packaging/system_libraries.sh)"
    ),
]

TEXT = """天津宝坻:聚焦四个“圈”
人民网天津8月17日电 (记者陶建)8月17日,天津市召开宝坻区新闻发布会。会议介绍了发展情况。

聚焦“产业圈”

近年来,宝坻区坚持把产业体系纳入协同发展版图,𠮷祥物在其中,积极引入中交等一批央企三级公司。
""" + "".join(f"\n第{at}段说明今年以来新签约落地项目的进展情况。\n" for at in range(200))


class Screen:
    """A window on a virtual screen, and the client that reads it."""

    def __init__(self, folder: Path) -> None:
        from tests.ui.atspi_client import Listener

        self._processes: list[subprocess.Popen[str]] = []
        self._environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "MEIPI_HOME": str(folder)}
        self._environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LANG": "C.UTF-8"}
        self._environment["XDG_RUNTIME_DIR"] = str(folder)
        display = self._start("Xvfb", "-displayfd", "1", "-screen", "0", "1500x1000x24")
        self._environment["DISPLAY"] = ":" + _line(display)
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        session = self._environment["DBUS_SESSION_BUS_ADDRESS"] = _line(bus)
        self._start(LAUNCHER, "--launch-immediately")
        path = folder / "article.txt"
        path.write_text(TEXT, encoding="utf-8")
        self._window = self._start(
            sys.executable, "-m", "tests.ui.atspi_window", str(folder), str(path)
        )
        self._session = session
        self.listener = Listener(session)
        self._find()
        self.listener.wait(lambda: self.reader.get("Text", "CharacterCount") > 100)

    def _find(self) -> None:
        program = self.program = self.listener.program("meipi")
        self.reader = self.listener.find(lambda: program, "text", "正文")

    def listen(self) -> None:
        """Begin anew, as another screen reader."""
        from tests.ui.atspi_client import Listener

        self.listener.close()
        self.listener = Listener(self._session)
        self._find()

    def do(self, order: str) -> None:
        """Do what a reader does, and wait until it is done."""
        assert self._window.stdin is not None
        self._window.stdin.write(f"{order}\n")
        self._window.stdin.flush()
        assert _line(self._window) == "done"

    def close(self) -> None:
        """End everything, the window first."""
        self.listener.close()
        self.do("quit")
        assert self._window.wait(30) == 0
        for process in reversed(self._processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
            process.stdout.close()

    def _start(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=self._environment,
            cwd=Path(__file__).parents[2],
        )
        self._processes.append(process)
        return process


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    screen = Screen(tmp_path_factory.mktemp("atspi"))
    yield screen
    screen.close()


@pytest.fixture
def reader(screen: Screen) -> Any:
    screen.listen()
    return screen.reader


def test_all_of_the_text_is_read_by_offset(reader: Any) -> None:
    assert reader.text(0, 4) == "天津宝坻"
    assert reader.text(0, -1) == TEXT
    assert reader.get("Text", "CharacterCount") == len(TEXT) + 1  # one is counted as two by Qt


def test_units_are_read_around_a_place_far_below_the_window(reader: Any) -> None:
    from tests.ui.atspi_client import CHARACTER, LINE, PARAGRAPH, SENTENCE

    at = TEXT.index("召开")
    assert reader.string_at(at, CHARACTER)[0] == "召"
    assert reader.string_at(at, SENTENCE)[0].endswith("天津市召开宝坻区新闻发布会。")
    far = TEXT.index("第180段") + 1
    for unit in (LINE, PARAGRAPH):
        text, start, _ = reader.string_at(far, unit)
        assert text.strip() == "第180段说明今年以来新签约落地项目的进展情况。"
        assert reader.text(start, start + 5) == "第180段"


def test_paragraphs_follow_one_another_to_the_end(reader: Any) -> None:
    from tests.ui.atspi_client import PARAGRAPH

    at, read, count = 0, "", reader.get("Text", "CharacterCount")
    while at < count:
        text, start, end = reader.string_at(at, PARAGRAPH)
        assert start == at
        assert end > start
        read, at = read + text, end
    assert read == TEXT


def lies_at(reader: Any, at: int) -> str:
    """Put the caret at a place and return what is said to lie there."""
    reader.call("Text", "SetCaretOffset", "i", at)
    return str(reader.get("Accessible", "Description"))


def test_a_heading_an_entity_and_a_plain_place_are_described(screen: Screen, reader: Any) -> None:
    heading = TEXT.index("聚焦“产业圈”")
    assert "级标题" in lies_at(reader, heading)
    assert reader.call("Accessible", "GetAttributes")["level"] in {"1", "2", "3"}
    person = TEXT.index("陶建")
    screen.listener.wait(lambda: lies_at(reader, person) == "人物“陶建”")
    assert lies_at(reader, TEXT.index("召开")) == ""
    assert "level" not in reader.call("Accessible", "GetAttributes")


def test_what_the_caret_comes_to_is_told(screen: Screen, reader: Any) -> None:
    at = TEXT.index("聚焦“产业圈”")
    screen.do("select 40 40")
    screen.listener.forget()
    screen.do(f"select {at} {at}")
    told = screen.listener.hear("PropertyChange", lambda body: body[0] == "accessible-description")
    assert "级标题" in str(told[3])


def test_the_caret_moves_are_told(screen: Screen, reader: Any) -> None:
    screen.do("select 5 5")
    screen.listener.hear("TextCaretMoved", lambda body: body[1] == 5)
    screen.do("keys Right")
    screen.listener.hear("TextCaretMoved", lambda body: body[1] == 6)
    assert reader.get("Text", "CaretOffset") == 6


def test_the_selection_is_told_and_can_be_made(screen: Screen, reader: Any) -> None:
    screen.do("select 2 4")
    screen.listener.hear("TextSelectionChanged", lambda _: True)
    screen.do("select 0 4")
    screen.listener.hear("Announcement", lambda body: "已选 4 字：天津宝坻" in str(body[3]))
    reader.call("Text", "SetSelection", "iii", 0, 0, 2)
    screen.listener.hear("Announcement", lambda body: "已选 2 字：天津" in str(body[3]))


def test_the_caret_can_be_put_somewhere(reader: Any) -> None:
    assert reader.call("Text", "SetCaretOffset", "i", 9)
    assert reader.get("Text", "CaretOffset") == 9


def test_a_character_beyond_the_basic_plane_is_one_that_qt_counts_as_two(reader: Any) -> None:
    at = TEXT.index("𠮷")
    assert reader.text(at, at + 2) == "𠮷"
    assert reader.text(at + 2, at + 4) == "祥物"


def test_characters_have_places_on_the_screen(reader: Any) -> None:
    first, second = reader.extents(0), reader.extents(1)
    assert first[2] > 5
    assert second[0] >= first[0] + first[2] - 2
    assert second[1] == first[1]


def is_act(body: tuple[Any, ...]) -> bool:
    """Say whether it is what was done, and not what was selected."""
    return "天津宝坻" in str(body[3]) and "已选" not in str(body[3])


def test_a_tag_is_announced_and_then_lies_on_its_words(screen: Screen, reader: Any) -> None:
    screen.do("select 0 4")
    screen.do("keys 1")
    screen.listener.hear("Announcement", is_act)
    screen.listener.wait(lambda: "批注“疑问”" in lies_at(reader, 1))
    assert "批注" not in lies_at(reader, 5)


def test_the_card_in_the_margin_is_said_when_the_caret_enters_its_words(
    screen: Screen, reader: Any
) -> None:
    screen.listener.wait(lambda: "批注“疑问”" in lies_at(reader, 1))
    screen.do("select 9 9")
    screen.listener.forget()
    screen.do("select 1 1")
    screen.listener.hear("Announcement", lambda body: "批注，疑问" in str(body[3]))


def test_lists_fields_and_buttons_have_names(screen: Screen) -> None:
    roles = {
        "list",
        "text",
        "push button",
        "check box",
        "combo box",
        "toggle button",
        "radio button",
    }
    shown = 25  # the state "showing"
    nameless = [
        (thing.role, thing.path)
        for thing in screen.program.walk()
        if thing.role in roles
        and thing.call("Accessible", "GetState")[0] >> shown & 1
        and not thing.name
    ]
    assert nameless == []


def test_rows_of_the_lists_are_read(screen: Screen) -> None:
    library = screen.listener.find(lambda: screen.program, "list", "文库")
    rows = [row.name for row in library.children()]
    assert any("天津宝坻" in name for name in rows)
