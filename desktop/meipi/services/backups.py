"""Backups of a library: made when they are due, listed with what they hold, gone back to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from meipi.core.errors import LibraryError, MeipiError
from meipi.library import backup, journal
from meipi.library.backup import Backup, Keep
from meipi.library.others import RESTORED, everything
from meipi.library.restoring import restore_into, restore_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs
    from meipi.services.settings import Settings

__all__ = ["Backup", "Backups", "Contents", "Rule", "rule_of"]


@dataclass(frozen=True, slots=True)
class Rule:
    """When copies are made and which are kept. ``hours`` is 0 where none is made by itself."""

    hours: int = 1
    keep: Keep = field(default_factory=Keep)
    folder: Path | None = None
    """Where they lie; beside the library where nothing is said."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A backup with what it holds, or why that cannot be read."""

    backup: Backup
    documents: int = 0
    annotations: int = 0
    tags: int = 0
    problem: MeipiError | None = None


def rule_of(settings: Settings) -> Rule:
    """Return the rule that the reader set."""
    from pathlib import Path

    folder = settings.get("backup_folder")
    keep = Keep(*(settings.get(f"backup_{name}") for name in ("hourly", "daily", "weekly")))
    return Rule(settings.get("backup_hours"), keep, Path(folder) if folder else None)


def folder_of(library: Path, rule: Rule) -> Path:
    """Return where the copies of ``library`` lie."""
    beside = backup.folder_of(library)
    return beside if rule.folder is None else rule.folder / beside.name


def contents(found: Backup) -> Contents:
    """Look into a copy."""
    try:
        held = backup.describe(found.path)
    except LibraryError as error:
        return Contents(found, problem=error)
    return Contents(found, held["documents"], held["annotations"], held["tags"])


def listed(library: Path, rule: Rule) -> list[Contents]:
    """Return the copies of a library, the latest first, whether or not it can be opened."""
    return [contents(one) for one in backup.listed(folder_of(library, rule))]


def replace_damaged(library: Path, found: Path, rule: Rule) -> Path:
    """Put a copy in the place of a library that cannot be opened; return where that now lies."""
    folder = folder_of(library, rule)
    folder.mkdir(parents=True, exist_ok=True)
    return restore_over(library, found, folder)


class Backups:
    """The copies of one open library."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def listed(self, rule: Rule) -> list[Contents]:
        """Return the copies there are, the latest first."""
        return listed(self._library.path, rule)

    def is_due(self, rule: Rule, *, now: datetime | None = None) -> bool:
        """Say whether the last copy is old enough and something changed since.

        One from the future was made before the clock was put back: a new one is due.
        """
        if not rule.hours:
            return False
        last = next(iter(backup.listed(self._folder(rule))), None)
        if last is None:
            return True
        age = (now or datetime.now(UTC)) - last.made
        if timedelta(0) <= age < timedelta(hours=rule.hours):
            return False
        return self._changed_since(last)

    def make(
        self, rule: Rule, *, watch: Callable[[float], None] = lambda _: None
    ) -> Future[Backup]:
        """Make a copy beside all other work; what is outdated goes once the new one is verified."""
        return self._jobs.later(self._make, rule, watch)

    def make_if_due(self, rule: Rule) -> Future[Backup | None]:
        """Make a copy where one is due."""
        return self._jobs.later(
            lambda: self._make(rule, lambda _: None) if self.is_due(rule) else None
        )

    def restore(self, found: Path, rule: Rule) -> Future[Backup]:
        """Make the library what the copy ``found`` is; return the copy of what it was until then.

        Other windows on the library see it too. Raises ``LibraryError``; then nothing changed.
        """
        return self._jobs.later(self._restore, found, rule)

    def _make(self, rule: Rule, watch: Callable[[float], None]) -> Backup:
        folder = self._folder(rule)
        made = backup.make(self._library.path, folder, made=datetime.now(UTC), watch=watch)
        backup.drop(backup.outdated(backup.listed(folder), rule.keep))
        return made

    def _restore(self, found: Path, rule: Rule) -> Backup:
        backup.verify(found)
        # Before the old one is written over; nothing is dropped, the one chosen least of all.
        folder = self._folder(rule)
        kept = backup.make(self._library.path, folder, made=datetime.now(UTC))
        with self._library.reading() as connection:
            before = everything(connection)
        self._library.flush()
        restore_into(self._library.path, found, folder)
        self._library.forget_readings()

        def tell(transaction: Transaction) -> None:
            transaction.note(RESTORED, name=found.name)
            transaction.touch(before | everything(transaction.connection))

        self._library.submit(tell).result()
        return kept

    def _folder(self, rule: Rule) -> Path:
        return folder_of(self._library.path, rule)

    def _changed_since(self, last: Backup) -> bool:
        try:
            then = backup.describe(last.path)["journal"]
        except LibraryError:
            return True
        with self._library.reading() as connection:
            return journal.last(connection) != then
