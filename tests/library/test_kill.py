"""Killing the program at any moment loses at most the act in flight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EDITORS = Path(__file__).parent / "kill_editors.py"
ROUNDS = int(os.environ.get("MEIPI_KILLS", "50"))
"""500 for the whole test."""


@pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")
@pytest.mark.timeout(3600)
def test_kills_of_editors_and_of_makers_lose_nothing_that_was_done(path: Path) -> None:
    command = [sys.executable, str(EDITORS), str(path), str(ROUNDS), "7"]
    run = subprocess.run(command, check=True, capture_output=True, timeout=3500)
    result = json.loads(run.stdout)
    assert result["rounds"] == ROUNDS
    assert result["acts"] > 0
    assert result["lost"] == 0
    assert result["damaged"] == 0
    assert result["half_backups"] == 0
    assert result["unopened"] == 0
