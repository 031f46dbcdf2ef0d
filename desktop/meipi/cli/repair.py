"""`meipi repair`: a document's reading text, with every edit on request; a filter fit for pipes."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from meipi.cli.lines import filter_lines

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console
    from meipi.core.repairs import Repaired


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the document, - for stdin")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print text, edits and losses as JSON")
    output.add_argument(
        "--channels", action="store_true", help="print which channels of damage were found"
    )
    output.add_argument(
        "--jsonl", action="store_true", help='filter JSON lines {"id", "text"} from stdin'
    )
    parser.add_argument("--encoding", metavar="E", help="read the file as E instead of detecting")
    parser.add_argument(
        "--only", metavar="CHANNEL", action="append", help="repair this channel alone; repeatable"
    )
    parser.set_defaults(complain=parser.error)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Repair one document, or every line of standard input."""
    from meipi.services import texts

    if arguments.jsonl:
        return filter_lines(console, lambda text: texts.repaired_json(_repair(text, arguments)))
    if arguments.file is None:
        arguments.complain("FILE is needed (- for standard input), or --jsonl")
    data = console.read(arguments.file)
    name = console.named(arguments.file)
    decoded = texts.decode_bytes(data, name=name, encoding=arguments.encoding)
    repaired = _repair(decoded.text, arguments)
    if arguments.json:
        head = {"sha256": sha256(data).hexdigest(), "encoding": decoded.encoding}
        console.json({**head, **texts.repaired_json(repaired)})
    elif arguments.channels:
        _print_channels(repaired, decoded.encoding, console)
    else:
        console.write(repaired.text)
    return 0


def _repair(text: str, arguments: argparse.Namespace) -> Repaired:
    from meipi.services import texts

    return texts.repair_text(text, channels=arguments.only)


def _print_channels(repaired: Repaired, encoding: str, console: Console) -> None:
    """Print the encoding, then a line a channel: edits, how many are proved, lowest confidence."""
    console.line(f"encoding\t{encoding}")
    channels: dict[str, list[Any]] = defaultdict(list)
    for edit in repaired.edits:
        channels[edit.channel].append(edit)
    for channel, edits in channels.items():
        proved = sum(edit.proof != "inferred" for edit in edits)
        least = min(edit.confidence for edit in edits)
        console.line(f"{channel}\tedits {len(edits)}\tproved {proved}\tconfidence >= {least:.2f}")
    if repaired.lost:
        console.line(f"lost\t{len(repaired.lost)}")
    if not repaired.edits:
        console.say("meipi: nothing to repair")
