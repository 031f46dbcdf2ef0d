"""`make bench`: our figures beside a rival's, measured in the same run on the same machine.

Names of benches as arguments run only those: ``python -m tests.bench repair reader``.
"""

from __future__ import annotations

import importlib
import platform
import sys

BENCHES = (
    "start",
    "repair",
    "entities",
    "reader",
    "scrolling",
    "extremes",
    "library",
    "exchange",
    "naming",
    "deciding",
    "retrieval",
    "batch",
)


def main(names: list[str]) -> int:
    print(
        f"Python {platform.python_version()}, {platform.machine()}; medians; ratio = ours / rival"
    )
    print(f"{'what':<52} {'ours':>12} {'rival':>12} {'unit':<9} {'ratio':>7}  rival is")
    for name in names or BENCHES:
        module = importlib.import_module(f"tests.bench.{name}")
        for row in module.run():
            print(row.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
