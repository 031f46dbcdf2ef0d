"""Named things and figures found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.core.spans import Span


class EntityType(StrEnum):
    """The types of mention, in the order the window lists them."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"
    FAC = "FAC"
    TIME = "TIME"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    QUANTITY = "QUANTITY"
    EVENT = "EVENT"
    POLICY = "POLICY"
    WORK = "WORK"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named.

    ``canonical`` is the fullest name the document gives it, ``normal`` the value of a figure or
    date (``8170000000 CNY``, ``62.8 %``, ``2025-02-28``) or the code of an administrative division
    (``330324``; nine digits for a township), ``by`` what found it
    (``model``, ``pattern``, ``gazetteer``, ``document``, ``reader``). ``corrected`` says that the
    reader had a hand in it: changed its type, ends or name, or put it there.
    """

    span: Span
    type: EntityType
    text: str
    canonical: str
    by: str
    normal: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class EntityName:
    """Which entity: two are one where type and name are the same, in whatever script."""

    type: EntityType
    name: str
