"""A dressed application, and the window over a library of its own."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui.app import App, build
from meipi.ui.i18n import Words
from meipi.ui.presenters.showing import Showing
from meipi.ui.startup import dress, make_application
from meipi.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PATIENCE = 60_000
ARTICLE = """天津宝坻:聚焦四个“圈”
人民网天津8月17日电 (记者陶建)8月17日,天津市召开宝坻区新闻发布会。

聚焦“产业圈”

近年来,宝坻区坚持把产业体系纳入协同发展版图,积极引入中交等一批央企三级公司。
今年以来,新签约落地项目13个,计划总投资81.7亿元,完成年计划的62.8%。
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say that it keeps no window manager informed."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def _dressed(qapp: Any) -> None:
    make_application()
    dress(qapp, Theme.load("light"))


@pytest.fixture
def words() -> Words:
    return Words("zh")


@pytest.fixture
def theme() -> Theme:
    return Theme.load("light")


@pytest.fixture
def showing() -> Showing:
    return Showing()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Start the window over a library; a name given twice is the same library again."""
    started: list[App] = []

    def start(*paths: Path, library: str = "library", **settings: object) -> App:
        kept = Settings()
        kept.set_all({"language": "zh", "theme": "light", **settings})
        app = build(Workspace.open(tmp_path / f"{library}.meipi", in_process=True), kept)
        started.append(app)
        app.window.resize(1440, 900)
        app.window.show()
        qtbot.waitExposed(app.window)
        app.begin(paths)
        return app

    yield start
    for app in started:
        app.window.close()
        app.close()
        app.window.deleteLater()


@pytest.fixture
def opened(start: Callable[..., App], article: Path, settle: Callable[[App], None]) -> App:
    """Start the window on a small article, and wait until all of it is there."""
    app = start(article)
    settle(app)
    return app


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[App], None]:
    """Wait until a document is open with its entities and everything is on the disk."""

    def settle(app: App) -> None:
        def ready() -> bool:
            document = app.reading.document
            return bool(
                document is not None
                and document.mentions is not None
                and app.library.cards
                and not app.workspace.pending
                and app.parts.foot.state() == "saved"
            )

        qtbot.waitUntil(ready, timeout=PATIENCE)

    return settle


@pytest.fixture(autouse=True)
def _collect_between_tests() -> Iterator[None]:
    """Collect garbage after a test: in the midst of a paint it took the painted widget away."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
