"""The sentences the name tagger is trained on: frames filled soundly, tags that spell the names."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

_PACKAGING = Path(__file__).parents[3] / "packaging"


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(_PACKAGING))
    from train_tagger import data

    return data


@pytest.fixture
def frames(data: ModuleType) -> Any:
    from train_tagger.frames import Frames

    return Frames(random.Random(1))  # noqa: S311 - a draw to repeat, no secret


def test_every_frame_can_be_filled(frames: Any, data: ModuleType) -> None:
    assert len(frames.frames) >= 150
    for frame in frames.frames:
        sentence = frames.filled(frame)
        assert "{" not in sentence.text
        assert len(data.names_of(data.tags_of(sentence))) == len(sentence.names)


def test_tags_spell_the_names_they_were_made_of(data: ModuleType) -> None:
    names = ((0, 2, "LOC"), (2, 3, "PER"), (3, 7, "ORG"))
    assert data.names_of(data.tags_of(data.Sentence("北京李青年学会", names))) == set(names)


def test_swapping_keeps_what_stands_between_the_names(frames: Any, data: ModuleType) -> None:
    sentence = data.Sentence("记者李明到上海采访", ((2, 4, "PER"), (5, 7, "LOC")))
    for _ in range(20):
        swapped = frames.swapped(sentence)
        (a, b, _), (c, d, _) = swapped.names
        assert [swapped.text[:a], swapped.text[b:c], swapped.text[d:]] == ["记者", "到", "采访"]
