"""The doctor finds damage, mends what can be made again, and never touches a damaged file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.spans import Span
from meipi.library import Library
from meipi.library.salvage import TABLES
from meipi.services.doctor import State, examine, examine_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

WORDS = "天津市宝坻区推进京津冀协同发展"


@pytest.fixture
def filled(workspace: Workspace, document: str, tag: str, path: Path) -> Path:
    """A closed library with annotations and a second document of many pages."""
    for start in range(12):
        workspace.annotating.add(document, Span(start, start + 3), tag=tag, note="批").result()
    pages = "".join(map(chr, range(0x4E00, 0x9000)))
    workspace.documents.add_bytes(pages.encode(), name="b.txt").result()
    workspace.close()
    return path


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def states(path: Path) -> list[State]:
    return [finding.state for finding in examine_library(path)]


def test_a_sound_library_is_called_sound(filled: Path) -> None:
    assert states(filled) == [State.SOUND]
    assert states(filled) == [State.SOUND]


def test_a_library_yet_to_be_made_is_only_noted(path: Path) -> None:
    assert states(path) == [State.NOTE]
    assert not path.exists()


def test_what_is_no_library_is_reported_and_untouched(path: Path) -> None:
    path.write_bytes(b"not a library")
    assert states(path) == [State.BROKEN]
    assert path.read_bytes() == b"not a library"


def test_an_empty_index_is_built_anew(filled: Path, open_library: Callable[..., Workspace]) -> None:
    execute(filled, "INSERT INTO search (search) VALUES ('delete-all')")
    assert states(filled) == [State.MENDED]
    assert states(filled) == [State.SOUND]
    assert len(open_library().search("协同发展")) == 1


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE readings SET layers = x'00'",
        "UPDATE readings SET source_text = x'78'",
        "UPDATE documents SET length = 3",
    ],
)
def test_a_broken_reading_is_made_again_from_the_bytes(
    filled: Path, open_library: Callable[..., Workspace], harm: str
) -> None:
    execute(filled, harm)
    assert set(states(filled)) == {State.MENDED}
    assert states(filled) == [State.SOUND]
    workspace = open_library()
    cards = {card.name: card for card in workspace.documents.cards()}
    assert workspace.documents.reading(cards["a.txt"].id).repaired.text.startswith(WORDS)
    assert len(workspace.annotating.of(cards["a.txt"].id)) == 12


def test_an_annotation_off_its_words_is_put_back_or_marked(
    filled: Path, open_library: Callable[..., Workspace]
) -> None:
    execute(
        filled,
        'UPDATE annotations SET start = start + 5, "end" = "end" + 5 WHERE start = 0',
        "UPDATE annotations SET quote = '没有这些字' WHERE start = 1",
    )
    assert sorted(states(filled)) == [State.MENDED, State.NOTE]
    assert states(filled) == [State.SOUND]
    workspace = open_library()
    found = {item.anchor.quote: item.anchor for item in workspace.annotating.all()}
    assert found["天津市"].span == Span(0, 3)
    assert found["没有这些字"].state is AnchorState.NEEDS_REVIEW


def test_bytes_that_changed_are_reported(filled: Path) -> None:
    execute(filled, "UPDATE originals SET data = data || x'21' WHERE size < 300")
    assert State.BROKEN in states(filled)


def test_what_can_be_read_of_a_damaged_file_is_copied_beside_it(
    filled: Path, open_library: Callable[..., Workspace]
) -> None:
    data = bytearray(filled.read_bytes())
    with closing(sqlite3.connect(filled)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'slices'"
        ).fetchone()[0]
    data[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    filled.write_bytes(data)
    assert {State.BROKEN, State.NOTE} <= set(states(filled))
    assert filled.read_bytes() == bytes(data)
    workspace = open_library(filled.with_name("library.recovered.meipi"))
    assert len(workspace.documents.cards()) == 2
    assert len(workspace.annotating.all()) == 12
    assert len(workspace.search("协同发展")) == 1


def test_readings_lost_with_a_damaged_page_are_made_again_in_the_copy(
    filled: Path, open_library: Callable[..., Workspace]
) -> None:
    data = bytearray(filled.read_bytes())
    with closing(sqlite3.connect(filled)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'readings'"
        ).fetchone()[0]
    data[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    filled.write_bytes(data)
    assert State.BROKEN in states(filled)
    workspace = open_library(filled.with_name("library.recovered.meipi"))
    assert len(workspace.annotating.all()) == 12
    assert [hit.match for hit in workspace.search("協同發展")] == ["协同发展"]


def test_the_installation_is_examined_without_loading_it(path: Path) -> None:
    findings = examine(path)
    words = [finding.word("en") for finding in findings]
    assert "onnxruntime: installed" in words
    assert any("font" in text.lower() for text in words)
    assert all(finding.word("zh") for finding in findings)


def test_every_table_is_saved_or_made_again(path: Path) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    tables = {row[0] for row in rows if not row[0].startswith(("sqlite_", "search"))}
    made_again = {"slices", "paragraphs", "tag_counts", "entities", "entity_mentions"}
    assert tables - set(TABLES) == made_again | {"stale_entities", "meta"}
