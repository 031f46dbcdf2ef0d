"""What a damaged library leaves to do: go back to a backup, or save what can still be read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.services.backups import listed, replace_damaged, rule_of
from meipi.services.doctor import examine_library
from meipi.services.settings import Settings
from meipi.ui.i18n import number
from meipi.ui.presenters.moments import word_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.errors import LibraryError
    from meipi.services.backups import Contents
    from meipi.ui.i18n import Words

_SAID = 8
"""Findings that the window has room for."""
_DAMAGED = frozenset({ErrorCode.LIBRARY_DAMAGED, ErrorCode.LIBRARY_NOT_SQLITE})


class Rescue(QWidget):
    """Two buttons; what they do is done beside the window, and ends with a library to open."""

    rescued = Signal(object, str)
    """The library that can be opened now, and what is to be said of it."""
    failed = Signal(str)

    def __init__(self, error: LibraryError, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._path = Path(str(error.fields.get("path", "")))
        self._rule = rule_of(Settings())
        self._work = _Work(self)
        self.backup = self._latest() if error.code in _DAMAGED else None
        self.back_button = QPushButton(self)
        self.save_button = QPushButton(words("error.library_save"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        if self.backup is not None:
            made = word_moment(self.backup.backup.made.isoformat())
            self.back_button.setText(words("error.library_back", made=made))
        self.back_button.setVisible(self.backup is not None)
        self.setVisible(error.code in _DAMAGED and self._path.is_file())
        self.back_button.clicked.connect(lambda: self._begin(self._go_back))
        self.save_button.clicked.connect(lambda: self._begin(self._save))
        self._work.done.connect(self.rescued)
        self._work.failed.connect(self._fail)

    def stop(self) -> None:
        """Wait for what is being done."""
        self._work.stop()

    def _latest(self) -> Contents | None:
        found = (one for one in listed(self._path, self._rule) if one.problem is None)
        return next(found, None)

    def _begin(self, act: Callable[[], tuple[Path, str]]) -> None:
        self.back_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self._work.begin(act)

    def _go_back(self) -> tuple[Path, str]:
        assert self.backup is not None  # noqa: S101 - its button was there
        aside = replace_damaged(self._path, self.backup.backup.path, self._rule)
        return self._path, self._words("error.library_aside", path=aside)

    def _save(self) -> tuple[Path, str]:
        before = self._recovered()
        findings = examine_library(self._path)
        made = sorted(self._recovered() - before)
        lines = [one.word(self._words.language) for one in findings]
        if not made:
            reason = "; ".join(lines[:_SAID])
            raise MeipiError(ErrorCode.WORKER_FAILED, path=self._path, reason=reason)
        return made[-1], self._reported(made[-1], lines)

    def _reported(self, saved: Path, lines: list[str]) -> str:
        """Put all that is to be said beside what was saved; return what a window has room for."""
        if len(lines) <= _SAID:
            return "\n".join(lines)
        report = saved.with_suffix(".txt")
        with suppress(OSError):
            report.write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = self._words("error.library_report", count=number(len(lines)), path=report)
        return "\n".join([*lines[:_SAID], told])

    def _recovered(self) -> set[Path]:
        return set(self._path.parent.glob(f"{self._path.stem}.recovered*{self._path.suffix}"))

    def _fail(self, error: MeipiError) -> None:
        self.back_button.setEnabled(True)
        self.save_button.setEnabled(True)
        self.failed.emit(word(error, self._words.language))


class _Work(QObject):
    """Does one thing in a thread and says what became of it in the window's."""

    done = Signal(object, str)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meipi-rescue")

    def begin(self, act: Callable[[], tuple[Path, str]]) -> None:
        """Do ``act``."""
        self._thread.submit(self._run, act)

    def stop(self) -> None:
        """Wait for what is being done."""
        self._thread.shutdown(wait=True)

    def _run(self, act: Callable[[], tuple[Path, str]]) -> None:
        try:
            self.done.emit(*act())
        except MeipiError as error:
            self.failed.emit(error)
