"""Pictures of the real window over the samples, for machines without a display."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from meipi.ui.app import App

_PATIENCE_S = 120
_SIZE = (1440, 900)
_NARROW = (1000, 700)
_SHOWN = "001"
"""The sample whose window is pictured: it has the most to show."""


def render(out: Path) -> list[Path]:
    """Save pictures of the window into ``out`` and return their paths."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    album = _Album(out)
    with _home() as home:
        with _window(home / "no documents.meipi", filled=False) as app:
            _wait(lambda: bool(app.parts.empty.samples()))
            album.take(app.window, "empty")
        with _window(home / "demo.meipi", filled=True) as app:
            _tour(app, album)
        with _window(home / "demo.meipi", filled=False, font_px=26) as app:
            app.appearance.set_size(38)
            _open(app, _SHOWN)
            album.take(app.window, "large")
    return album.paths


class _Album:
    """Takes pictures one after another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.paths: list[Path] = []

    def take(self, widget: QWidget, name: str) -> None:
        """Save a picture of ``widget`` as it is now."""
        _settle()
        path = self._folder / f"{name}.png"
        widget.grab().save(str(path))
        self.paths.append(path)


def _tour(app: App, album: _Album) -> None:
    """Open every sample, then picture one of them in all its dress."""
    _wait(lambda: bool(app.library.cards))
    for number, card in enumerate(app.library.cards):
        _open(app, card.name[:3])
        album.take(app.window, f"document_{number}")
    _open(app, _SHOWN)
    app.commands.run("script_simplified")
    app.parts.side.show_tab("entities")
    for theme in ("light", "dark", "sepia"):
        app.commands.run(f"theme_{theme}")
        album.take(app.window, theme)
    app.commands.run("theme_light")
    _panels(app, album)
    _entity_page(app, album)
    _floating(app, album)
    app.window.resize(*_NARROW)
    album.take(app.window, "narrow")
    app.window.resize(*_SIZE)
    app.commands.run("language_en")
    album.take(app.window, "english")
    app.commands.run("language_zh")


def _panels(app: App, album: _Album) -> None:
    for key in ("outline", "annotations", "repairs"):
        app.parts.side.show_tab(key)
        album.take(app.window, f"panel_{key}")
    for command, shown in (("source", app.parts.source), ("origin", app.parts.origin_card)):
        app.parts.reader.setFocus()
        app.commands.run(command)
        _wait(lambda shown=shown: not shown.isHidden())  # type: ignore[misc]  # bound at once
        album.take(app.window, command)
        app.commands.run(command)
    app.parts.side.show_tab("entities")


def _entity_page(app: App, album: _Album) -> None:
    """Picture an entity across the samples, and come back."""
    document = app.reading.document
    if document is not None and document.entities is not None:
        row = max(document.entities.rows, key=lambda row: (len(row.forms), row.count))
        app.entity_pages.open(row.entity)
        _wait(app.parts.entity_page.isVisible)
        _settle(0.5)
        album.take(app.window, "entity_page")
        app.commands.run("back")


def _floating(app: App, album: _Album) -> None:
    """Picture what floats over the text: picker, find, search, palette, dialogs."""
    from meipi.core.fold import fold
    from meipi.core.spans import Span

    document = app.reading.document
    assert document is not None  # noqa: S101 - just opened
    at = max(0, fold(document.text).find("京东集团"))
    reader = app.parts.reader
    reader.setFocus()
    reader.set_selection(Span(at, at + 4))
    app.tagging.pick_tag()
    app.picker.type("zs")
    album.take(app.window, "tag_picker")
    app.tagging.leave()
    _hover(app, album)
    app.tagging.write_note()
    album.take(app.window, "note")
    app.parts.note_editor.field.clear()
    app.tagging.leave()
    if document.rows:
        app.tagging.go_to(document.rows[0])
        album.take(app.window, "annotation")
        app.tagging.leave()
    app.commands.run("find")
    app.parts.find_bar.field.setText("宝坻")
    _wait(lambda: bool(app.finding.finds.places))
    album.take(app.window, "find")
    app.finding.close()
    app.parts.toolbar.search.setText("京津冀")
    _wait(lambda: not app.parts.search_results.isHidden())
    album.take(app.window, "search")
    app.parts.toolbar.search.clear()
    app.commands.open_palette()
    album.take(app.window, "commands")
    app.commands.close_palette()
    for name in ("export", "import", "encoding", "codebook"):
        app.commands.run(name)
        _wait(lambda: app.dialogs.current is not None)
        _settle(0.8)
        dialog = app.dialogs.current
        if dialog is not None:
            album.take(dialog, f"dialog_{name}")
            dialog.reject()


def _hover(app: App, album: _Album) -> None:
    """Picture what is said of a repair that the mouse rests on."""
    from meipi.ui.reader.hover import HoverTarget

    document, reader = app.reading.document, app.parts.reader
    if document is not None and document.reading.repaired.edits:
        span = document.reading.repaired.edits[0].span
        reader.hovered.emit(HoverTarget("repair", 0, "", span, reader.rect_of(span)))
        album.take(app.window, "hover")
        reader.hovered.emit(None)


def _open(app: App, name: str) -> None:
    """Open the sample whose file name begins with ``name``, and wait for its entities."""
    _wait(lambda: bool(app.library.cards))
    card = next(card for card in app.library.cards if card.name.startswith(name))
    app.library.open(card.id)

    def ready() -> bool:
        document = app.reading.document
        return document is not None and document.id == card.id and document.mentions is not None

    _wait(ready)


@contextmanager
def _home() -> Iterator[Path]:
    """Keep settings and libraries of the pictures away from the reader's own."""
    before = os.environ.get("MEIPI_HOME")
    with tempfile.TemporaryDirectory(prefix="meipi-demo-") as folder:
        os.environ["MEIPI_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["MEIPI_HOME"]
            else:
                os.environ["MEIPI_HOME"] = before


@contextmanager
def _window(library: Path, *, filled: bool, font_px: int | None = None) -> Iterator[App]:
    """Show a window over ``library`` and close it in the end."""
    from meipi.services.demo import fill
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.app import build
    from meipi.ui.startup import make_application

    make_application(font_px=font_px)
    settings = Settings()
    settings.set_all({"language": "zh", "theme": "light", "window_geometry": ""})
    workspace = Workspace.open(library)
    if filled:
        fill(workspace)
    app = build(workspace, settings)
    app.window.resize(*_SIZE)
    app.window.show()
    app.begin()
    try:
        yield app
    finally:
        app.window.close()
        app.close()
        app.window.deleteLater()


def _wait(until: Callable[[], bool]) -> None:
    """Let the window work until ``until`` holds. Raises ``TimeoutError`` where it never does."""
    from PySide6.QtWidgets import QApplication

    stop = time.monotonic() + _PATIENCE_S
    while not until():
        if time.monotonic() > stop:
            raise TimeoutError("the window did not come to rest")
        QApplication.processEvents()
        time.sleep(0.005)


def _settle(seconds: float = 0.25) -> None:
    """Let the window work a little while."""
    stop = time.monotonic() + seconds
    _wait(lambda: time.monotonic() > stop)
