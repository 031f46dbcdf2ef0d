"""Telling how far an export is, document by document, and where it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.annotation import Tag
    from meipi.exchange.counting import SetLike

Watch = Callable[[int, int], None]
"""Is told how many documents of how many have been taken up; what it raises stops the work.

A set is gone through several times: for what is lost, for writing, for reading back.
"""


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
            self._watch(done, len(self._documents))
            yield document
        self._watch(len(self._documents), len(self._documents))
