"""How often tags are used, as triggers keep count of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.services.doctor import State, examine_library

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.services.workspace import Workspace


def test_tags_are_counted_as_they_are_put_on_changed_and_taken_off(
    workspace: Workspace, document: str, tag: str
) -> None:
    other = next(iter(workspace.codebook.add("地点").result().tags))
    made = workspace.annotating.add(document, Span(0, 3), tag=tag).result().annotations
    workspace.annotating.add(document, Span(3, 6), tag=tag).result()
    assert workspace.codebook.counts() == {tag: 2}
    workspace.annotating.set_tag(next(iter(made)), other).result()
    assert workspace.codebook.counts() == {tag: 1, other: 1}
    workspace.annotating.delete(made).result()
    assert workspace.codebook.counts() == {tag: 1}
    workspace.history.undo().result()
    assert workspace.codebook.counts() == {tag: 1, other: 1}


def test_tags_on_a_removed_document_do_not_count_until_it_is_back(
    workspace: Workspace, document: str, tag: str
) -> None:
    workspace.annotating.add(document, Span(0, 3), tag=tag).result()
    workspace.documents.remove([document]).result()
    assert workspace.codebook.counts() == {}
    workspace.history.undo().result()
    assert workspace.codebook.counts() == {tag: 1}


def test_the_doctor_counts_again_what_was_counted_wrong(
    workspace: Workspace, document: str, tag: str, path: Path
) -> None:
    workspace.annotating.add(document, Span(0, 3), tag=tag).result()
    workspace.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE tag_counts SET uses = 7")
        connection.commit()
    assert State.MENDED in {finding.state for finding in examine_library(path)}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT uses FROM tag_counts").fetchall() == [(1,)]
