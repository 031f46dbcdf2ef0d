"""Which files of a folder are documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant by ``paths``: of a folder every document below it, sorted by name.

    Hidden files and folders are left out; a file that is named is taken whatever it is called.
    """
    from meipi.sources import FORMATS

    suffixes = {suffix.lower() for known in FORMATS for suffix in known.suffixes}
    files: list[Path] = []
    for path in paths:
        files += _documents_below(path, suffixes) if _is_folder(path) else [path]
    return files


def _is_folder(path: Path) -> bool:
    """Say whether ``path`` can be listed; what cannot is named, and its reading tells why."""
    try:
        return path.is_dir() and os.access(path, os.R_OK)
    except OSError:
        return False


def _documents_below(folder: Path, suffixes: set[str]) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    return sorted(path for path in found if not _is_hidden(path, folder) and _may_be_read(path))


def _may_be_read(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
