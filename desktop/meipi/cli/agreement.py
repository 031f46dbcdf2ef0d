"""`meipi agreement`: how far coders agree, over all and by tag."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.errors import ErrorCode, MeipiError

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console
    from meipi.core.agreement import Figures

_COLUMNS = ("exact", "overlap", "cohen", "fleiss", "alpha")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "selection",
        metavar="SELECTION",
        nargs="*",
        help="documents by id, file name or title, and tag:NAME; by default all documents that "
        "every coder coded",
    )
    parser.add_argument(
        "--coder", metavar="NAME", action="append", help="a coder to compare (default: all)"
    )
    parser.add_argument(
        "--gamma", action="store_true", help="measure gamma too, which takes longer"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print a line over all and a line a tag."""
    from meipi.cli.library import open_library, select

    with open_library(arguments, must_exist=True) as workspace:
        there = [one.name for one in workspace.coders.all() if one.annotations]
        for name in arguments.coder or ():
            if name not in there:
                known = ", ".join(one or "-" for one in there)
                raise MeipiError(ErrorCode.CODER_UNKNOWN, coder=name, known=known)
        documents, tags = select(arguments.selection, workspace)
        study = workspace.agreeing.study(arguments.coder or there, documents=documents, tags=tags)
        found = workspace.agreeing.measure(study).result()
        gamma = workspace.agreeing.gamma(study).result() if arguments.gamma else None
    if arguments.json:
        console.json({**asdict(found), "gamma": gamma})
        return 0
    console.line("\t".join(("tag", *(name or "-" for name in found.coders), *_COLUMNS)))
    console.line(_row("*", found.over_all))
    for tag, figures in found.tags.items():
        console.line(_row(tag, figures))
    if arguments.gamma:
        console.line(f"gamma\t{_figure(gamma)}")
    console.say(f"{found.documents} documents, {found.characters} characters")
    return 0


def _row(name: str, figures: Figures) -> str:
    measured = (getattr(figures, column) for column in _COLUMNS)
    return "\t".join((name, *map(str, figures.counts), *map(_figure, measured)))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
