"""What the window showed when it closed, kept so that the next first paint needs no library.

It holds for one state of the library file: once anything else wrote there, it is not shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.services.settings import data_folder, write_whole

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "glimpse.json"
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


def _state(library: Path) -> list[object]:
    """Tell one state of the file from another, what is still in its journal included."""
    file = library.stat()
    journal = library.with_name(f"{library.name}-wal")
    waiting = journal.stat().st_size if journal.exists() else 0
    return [_VERSION, str(library), file.st_size, file.st_mtime_ns, waiting]
