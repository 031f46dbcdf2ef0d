"""Reading one JSON value of any length piece by piece: its long lists element by element.

The values themselves are parsed by the standard library under the rules of
`meipi.exchange.records`; what stands here only finds where each begins and ends, so that memory
holds one element and not the file.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING

from meipi.exchange.lines import MAX_FILE
from meipi.exchange.records import json_decoder, refused_json
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK = 1 << 16
_AFTER = len("e+5")
"""A number may go on in the next piece: it is known to end when as much follows."""

_SOLID = re.compile(r"[^ \t\n\r]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class JsonStream:
    """A cursor in a JSON text. Raises `Refused` where the text is no JSON, UTF-8 or too large."""

    def __init__(self, stream: BinaryIO, *, limit: int = MAX_FILE) -> None:
        self._stream = stream
        self._limit = limit
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._parse = json_decoder().raw_decode
        self._read = 0
        self._ended = False
        self._text = ""
        self._at = 0
        self._fill(_CHUNK)

    def peek(self) -> str:
        """Return the next character that is not blank; nothing at the end."""
        while True:
            if found := _SOLID.search(self._text, self._at):
                self._at = found.start()
                return found[0]
            self._at = len(self._text)
            if self._ended:
                return ""
            self._fill(_CHUNK)

    def value(self) -> object:
        """Parse the value that begins here, whole."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                value, end = self._parse(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._ended or isinstance(error, (Refused, RecursionError)):
                    raise refused_json(error) from None
            else:
                if end + _AFTER <= len(self._text) or self._ended:
                    break
            self._fill(size)
            size *= 2  # so that a value as long as the file is parsed anew only a few times
        self._check_surrogates(value, self._at, end)
        self._at = end
        return value

    def elements(self) -> Iterator[object]:
        """Yield the elements of the list that begins here."""
        for _ in self._inside("[", "]"):
            yield self.value()

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that begins here; each value is to be taken in between."""
        seen: set[str] = set()
        for _ in self._inside("{", "}"):
            key = self.value() if self.peek() == '"' else None
            if not isinstance(key, str):
                raise self._wrong("a key")
            if key in seen:
                raise Refused("repeated_key", key=key)
            seen.add(key)
            self._take(":")
            yield key

    def finish(self) -> None:
        """Refuse whatever follows the value."""
        if self.peek():
            raise self._wrong("the end")

    def _inside(self, opening: str, closing: str) -> Iterator[None]:
        """Come to each thing between ``opening`` and ``closing``, and pass the commas."""
        self._take(opening)
        if self.peek() != closing:
            yield
            while self.peek() == ",":
                self._take(",")
                yield
        self._take(closing)

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            raise self._wrong(sign)
        self._at += 1

    def _wrong(self, wanted: str) -> Refused:
        return Refused("not_json", detail=f"{self._text[self._at : self._at + 8]!r} ≠ {wanted}")

    def _fill(self, size: int) -> None:
        """Read on, and let go of what was passed."""
        data = self._stream.read(size)
        self._read += len(data)
        if b"\0" in data:
            raise Refused("binary")
        if self._read > self._limit:
            raise Refused("too_large", limit=f"{self._limit:,} bytes")
        self._ended = not data
        try:
            self._text = self._text[self._at :] + self._decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise Refused("not_utf8") from None
        self._at = 0

    def _check_surrogates(self, value: object, start: int, end: int) -> None:
        """Refuse halves of surrogate pairs, which only an escape can bring in."""
        if not _SURROGATE.search(self._text, start, end):
            return
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Refused("surrogate", where="JSON") from None
