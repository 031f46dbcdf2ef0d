"""Which key does what to a mention while its card is open."""

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
ACT_KEYS = {
    "x": "entity_reject",
    "X": "entity_never",
    "a": "entity_always",
    "g": "entity_merge",
    "s": "entity_split",
    "k": "entity_rename",
    "i": "entity_page",
    "b": "entity_tag",
}
"""Letters that neither tag nor begin a note; the command each runs."""
KEY_OF_TYPE = {kind: key.upper() for key, kind in TYPE_KEYS.items()}
KEY_OF_ACT = {
    command: key.upper() if key.islower() else f"Shift+{key}" for key, command in ACT_KEYS.items()
}
"""The key of each command, as it is shown."""


def act_of_key(text: str, *, deletes: bool = False) -> EntityType | str | None:
    """Return the type a key gives a mention, or the command it runs on it.

    >>> act_of_key("o").value, act_of_key("x"), act_of_key("n")
    ('ORG', 'entity_reject', None)
    """
    if deletes:
        return "entity_reject"
    return ACT_KEYS.get(text) or TYPE_KEYS.get(text.lower())
