"""Tagging all equal passages, of a document or of the whole library, after a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import queries, search
from meipi.services.annotating import NewAnnotation
from meipi.services.labels import short
from meipi.services.passage_search import ExpressionError, Way, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.document import Document
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.annotating import Annotating
    from meipi.services.jobs import Jobs

    Watch = Callable[[float], None]

MOST = 20_000
"""Passages shown at most: who sees as many asks more narrowly."""
_CONTEXT = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words or an expression, in one document or, without, in all."""

    text: str
    way: Way = Way.SCRIPT
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One place with the words around it; ``tags`` are those exactly these words bear."""

    document: str
    title: str
    span: Span
    quote: str
    before: str
    after: str
    tags: frozenset[str] = frozenset()


_SLOW = Phrase("查找太慢", "it takes too long")


def _places(text: str, wanted: Wanted) -> list[Span]:
    try:
        return list(places(text, wanted.text, wanted.way))
    except ExpressionError as error:
        reason = str(error) or _SLOW
        raise MeipiError(ErrorCode.EXPRESSION_INVALID, reason=reason) from error


class EqualPassages:
    """Finds passages, and tags those that are chosen as one act."""

    def __init__(self, library: Library, jobs: Jobs, annotating: Annotating) -> None:
        self._library = library
        self._jobs = jobs
        self._annotating = annotating

    def find(self, wanted: Wanted, watch: Watch | None = None) -> Future[list[Passage]]:
        """Find passages; ``watch`` is told which share is done, and what it raises stops it.

        Fails with ``EXPRESSION_INVALID`` where the expression is none.
        """
        return self._jobs.later(self._find, wanted, watch)

    def at(self, document: str, spans: Sequence[Span]) -> list[Passage]:
        """Return the passages at ``spans`` of a document."""
        with self._library.reading() as connection:
            found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return list(self._passages(found[0], spans))

    def tag(
        self, passages: Iterable[Passage], tag: str, *, words: str, watch: Watch | None = None
    ) -> Future[Changes]:
        """Tag ``passages`` in one act named by ``words``; those that bear the tag stay as they are.

        What no longer stands where it was found is left out. What ``watch`` raises takes all back.
        """
        chosen = list(passages)

        def work(transaction: Transaction) -> None:
            row = transaction.find("tags", tag)
            if row is None:
                raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
            count = 0
            for number, one in enumerate(chosen):
                if watch is not None:
                    watch(number / len(chosen))
                count += self._tag(transaction, one, tag)
            if count:
                name = str(row["name"])
                transaction.name("equal_tag", quote=short(words), count=count, tag=name)

        return self._library.submit(work)

    def _tag(self, transaction: Transaction, one: Passage, tag: str) -> bool:
        new = NewAnnotation(one.document, one.span, tag)
        if not self._annotating.stands(transaction, new, one.quote):
            return False
        self._annotating.put(transaction, new)
        return True

    def _find(self, wanted: Wanted, watch: Watch | None) -> list[Passage]:
        documents = self._documents(wanted)
        found: list[Passage] = []
        for number, document in enumerate(documents):
            if watch is not None:
                watch(number / len(documents))
            text = self._text(document)
            spans = _places(text, wanted)
            found += self._passages(document, spans[: MOST - len(found)])
            if len(found) >= MOST:
                break
        return found

    def _documents(self, wanted: Wanted) -> list[Document]:
        with self._library.reading() as connection:
            if wanted.document is not None:
                found = queries.document(connection, wanted.document)
                return [] if found is None else [found[0]]
            every = queries.documents(connection)
            if wanted.way is Way.REGEX:
                return every
            near = search.documents_with(connection, wanted.text)
        return every if near is None else [one for one in every if one.id in near]

    def _text(self, document: Document) -> str:
        with self._library.reading() as connection:
            number = queries.reading_number(connection, document.id)
        return self._library.load_reading(number).repaired.text

    def _passages(self, document: Document, spans: Sequence[Span]) -> Iterator[Passage]:
        if not spans:
            return
        text = self._text(document)
        with self._library.reading() as connection:
            there = queries.annotations_of(connection, document.id)
        tags: dict[Span, set[str]] = {}
        for item in there:
            if item.tag is not None and not item.parts:
                tags.setdefault(item.span, set()).add(item.tag)
        for span in spans:
            before = text[max(0, span.start - _CONTEXT) : span.start]
            after = text[span.end : span.end + _CONTEXT]
            borne = frozenset(tags.get(span, ()))
            quote = span.slice(text)
            yield Passage(document.id, document.title, span, quote, before, after, borne)
