"""A report of a problem says what helps and nothing of what is read."""

from __future__ import annotations

import json
import logging
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meipi import __version__
from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.log import keep_log, stop_log
from meipi.services.settings import Settings
from meipi.services.trouble import gather, write

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Keep a log while a test runs."""
    keep_log()
    yield
    stop_log()


def test_it_names_the_program_the_system_and_the_packages() -> None:
    files = gather(Settings(), extra={"screen": "1920 x 1080"})
    assert f"meipi: {__version__}" in files["machine.txt"]
    assert "sqlite: 3." in files["machine.txt"]
    assert "screen: 1920 x 1080" in files["machine.txt"]
    assert "numpy " in files["packages.txt"]


def test_it_has_the_log() -> None:
    logging.getLogger("meipi.somewhere").warning("the disk is slow")
    assert "the disk is slow" in gather(Settings())["meipi.log"]


def test_settings_that_may_hold_names_are_left_out(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("coder", "李小明")
    settings.set("theme", "dark")
    told = gather(settings)["settings.json"]
    assert json.loads(told)["theme"] == "dark"
    assert "李小明" not in told
    assert "coder" not in told


def test_the_readers_own_folders_are_left_out_of_paths() -> None:
    place = Path.home() / "secret-project" / "meipi" / "ui" / "app.py"
    logging.getLogger("meipi.somewhere").warning('File "%s", line 3; %s/notes', place, Path.home())
    told = gather(Settings())["meipi.log"]
    assert "secret-project" not in told
    assert f'File "meipi{os.sep}ui{os.sep}app.py"' in told
    assert "~/notes" in told


def test_it_is_one_zip_file_of_what_was_shown(tmp_path: Path) -> None:
    files = gather(Settings())
    write(files, tmp_path / "report.zip")
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == files


def test_a_place_that_cannot_be_written_to_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(MeipiError) as refused:
        write({"a.txt": "a"}, tmp_path / "nowhere" / "report.zip")
    assert refused.value.code is ErrorCode.REPORT_NOT_WRITTEN
    assert list(tmp_path.iterdir()) == []
