"""A repair damaged again, to be seen: what its proof rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.repair.channels import ALL

if TYPE_CHECKING:
    from meipi.core.repairs import RepairEdit

_DAMAGES = {channel.name: channel.damage for channel in ALL}


def damaged_again(edit: RepairEdit) -> bool:
    """Say whether the forward program of its channel makes ``before`` of ``after``, alone.

    A channel may prove a repair with what stands around it; that is not seen here.

    >>> from meipi.repair import repair
    >>> damaged_again(repair("京津冀協(xié)同發(fā)展").edits[0])
    True
    """
    damage = _DAMAGES.get(edit.channel)
    if damage is None or not edit.after:
        return False
    try:
        return damage(edit.after) == edit.before
    except (ValueError, LookupError):  # words that an encoding of the way cannot hold
        return False


def inserted(edit: RepairEdit) -> str:
    """Return what was put in behind the words where that is all that happened to them.

    >>> from meipi.repair import repair
    >>> inserted(repair("京津冀協(xié)同發(fā)展").edits[1])
    '(fā)'
    """
    return edit.before[len(edit.after) :] if edit.before.startswith(edit.after) else ""
