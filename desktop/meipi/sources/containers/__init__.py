"""Files that hold many documents, read as streams of them: one file a kind, a registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.sources.containers.archive import ZIP
from meipi.sources.containers.columns import PARQUET
from meipi.sources.containers.item import Columns, Container, Item, Portion
from meipi.sources.containers.lines import JSONL
from meipi.sources.containers.plain import PLAIN
from meipi.sources.containers.web import WARC

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTAINERS: tuple[Container, ...] = (ZIP, JSONL, PARQUET, WARC)
_ASKED_WRONGLY = frozenset({ErrorCode.EXTRA_MISSING, ErrorCode.COLUMN_UNKNOWN})
_BY_NAME = {container.name: container for container in (*CONTAINERS, PLAIN)}

__all__ = ["CONTAINERS", "Columns", "Container", "Item", "Portion", "divide", "pick", "read"]


def pick(path: Path) -> Container:
    """Return the kind of container a file is by its name; most are one document.

    >>> pick(Path("CC-MAIN-2026.warc.gz")).name, pick(Path("新闻.html")).name
    ('warc', 'file')
    """
    name = path.name.lower()
    return next((known for known in CONTAINERS if name.endswith(known.suffixes)), PLAIN)


def divide(path: Path, *, columns: Columns, documents: int) -> list[Portion]:
    """Divide a file into portions; of one that cannot be read, a portion that will say so.

    Raises ``MeipiError`` only where a package is missing, or the column that holds the texts.
    """
    container = pick(path)
    try:
        return list(container.divide(path, columns=columns, documents=documents))
    except MeipiError as error:
        if error.code in _ASKED_WRONGLY:
            raise
        return [Portion(str(path), container.name)]


def read(portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a portion; what ends it too early is the last of them."""
    path, name = Path(portion.path), ""
    try:
        for item in _BY_NAME[portion.container].read(path, portion, columns=columns):
            name = item.name
            yield item
    except MeipiError as error:
        yield Item(f"after {name}" if name else path.name, error=error)
