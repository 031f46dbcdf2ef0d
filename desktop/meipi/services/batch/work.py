"""Works through one partition of a corpus: what a worker of the cluster runs."""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.extras import need
from meipi.core.reasons import reason_of
from meipi.services import pipeline
from meipi.services.batch.rows import EXTRA, failed_row, row_of, schema
from meipi.services.entity_search import EntitySearch
from meipi.services.jobs import Here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.services.batch.plan import Partition, Settings
    from meipi.sources.containers import Item

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_ROWS = 64
_CHARACTERS = 2_000_000
"""Rows are written when there are so many, or so much text: a worker holds no more of them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a partition."""

    number: int
    documents: int
    errors: int


def part_path(out: Path, number: int) -> Path:
    """Return the file that a partition's results are in; there only once it is whole.

    >>> part_path(Path("out"), 12).name
    'part-00000012.parquet'
    """
    return out / f"part-{number:08}.parquet"


def run_partition(partition: Partition, out: str, settings: Settings) -> Done:
    """Write the results of ``partition``, unless somebody has; return how many they are."""
    path = part_path(Path(out), partition.number)
    known = done(path, partition.number)
    if known is not None:
        return known
    with _appearing(path) as unfinished:
        _write(partition, unfinished, settings)
    return done(path, partition.number) or Done(partition.number, 0, 0)


def done(path: Path, number: int) -> Done | None:
    """Return what stands in a finished file; nothing where there is none."""
    parquet, arrow = need("pyarrow.parquet", EXTRA), need("pyarrow", EXTRA)
    try:
        with parquet.ParquetFile(path) as file:
            metadata = file.metadata
            codes = file.read(columns=["error_code"]).column(0)
    except FileNotFoundError:
        return None
    except (OSError, arrow.ArrowException):  # not ours: a disk that lost what it had
        path.unlink()
        return None
    return Done(number, metadata.num_rows, metadata.num_rows - codes.null_count)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """Give the path to write to; it becomes ``path`` at once, when all is there and on the disk."""
    unfinished = path.with_name(f".{path.stem}.{uuid.uuid4().hex}.tmp")
    try:
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        code = ErrorCode.DISK_FULL if error.errno in _FULL else ErrorCode.FILE_UNREADABLE
        raise MeipiError(code, path=path, reason=reason_of(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write(partition: Partition, path: Path, settings: Settings) -> None:
    arrow, parquet = need("pyarrow", EXTRA), need("pyarrow.parquet", EXTRA)
    columns = schema(settings.as_json())
    with parquet.ParquetWriter(path, columns, compression="zstd") as writer:
        for rows in _batches(_rows(partition, settings)):
            writer.write_table(arrow.Table.from_pylist(rows, schema=columns))


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row.get("text") or "") + len(row.get("data") or b"")
        if len(batch) == _ROWS or characters > _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _rows(partition: Partition, settings: Settings) -> Iterator[dict[str, Any]]:
    from meipi.sources import containers

    for portion in partition.portions:
        for item in containers.read(portion, columns=settings.columns):
            yield _row(portion.path, item, settings)


def _row(source: str, item: Item, settings: Settings) -> dict[str, Any]:
    engine = Here()
    try:
        if item.error is not None:
            return failed_row(source, item, item.error)
        prepared = engine.call(
            item.name, pipeline.prepare, item.data, name=item.file, encoding=item.encoding
        )
        text = prepared.repaired.text
        search = EntitySearch("", item.name, text, prepared.structure)
        mentions = search.run(engine) or ()
    except MeipiError as error:
        return failed_row(source, item, error)
    return row_of(source, item, prepared, mentions, originals=settings.originals)
