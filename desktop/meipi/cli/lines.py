"""JSON lines in and out: ``{"id", "text"}`` becomes one result with the same id, in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.cli.console import Console

DONE, UNREADABLE = 0, 3
_WANTED = 'not an object {"id", "text"} with a text'


def filter_lines(console: Console, work: Callable[[str], dict[str, Any]]) -> int:
    """Answer each input line with ``work`` on its text.

    A line that is no such object is answered in its place with an ``error``; the exit code then
    is 3, and the lines after it are still done. An answer has an ``id`` where its line has one.
    """
    code = DONE
    for number, line in enumerate(console.input, start=1):
        if not line.strip():
            continue
        identity: dict[str, Any] = {}
        try:
            value = _parse(line)
            identity = {"id": value["id"]} if "id" in value else {}
            answer = work(_text(value))
        except (ValueError, RecursionError) as error:
            answer = {"line": number, "error": f"line {number}: {error}"}
            code = UNREADABLE
        console.json({**identity, **answer})
    return code


def _parse(line: bytes) -> dict[str, Any]:
    value = json.loads(line.decode("utf-8-sig"))
    if not isinstance(value, dict):
        raise ValueError(_WANTED)  # noqa: TRY004 - reported
    return value


def _text(value: dict[str, Any]) -> str:
    text = value.get("text")
    if not isinstance(text, str):
        raise ValueError(_WANTED)  # noqa: TRY004 - reported
    return text
