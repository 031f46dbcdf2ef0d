"""Thousands of files come in a few at a time; stopped, they are gone on with, even later."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.services.documents import Added


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.meipi"


@pytest.fixture
def workspace(library: Path) -> Iterator[Workspace]:
    with Workspace.open(library, in_process=True) as opened:
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    paths = [folder / f"{at:03}.txt" for at in range(40)]
    for at, path in enumerate(paths):
        path.write_text(f"第 {at} 篇:河边的老磨坊重新转了起来。", encoding="utf-8")
    return paths


class Heard:
    """Counts what arrives, and may stop the arriving after some."""

    def __init__(self, workspace: Workspace, *, stop_after: int = 0) -> None:
        self.came: dict[Path, Added | MeipiError] = {}
        self._workspace, self._stop_after = workspace, stop_after
        self._changed = threading.Condition()
        workspace.arriving.listen(self)

    def __call__(self, path: Path, came: Added | MeipiError) -> None:
        with self._changed:
            self.came[path] = came
            if len(self.came) == self._stop_after:
                self._workspace.arriving.stop()
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.came) >= count, timeout=60)


def test_all_come_in_and_nothing_is_left(workspace: Workspace, files: list[Path]) -> None:
    heard = Heard(workspace)
    assert workspace.arriving.put(files) == 40
    heard.wait_for(40)
    assert len(workspace.documents.cards()) == 40
    workspace.flush()
    assert workspace.arriving.left() == []
    assert workspace.arriving.refused() == []


def test_stopped_they_are_gone_on_with(workspace: Workspace, files: list[Path]) -> None:
    heard = Heard(workspace, stop_after=5)
    workspace.arriving.put(files)
    heard.wait_for(5)
    workspace.flush()
    came = len(workspace.documents.cards())
    assert 5 <= came <= 8
    left = workspace.arriving.left()
    assert set(left) | set(heard.came) == set(files)
    workspace.arriving.resume()
    heard.wait_for(40)
    assert len(workspace.documents.cards()) == 40


def test_another_session_goes_on_with_what_is_left(library: Path, files: list[Path]) -> None:
    with Workspace.open(library, in_process=True) as first:
        heard = Heard(first, stop_after=5)
        first.arriving.put(files)
        heard.wait_for(5)
    with Workspace.open(library, in_process=True) as second:
        left = second.arriving.left()
        assert 30 <= len(left) <= 36
        heard = Heard(second)
        assert second.arriving.resume() == len(left)
        heard.wait_for(len(left))
        assert len(second.documents.cards()) == 40
        second.flush()
        assert second.arriving.left() == []


def test_a_session_that_ended_in_the_midst_loses_none(library: Path, files: list[Path]) -> None:
    first = Workspace.open(library, in_process=True)
    heard = Heard(first)
    first.arriving.put(files)
    heard.wait_for(3)
    first.close()
    with Workspace.open(library, in_process=True) as second:
        heard = Heard(second)
        count = second.arriving.resume()
        heard.wait_for(count)
        assert len(second.documents.cards()) == 40


def test_what_failed_is_listed_with_its_reason_and_tried_again(
    library: Path, files: list[Path]
) -> None:
    files[3].unlink()
    files[3].mkdir()
    files[7].unlink()
    with Workspace.open(library, in_process=True) as first:
        heard = Heard(first)
        first.arriving.put(files)
        heard.wait_for(40)
        codes = {one.path.name: one.error.code for one in first.arriving.refused()}
        assert codes == {
            "003.txt": ErrorCode.FILE_IS_DIRECTORY,
            "007.txt": ErrorCode.FILE_NOT_FOUND,
        }
    files[3].rmdir()
    files[3].write_text("有了内容。", encoding="utf-8")
    with Workspace.open(library, in_process=True) as second:
        assert len(second.arriving.refused()) == 2
        heard = Heard(second)
        assert second.arriving.retry() == 2
        heard.wait_for(2)
        assert [one.path.name for one in second.arriving.refused()] == ["007.txt"]
        assert len(second.documents.cards()) == 39


def test_what_is_forgotten_does_not_come_back(library: Path, files: list[Path]) -> None:
    files[0].unlink()
    with Workspace.open(library, in_process=True) as first:
        heard = Heard(first, stop_after=5)
        first.arriving.put(files)
        heard.wait_for(5)
        first.arriving.forget().result()
    with Workspace.open(library, in_process=True) as second:
        assert second.arriving.left() == []
        assert second.arriving.refused() == []


def test_the_same_file_twice_comes_once(workspace: Workspace, files: list[Path]) -> None:
    assert workspace.arriving.put([files[0], files[0]]) == 1
