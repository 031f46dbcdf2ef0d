"""The program from its start to its end: first the window is painted, then the rest is built.

The first paint is a picture of the window, or `Front` where none is kept that is still true. Behind
it, a step at a time while nobody presses anything, come the widgets of `Front`, the modules, the
library file and the whole `App`. The first key or click does not wait for idle moments: the steps
that are left are done at once, the page is there, and then it is taken.
"""

from __future__ import annotations

from collections import deque
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal

from meipi.core.script import Script
from meipi.services.glimpse import load_glimpse, save_glimpse
from meipi.ui.garbage import GarbageCollector
from meipi.ui.going_first import GoingFirst
from meipi.ui.main_window import MainWindow
from meipi.ui.picture import PictureView, keep_picture, kept_picture, system_look
from meipi.ui.startup import bare_application, make_application

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QSize

    from meipi.core.errors import LibraryError
    from meipi.services.workspace import Workspace
    from meipi.ui.app import App
    from meipi.ui.front import Front
    from meipi.ui.picture import Picture
    from meipi.ui.presenters.glimpse import Glimpse

_IN_FRONT = (
    *("meipi.ui.appearance", "meipi.ui.reader.sheet", "meipi.ui.reader.view"),
    *("meipi.ui.panels.library", "meipi.ui.presenters.glimpse", "meipi.ui.front"),
)
_BEHIND = (
    *("meipi.library", "meipi.services.documents", "meipi.services.workspace", "meipi.repair"),
    *("meipi.ui.panels.entities", "meipi.ui.panels.repairs", "meipi.ui.panels.entity_page"),
    *("meipi.ui.parts", "meipi.ui.reading", "meipi.ui.library", "meipi.ui.deciding"),
    *("meipi.ui.beside", "meipi.ui.tagging", "meipi.ui.entity_acts", "meipi.ui.dialogs"),
    *("meipi.ui.commands", "meipi.ui.acts", "meipi.ui.app"),
)
"""Read in one after another, so that no step takes long."""
_UNPAINTED_MS = 500
"""A window that is not painted, such as one that begins as an icon, is built all the same."""
_PATIENCE_MS = 5_000
"""A key waits so long at most for the page to be there."""
_INPUT = frozenset(
    {
        QEvent.Type.ShortcutOverride,
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.DragEnter,
    }
)


def run(paths: Sequence[Path], *, library: Path | None = None) -> int:
    """Open the window on ``paths`` and stay until it is closed; return the exit code."""
    from meipi.services.home import default_library

    application = bare_application()
    collector, first = GarbageCollector(), GoingFirst()
    collector.start()
    first.start()
    starts: list[Start] = []
    problems: list[QObject] = []

    def open_window(path: Path) -> None:
        start = Start(path, paths)
        start.built.connect(collector.follow)
        start.failed.connect(lambda error: ask(start, error))
        starts.append(start)
        start.begin()

    def ask(start: Start, error: LibraryError) -> None:
        from meipi.ui.dialogs.library_problem import LibraryProblem

        path = start.path
        problem = LibraryProblem(
            error, start.front.words, lambda chosen: open_window(chosen or path)
        )
        problems.append(problem)
        problem.open()
        start.front.window.close()

    open_window(library or default_library())
    code = application.exec()
    first.stop()
    collector.stop()
    for start in starts:
        start.close()
    return code


