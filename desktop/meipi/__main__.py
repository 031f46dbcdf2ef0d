"""The `meipi` command: without a subcommand the window, with one the command line."""

from __future__ import annotations

import argparse
import sys
from multiprocessing import freeze_support
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run Meipi with ``arguments`` (the process's own by default); return the exit code."""
    from meipi.cli import is_command
    from meipi.cli import main as command_line

    words = sys.argv[1:] if arguments is None else arguments
    if is_command(words):
        return command_line(words)
    chosen = _window_parser().parse_args(words)
    from meipi.ui.app import run

    return run(chosen.files, library=chosen.library)


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meipi", description="Open the window, on FILE if given.")
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path)
    parser.add_argument("--library", metavar="DB", type=Path, help="the library file")
    return parser


if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
