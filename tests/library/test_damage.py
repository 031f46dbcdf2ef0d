"""Whatever bytes of a library change: what can be read is saved, and what cannot is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FLIPPER = Path(__file__).parent / "flip_bytes.py"
FOUND = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
"""Where the program that damages finds its neighbours."""
COPIES = int(os.environ.get("MEIPI_DAMAGED_COPIES", "12"))
"""200 for the whole test."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    "option",
    [[], ["--backed-up"], ["--backed-up", "--pages"]],
    ids=["bytes", "bytes, with a backup", "pages, with a backup"],
)
def test_nothing_is_lost_in_silence(tmp_path: Path, option: list[str]) -> None:
    command = [sys.executable, str(FLIPPER), str(tmp_path), str(COPIES), "11", *option]
    run = subprocess.run(command, check=False, capture_output=True, timeout=3500, env=FOUND)
    assert run.returncode == 0, run.stderr.decode()
    result = json.loads(run.stdout)
    assert result["copies"] == COPIES, run.stderr.decode()
    for what in ("failed", "touched", "unsound"):
        assert not result.get(what), run.stderr.decode()
    for table in ("documents", "tags", "annotations"):
        assert not result.get(f"{table}_silent")
        assert result[f"{table}_whole"] > 0.9 * sum(
            result.get(f"{table}_{how}", 0) for how in ("whole", "told", "unnamed", "silent")
        )
