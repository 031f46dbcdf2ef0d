"""What a document format is, and how one is picked by name and content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meipi.core.document import Decoded
    from meipi.encodings.detection import Guess


class Read(Protocol):
    """Turns all bytes of a document into its source text."""

    def __call__(self, data: bytes, *, guess: Guess) -> Decoded:
        """Decode ``data`` as ``guess`` says."""


class Head(Protocol):
    """Turns the first bytes of a document into the beginning of its source text, quickly."""

    def __call__(self, data: bytes, *, guess: Guess, characters: int) -> Decoded:
        """Decode at most ``characters`` characters as ``guess`` says."""


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A document format: its name, its suffixes and the functions that read it."""

    name: str
    label_zh: str
    label_en: str
    suffixes: tuple[str, ...]
    guess: Callable[[bytes], Guess]
    """Say which encoding the bytes are in."""
    read: Read
    head: Head
    recognises: Callable[[bytes], bool] = lambda _: False
    """Tell by content, for a file whose suffix says nothing."""
    tells_encoding: bool = False
    """The format itself says how its text is encoded, so that nobody guesses or chooses it."""
    has_mark: bool = False
    """Nothing else begins as it does: it is known by content even under the suffix of another."""


def pick(formats: Iterable[SourceFormat], *, name: str, data: bytes) -> SourceFormat:
    """Return the format of a file by its suffix, else by content, else the first of ``formats``.

    One with a mark goes before its suffix.
    """
    known = tuple(formats)
    marked = next((one for one in known if one.has_mark and one.recognises(data)), None)
    if marked is not None:
        return marked
    suffix = PurePath(name).suffix.lower()
    by_suffix = next((format_ for format_ in known if suffix in format_.suffixes), None)
    if by_suffix is not None:
        return by_suffix
    return next((format_ for format_ in known if format_.recognises(data)), known[0])
