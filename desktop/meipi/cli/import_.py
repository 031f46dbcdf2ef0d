"""`meipi import`: an annotated set into the library, or a dry run of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_coder_option, add_library_option

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="PATH", type=Path, help="the set to read")
    parser.add_argument("--format", metavar="F", help=_formats())
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done and change nothing"
    )
    add_coder_option(parser)
    add_library_option(parser)


def _formats() -> str:
    from meipi.services.exchange import formats
    from meipi.services.qualcoder import QUALCODER

    names = [one.name for one in formats().values() if one.can_read]
    return f"its format (default: found out): {', '.join([*names, QUALCODER])}"


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Import the set and print what was added, matched, moved, in conflict and passed over."""
    from meipi.cli.library import open_library

    with open_library(arguments) as workspace, console.drawing("import") as watch:
        report = workspace.exchange.import_set(
            arguments.path, format=arguments.format, dry_run=arguments.dry_run, watch=watch
        ).result()
    for name, value in asdict(report).items():
        if isinstance(value, int):
            console.line(f"{name}\t{value}")
    for kind, count in report.passed_over:
        console.line(f"passed_over.{kind}\t{count}")
    return 0
