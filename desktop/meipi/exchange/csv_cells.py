"""CSV as RFC 4180 has it, made harmless for spreadsheets, and read back strictly.

The csv module is not used: it cuts cells at 131,072 characters unless a global limit is raised.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CELL = re.compile(r'"((?:[^"]|"")*+)"|([^",\r\n]*+)')
_END = re.compile(r",|\r\n|\n|\r|\Z")
_QUOTED = re.compile(r'[",\r\n]|\A\s|\s\Z')
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What Excel, or a spreadsheet in a Chinese locale, may take for a formula."""
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guard(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; `unguard` takes it away.

    >>> guard("=1+1"), guard("'=1"), guard("'a"), unguard(guard("=1+1"))
    ("'=1+1", "''=1", "'a", '=1+1')
    """
    return f"'{value}" if _FORMULA.match(value) else value


def unguard(value: str) -> str:
    """Take away the apostrophe `guard` put there."""
    return value[1:] if _GUARDED.match(value) else value


def write_row(values: Sequence[str]) -> str:
    """Return one line with its CRLF.

    >>> write_row(["京津冀", "一,二"]).rstrip()
    '京津冀,"一,二"'
    """
    return ",".join(map(_cell, values)) + "\r\n"


def _cell(value: str) -> str:
    value = guard(value)
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield numbered rows, as a spreadsheet counts them; empty lines are passed over."""
    at, number, row = 0, 1, list[str]()
    while at < len(text):
        cell = _CELL.match(text, at)
        end = _END.match(text, cell.end()) if cell else None
        if cell is None or end is None:
            raise Refused("not_csv", line=number)
        quoted, bare = cell.groups()
        row.append(unguard(bare if quoted is None else quoted.replace('""', '"')))
        at = end.end()
        if end.group() == "," and at < len(text):
            continue
        if end.group() == ",":
            row.append("")
        if row != [""]:
            yield number, row
        number, row = number + 1, []
