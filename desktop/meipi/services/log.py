"""The program's log: what went wrong, in a file of bounded size, for whoever is asked to help.

It names errors and where in the program they arose. Words of documents do not belong in it.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from meipi.services.home import log_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_log = logging.getLogger("meipi")
_BYTES, _KEPT = 256 * 1024, 2
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_file() -> Path:
    """Return the file that is written to; older lines are in ``.1`` and ``.2`` beside it."""
    return log_folder() / "meipi.log"


def log_files() -> list[Path]:
    """Return the files of the log that are there, the newest first."""
    newest = log_file()
    names = [newest.name, *(f"{newest.name}.{age}" for age in range(1, _KEPT + 1))]
    return [path for name in names if (path := newest.with_name(name)).is_file()]


def keep_log() -> None:
    """Write warnings and errors to the log from here on, also those nobody caught.

    Where the file cannot be written the program goes on without.
    """
    if any(handler.get_name() == "meipi" for handler in _log.handlers):
        return
    handler = _file_handler()
    if handler is None:
        return
    handler.set_name("meipi")
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_FORM))
    _log.addHandler(handler)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def stop_log() -> None:
    """Undo `keep_log`."""
    for handler in [handler for handler in _log.handlers if handler.get_name() == "meipi"]:
        _log.removeHandler(handler)
        handler.close()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__


def _file_handler() -> logging.Handler | None:
    from logging.handlers import RotatingFileHandler

    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return None


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)


def _log_uncaught_in_thread(failure: threading.ExceptHookArgs) -> None:
    error = failure.exc_value or failure.exc_type()
    _log.critical("nobody caught this", exc_info=(failure.exc_type, error, failure.exc_traceback))
    threading.__excepthook__(failure)
