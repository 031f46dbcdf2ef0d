"""What a channel is: a kind of damage, told by how it is suspected and how it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.repair.plan import Change


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of damage.

    ``find`` proposes changes of a text, sorted and disjoint, each already proven as its ``proof``
    says; it proposes none for text that is merely unusual.
    """

    name: str
    label_zh: str
    label_en: str
    find: Callable[[str], Sequence[Change]]
