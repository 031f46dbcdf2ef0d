"""The most memory that repairing a text takes, in a process of its own: ``python -m`` this module.

Reads UTF-8 from standard input and prints the size of the text and the peak above what stood
before, the text among it, in bytes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.fuzz.damages import damaged

from meipi.repair import repair

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def measured(text: str) -> tuple[int, int]:
    """Return the size of ``text`` and the peak while it is repaired, measured elsewhere."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.peak"],
        input=text.encode("utf-8", "surrogatepass"),
        capture_output=True,
        check=True,
    )
    size, peak = map(int, run.stdout.split())
    return size, peak


def main() -> None:
    """Measure by the kernel's mark of the highest use, set back before."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    for warm in damaged():  # tables and the model are there from now on
        repair(warm)
    before = _kilobytes("VmRSS")
    _RESET.write_text("5")
    result = repair(text)
    peak = _kilobytes("VmHWM")
    print(sys.getsizeof(text), sys.getsizeof(text) + 1024 * (peak - before))
    assert result.map.source_length == len(text)


def _kilobytes(name: str) -> int:
    match = re.search(rf"{name}:\s*(\d+) kB", _STATUS.read_text())
    assert match
    return int(match[1])


if __name__ == "__main__":
    main()
