"""`meipi doctor`: checks the installation and the library, and says what it mended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_library_option(parser)
    parser.add_argument(
        "--report",
        metavar="ZIP",
        type=Path,
        help="also write versions, settings and the log to a file to report a problem with",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every finding; 1 where something stays broken."""
    from meipi.services.doctor import State, examine
    from meipi.services.home import default_library

    if arguments.report is not None:
        _report(arguments.report, console)
    findings = examine(arguments.library or default_library())
    for finding in findings:
        console.line(f"{finding.state}\t{finding.word(console.language)}")
    return int(any(finding.state is State.BROKEN for finding in findings))


def _report(path: Path, console: Console) -> None:
    from meipi.services.settings import Settings
    from meipi.services.trouble import gather, write

    write(gather(Settings()), path)
    console.say(f"{path}: written; nothing was sent anywhere")
