"""Settings: one table, one file that is whole or as it was."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.home import default_library, log_folder
from meipi.services.settings import SETTINGS, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_every_default_is_allowed() -> None:
    assert [setting.name for setting in SETTINGS if not setting.allows(setting.default)] == []


def test_what_is_set_is_there_after_a_restart(path: Path) -> None:
    Settings(path).set("theme", "dark")
    assert Settings(path).get("theme") == "dark"


def test_reading_settings_writes_nothing(path: Path) -> None:
    assert Settings(path).get("reading_size") == 19
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "purple"),
        ("reading_size", 500),
        ("reading_size", True),
        ("show_entities", 1),
        ("hidden_types", ["NONE"]),
        ("last_document", None),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(path: Path, name: str, value: object) -> None:
    settings = Settings(path)
    with pytest.raises(MeipiError) as caught:
        settings.set(name, value)
    assert caught.value.code is ErrorCode.SETTING_INVALID
    assert not path.exists()


def test_a_setting_there_is_not_is_a_mistake_of_the_programmer(path: Path) -> None:
    with pytest.raises(KeyError):
        Settings(path).get("nothing")


def test_a_value_in_the_file_that_is_not_allowed_counts_as_not_set(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "purple", "zoom": 3}', encoding="utf-8")
    settings = Settings(path)
    assert (settings.get("theme"), settings.get("zoom")) == ("system", 3)


def test_names_of_a_newer_version_stay_in_the_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"from_the_future": [1]}', encoding="utf-8")
    Settings(path).set("zoom", 2)
    assert json.loads(path.read_text(encoding="utf-8")) == {"from_the_future": [1], "zoom": 2}


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\xff", b"[]", b""])
def test_a_broken_file_is_kept_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.get("theme") == "system"
    assert path.with_name("settings.broken.json").read_bytes() == content
    settings.set("theme", "light")
    assert Settings(path).get("theme") == "light"


def test_what_is_got_cannot_be_changed_from_outside(path: Path) -> None:
    settings = Settings(path)
    settings.get("hidden_types").append("PER")
    assert settings.get("hidden_types") == []


def test_a_reset_brings_the_default_back(path: Path) -> None:
    settings = Settings(path)
    settings.set("zoom", 4)
    settings.reset("zoom")
    assert Settings(path).get("zoom") == 0


def test_a_folder_in_the_way_is_an_error_with_words(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(MeipiError) as caught:
        Settings(path).set("zoom", 1)
    assert caught.value.code is ErrorCode.SETTINGS_NOT_SAVED
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_meipi_home_holds_settings_and_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEIPI_HOME", str(tmp_path / "home"))
    assert Settings().path == tmp_path / "home" / "settings.json"
    assert default_library().parent == tmp_path / "home"


def test_without_meipi_home_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEIPI_HOME")
    assert default_library().is_absolute()
    assert default_library().parent != Path.cwd()


def test_an_installed_program_keeps_its_data_beside_itself_where_there_is_a_folder_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEIPI_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "meipi"))
    assert not default_library().is_relative_to(tmp_path)
    (tmp_path / "meipi-data").mkdir()
    assert default_library() == tmp_path / "meipi-data" / "library.meipi"
    assert Settings().path == tmp_path / "meipi-data" / "settings.json"
    assert log_folder() == tmp_path / "meipi-data" / "log"
