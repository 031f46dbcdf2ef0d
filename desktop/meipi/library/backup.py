"""Copies of a library made while it is worked on: in steps, verified, and kept by a rule."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, LibraryError
from meipi.library.failures import PAGES, explained, unusable
from meipi.library.opening import connect, inspect_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_STEP = 256
"""Pages a step: a megabyte, after which everybody else has a turn."""
_REST_S = 0.001
_ROOM = 4 << 20
"""Bytes that must be left beside a new copy."""
_LATEST = 2
"""Copies that are always kept, whatever the clock says of their age."""
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<number>\d{6,})-(?P<made>\d{8}T\d{6}Z)\.meipi")


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy. They are told apart by ``number``: clocks go backwards."""

    path: Path
    number: int
    made: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Keep:
    """How many copies are kept: the last of so many hours, days and weeks."""

    hourly: int = 8
    daily: int = 7
    weekly: int = 8


def folder_of(library: Path) -> Path:
    """Return the folder of a library's copies: beside it."""
    return library.with_name(f"{library.stem}.backups")


def listed(folder: Path) -> list[Backup]:
    """Return the copies in ``folder``, the latest first."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            named = _NAME.fullmatch(path.name)
            if named is not None:
                made = datetime.strptime(named["made"], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, int(named["number"]), made, path.stat().st_size))
    return sorted(found, key=lambda one: one.number, reverse=True)


def make(
    library: Path,
    folder: Path,
    *,
    made: datetime,
    watch: Callable[[float], None] = lambda _: None,
) -> Backup:
    """Copy ``library`` into ``folder`` as it is at this moment, whatever is written meanwhile.

    The copy has its name only once it is whole, verified and on the disk. Raises ``LibraryError``;
    then nothing is left behind. ``watch`` is told the share that is done and may raise.
    """
    part = folder / f"{os.getpid()}-{time.monotonic_ns()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        _check_room(library, folder)
        with explained(part):
            copy(library, part, watch)
        verify(part)
        _sync(part)
        number = 1 + max((one.number for one in listed(folder)), default=0)
        whole = folder / f"{number:06}-{made.astimezone(UTC).strftime(_STAMP)}.meipi"
        part.rename(whole)
        _sync(folder)
    except OSError as error:
        raise unusable(folder, error) from error
    finally:
        _remove(part)
    return Backup(whole, number, made.replace(microsecond=0), whole.stat().st_size)


def verify(path: Path) -> None:
    """Check every page of a copy. Raises ``LibraryError`` where it is not a sound library."""
    if inspect_header(path) is None:
        raise LibraryError(ErrorCode.LIBRARY_NOT_SQLITE, path=path)
    with explained(path), closing(_alone(path)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise LibraryError(ErrorCode.LIBRARY_DAMAGED, path=path, reason=PAGES)


def outdated(backups: Sequence[Backup], keep: Keep) -> list[Backup]:
    """Return the copies that ``keep`` has no place for: of an hour, day or week the last stays."""
    order = sorted(backups, key=lambda one: one.number, reverse=True)
    kept = {one.number for one in order[:_LATEST]}
    for most, period in (
        (keep.hourly, lambda one: (one.made.date(), one.made.hour)),
        (keep.daily, lambda one: one.made.date()),
        (keep.weekly, lambda one: one.made.isocalendar()[:2]),
    ):
        last: dict[object, int] = {}
        for one in order:
            last.setdefault(period(one), one.number)
        kept.update(list(last.values())[:most])
    return [one for one in order if one.number not in kept]


def drop(backups: Iterable[Backup]) -> None:
    """Delete copies; one that cannot be deleted stays."""
    for one in backups:
        _remove(one.path)


def describe(path: Path) -> dict[str, int]:
    """Return what a copy holds: documents, annotations, tags, and the last line of its journal."""
    with explained(path), closing(_alone(path)) as connection:
        found: dict[str, int] = {
            "documents": _count(connection, "documents WHERE NOT removed"),
            "annotations": _count(connection, "annotations"),
            "tags": _count(connection, "tags"),
            "journal": 0,
        }
        if _count(connection, "sqlite_schema WHERE name = 'journal'"):
            row = connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()
            found["journal"] = int(row[0])
    return found


def _count(connection: sqlite3.Connection, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608 - constants


def _alone(path: Path) -> sqlite3.Connection:
    """Open a copy that nobody writes to, leaving nothing beside it."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def copy(library: Path, part: Path, watch: Callable[[float], None] = lambda _: None) -> None:
    """Copy a library as it is at this moment into a new file, in steps."""

    def step(_: int, left: int, pages: int) -> None:
        watch(1 - left / max(1, pages))
        time.sleep(_REST_S)

    with (
        closing(connect(library, read_only=True)) as source,
        closing(sqlite3.connect(part, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = OFF")  # it is synced once, when it is whole
        # Held open, so that what is written meanwhile does not begin the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        source.backup(target, pages=_STEP, progress=step)
        source.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode = DELETE")


def _check_room(library: Path, folder: Path) -> None:
    needed = library.stat().st_size + _ROOM
    if shutil.disk_usage(folder).free < needed:
        raise LibraryError(ErrorCode.DISK_FULL, path=folder)


def _sweep(folder: Path) -> None:
    """Delete what copies that were killed left behind."""
    for path in folder.glob("*.part*"):
        owner = path.name.split("-")[0]
        if not (owner.isdecimal() and _is_running(int(owner))):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}-journal"), path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            one.unlink()
