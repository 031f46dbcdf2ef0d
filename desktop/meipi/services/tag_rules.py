"""What holds of every codebook: names, parents, keys and colours of its tags."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotation import Tag
    from meipi.library.transaction import Transaction

COLORS = 10
"""How many colours the themes have for tags."""

KEYS = "123456789"


def find_tag(tag: str, known: Iterable[Tag]) -> Tag:
    """Return the tag with this id. Raises ``TAG_UNKNOWN``."""
    for item in known:
        if item.id == tag:
            return item
    raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)


def check_tag(tag: Tag, known: Sequence[Tag]) -> None:
    """Refuse a tag without a name, beside one of its name, or below itself."""
    if not tag.name:
        raise MeipiError(ErrorCode.TAG_NAMELESS)
    others = [item for item in known if item.id != tag.id]
    if any((item.name, item.parent) == (tag.name, tag.parent) for item in others):
        raise MeipiError(ErrorCode.TAG_EXISTS, name=tag.name)
    _check_parents(tag, {item.id: item for item in others})


def _check_parents(tag: Tag, others: dict[str, Tag]) -> None:
    parent = tag.parent
    while parent is not None:
        if parent == tag.id:
            raise MeipiError(ErrorCode.TAG_CYCLE, name=tag.name)
        if parent not in others:
            raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=parent)
        parent = others[parent].parent


def next_color(known: Sequence[Tag]) -> int:
    """Return the first colour that the fewest tags have."""
    uses = Counter(tag.color for tag in known)
    return min(range(COLORS), key=lambda color: (uses[color], color))


def next_key(known: Sequence[Tag]) -> str:
    """Return the first key no tag has, nothing where all are taken."""
    taken = {tag.shortcut for tag in known}
    return next((key for key in KEYS if key not in taken), "")


def free_key(transaction: Transaction, tag: Tag, known: Sequence[Tag]) -> None:
    """Take the key of ``tag`` from the tag that has it."""
    for other in known:
        if tag.shortcut and other.shortcut == tag.shortcut and other.id != tag.id:
            transaction.update("tags", other.id, shortcut="")
