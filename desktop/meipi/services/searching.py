"""Full-text search: every place of a query, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.library import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.library import Library
    from meipi.library.search import Found

_CONTEXT = 24
"""Characters shown on each side of a hit."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One place of a query in a document's reading text."""

    document: str
    title: str
    span: Span
    before: str
    match: str
    after: str


def find_hits(library: Library, query: str, *, limit: int) -> list[SearchHit]:
    """Return at most ``limit`` places, the document read last first, in each by place."""
    hits: list[SearchHit] = []
    with library.reading() as connection:
        for found in search.find(connection, query):
            hits += _hits(found)
            if len(hits) >= limit:
                break
    return hits[:limit]


def count_documents(library: Library, query: str) -> int:
    """Return how many documents hold ``query``."""
    with library.reading() as connection:
        return search.count(connection, query)


def _hits(found: Found) -> Iterator[SearchHit]:
    text = found.text
    for span in found.spans:
        before = Span(max(0, span.start - _CONTEXT), span.start).slice(text)
        after = text[span.end : span.end + _CONTEXT]
        yield SearchHit(found.document, found.title, span, before, span.slice(text), after)
