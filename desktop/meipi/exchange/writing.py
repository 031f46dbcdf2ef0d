"""Writing an export so that it is whole or not there: beside the old file, read back, then moved.

Nothing that goes wrong touches the file that was there, and no temporary file stays behind.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.exchange.format import Differs
from meipi.exchange.progress import Telling, Watched, stage, watched_stream
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.exchange.counting import SetLike
    from meipi.exchange.format import Format
    from meipi.exchange.loss import LossReport
    from meipi.exchange.progress import Watch

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_REGULAR = Phrase("不是普通文件", "not a regular file")


_STAGES = 3
"""What is lost, writing, reading back."""


def loss_path(path: Path) -> Path:
    """Return where the loss report of the export at ``path`` lies.

    >>> loss_path(Path("set.csv")).name
    'set.csv.loss.txt'
    """
    return path.with_name(path.name + ".loss.txt")


def write_export(
    annotated: SetLike, path: Path, chosen: Format, watch: Watch | None = None
) -> LossReport:
    """Write ``annotated`` to ``path`` and the loss report beside it; return the report.

    Raises `MeipiError` (``EXPORT_FAILED``, ``EXPORT_DIFFERS``, ``DISK_FULL``), and whatever
    ``watch`` raises to stop.
    """
    telling = Telling(watch)
    report = chosen.losses(Watched(annotated, stage(telling, 0, _STAGES)))
    with _worded(path):
        target = Path(os.path.realpath(path))
        beside = loss_path(target)
        _refuse_unusual(target, beside)
        with ExitStack() as stack:
            export = stack.enter_context(_Draft(target))
            losses = stack.enter_context(_Draft(beside))
            written = chosen.chunks(Watched(annotated, stage(telling, 1, _STAGES)))
            export.write(telling.along(written))
            _check(export.path, annotated, chosen, stage(telling, 2, _STAGES))
            losses.write(report.lines())
            # The report first: should the second move fail, the old export is still whole.
            losses.move()
            export.move()
        _sync_folder(target.parent)
    return report


def _refuse_unusual(*paths: Path) -> None:
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=_NOT_REGULAR)


def _check(written: Path, annotated: SetLike, chosen: Format, watch: Watch) -> None:
    with written.open("rb") as stream:
        chosen.check(watched_stream(stream, watch), annotated)


@contextmanager
def _worded(path: Path) -> Iterator[None]:
    """Turn what can go wrong while writing into errors that say what happened."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise MeipiError(ErrorCode.DISK_FULL, path=path) from error
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=reason_of(error)) from error
    except (Refused, Differs) as found:
        raise MeipiError(ErrorCode.EXPORT_DIFFERS, path=path, reason=found.phrase) from found
    except UnicodeEncodeError as error:
        reason = Phrase("文字含有孤立代理码位", "the text holds a lone surrogate")
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=reason) from error
    except ValueError as error:
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=path, reason=error) from error


class _Draft:
    """A temporary file in the folder of its target; gone on leaving unless it was moved."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.path = target.with_name(f".meipi-{secrets.token_hex(8)}.tmp")

    def __enter__(self) -> _Draft:
        # Not tempfile: its files are readable by their owner only, whatever the umask says.
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(FileNotFoundError):
            self.path.unlink()

    def write(self, parts: Iterable[str | bytes]) -> None:
        with self.path.open("wb") as stream:
            for part in parts:
                stream.write(part.encode() if isinstance(part, str) else part)
            stream.flush()
            os.fsync(stream.fileno())

    def move(self) -> None:
        with suppress(FileNotFoundError):
            self.path.chmod(self._target.stat().st_mode & 0o7777)
        self.path.replace(self._target)


def _sync_folder(folder: Path) -> None:
    """Make the move itself durable where the system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
