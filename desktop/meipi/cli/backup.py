"""`meipi backup`: makes a verified copy of the library, lists the copies, goes back to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.errors import ErrorCode, LibraryError, MeipiError, Phrase

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console
    from meipi.services.backups import Contents, Rule

_REPLACED = frozenset({ErrorCode.LIBRARY_DAMAGED, ErrorCode.LIBRARY_NOT_SQLITE})
_NOTHING = Phrase("没有备份", "there are no backups")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the backups and what they hold")
    what.add_argument(
        "--restore", metavar="NUMBER", help="make the library what a backup is: its number or path"
    )
    parser.add_argument("--folder", metavar="DIR", type=Path, help="where the backups lie")
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Make, list or restore; 1 where there is nothing to list."""
    from dataclasses import replace

    from meipi.services.backups import listed, rule_of
    from meipi.services.home import default_library
    from meipi.services.settings import Settings

    library: Path = arguments.library or default_library()
    rule = rule_of(Settings())
    if arguments.folder is not None:
        rule = replace(rule, folder=arguments.folder)
    if arguments.list:
        return _list(listed(library, rule), console)
    if arguments.restore is not None:
        return _restore(arguments, library, rule, console)
    return _make(arguments, rule, console)


def _list(found: list[Contents], console: Console) -> int:
    for one in found:
        made = one.backup.made.isoformat().replace("+00:00", "Z")
        held = (
            f"{one.documents} documents\t{one.annotations} annotations"
            if one.problem is None
            else str(one.problem.code)
        )
        console.line(f"{one.backup.number}\t{made}\t{one.backup.size}\t{held}\t{one.backup.path}")
    if not found:
        raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NOTHING)
    return 0


def _make(arguments: argparse.Namespace, rule: Rule, console: Console) -> int:
    from meipi.cli.library import open_library

    with open_library(arguments, must_exist=True) as workspace, console.drawing("backup") as watch:
        made = workspace.backups.make(rule, watch=watch or (lambda _: None)).result()
    console.line(str(made.path))
    return 0


def _restore(arguments: argparse.Namespace, library: Path, rule: Rule, console: Console) -> int:
    from meipi.services.backups import replace_damaged
    from meipi.services.workspace import Workspace

    copy = _chosen(arguments.restore, library, rule)
    try:
        workspace = Workspace.open(library)
    except LibraryError as error:
        if error.code not in _REPLACED:
            raise
        aside = replace_damaged(library, copy, rule)
        console.say(f"meipi: what was there before lies at {aside}")
    else:
        with workspace:
            kept = workspace.backups.restore(copy, rule).result()
        console.say(f"meipi: what was there before is backup {kept.number}: {kept.path}")
    console.line(str(library))
    return 0


def _chosen(word: str, library: Path, rule: Rule) -> Path:
    """Return the copy with that number, or the file at that path."""
    from meipi.services.backups import listed

    if word.isdecimal():
        for one in listed(library, rule):
            if one.backup.number == int(word):
                return one.backup.path
    path = Path(word)
    if not path.is_file():
        reason = Phrase("没有这份备份", "there is no such backup")
        raise LibraryError(ErrorCode.LIBRARY_UNUSABLE, path=word, reason=reason)
    return path
