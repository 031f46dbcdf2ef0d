"""Which encoding bytes are in."""

from __future__ import annotations

from dataclasses import dataclass

from meipi.sources.encodings import byte_order_mark, decode


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding the bytes may be in; confidences of one detection sum to at most 1."""

    encoding: str
    confidence: float
    bom: bool = False


def detect(data: bytes, *, limit: int = 5) -> tuple[Guess, ...]:
    """Return the likeliest encodings, best first."""
    mark = byte_order_mark(data)
    if mark is not None:
        return (Guess(mark.name, 1.0, bom=True),)
    names = ("utf-8", "gb18030", "big5hkscs")
    ranked = sorted(names, key=lambda name: decode(data, name).replaced)
    return tuple(Guess(name, 0.5) for name in ranked)[:limit]
