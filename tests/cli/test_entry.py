"""The `meipi` command itself: window or command line, and what it says where neither can start."""

from __future__ import annotations

import builtins
import gc
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from meipi.__main__ import main
from meipi.cli import COMMANDS, build_parser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def test_a_missing_system_library_is_one_line_that_names_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = builtins.__import__

    def without_egl(name: str, *rest: Any, **named: Mapping[str, Any]) -> object:
        if name == "meipi.ui.start":
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return known(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_egl)
    assert main([]) == 1
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) == 1
    assert "libEGL.so.1" in errors
    assert "libegl1" in errors


def test_an_unknown_option_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--nonsense"])
    assert stop.value.code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        build_parser().parse_args([name, "--help"])
    assert stop.value.code == 0
    assert name in capsys.readouterr().out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("meipi 0.")


def _opened(monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, object]:
    """Return what the window would be opened on."""
    seen: dict[str, object] = {}
    module = ModuleType("meipi.ui.start")

    def run(files: list[Path], *, library: Path | None) -> int:
        seen.update(files=[path.name for path in files], library=library and library.name)
        return 0

    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "meipi.ui.start", module)
    monkeypatch.setattr(gc, "disable", lambda: None)
    assert main([*words]) == 0
    return seen


def test_a_library_among_the_files_is_opened_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = _opened(monkeypatch, "a.txt", "work.meipi", "b.html")
    assert opened == {"files": ["a.txt", "b.html"], "library": "work.meipi"}


def test_the_library_that_is_named_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = _opened(monkeypatch, "--library", "named.meipi", "work.meipi", "a.txt")
    assert opened == {"files": ["a.txt"], "library": "named.meipi"}
