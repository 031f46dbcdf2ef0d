"""Telling how far an export or an import is, and where it can be stopped."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from meipi.core.annotated_set import AnnotatedDocument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from meipi.core.annotation import Tag
    from meipi.core.attributes import Attribute
    from meipi.core.memo import Memo
    from meipi.exchange.counting import SetLike

    _Part = TypeVar("_Part")

Watch = Callable[[float], None]
"""Is told which share of the work is done, 0 to 1; what it raises stops the work."""

_PARTS = 64
"""Pieces between two questions whether to stop: of a file, some kilobytes."""


class Telling:
    """Tells a watch how far the work is, never that it went back."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch
        self._share = 0.0

    def __call__(self, share: float) -> None:
        """Tell that ``share`` of the work is done."""
        self._share = max(self._share, share)
        self.again()

    def again(self) -> None:
        """Tell the same once more: the moment to stop."""
        if self._watch is not None:
            self._watch(self._share)

    def along(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        """Yield ``parts`` and ask at times whether to stop, in the midst of a document too."""
        for number, part in enumerate(parts):
            if number % _PARTS == 0:
                self.again()
            yield part


def stage(watch: Watch, at: int, of: int) -> Watch:
    """Return a watch for stage ``at`` of ``of`` stages that take about as long as each other.

    >>> stage(print, 1, 4)(0.5)
    0.375
    """
    return lambda share: watch((at + share) / of)


def watched_stream(stream: BinaryIO, watch: Watch) -> BinaryIO:
    """Return ``stream`` so that reading it tells how far the furthest read has come."""
    return io.BufferedReader(_Told(stream, watch), _BUFFER)


_BUFFER = 1 << 18


class _Told(io.RawIOBase):
    def __init__(self, stream: BinaryIO, watch: Watch) -> None:
        super().__init__()
        self._stream = stream
        self._watch = watch
        self._furthest = 0
        here = stream.tell()
        self._size = max(1, stream.seek(0, os.SEEK_END))
        stream.seek(here)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        with memoryview(buffer) as room:
            data = self._stream.read(room.nbytes)
            room[: len(data)] = data
        self._furthest = max(self._furthest, self._stream.tell())
        self._watch(self._furthest / self._size)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


class Watched:
    """A set that tells as its documents are taken up."""

    def __init__(self, annotated: SetLike, watch: Watch) -> None:
        self._annotated = annotated
        self._watch = watch

    @property
    def documents(self) -> Collection[AnnotatedDocument]:
        """The documents in order."""
        return _Watched(self._annotated.documents, self._watch)

    @property
    def tags(self) -> Sequence[Tag]:
        """The codebook."""
        return self._annotated.tags

    @property
    def attributes(self) -> Sequence[Attribute]:
        """The definitions of attributes."""
        return self._annotated.attributes

    @property
    def memos(self) -> Sequence[Memo]:
        """The memos on tags, entities and the whole."""
        return self._annotated.memos


class _Watched(Collection[AnnotatedDocument]):
    def __init__(self, documents: Collection[AnnotatedDocument], watch: Watch) -> None:
        self._documents = documents
        self._watch = watch

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, item: object) -> bool:
        return item in self._documents

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        for done, document in enumerate(self._documents):
            self._watch(done / len(self._documents))
            yield document
        self._watch(1)
