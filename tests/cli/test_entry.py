"""The `meipi` command itself: window or command line, and what it says where neither can start."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pytest

from meipi.__main__ import main
from meipi.cli import COMMANDS, build_parser

if TYPE_CHECKING:
    from collections.abc import Mapping


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
