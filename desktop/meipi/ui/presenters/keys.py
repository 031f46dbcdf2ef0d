"""What a key means while words are selected or an annotation is current."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meipi.ui.presenters.entity_keys import act_of_key


class Act(StrEnum):
    """What the reader asks for with a key."""

    TAG = "tag"
    TYPE = "type"
    ERASE = "erase"
    NEXT = "next"
    PREVIOUS = "previous"
    PICK = "pick"
    FIELD = "field"
    LEAVE = "leave"
    NOTE = "note"
    DELETE = "delete"
    CARD = "card"
    INTO_CARD = "into card"
    LEAVE_CARD = "leave card"
    START_LEFT = "start left"
    START_RIGHT = "start right"
    END_LEFT = "end left"
    END_RIGHT = "end right"
    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Key:
    """A key pressed: its name, or what it types."""

    name: str
    text: str = ""
    shift: bool = False
    alt: bool = False
    control: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What the key would act on."""

    picking: bool = False
    typed: str = ""
    selected: bool = False
    annotation: bool = False
    card: bool = False
    """Whether the card of something in the text is open."""
    repair: bool = False
    """Whether that is a repair."""
    entity: bool = False
    """Whether it is that of a mention."""


_PICKING = {
    "Escape": Act.LEAVE,
    "Down": Act.NEXT,
    "Up": Act.PREVIOUS,
    "Return": Act.PICK,
    "Enter": Act.PICK,
    "Tab": Act.FIELD,
}
_ENDS = {
    ("[", False): Act.START_LEFT,
    ("]", False): Act.START_RIGHT,
    ("[", True): Act.END_LEFT,
    ("]", True): Act.END_RIGHT,
}
_WITH_CARD = {
    "Escape": Act.LEAVE_CARD,
    "Tab": Act.INTO_CARD,
    "Return": Act.CARD,
    "Enter": Act.CARD,
}
_ON_REPAIR = {"a": Act.ACCEPT, "r": Act.REJECT, "e": Act.EDIT}
_ON_ANNOTATION = {
    "Delete": Act.DELETE,
    "Backspace": Act.DELETE,
    "Return": Act.CARD,
    "Enter": Act.CARD,
}


def meaning(key: Key, now: Situation) -> Act | None:
    """Return what ``key`` asks for; nothing where it is not ours.

    >>> meaning(Key("1", "1"), Situation(picking=True, selected=True)).value
    'tag'
    >>> meaning(Key("N", "n"), Situation(picking=True, typed="z")).value
    'type'
    """
    if key.control:
        return None
    if key.alt:
        return _ENDS.get((key.name, key.shift)) if now.annotation or now.entity else None
    if now.picking:
        return _while_picking(key, now)
    if now.card and key.name in _WITH_CARD and not key.shift:
        return _WITH_CARD[key.name]
    if now.card and now.repair and key.text.lower() in _ON_REPAIR:
        return _ON_REPAIR[key.text.lower()]
    return _on_words(key, now)


def _while_picking(key: Key, now: Situation) -> Act | None:
    if key.name in _PICKING and not key.shift:
        return _PICKING[key.name]
    if key.name == "Backspace":
        return Act.ERASE if now.typed else None
    if now.typed:
        return Act.TYPE if _types(key) else None
    return _tag_or_note(key) or (Act.TYPE if _types(key) and key.text != "0" else None)


def _on_words(key: Key, now: Situation) -> Act | None:
    if now.entity and act_of_key(key.text, deletes=key.name == "Delete"):
        return Act.ENTITY
    if not (now.selected or now.annotation):
        return None
    if now.annotation and not now.selected and key.name in _ON_ANNOTATION and not key.shift:
        return _ON_ANNOTATION[key.name]
    return _tag_or_note(key)


def _tag_or_note(key: Key) -> Act | None:
    if len(key.text) == 1 and key.text in "123456789":
        return Act.TAG
    return Act.NOTE if key.text.lower() == "n" else None


def _types(key: Key) -> bool:
    return len(key.text) == 1 and key.text.isprintable()
