"""`meipi export`: an annotated set in any known format, with its loss report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.errors import ErrorCode, MeipiError, Phrase

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console

_EMPTY = Phrase("文库里没有文档", "the library has no documents")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from meipi.services.exchange import formats

    parser.add_argument("--format", metavar="F", required=True, help=", ".join(formats()))
    parser.add_argument("--out", metavar="PATH", type=Path, help="where to write the set")
    parser.add_argument(
        "selection",
        metavar="SELECTION",
        nargs="*",
        help="documents by id, file name or title, and tag:NAME; all of them by default",
    )
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Export the selection, print the path and say what the format could not carry."""
    from meipi.cli.library import open_library, select
    from meipi.services.exchange import formats

    if arguments.format not in formats():
        raise MeipiError(
            ErrorCode.FORMAT_UNKNOWN, format=arguments.format, known=", ".join(formats())
        )
    path = arguments.out or Path(f"meipi-export{formats()[arguments.format].suffix}")
    with open_library(arguments, must_exist=True) as workspace:
        documents, tags = select(arguments.selection, workspace)
        if not workspace.documents.cards():
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_EMPTY)
        report = workspace.exchange.export(
            path, format=arguments.format, documents=documents, tags=tags
        ).result()
    console.line(str(path))
    console.say(report.summary())
    return 0
