"""`meipi structure`: title, date, source, authors, region and the blocks of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="the document, - for stdin")
    parser.add_argument("--json", action="store_true", help="print JSON on a terminal too")
    parser.add_argument("--raw", action="store_true", help="do not repair first")
    parser.add_argument("--encoding", metavar="E", help="read the file as E")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the structure of the document's reading text."""
    from meipi.services import texts

    data = console.read(arguments.file)
    decoded = texts.decode_bytes(
        data, name=console.named(arguments.file), encoding=arguments.encoding
    )
    text = decoded.text if arguments.raw else texts.repair_text(decoded.text).text
    result = texts.structure_json(texts.structure_of(text, declared=decoded.declared))
    if arguments.json or not console.out.isatty():
        console.json(result)
    else:
        _print_outline(result, text, console)
    return 0


def _print_outline(result: dict[str, Any], text: str, console: Console) -> None:
    for name in ("title", "date", "source", "authors", "region"):
        if result[name]:
            value = result[name]
            console.line(f"{name:<8} {', '.join(value) if isinstance(value, list) else value}")
    for block in result["blocks"]:
        first = text[block["start"] : block["end"]].replace("\n", " ")[:40]
        console.line(f"{block['start']:>7}  {block['role']:<14}  {first}")
