"""A library made again what a copy of it is: in place while others look on, or in a new file."""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from meipi.library import backup
from meipi.library.failures import explained, unusable
from meipi.library.opening import connect, prepare_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BESIDE = ("", "-wal", "-shm")


def restore_into(library: Path, copy: Path, folder: Path) -> None:
    """Write what ``copy`` holds into an open library, as one transaction of SQLite.

    Every other connection sees it from then on. A copy of an older schema is brought to this one
    first, in ``folder``. Raises ``LibraryError``; the library then is what it was.
    """
    with _prepared(copy, folder) as fresh:
        _write(fresh, library)


def restore_over(library: Path, copy: Path, folder: Path) -> Path:
    """Put a copy in the place of a library that cannot be opened; return where that now lies."""
    with _prepared(copy, folder) as fresh:
        aside = _free(library)
        try:
            for suffix in _BESIDE:
                there = library.with_name(library.name + suffix)
                if there.exists():
                    there.rename(aside.with_name(aside.name + suffix))
            shutil.move(fresh, library)
        except OSError as error:
            raise unusable(library, error) from error
    return aside


@contextmanager
def _prepared(copy: Path, folder: Path) -> Iterator[Path]:
    """Give a copy of ``copy`` that is verified and of this schema, and take it away again."""
    fresh = folder / f"{copy.stem}.restoring.meipi"
    backup.verify(copy)
    try:
        shutil.copyfile(copy, fresh)
        prepare_file(fresh)
        yield fresh
    except OSError as error:
        raise unusable(fresh, error) from error
    finally:
        for suffix in _BESIDE:
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)


def _write(fresh: Path, library: Path) -> None:
    with (
        closing(connect(fresh, read_only=True)) as source,
        explained(library),
        closing(connect(library)) as target,
    ):
        source.backup(target)


def _free(library: Path) -> Path:
    number = 1
    while True:
        found = library.with_name(f"{library.stem}.damaged-{number}{library.suffix}")
        if not found.exists():
            return found
        number += 1
