"""`meipi add`: documents, or folders of them, into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_coder_option, add_library_option
from meipi.core.errors import ErrorCode, LibraryError, MeipiError, Phrase
from meipi.core.lines import one_line

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console
    from meipi.services.workspace import Workspace

_NO_DOCUMENTS = Phrase("文件夹里没有可读的文档", "the folders hold no readable document")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="documents and folders")
    parser.add_argument("--encoding", metavar="E", help="read the files as E")
    add_coder_option(parser)
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Add each file; one that cannot be read is reported and does not stop the others."""
    from meipi.cli.library import open_library

    with open_library(arguments) as workspace:
        return _add_all(arguments, workspace, console)


def _add_all(arguments: argparse.Namespace, workspace: Workspace, console: Console) -> int:
    from meipi.cli import exit_code
    from meipi.services.folders import expand

    worst, added = 0, 0
    paths = expand(Path(name) for name in arguments.files)
    for path in console.progress(paths, total=len(paths), verb="Adding"):
        try:
            result = workspace.documents.add_file(path, encoding=arguments.encoding).result()
        except LibraryError:
            raise
        except MeipiError as error:
            console.error(error)
            worst = max(worst, exit_code(error))
            continue
        added += result.new
        title = workspace.documents.get(result.document).title
        console.line(f"{result.document}\t{'added' if result.new else 'known'}\t{one_line(title)}")
    if not paths:
        raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NO_DOCUMENTS)
    if not added and not worst:
        console.say("meipi: nothing new: the library has every one of these documents")
        return 1
    return worst
