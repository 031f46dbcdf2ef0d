"""Which files of a folder are documents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


_BESIDE_A_PAGE = ("_files", ".files")
_PAGES = (".html", ".htm", ".xhtml")


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files meant by ``paths``: of a folder every document below it, sorted by name.

    Hidden files and folders are left out; a file that is named is taken whatever it is called.
    """
    suffixes = set(document_suffixes())
    files: list[Path] = []
    for path in paths:
        files += _documents_below(path, suffixes) if _is_folder(path) else [path]
    return files


def document_suffixes() -> list[str]:
    """Return the suffixes of all document formats, ``.txt`` first."""
    from meipi.sources import FORMATS

    return [suffix for known in FORMATS for suffix in known.suffixes]


def _is_folder(path: Path) -> bool:
    """Say whether ``path`` can be listed; what cannot is named, and its reading tells why."""
    try:
        return path.is_dir() and os.access(path, os.R_OK)
    except OSError:
        return False


def _documents_below(folder: Path, suffixes: set[str]) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
    return sorted(
        path
        for path in found
        if not _is_hidden(path, folder) and not _is_of_a_page(path, folder) and _may_be_read(path)
    )


def _is_of_a_page(path: Path, folder: Path) -> bool:
    """Tell what a browser saved beside a page, in a folder called after it, from documents."""
    return any(_stands_beside_a_page(folder / above) for above in path.relative_to(folder).parents)


def _stands_beside_a_page(folder: Path) -> bool:
    for end in _BESIDE_A_PAGE:
        if folder.name.endswith(end):
            page = folder.name.removesuffix(end)
            return any(folder.with_name(page + kind).is_file() for kind in _PAGES)
    return False


def _may_be_read(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
