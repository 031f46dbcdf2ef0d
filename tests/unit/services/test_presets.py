"""Ways of exporting that are kept by name."""

from pathlib import Path

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.presets import Preset, Presets
from meipi.services.selecting import Choice, Entities
from meipi.services.settings import Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_a_preset_is_there_after_a_restart(path: Path) -> None:
    choice = Choice(frozenset({"晓"}), Entities.NONE, "2026-01-01", "2026-02-01")
    Presets(Settings(path)).keep("标注", Preset("conll", ("a", "b"), choice))
    again = Presets(Settings(path))
    assert again.names() == ["标注"]
    assert again.get("标注") == Preset("conll", ("a", "b"), choice)


def test_a_preset_can_be_forgotten(path: Path) -> None:
    presets = Presets(Settings(path))
    presets.keep("甲", Preset("csv"))
    presets.remove("甲")
    assert presets.names() == []


def test_an_unknown_preset_is_named(path: Path) -> None:
    with pytest.raises(MeipiError) as caught:
        Presets(Settings(path)).get("没有")
    assert caught.value.code is ErrorCode.PRESET_UNKNOWN


def test_nonsense_in_the_file_chooses_all(path: Path) -> None:
    path.write_text('{"export_presets": {"a": {"entities": 3, "since": "x", "tags": 1}}}')
    assert Presets(Settings(path)).get("a") == Preset("jsonl")
