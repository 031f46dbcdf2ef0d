"""JSON a line, as annotation tools write it: one object a line, or one value over many lines."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from meipi.exchange.lines import MAX_FILE, MAX_LINE, read_lines
from meipi.exchange.records import checked_text, parse_json, wrong_type
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

Plain = dict[str, object]


def line(value: object) -> str:
    """Return ``value`` as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def read_objects(stream: BinaryIO) -> Iterator[tuple[int, Plain]]:
    """Yield the objects of a file with their lines, whether one a line, a list, or one alone."""
    lines = (one for one in read_lines(_Ended(stream), limit=MAX_LINE) if one[1].strip())
    first = next(lines, None)
    if first is None:
        raise Refused("not_json", detail="empty")
    try:
        value = parse_json(first[1].removeprefix("\ufeff"))
    except Refused as refused:
        if refused.reason != "not_json":
            raise refused.at(first[0]) from None
        yield from _whole(chain([first], lines))
        return
    yield from ((first[0], one) for one in _objects(value))
    for number, text in lines:
        try:
            yield from ((number, one) for one in _objects(parse_json(text)))
        except Refused as refused:
            raise refused.at(number) from None


def _whole(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Plain]]:
    parts: list[str] = []
    size = 0
    for _, text in lines:
        size += len(text)
        parts.append(text)
        if size > MAX_FILE:
            raise Refused("too_large", limit=f"{MAX_FILE:,} bytes")
    value = parse_json("\n".join(parts).removeprefix("\ufeff"))
    yield from ((0, one) for one in _objects(value))


def _objects(value: object) -> Iterator[Plain]:
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict):
            raise Refused("not_object", where="JSON")
        yield one


class _Ended:
    """Lets a file end without a line feed, as other tools' files may."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._last = b"\n"

    def readline(self, size: int, /) -> bytes:
        """Return the next line, or ``size`` bytes of it."""
        part = self._stream.readline(size)
        if not part and self._last != b"\n":
            part = b"\n"
        self._last = part[-1:] or b"\n"
        return part


def text_at(value: Plain, key: str) -> str:
    """Return the text at ``key``."""
    if key not in value:
        raise Refused("missing", where=key)
    return checked_text(value[key], key)


def list_at(value: Plain, key: str) -> list[object]:
    """Return the list at ``key``; none where nothing or null stands there."""
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise wrong_type(key, "a list")
    return found


def object_at(value: Plain, key: str) -> Plain:
    """Return the object at ``key``; an empty one where there is none."""
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def facts_of(value: Plain, *names: str) -> dict[str, str]:
    """Return what Meipi said of a document under the key ``meipi``, as texts."""
    said = object_at(value, "meipi")
    return {name: checked_text(said[name], name) for name in names if name in said}
