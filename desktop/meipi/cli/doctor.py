"""`meipi doctor`: checks the installation and the library, and says what it mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print every finding; 1 where something stays broken."""
    from meipi.services.doctor import State, examine
    from meipi.services.settings import default_library

    findings = examine(arguments.library or default_library())
    for finding in findings:
        console.line(f"{finding.state}\t{finding.word(console.language)}")
    return int(any(finding.state is State.BROKEN for finding in findings))
