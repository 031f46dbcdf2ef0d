"""`meipi merge`: another library into this one by what stays the same, or a dry run of it."""

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
    parser.add_argument("other", metavar="OTHER", type=Path, help="the library to merge in")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done and change nothing"
    )
    add_coder_option(parser)
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Merge and print what is new, the same, changed and in conflict; 1 where nothing is new."""
    from meipi.cli.library import open_library

    with open_library(arguments) as workspace, console.drawing("merge") as watch:
        report = workspace.merging.merge(
            arguments.other, dry_run=arguments.dry_run, watch=watch or (lambda _: None)
        ).result()
    for name, value in asdict(report.merged).items():
        if isinstance(value, int):
            console.line(f"{name}\t{value}")
    console.line(f"others_added\t{report.others}")
    for note in report.merged.notes:
        console.line(f"{note.kind}.{note.outcome}\t{note.words}")
    return 0 if report.added else 1
