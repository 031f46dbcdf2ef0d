"""`meipi entities`: one JSON object a document a line, or a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.cli.lines import filter_lines
from meipi.core.errors import MeipiError

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="documents, - for stdin")
    parser.add_argument("--json", action="store_true", help="print JSON on a terminal too")
    parser.add_argument("--raw", action="store_true", help="do not repair first")
    parser.add_argument("--encoding", metavar="E", help="read the files as E")
    parser.add_argument(
        "--jsonl", action="store_true", help='filter JSON lines {"id", "text"} from stdin'
    )
    parser.set_defaults(complain=parser.error)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Find the entities of each document; a file that cannot be read does not stop the others."""
    if arguments.jsonl:
        return filter_lines(console, lambda text: _entities(text, raw=arguments.raw))
    if not arguments.files:
        arguments.complain("FILE is needed, or --jsonl")
    code = 0
    for name in console.progress(
        arguments.files, total=len(arguments.files), verb="Finding entities"
    ):
        try:
            result = {"file": name, **_of_file(name, arguments, console)}
        except MeipiError as error:
            from meipi.cli import exit_code

            console.error(error)
            code = exit_code(error)
            continue
        if arguments.json or not console.out.isatty():
            console.json(result)
        else:
            _print_table(result, console)
    return code


def _of_file(name: str, arguments: argparse.Namespace, console: Console) -> dict[str, Any]:
    from meipi.services import texts

    decoded = texts.decode_bytes(console.read(name), name=name, encoding=arguments.encoding)
    return _entities(decoded.text, raw=arguments.raw, declared=decoded.declared)


def _entities(text: str, *, raw: bool, declared: dict[str, str] | None = None) -> dict[str, Any]:
    from meipi.services import texts

    reading = text if raw else texts.repair_text(text).text
    mentions = texts.mentions_in(reading, declared=declared)
    return {"text": reading, "entities": [texts.mention_json(mention) for mention in mentions]}


def _print_table(result: dict[str, Any], console: Console) -> None:
    console.line(result["file"])
    for entity in result["entities"]:
        normal = entity.get("normal") or entity["canonical"]
        console.line(f"  {entity['start']:>7}  {entity['type']:<8}  {entity['text']}  {normal}")
