"""The `meipi` command: without a subcommand the window, with one the command line."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run Meipi with ``arguments`` (the process's own by default); return the exit code."""
    from meipi.cli import is_command, main as command_line

    words = sys.argv[1:] if arguments is None else arguments
    if is_command(words):
        return command_line(words)
    from meipi.ui.app import run

    return run([Path(word) for word in words if word != "--"])


if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
