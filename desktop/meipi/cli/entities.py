"""`meipi entities`: one JSON object a document a line, or a table on a terminal."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meipi.cli.lines import filter_lines
from meipi.core.errors import MeipiError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from meipi.cli.console import Console
    from meipi.core.entity import Mention
    from meipi.services.workspace import Workspace


COLUMNS = ("file", "start", "end", "type", "text", "canonical", "normal", "by", "corrected")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="documents, - for stdin")
    parser.add_argument("--json", action="store_true", help="print JSON on a terminal too")
    parser.add_argument("--csv", action="store_true", help="print a table, a row a mention")
    parser.add_argument("--raw", action="store_true", help="do not repair first")
    parser.add_argument("--encoding", metavar="E", help="read the files as E")
    parser.add_argument(
        "--jsonl", action="store_true", help='filter JSON lines {"id", "text"} from stdin'
    )
    parser.add_argument(
        "--library",
        metavar="DB",
        type=Path,
        help="as corrected in this library: names everywhere, and the documents it has",
    )
    parser.set_defaults(complain=parser.error)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Find the entities of each document; a file that cannot be read does not stop the others."""
    if not arguments.jsonl and not arguments.files:
        arguments.complain("FILE is needed, or --jsonl")
    if arguments.library is None:
        return _run(arguments, console, None)
    from meipi.cli.library import open_library

    with open_library(arguments, must_exist=True) as workspace:
        return _run(arguments, console, workspace)


def _run(arguments: argparse.Namespace, console: Console, library: Workspace | None) -> int:
    if arguments.jsonl:
        raw = arguments.raw
        return filter_lines(console, lambda text: _entities(text, raw=raw, library=library))
    code = 0
    if arguments.csv:
        console.line(_csv_row(COLUMNS))
    for name in console.progress(
        arguments.files, total=len(arguments.files), verb="Finding entities"
    ):
        try:
            result = {"file": name, **_of_file(name, arguments, console, library)}
        except MeipiError as error:
            from meipi.cli import exit_code

            console.error(error)
            code = exit_code(error)
            continue
        if arguments.csv:
            _print_csv(result, console)
        elif arguments.json or not console.out.isatty():
            console.json(result)
        else:
            _print_table(result, console)
    return code


def _of_file(
    name: str, arguments: argparse.Namespace, console: Console, library: Workspace | None
) -> dict[str, Any]:
    from meipi.services import texts

    data = console.read(name)
    if library is not None and not arguments.raw and not arguments.encoding:
        document = library.documents.of_bytes(data)
        if document is not None:
            reading = library.documents.reading(document).repaired.text
            return _result(reading, library.entities.find(document).result() or ())
    decoded = texts.decode_bytes(data, name=console.named(name), encoding=arguments.encoding)
    declared = decoded.declared
    return _entities(decoded.text, raw=arguments.raw, declared=declared, library=library)


def _entities(
    text: str,
    *,
    raw: bool,
    declared: dict[str, str] | None = None,
    library: Workspace | None = None,
) -> dict[str, Any]:
    from meipi.services import texts

    reading = text if raw else texts.repair_text(text).text
    mentions = texts.mentions_in(reading, declared=declared)
    if library is not None:
        mentions = library.entities.corrected(reading, mentions)
    return _result(reading, mentions)


def _result(reading: str, mentions: tuple[Mention, ...]) -> dict[str, Any]:
    from meipi.services import texts

    return {"text": reading, "entities": [texts.mention_json(mention) for mention in mentions]}


def _print_csv(result: dict[str, Any], console: Console) -> None:
    for entity in result["entities"]:
        values = {"file": result["file"], "corrected": False, **entity}
        console.line(_csv_row(values.get(column, "") for column in COLUMNS))


def _csv_row(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()


def _print_table(result: dict[str, Any], console: Console) -> None:
    console.line(result["file"])
    for entity in result["entities"]:
        normal = entity.get("normal") or entity["canonical"]
        console.line(f"  {entity['start']:>7}  {entity['type']:<8}  {entity['text']}  {normal}")
