"""`meipi query`: passages, paragraphs or documents by tags, entities, attributes, dates, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.cli.console import add_library_option
from meipi.core.lines import one_line

if TYPE_CHECKING:
    import argparse

    from meipi.cli.console import Console

_HELP = """
#TAG (with those below; #=TAG alone)  entity:NAME  type:LOC  date>=2024-03  date:2024..2025
@ATTRIBUTE=VALUE  coder:NAME  note:WORDS  status:review  doctag:TAG  doc:TITLE  source:NAME
made:2026-11  body:WORDS (anywhere in the text)  WORDS or "WORDS" (in the passage)
AND OR NOT ( ) join them; OVERLAP INSIDE CONTAINS NEAR/50 BEFORE/50 PARAGRAPH DOCUMENT relate
passages: #A NEAR/30 #B; #A WHICH #B are those of A that are of B too.
show:paragraphs or show:documents finds these instead.
且 或 非 重叠 含于 包含 邻近/50 先于/50 同段 同篇 其中 显示:段落 do as well.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from argparse import RawDescriptionHelpFormatter

    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _HELP.strip()
    parser.add_argument("query", metavar="QUERY", nargs="?", default="", help="what to find")
    parser.add_argument("--saved", metavar="NAME", help="ask the query kept by this name")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print JSON lines")
    shape.add_argument("--csv", action="store_true", help="print a table with commas")
    shape.add_argument("--count", action="store_true", help="print only how many there are")
    parser.add_argument(
        "--sort",
        metavar="BY",
        default="place",
        choices=_sorts(),
        help=f"how to sort: {', '.join(_sorts())}",
    )
    parser.add_argument("--reverse", action="store_true", help="sort the other way round")
    parser.add_argument("--limit", metavar="N", type=int, help="rows at most")
    add_library_option(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print what the query finds; 1 where there is nothing."""
    from meipi.cli.library import open_library
    from meipi.core.errors import ErrorCode, MeipiError
    from meipi.services.retrieving import Order, cells

    with open_library(arguments, must_exist=True) as workspace:
        retrieving, text = workspace.retrieving, arguments.query
        if arguments.saved is not None:
            known = {saved.name: saved.text for saved in retrieving.saved()}
            if arguments.saved not in known:
                raise MeipiError(ErrorCode.QUERY_UNKNOWN, query=arguments.saved)
            text = f"({known[arguments.saved]}) {text}" if text else known[arguments.saved]
        if arguments.count:
            count = retrieving.count(text)
            console.line(str(count))
            return 0 if count else 1
        keys = retrieving.find(text, Order(arguments.sort, reverse=arguments.reverse))
        if arguments.limit is not None:
            keys = keys.first(arguments.limit)
        if arguments.csv:
            console.write(retrieving.table(keys))
            return 0 if len(keys) else 1
        names = {tag.id: tag.name for tag in workspace.codebook.tags()}
        for row in retrieving.rows(keys):
            if arguments.json:
                tags = [names[tag] for tag in row.tags if tag in names]
                console.json({**cells(row, names), "tags": tags})
            else:
                words = one_line(f"{row.before}【{row.match}】{row.after}")
                listed = ", ".join(names.get(tag, tag) for tag in row.tags)
                console.line(f"{one_line(row.title)}:{row.span.start}\t{listed}\t{words}")
        return 0 if len(keys) else 1


def _sorts() -> tuple[str, ...]:
    from meipi.services.retrieving import SORTS

    return SORTS
