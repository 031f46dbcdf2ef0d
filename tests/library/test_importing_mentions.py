"""Imported entities: what a reader corrected elsewhere is corrected here too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.services import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

TEXT = "宝坻区与中交签约。中交发展。"
ORG, PER = EntityType.ORG, EntityType.PER


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(text: str, _: object) -> tuple[Mention, ...]:
        found = re.finditer("中交", text)
        return tuple(Mention(Span(*m.span()), ORG, m[0], m[0], "model") for m in found)

    monkeypatch.setattr(pipeline, "find_mentions", find)


@pytest.fixture(params=["jsonl", "w3c"])
def corrected(workspace: Workspace, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Write a set in which a reader changed one type and added one entity."""
    document = put(workspace)
    workspace.correcting.change_type(document, Span(4, 6), PER).result()
    workspace.correcting.add(document, Span(0, 3), EntityType.LOC).result()
    path = tmp_path / f"set.{request.param}"
    workspace.exchange.export(path, format=request.param).result()
    return path


def put(workspace: Workspace) -> str:
    document = workspace.documents.add_bytes(TEXT.encode(), name="a.txt").result().document
    workspace.entities.find(document).result()
    return document


def said(workspace: Workspace) -> list[tuple[str, str, bool]]:
    (card,) = workspace.documents.cards()
    mentions = workspace.entities.stored(card.id) or ()
    return [(m.text, m.type, m.corrected) for m in mentions]


EXPECTED = [("宝坻区", "LOC", True), ("中交", "PER", True), ("中交", "ORG", False)]


@pytest.mark.parametrize("corrected", ["jsonl"], indirect=True)
def test_corrected_mentions_come_in_as_corrected(
    corrected: Path, tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    other = open_library(tmp_path / "other.meipi")
    other.exchange.import_set(corrected).result()
    assert said(other) == EXPECTED


def test_corrections_come_to_a_document_that_was_searched_already(
    corrected: Path, tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    other = open_library(tmp_path / "other.meipi")
    put(other)
    assert said(other) == [("中交", "ORG", False), ("中交", "ORG", False)]
    other.exchange.import_set(corrected).result()
    assert said(other) == EXPECTED
    # Once is enough; and it can be taken back like any act.
    other.exchange.import_set(corrected).result()
    assert said(other) == EXPECTED
    other.history.undo().result()
    assert said(other) == [("中交", "ORG", False), ("中交", "ORG", False)]


def test_what_the_reader_of_this_library_said_wins_over_an_import(
    corrected: Path, tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    other = open_library(tmp_path / "other.meipi")
    document = put(other)
    other.correcting.change_type(document, Span(4, 6), EntityType.FAC).result()
    other.exchange.import_set(corrected).result()
    assert ("中交", "FAC", True) in said(other)
    assert ("中交", "PER", True) not in said(other)


@pytest.mark.parametrize("corrected", ["jsonl"], indirect=True)
def test_an_imported_correction_outlives_a_new_search(
    corrected: Path, tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    other = open_library(tmp_path / "other.meipi")
    other.exchange.import_set(corrected).result()
    (card,) = other.documents.cards()
    other.documents.change_encoding(card.id, "gb18030").result()
    other.documents.change_encoding(card.id, "utf-8").result()
    other.entities.find(card.id).result()
    assert said(other) == EXPECTED
