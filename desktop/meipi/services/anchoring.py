"""Anchors in a document's present reading, made while a change is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.anchors import make_anchor
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries

if TYPE_CHECKING:
    from meipi.core.anchors import Anchor
    from meipi.core.reading import Prepared
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class Anchoring:
    """Makes anchors for what is written in a transaction."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def anchor(self, transaction: Transaction, document: str, span: Span) -> Anchor:
        """Anchor ``span``. Raises ``MeipiError`` where it is empty or outside the text."""
        prepared = self._prepared(transaction, document)
        text = prepared.repaired.text
        if not span or span.end > len(text):
            fields = {"start": span.start, "end": span.end, "length": len(text)}
            raise MeipiError(ErrorCode.SPAN_OUTSIDE, **fields)
        return make_anchor(text, span, prepared.repaired.map)

    def text(self, transaction: Transaction, document: str) -> str:
        """Return the reading text."""
        return self._prepared(transaction, document).repaired.text

    def _prepared(self, transaction: Transaction, document: str) -> Prepared:
        found = queries.document(transaction.connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return self._library.load_reading(found[1])
