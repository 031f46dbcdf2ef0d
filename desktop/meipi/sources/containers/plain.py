"""A file that is one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import MeipiError
from meipi.sources.containers.item import Columns, Container, Item, Portion
from meipi.sources.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def divide(path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
    """Yield the whole."""
    del columns, documents
    yield Portion(str(path), PLAIN.name)


def read(path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the document."""
    del portion, columns
    try:
        yield Item(path.name, read_bytes(path), file=path.name)
    except MeipiError as error:
        yield Item(path.name, error=error)


PLAIN = Container("file", (), divide, read)