class Start(QObject):
    """Opens one window: paints what is in front, then builds what is behind it."""

    filled = Signal()
    """The true widgets stand where a picture of them was, if one was."""
    built = Signal(object)
    """The `App`, when it is whole."""
    failed = Signal(object)
    """The `LibraryError` where the library could not be opened."""

    def __init__(self, path: Path, paths: Sequence[Path]) -> None:
        super().__init__()
        self.path = path
        self.app: App | None = None
        self.window = MainWindow()
        self._paths = paths
        self._look = system_look()
        self._front: Front | None = None
        self._workspace: Workspace | None = None
        self._steps: deque[Callable[[], object]] = deque()
        self._glimpse: Glimpse | None = None
        self._settled = False
        self._watched: list[QObject] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def front(self) -> Front:
        """The true widgets, built where they are not yet."""
        if self._front is None:
            from meipi.services.settings import Settings
            from meipi.ui.front import Front

            make_application()
            self._front = Front(Settings(), self.window)
        return self._front

    def begin(self) -> None:
        """Show the window; the rest follows its first paint."""
        picture = None if self._paths or self._front else kept_picture(self.path, self._look)
        if picture is None:
            self.front.window.show()
            self._fill()
        else:
            self._show(picture)
            self._steps.extend([*map(_importer, _IN_FRONT), self._fill])
        self._steps.extend([*map(_importer, _BEHIND), self._open, self._build])
        self._watch(self.window, self.window.windowHandle())
        self._timer.start(_UNPAINTED_MS)

    def finish(self) -> None:
        """Do at once what is left, and wait until the page is there or is known not to come."""
        self._timer.stop()
        while self._steps:
            self._steps.popleft()()
        if self.app is not None and not self._settled:
            loop = QEventLoop(self)
            self.app.settled.connect(loop.quit)
            QTimer.singleShot(_PATIENCE_MS, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._leave()

    def close(self) -> None:
        """End what was begun."""
        self._timer.stop()
        self._leave()
        if self.app is not None:
            size = self.window.size()
            self.app.close()
            self._keep_seen(self.app, size)
        elif self._workspace is not None:
            self._workspace.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on after the first paint; let no key pass before there is something to take it."""
        kind = event.type()
        if kind == QEvent.Type.Paint and self._steps and self._timer.interval():
            self._timer.start(0)
        elif kind in _INPUT:
            self.finish()
        elif kind == QEvent.Type.Close and watched is self.window:
            self._steps.clear()
        return False

    def last_seen(self) -> Glimpse | None:
        """Return what was seen last, if it is still true and as it is to be shown."""
        from meipi.ui.presenters.glimpse import from_values

        look = self.front.appearance
        values = load_glimpse(self.path) if look.script is Script.ORIGINAL else None
        return None if values is None else from_values(values, look.language)

    def _show(self, picture: Picture) -> None:
        self.window.setWindowTitle(picture.title)
        self.window.restore_place(picture.geometry)
        self.window.setCentralWidget(PictureView(picture))
        self.window.show()

    def _fill(self) -> None:
        """Show the true widgets, with what was seen last."""
        front = self.front
        self.window.settle_layout()  # what fills the page is laid out once, in the room it has
        glimpse = None if self._paths else self.last_seen()
        if glimpse is not None:
            self._glimpse = glimpse
            front.show_last(glimpse)
            self.window.settle_layout()
        front.reader.setFocus()
        self._watch(front.reader)
        self.filled.emit()

    def _watch(self, *objects: QObject) -> None:
        self._watched.extend(objects)
        for watched in objects:
            watched.installEventFilter(self)

    def _leave(self) -> None:
        for watched in self._watched:
            watched.removeEventFilter(self)
        self._watched.clear()

    def _go_on(self) -> None:
        if self._steps:
            self._steps.popleft()()
            self._timer.start(0)

    def _open(self) -> None:
        from meipi.core.errors import LibraryError
        from meipi.services.log import keep_log
        from meipi.services.workspace import Workspace

        keep_log()
        try:
            self._workspace = Workspace.open(self.path)
        except LibraryError as error:
            self._steps.clear()
            self._leave()
            self.failed.emit(error)

    def _build(self) -> None:
        from meipi.ui.app import App

        assert self._workspace is not None  # noqa: S101 - the step before
        app = self.app = App(self._workspace, self.front, seen=self._glimpse)
        app.settled.connect(self._settle)
        app.begin(self._paths)
        self.built.emit(app)

    def _keep_seen(self, app: App, size: QSize) -> None:
        from meipi.ui.front import Front
        from meipi.ui.seen import last_seen

        seen = last_seen(app)
        if seen is None:
            return
        save_glimpse(self.path, seen)
        glimpse = self.last_seen()
        if glimpse is not None:
            keep_picture(self.path, self._look, Front(self.front.settings), glimpse, size)

    def _settle(self) -> None:
        self._settled = True
        if not self._steps:
            self._leave()


def _importer(name: str) -> Callable[[], object]:
    return lambda: import_module(name)
