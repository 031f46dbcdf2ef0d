"""The samples offered while the library is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.ui.bridge import Bridge
    from meipi.ui.library import LibraryController
    from meipi.ui.panels.empty import EmptyPage


class Samples(QObject):
    """Names the samples by their first lines, as they are found, and puts them in."""

    def __init__(self, bridge: Bridge, page: EmptyPage, library: LibraryController) -> None:
        super().__init__()
        self._bridge = bridge
        self._page = page
        self._library = library
        self._paths: list[Path] = []
        page.sample_chosen.connect(lambda at: library.add([self._paths[at]]))
        page.all_samples_asked.connect(lambda: library.add(self._paths))

    def offer(self) -> None:
        """Show the samples; they are read beside the window."""
        self._bridge.read("samples", _samples, self._show)

    def _show(self, found: list[tuple[Path, str]]) -> None:
        self._paths = [path for path, _ in found]
        self._page.set_samples([title for _, title in found])


def _samples() -> list[tuple[Path, str]]:
    from meipi.core.resources import demo_seeds

    return [(path, _first_line(path)) for path in demo_seeds()]


def _first_line(path: Path) -> str:
    from meipi.sources import head, read_file

    text = head(read_file(path), name=path.name, characters=200).text
    return next((line.strip() for line in text.splitlines() if line.strip()), path.name)
