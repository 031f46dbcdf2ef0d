"""Takes in what was coded in QualCoder, out of its database (``data.qda``)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.core.reasons import reason_of
from meipi.library.foreign import MAGIC, count_rows, read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from meipi.core.annotated_set import AnnotatedSet

QUALCODER = "qualcoder"
_TABLES = {
    "source": ("id", "name", "fulltext", "memo"),
    "code_name": ("cid", "name", "memo", "catid", "color"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"),
    "annotation": ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"),
}
_OTHER_TABLES = {
    "cases": "case",
    "attribute": "attribute",
    "journal": "note",
    "code_image": "region",
    "code_av": "region",
}
"""What Meipi has no place for, by the table it stands in."""


def _by_kind(counts: Mapping[str, int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for table, kind in _OTHER_TABLES.items():
        found[kind] += counts[table]
    return found


def is_database(path: Path) -> bool:
    """Say whether the file at ``path`` is a SQLite database."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def read_qualcoder(path: Path) -> AnnotatedSet:
    """Read a QualCoder database; raise `MeipiError` (``IMPORT_INVALID``) or `FileError`."""
    from meipi.exchange.qualcoder import annotated_set
    from meipi.exchange.refusal import Refused

    if not path.is_file():
        raise FileError(ErrorCode.FILE_NOT_FOUND, path=path)
    try:
        counts = count_rows(path, _OTHER_TABLES)
        return annotated_set(
            read_tables(path, _TABLES),
            passed_over=_by_kind(counts),
        )
    except OSError as error:
        raise FileError(ErrorCode.FILE_UNREADABLE, path=path, reason=reason_of(error)) from error
    except Refused as refused:
        raise MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=refused.phrase) from refused
