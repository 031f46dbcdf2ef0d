"""What the window showed when it closed, kept so that the next first paint needs no library.

It is kept as values, and as a picture of the window that these make. Both hold for one state of the
library file: once anything else wrote there, they are not shown.
"""

from __future__ import annotations

import json
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any

from meipi.services.home import config_folder, data_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "glimpse.json"
_PICTURE = "glimpse.picture"
_VERSION = 1


def load_glimpse(library: Path) -> dict[str, Any] | None:
    """Return what was seen last of ``library``; nothing where that may not be true any more."""
    try:
        kept = json.loads((data_folder() / _NAME).read_text(encoding="utf-8"))
        if kept["state"] == _state(library):
            seen: dict[str, Any] = kept["seen"]
            return seen
    except (OSError, ValueError, LookupError, TypeError):
        pass  # it is only ever a help
    return None


def save_glimpse(library: Path, seen: dict[str, Any]) -> None:
    """Keep what is seen of ``library``, which nobody must write to any more."""
    try:
        text = json.dumps({"state": _state(library), "seen": seen}, ensure_ascii=False)
        write_whole(data_folder() / _NAME, text)
    except (OSError, ValueError):
        pass  # the next window is filled a moment later


def load_picture(library: Path, look: list[object]) -> tuple[dict[str, Any], memoryview] | None:
    """Return what is said of the picture of the window, and its pixels as they lie in the file.

    Nothing where ``library``, the settings or the ``look`` of the system are not as they were.
    """
    try:
        with (data_folder() / _PICTURE).open("rb") as file:
            said = file.readline()
            kept: dict[str, Any] = json.loads(said)
            if kept["state"] == [*_state(library), *_settings_state(), *look]:
                whole = mmap(file.fileno(), 0, access=ACCESS_READ)
                return kept["said"], memoryview(whole)[len(said) :]
    except (OSError, ValueError, LookupError, TypeError):
        pass  # it is only ever a help
    return None


def save_picture(library: Path, look: list[object], said: dict[str, Any], pixels: bytes) -> None:
    """Keep the ``pixels`` of the window with what is ``said`` of them."""
    try:
        state = [*_state(library), *_settings_state(), *look]
        head = json.dumps({"state": state, "said": said}).encode()
        write_whole(data_folder() / _PICTURE, head + b"\n" + pixels)
    except (OSError, ValueError):
        pass  # the next window is painted a moment later


def _settings_state() -> list[object]:
    """Tell one state of the settings from another; they say how the window looks."""
    file = (config_folder() / "settings.json").stat()
    return [file.st_size, file.st_mtime_ns]


def _state(library: Path) -> list[object]:
    """Tell one state of the file from another, what is still in its journal included."""
    file = library.stat()
    journal = library.with_name(f"{library.name}-wal")
    waiting = journal.stat().st_size if journal.exists() else 0
    return [_VERSION, str(library), file.st_size, file.st_mtime_ns, waiting]
