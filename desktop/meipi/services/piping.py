"""Values through a pipe, long texts in slices.

Coding a text of twenty megabytes at once stops every other thread of the window for a tenth of a
second, as Python lets no other run meanwhile.
"""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LONG = 65_536
"""Characters of a text from which it goes in slices, and of each slice."""


def send(pipe: Connection, value: object) -> None:
    """Send ``value`` to the other end of ``pipe``."""
    packed = io.BytesIO()
    pickler = _Pickler(packed)
    pickler.dump(value)
    pipe.send([len(slices) for slices in pickler.texts])
    for slices in pickler.texts:
        for part in slices:
            pipe.send_bytes(part.encode("utf-8", "surrogatepass"))
    pipe.send_bytes(packed.getbuffer())


def receive(pipe: Connection) -> Any:
    """Wait for what the other end sends. Raises ``EOFError`` where that is gone."""
    texts = [
        "".join(pipe.recv_bytes().decode("utf-8", "surrogatepass") for _ in range(count))
        for count in pipe.recv()
    ]
    return _Unpickler(io.BytesIO(pipe.recv_bytes()), texts).load()


class _Pickler(pickle.Pickler):
    """Leaves long texts out and gathers them in slices."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self.texts: list[list[str]] = []
        self._numbers: dict[int, tuple[int, str]] = {}
        """By identity; the text is kept, so that no other comes to have the same."""

    def persistent_id(self, value: object) -> int | None:
        if not isinstance(value, str) or len(value) <= _LONG:
            return None
        if id(value) not in self._numbers:
            self._numbers[id(value)] = len(self.texts), value
            self.texts.append([value[at : at + _LONG] for at in range(0, len(value), _LONG)])
        return self._numbers[id(value)][0]


class _Unpickler(pickle.Unpickler):
    """Puts the long texts in again."""

    def __init__(self, file: io.BytesIO, texts: list[str]) -> None:
        super().__init__(file)
        self._texts = texts

    def persistent_load(self, number: int) -> str:
        return self._texts[number]
