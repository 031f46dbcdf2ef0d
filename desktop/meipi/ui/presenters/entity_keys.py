"""Which letter gives a mention a type while its card is open."""

from __future__ import annotations

from meipi.core.entity import EntityType

TYPE_KEYS = {
    "p": EntityType.PER,
    "o": EntityType.ORG,
    "l": EntityType.LOC,
    "f": EntityType.FAC,
    "t": EntityType.TIME,
    "m": EntityType.MONEY,
    "r": EntityType.PERCENT,
    "q": EntityType.QUANTITY,
    "e": EntityType.EVENT,
    "y": EntityType.POLICY,
    "w": EntityType.WORK,
}
"""Letters that neither tag nor begin a note."""
