"""Entities of an annotated set: kept as found, and where a reader had corrected them, as that."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from meipi.core.anchors import make_anchor
from meipi.core.corrections import NameRules, PlaceRule, apply_corrections
from meipi.library import naming, queries
from meipi.library.rows import correction_row, storable
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.entity import Mention
    from meipi.core.repairs import Repaired
    from meipi.library.transaction import Transaction


def keep_mentions(
    transaction: Transaction, document: str, repaired: Repaired, incoming: AnnotatedDocument
) -> int:
    """Keep the mentions of a document whose text is the same; return how many were corrected.

    What was found here stays, and what the reader of this library said at a place wins. Of a set
    without texts only what was corrected is taken, where its words stand in the text of here.
    """
    connection = transaction.connection
    number = queries.reading_number(connection, document)
    if incoming.repaired.text and queries.mentions(connection, number) is None:
        queries.put_mentions(connection, number, incoming.mentions or ())
        naming.mark_found(connection, number)
    wanted = list(_differing(transaction, document, number, repaired.text, incoming))
    for mention in wanted:
        anchor = make_anchor(repaired.text, mention.span, repaired.map)
        told = {"target": storable(mention.canonical), "target_type": mention.type}
        key, place = uuid.uuid4().hex, (document, anchor)
        row = correction_row(key, PlaceRule.PUT, created=now(), told=told, place=place)
        transaction.insert("corrections", row)
    return len(wanted)


def _differing(
    transaction: Transaction, document: str, number: int, text: str, incoming: AnnotatedDocument
) -> Iterator[Mention]:
    """Yield what a reader corrected elsewhere and nobody did here."""
    connection = transaction.connection
    places = queries.place_corrections(connection, document)
    rules = NameRules(queries.name_corrections(connection))
    found = queries.mentions(connection, number) or ()
    said = {
        (m.span, m.type, m.canonical)
        for m in apply_corrections(found, places, rules, text)
        if m.corrected and m not in found
    }
    taken = sorted(one.anchor.span for one in places)
    for mention in incoming.mentions or ():
        if not (mention.corrected and mention.span and mention.span.slice(text) == mention.text):
            continue
        if (mention.span, mention.type, mention.canonical) not in said and not any(
            span.overlaps(mention.span) for span in taken
        ):
            yield mention
