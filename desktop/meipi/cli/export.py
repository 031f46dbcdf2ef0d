"""`meipi export`: an annotated set in any known format, with its loss report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.services.presets import Preset, is_day
from meipi.services.selecting import Choice, Entities

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console
    from meipi.exchange import Format

_EMPTY = Phrase("文库里没有文档", "the library has no documents")
_CODEBOOKS = ("refi-codebook", "codebook-csv")
"""Formats that hold tags alone: a library of tags without documents has something to say."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--format", metavar="F", help=_formats())
    parser.add_argument(
        "--to",
        choices=["pdf"],
        help="documents as pages with their notes, as the window prints them; OUT is a file, or "
        "a folder for several",
    )
    parser.add_argument("--out", metavar="PATH", type=Path, help="where to write the set")
    parser.add_argument(
        "selection",
        metavar="SELECTION",
        nargs="*",
        help="documents by id, file name or title, and tag:NAME; all of them by default",
    )
    parser.add_argument(
        "--coder", metavar="NAME", action="append", help="only annotations of this coder"
    )
    parser.add_argument(
        "--entities", choices=list(Entities), default=None, help="which entities (default: all)"
    )
    parser.add_argument("--since", metavar="DAY", help="only what was annotated from this day on")
    parser.add_argument("--until", metavar="DAY", help="only what was annotated until this day")
    parser.add_argument("--preset", metavar="NAME", help="export as kept under this name")
    parser.add_argument("--keep-preset", metavar="NAME", help="keep this way of exporting as NAME")
    add_library_option(parser)


def _formats() -> str:
    from meipi.services.exchange import formats

    return "; ".join(f"{one.name}: {one.label_en}" for one in formats().values())


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Export the selection, print the path and say what the format could not carry."""
    if arguments.to:
        from meipi.cli.paper import print_documents

        return print_documents(arguments, console)
    from meipi.cli.library import open_library, select
    from meipi.services.presets import Presets
    from meipi.services.settings import Settings

    presets = Presets(Settings())
    kept = presets.get(arguments.preset) if arguments.preset else None
    known = _format(arguments, kept)
    path = arguments.out or Path(f"meipi-export{known.suffix}")
    with open_library(arguments, must_exist=True) as workspace:
        documents, tags = select(arguments.selection, workspace)
        if kept is not None and tags is None and kept.tags is not None:
            tags = list(kept.tags)
        tags_alone = known.name in _CODEBOOKS and workspace.codebook.tags()
        if not workspace.documents.cards() and not tags_alone:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_EMPTY)
        choice = _choice(arguments, kept, workspace.exchange.coders())
        with console.drawing("export") as watch:
            report = workspace.exchange.export(
                path,
                format=known.name,
                documents=documents,
                tags=tags,
                choice=choice,
                watch=watch,
            ).result()
    if arguments.keep_preset:
        made = Preset(known.name, None if tags is None else tuple(tags), choice)
        presets.keep(arguments.keep_preset, made)
    console.line(str(path))
    console.say(report.summary())
    return 0


def _format(arguments: argparse.Namespace, kept: Preset | None) -> Format:
    from meipi.services.exchange import formats

    name = arguments.format or (kept.format if kept is not None else "")
    if name not in formats():
        raise MeipiError(ErrorCode.FORMAT_UNKNOWN, format=name, known=", ".join(formats()))
    return formats()[name]


def _choice(arguments: argparse.Namespace, kept: Preset | None, coders: list[str]) -> Choice:
    """Return what is chosen: what the command line says, else what the preset says."""
    base = kept.choice if kept is not None else Choice()
    for coder in arguments.coder or ():
        if coder not in coders:
            known = ", ".join(one or "-" for one in coders)
            raise MeipiError(ErrorCode.CODER_UNKNOWN, coder=coder, known=known)
    return Choice(
        frozenset(arguments.coder) if arguments.coder else base.coders,
        Entities(arguments.entities) if arguments.entities else base.entities,
        _day(arguments.since) or base.since,
        _day(arguments.until) or base.until,
    )


def _day(value: str | None) -> str:
    if value and not is_day(value):
        raise MeipiError(ErrorCode.DAY_INVALID, value=value)
    return value or ""
