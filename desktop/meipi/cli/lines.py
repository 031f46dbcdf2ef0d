"""JSON lines in and out: ``{"id", "text"}`` becomes one result with the same id, in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.cli.console import Console

DONE, UNREADABLE = 0, 3


def filter_lines(console: Console, work: Callable[[str], dict[str, Any]]) -> int:
    """Answer each input line with ``work`` on its text.

    A line that is no such object is answered in its place with an ``error``; the exit code then
    is 3, and the lines after it are still done.
    """
    code = DONE
    for number, line in enumerate(console.input, start=1):
        if not line.strip():
            continue
        try:
            identity, text = _parse(line)
        except (ValueError, RecursionError) as error:
            console.json({"id": None, "error": f"line {number}: {error}"})
            code = UNREADABLE
            continue
        console.json({"id": identity, **work(text)})
    return code


def _parse(line: bytes) -> tuple[object, str]:
    value = json.loads(line.decode("utf-8-sig"))
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ValueError('not an object {"id", "text"} with a text')  # noqa: TRY004 - reported
    return value.get("id"), value["text"]
