"""Print how many damaged texts come out exactly: JSON lines of kind, damaged text and truth.

``python -m tests.eval.repair_table PATH… [--misses]``
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = "{:32} {:>9} {:>6} {:>8}\n"


def main() -> None:
    """Read the arguments and print a table a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every text that is not exact")
    options = parser.parse_args()
    for path in options.paths:
        sys.stdout.write(f"{path.name}\n")
        write_table(cases(path), misses=options.misses)


def cases(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield kind, damaged text and truth of each case that has one."""
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["truth"] is not None:
            yield case["kind"], case["damaged"], case["truth"]


def write_table(rows: Iterator[tuple[str, str, str]], *, misses: bool) -> None:
    """Write one row a kind and a row of all."""
    total, exact, seconds, size = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for kind, damaged, truth in rows:
        start = time.perf_counter()
        text = repair(damaged).text
        for name in (kind, "all"):
            seconds[name] += time.perf_counter() - start
            size[name] += len(damaged.encode("utf-8", "replace"))
            total[name] += 1
            exact[name] += text == truth
        if misses and text != truth:
            sys.stdout.write(f"- {kind}\n  {damaged!r}\n  {text!r}\n  {truth!r}\n")
    sys.stdout.write(ROW.format("kind", "exact", "share", "KB/s"))
    for name in total:
        share, speed = exact[name] / total[name], size[name] / seconds[name] / 1000
        counted = f"{exact[name]}/{total[name]}"
        sys.stdout.write(ROW.format(name, counted, f"{share:.0%}", f"{speed:.0f}"))


if __name__ == "__main__":
    main()
