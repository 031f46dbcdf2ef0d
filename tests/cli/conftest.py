"""The command line in process: its output, its errors and its exit code."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from meipi.cli import main
from meipi.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    errors: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def meipi() -> Callable[..., Ran]:
    def run(*words: str | Path, stdin: bytes = b"") -> Ran:
        out, errors = io.StringIO(), io.StringIO()
        console = Console(out, errors, io.BytesIO(stdin))
        try:
            code = main([str(word) for word in words], console)
        except SystemExit as stop:  # argparse leaves this way
            code = int(stop.code or 0)
        return Ran(code, out.getvalue(), errors.getvalue())

    return run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.meipi"
