"""The command line: one file a subcommand, each calling services only."""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from meipi import __version__
from meipi.cli.console import Console
from meipi.core.errors import ErrorCode, FileError, LibraryError, MeipiError
from meipi.core.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from meipi.core.messages import Language
    from meipi.services.workspace import Workspace


class Command(NamedTuple):
    """A subcommand: its module is loaded only when it runs or shows its help."""

    module: str
    summary: str


COMMANDS: dict[str, Command] = {
    "add": Command("meipi.cli.add", "put documents or folders of them into the library"),
    "repair": Command("meipi.cli.repair", "print the reading text of a document"),
    "entities": Command("meipi.cli.entities", "find people, places, dates, money ... in documents"),
    "structure": Command("meipi.cli.structure", "find title, date, source and blocks"),
    "export": Command("meipi.cli.export", "write an annotated set and its loss report"),
    "import": Command("meipi.cli.import_", "read an annotated set into the library"),
    "merge": Command("meipi.cli.merge", "merge another library into this one, or try it"),
    "agreement": Command("meipi.cli.agreement", "measure how far coders agree"),
    "batch": Command("meipi.cli.batch", "repair a corpus and find its entities, on many cores"),
    "search": Command("meipi.cli.search", "search the library's full text"),
    "backup": Command("meipi.cli.backup", "back the library up, list backups, go back to one"),
    "query": Command("meipi.cli.query", "find passages by tags, entities, dates and words"),
    "doctor": Command("meipi.cli.doctor", "check the installation and the library"),
}

DONE, NOTHING, WRONG_USE, UNREADABLE, LIBRARY_UNUSABLE = range(5)
INTERRUPTED = 130

_WRONG_USE_CODES = frozenset(
    {
        ErrorCode.FORMAT_UNKNOWN,
        ErrorCode.ENCODING_UNKNOWN,
        ErrorCode.TAG_UNKNOWN,
        ErrorCode.PRESET_UNKNOWN,
        ErrorCode.DAY_INVALID,
        ErrorCode.QUERY_INVALID,
        ErrorCode.QUERY_UNKNOWN,
        ErrorCode.CODER_UNKNOWN,
        ErrorCode.CHANNEL_UNKNOWN,
        ErrorCode.COLUMN_UNKNOWN,
        ErrorCode.BATCH_OTHER,
        ErrorCode.CLUSTER_UNUSABLE,
    }
)
_UNREADABLE_CODES = frozenset(
    {ErrorCode.IMPORT_INVALID, ErrorCode.ENCODING_MISFIT, ErrorCode.BATCH_ROW_INVALID}
)
_LIBRARY_CODES = frozenset({ErrorCode.DISK_FULL})


def is_command(words: Sequence[str]) -> bool:
    """Say whether ``words`` ask for the command line rather than the window."""
    return bool(words) and (words[0] in COMMANDS or words[0] in {"-h", "--help", "--version"})


def main(
    words: Sequence[str],
    console: Console | None = None,
    *,
    write_pdf: Callable[[Workspace, str, Path, Language], int] | None = None,
) -> int:
    """Run one subcommand and return its exit code (see `exit_code`).

    ``write_pdf`` prints a document and returns its pages: only the window's side can.
    """
    console = console or Console.of_process()
    try:
        arguments = _parser(words).parse_args(words)
        arguments.write_pdf = write_pdf
        code = int(arguments.run(arguments, console))
        console.flush()
    except MeipiError as error:
        console.error(error)
        return exit_code(error)
    except BrokenPipeError:
        console.abandon()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if "MEIPI_DEBUG" in os.environ:
            raise
        # The person at the terminal can do nothing with a traceback; who can asks for it.
        console.say(
            f"meipi: unexpected {type(error).__name__}: {one_line(str(error))[:200]}; "
            "set MEIPI_DEBUG=1 to see where"
        )
        return NOTHING
    return code


def exit_code(error: MeipiError) -> int:
    """Return 1 nothing to do or failed, 2 wrong use, 3 unreadable file, 4 unusable library."""
    if isinstance(error, FileError) or error.code in _UNREADABLE_CODES:
        return UNREADABLE
    if isinstance(error, LibraryError) or error.code in _LIBRARY_CODES:
        return LIBRARY_UNUSABLE
    return WRONG_USE if error.code in _WRONG_USE_CODES else NOTHING


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Build the parser; with ``only``, load just that subcommand's module."""
    parser = argparse.ArgumentParser(
        prog="meipi",
        description="Repair, read and annotate Chinese documents. "
        "Without a subcommand the window opens, on FILE... if given.",
    )
    parser.add_argument("--version", action="version", version=f"meipi {__version__}")
    subparsers = parser.add_subparsers(title="subcommands", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        if only in {None, name}:
            module = import_module(command.module)
            module.configure(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    return build_parser(words[0] if words and words[0] in COMMANDS else "")
