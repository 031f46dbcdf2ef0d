"""The reading of a document as the reader decided on its repairs, made and stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.anchors import move_anchor
from meipi.core.decisions import Decided, settle
from meipi.library import search
from meipi.library.coding_queries import move_annotations
from meipi.services import pipeline
from meipi.services.correcting import move_corrections
from meipi.services.storing import describe, document_columns, store_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.anchors import Anchor
    from meipi.core.decisions import Decision
    from meipi.core.document import Document
    from meipi.core.reading import Prepared
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs

_SHORT = 200_000
"""Characters up to which a text is taken apart here: it takes a tenth of a second, and a worker
that looks for entities would be waited for longer."""


def site_of(base: Prepared) -> str | None:
    """Return the publisher of a document, by which a remembered decision may know it."""
    return base.structure.source or base.decoded.declared.get("source")


def decided_for(base: Prepared, document: str, decisions: Sequence[Decision]) -> Decided:
    """Return what ``decisions`` say of the repairs of ``document``."""
    return Decided(decisions, document=document, site=site_of(base))


def settled(
    base: Prepared, document: str, decisions: Sequence[Decision], *, jobs: Jobs | None = None
) -> Prepared:
    """Return the reading that ``decisions`` make of ``base``: itself where they change nothing."""
    if not base.repaired.edits or not decisions:
        return base
    decided = decided_for(base, document, decisions)
    repaired = settle(base.decoded.text, base.repaired, decided)
    if repaired is base.repaired:
        return base
    declared = base.decoded.declared
    if jobs is None or len(repaired.text) <= _SHORT:
        structure = pipeline.take_apart(repaired.text, declared)
    else:
        structure = jobs.engine.call("", pipeline.take_apart, repaired.text, declared)
    return replace(base, repaired=repaired, structure=structure)


def use_settled(
    transaction: Transaction, document: Document, reading: Prepared, *, base: int, is_base: bool
) -> int:
    """Give a document the reading that decisions made of ``base``; its annotations move along.

    ``is_base`` says that nothing is decided against a repair. Return the reading's number.
    """
    connection = transaction.connection
    number = base
    if is_base:
        search.ensure_slices(connection, base, reading)
    else:
        number = store_reading(transaction, document.id, reading, base=base)
    fresh = describe(reading, name=document.name, sha256=document.sha256)
    row = transaction.find("documents", document.id) or {}
    columns = document_columns(fresh, edited=str(row["edited"]))
    transaction.update("documents", document.id, reading=number, **columns)
    text, text_map = reading.repaired.text, reading.repaired.map

    def move(anchor: Anchor) -> Anchor:
        return move_anchor(anchor, text, text_map)

    move_annotations(transaction, document.id, move)
    move_corrections(transaction, document.id, move)
    return number
