"""Parquet: a document a row, read a few rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.extras import need
from meipi.sources.containers.item import Columns, Container, Item, Portion, of_text, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXTRA = "batch"
_ROWS = 16
"""Rows read at a time: memory holds so many of the largest documents."""


def divide(path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
    """Yield ranges of rows, none across the groups that the file is written in."""
    with _opened(path, columns) as file:
        sizes = [file.metadata.row_group(at).num_rows for at in range(file.metadata.num_row_groups)]
    first = 0
    for size in sizes:
        for start in range(first, first + size, documents):
            end = min(first + size, start + documents)
            yield Portion(str(path), PARQUET.name, start, end, end - start)
        first += size


def read(path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a range, named by the number of their row: ``row 7``."""
    with _opened(path, columns) as file:
        first, group = _group_of(file, portion.start)
        names = [name for name in (columns.text, columns.key) if name in file.schema_arrow.names]
        try:
            yield from _rows(file, portion, columns, (first, group, names))
        except _broken() as error:
            raise unreadable(path, f"{type(error).__name__}: {error}") from error


def _rows(
    file: Any, portion: Portion, columns: Columns, place: tuple[int, int | None, list[str]]
) -> Iterator[Item]:
    number, group, names = place
    groups = None if group is None else [group]
    for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups, columns=names):
        if portion.end is not None and number >= portion.end:
            return
        if number + len(batch) > portion.start:
            for at, row in enumerate(batch.to_pylist(), start=number):
                if portion.start <= at and (portion.end is None or at < portion.end):
                    yield _item(at, row, columns)
        number += len(batch)


def _item(number: int, row: dict[str, Any], columns: Columns) -> Item:
    text, key = row[columns.text], row.get(columns.key)
    if isinstance(text, bytes):
        return Item(f"row {number}", text, key=None if key is None else str(key))
    return of_text(f"row {number}", text, key=key)


def _opened(path: Path, columns: Columns) -> Any:
    parquet = need("pyarrow.parquet", EXTRA)
    try:
        file = parquet.ParquetFile(path)
    except _broken() as error:
        raise unreadable(path, str(error).splitlines()[0] if str(error) else "") from error
    names = file.schema_arrow.names
    if columns.text not in names:
        known = ", ".join(names)[:200]
        raise MeipiError(ErrorCode.COLUMN_UNKNOWN, path=path, column=columns.text, known=known)
    return file


def _group_of(file: Any, row: int) -> tuple[int, int | None]:
    """Return the first row and the number of the group that ``row`` is in."""
    first = 0
    for group in range(file.metadata.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        if row < first + size:
            return first, group
        first += size
    return 0, None


def _broken() -> tuple[type[Exception], ...]:
    """Return what a damaged file may raise: pyarrow's own, and what its decoders let through."""
    arrow = need("pyarrow", EXTRA)
    return (arrow.ArrowException, OSError, ValueError, EOFError)


PARQUET = Container("parquet", (".parquet",), divide, read)
