"""What a key means while words are selected or an annotation is current."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meipi.ui.presenters.commands import Context
from meipi.ui.presenters.ends import MOVES
from meipi.ui.presenters.keymap import Keymap


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
    MOVE_END = "move end"
    REPEAT = "repeat"
    EXTEND = "extend"
    TAKE_OUT = "take out"
    REVIEW = "review"
    LINK = "link"
    FOLLOW = "follow"
    LINK_HERE = "link here"
    LEAVE_LINK = "leave link"
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

    @property
    def stroke(self) -> str:
        """The key as the table of commands writes it."""
        held = (("Ctrl+", self.control), ("Alt+", self.alt), ("Shift+", self.shift))
        named = _SHORT.get(self.name, self.name) or self.text.upper()
        return "".join(name for name, on in held if on) + named


_SHORT = {"Delete": "Del", "Escape": "Esc"}


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
    linking: bool = False
    """Whether the other end of a link is being chosen."""


_PICKING = {
    "Escape": Act.LEAVE,
    "Down": Act.NEXT,
    "Up": Act.PREVIOUS,
    "Return": Act.PICK,
    "Enter": Act.PICK,
    "Tab": Act.FIELD,
}
_LINKING = {"Escape": Act.LEAVE_LINK, "Return": Act.LINK_HERE, "Enter": Act.LINK_HERE}
_WITH_CARD = {
    "Escape": Act.LEAVE_CARD,
    "Tab": Act.INTO_CARD,
    "Return": Act.CARD,
    "Enter": Act.CARD,
}
_ON_REPAIR = {
    "repair_accept": Act.ACCEPT,
    "repair_reject": Act.REJECT,
    "repair_edit": Act.EDIT,
}
_ON_ANNOTATION = {
    "annotation_delete": Act.DELETE,
    "card": Act.CARD,
    "passage_remove": Act.TAKE_OUT,
    "annotation_review": Act.REVIEW,
    "annotation_link": Act.LINK,
    "link_follow": Act.FOLLOW,
}
_ON_EITHER = {"words_note": Act.NOTE, "repeat_tag": Act.REPEAT, "passage_add": Act.EXTEND}
_FIRST = Keymap()


def meaning(key: Key, now: Situation, keymap: Keymap = _FIRST) -> Act | None:
    """Return what ``key`` asks for; nothing where it is not ours.

    >>> meaning(Key("1", "1"), Situation(picking=True, selected=True)).value
    'tag'
    >>> meaning(Key("N", "n"), Situation(picking=True, typed="z")).value
    'type'
    """
    on_words = keymap.command(Context.WORDS, key.stroke)
    if on_words in MOVES:
        return Act.MOVE_END if now.annotation or now.entity else None
    if now.picking and not (key.control or key.alt):
        return _while_picking(key, now, on_words)
    if not (key.shift or key.control or key.alt) and (plain := _plain(key, now)) is not None:
        return plain
    on_repair = keymap.command(Context.REPAIR, key.stroke)
    if now.card and now.repair and on_repair:
        return _ON_REPAIR[on_repair]
    if now.entity and keymap.command(Context.MENTION, key.stroke):
        return Act.ENTITY
    return _on_words(now, on_words)


def _plain(key: Key, now: Situation) -> Act | None:
    """Return what a bare key asks for while a link is drawn or a card is open."""
    if now.linking and key.name in _LINKING:
        return _LINKING[key.name]
    return _WITH_CARD.get(key.name) if now.card else None


def _while_picking(key: Key, now: Situation, on_words: str) -> Act | None:
    if key.name in _PICKING and not key.shift:
        return _PICKING[key.name]
    if key.name == "Backspace":
        return Act.ERASE if now.typed else None
    if now.typed:
        return Act.TYPE if _types(key) else None
    return _tag_or_note(on_words) or (Act.TYPE if _types(key) and key.text != "0" else None)


def _on_words(now: Situation, on_words: str) -> Act | None:
    if not (now.selected or now.annotation):
        return None
    if now.annotation and not now.selected and on_words in _ON_ANNOTATION:
        return _ON_ANNOTATION[on_words]
    return _tag_or_note(on_words)


def _tag_or_note(on_words: str) -> Act | None:
    if on_words.startswith("tag_"):
        return Act.TAG
    return _ON_EITHER.get(on_words)


def _types(key: Key) -> bool:
    return len(key.text) == 1 and key.text.isprintable()
