"""Another encoding for a document: where its annotations come to stand in the new text."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.anchors import CONTEXT, Anchor, AnchorState, place_anchor, put_anchor, worst
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.core.annotation import Annotation
    from meipi.core.document import Decoded
    from meipi.core.reading import Prepared

_SHOWN = 2_000
_TELLING = 8
"""Characters of context without which words tell nothing of their place."""
_REPLACED = "\ufffd"
_STEP = 4_096
"""Bytes between two places where offsets in bytes and in characters are both known."""


@dataclass(frozen=True, slots=True)
class EncodingPreview:
    """What an encoding would make of a document and its annotations.

    ``text`` is the beginning of the reading text, ``replaced`` counts what did not fit; the
    other counts are of annotations.
    """

    encoding: str
    text: str
    replaced: int
    exact: int
    moved: int
    needs_review: int


class Rereading:
    """Carries anchors from one reading of the same bytes to another.

    The bytes lead, for they have not changed; the words decide, as for every anchor.
    """

    def __init__(self, data: bytes, old: Prepared, new: Prepared) -> None:
        self._old, self._new = old, new
        self._before = ByteOffsets.of(data, old.decoded)
        self._after = ByteOffsets.of(data, new.decoded)

    def preview(self, encoding: str, annotations: Iterable[Annotation]) -> EncodingPreview:
        """Count what becomes of ``annotations``."""
        states = Counter(worst(map(self.move, item.anchors)) for item in annotations)
        return EncodingPreview(
            encoding,
            self._new.repaired.text[:_SHOWN],
            self._new.decoded.replaced,
            exact=states[AnchorState.EXACT],
            moved=states[AnchorState.MOVED],
            needs_review=states[AnchorState.NEEDS_REVIEW],
        )

    def move(self, anchor: Anchor) -> Anchor:
        """Return ``anchor`` in the new text.

        Where its bytes read as other words now, it stays on those bytes and needs review.
        """
        text, repaired = self._new.repaired.text, self._new.repaired
        source = self._source_span(anchor.source)
        if source is None:
            return self._unmapped(anchor)
        span = repaired.map.to_target_span(source)
        found = place_anchor(replace(anchor, source=source), text, span, repaired.map)
        if _REPLACED in anchor.quote and span != anchor.span:  # it stands for any bytes at all
            return replace(found, state=AnchorState.NEEDS_REVIEW)
        return found

    def _unmapped(self, anchor: Anchor) -> Anchor:
        """Leave ``anchor`` where it stood: sure if the very words stand there with their context.

        Where its source is now nobody knows, so no repair shall find it there.
        """
        text, text_map = self._new.repaired.text, self._new.repaired.map
        there = Span(min(anchor.span.start, len(text)), min(anchor.span.end, len(text)))
        shift = anchor.span.start - len(anchor.prefix)
        words = f"{anchor.prefix}{anchor.quote}{anchor.suffix}"
        telling = len(words) - len(anchor.quote) >= _TELLING and _REPLACED not in anchor.quote
        if telling and shift >= 0 and there and text.startswith(words, shift):
            return put_anchor(anchor, text, there, text_map)
        start = text_map.to_source_span(there).start
        return replace(
            anchor, span=there, source=Span(start, start), state=AnchorState.NEEDS_REVIEW
        )

    def _source_span(self, source: Span) -> Span | None:
        if self._before is None or self._after is None:
            return self._source_by_words(source)
        start = self._before.to_byte(source.start)
        end = self._before.to_byte(source.end)
        return Span(self._after.to_character(start), self._after.to_character(end, up=True))

    def _source_by_words(self, source: Span) -> Span | None:
        """Find a place of the source text again where nobody knows the bytes, as of a web page.

        Its words with what stands around them must stand as often in both texts: the third of
        them is the third again. Otherwise somebody must look.
        """
        old, new = self._old.decoded.text, self._new.decoded.text
        start = max(0, source.start - CONTEXT)
        words = old[start : source.end + CONTEXT]
        if not source or len(words) - len(source) < _TELLING or _REPLACED in source.slice(old):
            return None
        before, after = _starts(old, words), _starts(new, words)
        if len(before) != len(after):
            return None
        at = after[before.index(start)] + source.start - start
        return Span(at, at + len(source))


def _starts(text: str, words: str) -> list[int]:
    """Return where ``words`` begin in ``text``, wherever one begins."""
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


class ByteOffsets:
    """Offsets of a source text in characters and in the bytes it was decoded from."""

    def __init__(self, data: bytes, decoded: Decoded) -> None:
        self._data = data
        self._decoder = codecs.getincrementaldecoder(decoded.encoding)
        self._bytes, self._characters = [0], [0]
        self._text = self._read()
        # A byte order mark is a character to the codec and none of the source text.
        self._mark = len(self._text) - len(decoded.text) if decoded.bom else 0

    @classmethod
    def of(cls, data: bytes, decoded: Decoded) -> ByteOffsets | None:
        """Return the offsets; nothing where the text is not simply the bytes decoded."""
        offsets = cls(data, decoded)
        return offsets if offsets._text[offsets._mark :] == decoded.text else None

    def to_byte(self, character: int) -> int:
        """Return where the bytes of a character begin."""
        wanted = character + self._mark
        byte = 0
        for byte_here, character_here in self._from(self._characters, wanted):
            if character_here > wanted:
                break
            byte = byte_here
        return byte

    def to_character(self, byte: int, *, up: bool = False) -> int:
        """Return the character that ``byte`` lies in, or with ``up`` the one after it if cut."""
        character = reached = 0
        for byte_here, character_here in self._from(self._bytes, byte):
            if byte_here > byte:
                character = character_here if up and reached < byte else character
                break
            reached, character = byte_here, character_here
        return max(0, character - self._mark)

    def _from(self, offsets: list[int], wanted: int) -> Iterator[tuple[int, int]]:
        """Yield the places between characters, in bytes and characters, from just before one."""
        at = max(0, bisect_right(offsets, wanted) - 1)
        while at and offsets[at] == offsets[at - 1]:
            at -= 1
        start, character = self._bytes[at], self._characters[at]
        yield start, character
        decoder = self._decoder("replace")
        for fed in range(start, len(self._data)):
            last = fed + 1 == len(self._data)
            text = decoder.decode(self._data[fed : fed + 1], final=last)
            if text:
                character += len(text)
                yield fed + 1 - len(decoder.getstate()[0]), character

    def _read(self) -> str:
        decoder = self._decoder("replace")
        parts, characters = [], 0
        for start in range(0, len(self._data), _STEP):
            piece = self._data[start : start + _STEP]
            parts.append(decoder.decode(piece, final=start + _STEP >= len(self._data)))
            characters += len(parts[-1])
            self._bytes.append(start + len(piece) - len(decoder.getstate()[0]))
            self._characters.append(characters)
        return "".join(parts)
