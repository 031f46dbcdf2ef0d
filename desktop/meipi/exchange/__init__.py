"""Annotated sets out and in: one file a format, both directions, a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.exchange.counting import SetLike
from meipi.exchange.format import Format
from meipi.exchange.loss import Facet, LossItem, LossReport
from meipi.exchange.reading import read_import
from meipi.exchange.registry import FORMATS, format_named, format_of
from meipi.exchange.selection import selection
from meipi.exchange.writing import loss_path, write_export

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.core.annotated_set import AnnotatedSet
    from meipi.exchange.progress import Watch

__all__ = [
    "FORMATS",
    "Facet",
    "Format",
    "LossItem",
    "LossReport",
    "SetLike",
    "format_of",
    "loss_path",
    "losses",
    "read_set",
    "selection",
    "write_set",
]


def losses(annotated: SetLike, *, format: str) -> LossReport:  # noqa: A002 - the word users know
    """Say what ``format`` cannot carry of ``annotated``, before anything is written."""
    return format_named(format).losses(annotated)


def write_set(
    annotated: SetLike,
    path: Path,
    *,
    format: str,  # noqa: A002 - see above
    watch: Watch | None = None,
) -> LossReport:
    """Write ``annotated`` to ``path`` whole or not at all, with the loss report beside it.

    The file is read back and compared before it takes the place of one that was there. Raises
    `MeipiError` (``FORMAT_UNKNOWN``, ``EXPORT_FAILED``, ``EXPORT_DIFFERS``, ``DISK_FULL``) and what
    ``watch`` raises, which is told how far the work is.
    """
    return write_export(annotated, path, format_named(format), watch)


def read_set(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - see above
    watch: Watch | None = None,
) -> AnnotatedSet:
    """Read an annotated set; ``format`` is found out where it is not given.

    Raises `FileError` where the file cannot be read, `MeipiError` (``FORMAT_UNKNOWN``,
    ``IMPORT_INVALID`` with the line and the reason) where it is not what it should be, and what
    ``watch`` raises, which is told how far the file is read.
    """
    known = format_of(path) if format is None else format_named(format)
    return read_import(path, known, watch)
