"""A workspace on a real library, with a pipeline small enough to foresee every result."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from meipi.core.document import Block, Decoded, Role, Structure
from meipi.core.reading import Prepared
from meipi.core.repairs import Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span
from meipi.library.transaction import KINDS
from meipi.services import pipeline
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = "天津市宝坻区推进京津冀协同发展\n聚焦“产业圈”,\u200b打造宝地高地\n𠮷野家与🙂开业"


def prepare(data: bytes, *, name: str, encoding: str | None = None) -> Prepared:
    """Decode, take zero-width spaces out, see one paragraph a line."""
    del name
    chosen = encoding or "utf-8"
    decoded = Decoded(data.decode(chosen, "replace"), chosen)
    edits = []
    for number, at in enumerate(i for i, c in enumerate(decoded.text) if c == "\u200b"):
        start = at - number
        edits.append(RepairEdit(start, start, at, at + 1, "\u200b", "", "noise", 1.0, Proof.TABLE))
    text, moved = apply_edits(decoded.text, edits)
    structure = Structure(tuple(_lines(text)), title=text.partition("\n")[0])
    return Prepared(decoded, Repaired(text, tuple(edits), moved), structure)


def _lines(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        yield Block(Span(at, at + len(line)), Role.PARAGRAPH)
        at += len(line) + 1


@pytest.fixture(autouse=True)
def small_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep these tests to the library."""
    monkeypatch.setattr(pipeline, "prepare", prepare)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the library is."""
    return tmp_path / "library.meipi"


@pytest.fixture
def open_library(path: Path) -> Iterator[Callable[..., Workspace]]:
    """Open workspaces that are closed at the end."""
    opened: list[Workspace] = []

    def opener(at: Path = path, **options: object) -> Workspace:
        opened.append(Workspace.open(at, in_process=True, **options))
        return opened[-1]

    yield opener
    for workspace in opened:
        workspace.close()


@pytest.fixture
def workspace(open_library: Callable[..., Workspace]) -> Workspace:
    """An open, empty library."""
    return open_library()


@pytest.fixture
def document(workspace: Workspace) -> str:
    """The id of a document in the library."""
    return workspace.documents.add_bytes(TEXT.encode(), name="a.txt").result().document


@pytest.fixture
def tag(workspace: Workspace) -> str:
    """The id of a tag in the library."""
    return next(iter(workspace.codebook.add("产业").result().tags))


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """Read every row that the history is answerable for."""

    def read(at: Path) -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(at)) as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()  # noqa: S608
                for table in KINDS
            }

    return read
