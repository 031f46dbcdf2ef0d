"""`meipi search`: full-text search over the library, in either script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.lines import one_line

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("query", metavar="QUERY", help="words to find")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    parser.add_argument("--limit", metavar="N", type=int, default=200, help="hits at most")
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print each hit with its document and context; 1 where there is none."""
    from meipi.cli.library import open_library

    with open_library(arguments, must_exist=True) as workspace:
        hits = workspace.search(arguments.query, limit=arguments.limit)
        titles = {card.id: card.title for card in workspace.documents.cards()}
    for hit in hits:
        if arguments.json:
            console.json(
                {
                    "document": hit.document,
                    "title": titles[hit.document],
                    "start": hit.span.start,
                    "end": hit.span.end,
                    "before": hit.before,
                    "match": hit.match,
                    "after": hit.after,
                }
            )
        else:
            context = one_line(f"{hit.before}【{hit.match}】{hit.after}")
            console.line(f"{one_line(titles[hit.document])}:{hit.span.start}\t{context}")
    return 0 if hits else 1
