"""Takes the results of a batch into a library: texts, repairs, structure and entities as found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.core.extras import is_there, need
from meipi.services.batch.plan import MANIFEST
from meipi.services.batch.rows import EXTRA, FORMAT, Result, result_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.services.documents import Added
    from meipi.services.workspace import Workspace

_ROWS = 16
_SUFFIX = ".parquet"
_OTHER_COLUMNS = Phrase("其中没有这样的列", "it lacks columns that results have")


def parts(path: Path) -> list[Path]:
    """Return the files of results that ``path`` is or, as the folder of a batch, holds."""
    if _is_batch(path):
        return sorted(path.glob(f"part-*{_SUFFIX}"))
    return [path] if path.suffix.lower() == _SUFFIX and _is_part(path) else []


def results(path: Path) -> Iterator[Result | MeipiError]:
    """Yield the documents of a file of results, and why one is none that can be taken in."""
    number = 0
    with need("pyarrow.parquet", EXTRA).ParquetFile(path) as file:
        try:
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield _result(path, number, row)
        except (OSError, need("pyarrow", EXTRA).ArrowException) as error:
            yield _invalid(path, number + 1, " ".join(str(error).split())[:200])


def take(workspace: Workspace, result: Result) -> Added:
    """Put a result into the library with its entities, unless it has the document."""
    added = workspace.documents.add_prepared(result.data, result.prepared, name=result.name)
    if added.new:
        workspace.entities.keep(added.document, result.mentions, of=result.prepared.repaired.text)
    return added


def _result(path: Path, number: int, row: dict[str, Any]) -> Result | MeipiError:
    if row.get("error"):
        return _invalid(path, number, str(row["error"]).rstrip(".。"))
    try:
        return result_of(row)
    except KeyError:
        return _invalid(path, number, _OTHER_COLUMNS)
    except (ValueError, TypeError, AttributeError) as error:
        return _invalid(path, number, str(error))


def _invalid(path: Path, row: int, reason: Phrase | str) -> MeipiError:
    return MeipiError(ErrorCode.BATCH_ROW_INVALID, path=path, row=row, reason=reason)


def _is_batch(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("format") == FORMAT


def _is_part(path: Path) -> bool:
    if not is_there("pyarrow"):
        return False
    try:
        metadata = need("pyarrow.parquet", EXTRA).read_schema(path).metadata or {}
    except (OSError, need("pyarrow", EXTRA).ArrowException):
        return False
    return bool(metadata.get(b"generator") == FORMAT.encode())
