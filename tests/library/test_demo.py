"""The samples in an empty library: real documents, real pipeline, real worker process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.resources import resource_path
from meipi.services import demo, pipeline
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

real_prepare = pipeline.prepare


@pytest.fixture
def filled(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(pipeline, "prepare", real_prepare)
    with Workspace.open(path) as workspace:
        demo.fill(workspace)
        yield workspace


def test_the_samples_stand_in_the_library_with_every_annotation_on_its_words(
    filled: Workspace, seeds: dict[str, Path]
) -> None:
    sample = json.loads(resource_path("demo", "sample.json").read_text(encoding="utf-8"))
    assert len(filled.documents.cards()) == len(seeds)
    assert [tag.name for tag in filled.codebook.tags()] == [tag["name"] for tag in sample["tags"]]
    annotations = filled.annotating.all()
    assert len(annotations) == len(sample["annotations"])
    assert {item.anchor.state for item in annotations} == {AnchorState.EXACT}


def test_filling_twice_changes_nothing(filled: Workspace) -> None:
    before = filled.exchange.annotated_set()
    assert demo.fill(filled) == []
    assert filled.exchange.annotated_set() == before
