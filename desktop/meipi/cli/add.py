"""`meipi add`: documents, or folders of them, into the library."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_coder_option, add_library_option
from meipi.core.errors import ErrorCode, LibraryError, MeipiError, Phrase
from meipi.core.lines import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from meipi.cli.console import Console
    from meipi.services.documents import Added
    from meipi.services.workspace import Workspace

_NO_DOCUMENTS = Phrase("文件夹里没有可读的文档", "the folders hold no readable document")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="documents, folders, results of a batch"
    )
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
    from meipi.services.batch import taking
    from meipi.services.folders import expand

    worst, added = 0, 0
    named = [Path(name) for name in arguments.files]
    results = {path: parts for path in named if (parts := taking.parts(path))}
    paths = [*chain(*results.values()), *expand(path for path in named if path not in results)]
    taken = frozenset(chain(*results.values()))
    for path in console.progress(paths, total=len(paths), verb="Adding"):
        for result in _added(path, arguments, workspace, is_result=path in taken):
            if isinstance(result, MeipiError):
                console.error(result)
                worst = max(worst, exit_code(result))
                continue
            added += result.new
            title = one_line(workspace.documents.get(result.document).title)
            console.line(f"{result.document}\t{'added' if result.new else 'known'}\t{title}")
    if not paths:
        raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NO_DOCUMENTS)
    if not added and not worst:
        console.say("meipi: nothing new: the library has every one of these documents")
        return 1
    return worst


def _added(
    path: Path, arguments: argparse.Namespace, workspace: Workspace, *, is_result: bool
) -> Iterator[Added | MeipiError]:
    """Add the document, or every document of a batch's results; yield why one is not added."""
    from meipi.services.batch import taking

    try:
        if not is_result:
            yield workspace.documents.add_file(path, encoding=arguments.encoding).result()
            return
        for result in taking.results(path):
            yield result if isinstance(result, MeipiError) else taking.take(workspace, result)
    except LibraryError:
        raise
    except MeipiError as error:
        yield error
