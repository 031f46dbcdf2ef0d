"""Strict reading of JSON: every value is of the type its format says, or the file is refused."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, TypeVar

from meipi.core.spans import Span
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

_Member = TypeVar("_Member", bound="StrEnum")

_LARGEST = 2**53 - 1
"""Above this JSON readers disagree about integers; no offset comes near."""

_WORDS = {
    "text": "文字",
    "a whole number": "非负整数",
    "a number": "数值",
    "a list": "列表",
    "true or false": "真假值",
}


def parse_json(text: str) -> object:
    """Parse one JSON value; refuse NaN, repeated keys and bombs of nesting or digits.

    >>> parse_json('{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_not_finite)
    except (RecursionError, ValueError) as error:
        raise refused_json(error) from None


def json_decoder() -> json.JSONDecoder:
    """Return a decoder under the same rules, for values that are parsed one by one."""
    return json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_not_finite)


def refused_json(error: RecursionError | ValueError) -> Refused:
    """Word why the standard library did not parse a value."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, RecursionError):
        return Refused("too_deep")
    if isinstance(error, json.JSONDecodeError):
        return Refused("not_json", detail=f"{error.msg}, {error.colno}")
    return Refused("not_json", detail="number too long")  # more digits than Python converts


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, value in pairs:
        if name in made:
            raise Refused("repeated_key", key=name)
        made[name] = value
    return made


def _not_finite(name: str) -> object:
    raise Refused("number", value=name)


def wrong_type(where: str, wanted: str) -> Refused:
    """Word that the value at ``where`` is not ``wanted``, one of the kinds known here."""
    return Refused("wrong_type", where=where, wanted=wanted, wanted_zh=_WORDS[wanted])


def checked_text(value: object, where: str) -> str:
    """Return ``value`` if it is text that UTF-8 can hold."""
    if not isinstance(value, str):
        raise wrong_type(where, "text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refused("surrogate", where=where) from None
    return value


class Record:
    """A JSON object whose keys are taken one by one; `done` refuses what nobody asked for."""

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            raise Refused("not_object", where=where or "line")
        self._values: Mapping[str, object] = value
        self._left = set(value)
        self.where = where

    def _take(self, key: str) -> object:
        if key not in self._values:
            raise Refused("missing", where=self.path(key))
        self._left.discard(key)
        return self._values[key]

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def path(self, key: str) -> str:
        """Return the name of ``key`` with that of the object it stands in."""
        return f"{self.where}.{key}" if self.where else key

    def done(self) -> None:
        """Refuse keys that were never taken: a file must not say more than is read."""
        if self._left:
            raise Refused("unknown_key", where=self.path(min(self._left)))

    def text(self, key: str) -> str:
        """Take text."""
        return checked_text(self._take(key), self.path(key))

    def name(self, key: str) -> str:
        """Take text that is an identifier or a name: not empty, no NUL."""
        value = self.text(key)
        if "\0" in value:
            raise Refused("nul", where=self.path(key))
        if not value:
            raise Refused("value", where=self.path(key), value=value)
        return value

    def optional_text(self, key: str) -> str | None:
        """Take text or null."""
        value = self._take(key)
        return None if value is None else checked_text(value, self.path(key))

    def is_null(self, key: str) -> bool:
        """Say whether null stands there, and take it if so."""
        if key not in self._values or self._values[key] is not None:
            return False
        self._left.discard(key)
        return True

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        return tuple(checked_text(item, self.path(key)) for item in self.items(key))

    def items(self, key: str) -> list[object]:
        """Take a list."""
        value = self._take(key)
        if not isinstance(value, list):
            raise wrong_type(self.path(key), "a list")
        return value

    def record(self, key: str) -> Record:
        """Take an object."""
        return Record(self._take(key), self.path(key))

    def records(self, key: str) -> list[Record]:
        """Take a list of objects."""
        return [Record(item, f"{self.path(key)}[{at}]") for at, item in enumerate(self.items(key))]

    def integer(self, key: str) -> int:
        """Take a whole number that is not negative."""
        return _whole(self._take(key), self.path(key))

    def fraction(self, key: str) -> float:
        """Take a number in 0..1."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type(self.path(key), "a number")
        if not (math.isfinite(value) and 0 <= value <= 1):
            raise Refused("value", where=self.path(key), value=str(value))
        return float(value)

    def truth(self, key: str) -> bool:
        """Take true or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise wrong_type(self.path(key), "true or false")
        return value

    def span(self, key: str) -> Span:
        """Take a pair of offsets."""
        return as_span(self._take(key), self.path(key))

    def spans(self, key: str) -> tuple[Span, ...]:
        """Take a list of pairs of offsets."""
        return tuple(as_span(item, self.path(key)) for item in self.items(key))

    def one_of(self, key: str, kind: type[_Member]) -> _Member:
        """Take a member of an enumeration by its value."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            raise Refused("value", where=self.path(key), value=value) from None


def as_span(value: object, where: str) -> Span:
    """Read ``[start, end]``."""
    if not isinstance(value, list) or len(value) != 2:
        raise Refused("not_span", where=where)
    start, end = _whole(value[0], where), _whole(value[1], where)
    if start > end:
        raise Refused("not_span", where=where)
    return Span(start, end)


def _whole(value: object, where: str) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise wrong_type(where, "a whole number")
    return value
