"""What a hover card says of a repair, an entity or an annotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.repairs import LOST, Proof
from meipi.ui.presenters.entities import word_normal
from meipi.ui.presenters.repairs import channel_label, visible, word_proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meipi.core.entity import Mention
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow

_LONG = 60


@dataclass(frozen=True, slots=True)
class HoverCard:
    """One thing said of a place: a headline, its kind, and a line or two under it."""

    headline: str
    kind: str = ""
    lines: tuple[str, ...] = ()
    doubtful: bool = False


def repair_card(edit: RepairEdit, labels: Mapping[str, tuple[str, str]], words: Words) -> HoverCard:
    """Say what was changed, by which channel, and how that is known."""
    after = visible(edit.after, words) if edit.after else words("repair.deleted")
    return HoverCard(
        headline=f"{_shortened(visible(edit.before, words))} → {_shortened(after)}",
        kind=channel_label(edit.channel, labels, words),
        lines=(word_proof(edit, words),),
        doubtful=edit.proof is Proof.INFERRED,
    )


def lost_card(lost: Lost, labels: Mapping[str, tuple[str, str]], words: Words) -> HoverCard:
    """Say that a character is gone, and why."""
    kind = channel_label(lost.channel, labels, words)
    return HoverCard(LOST, kind, (words("repair.lost_proof"),), doubtful=True)


def entity_card(mention: Mention, mentions: Iterable[Mention], words: Words) -> HoverCard:
    """Say who or what is named, its normal form, its other names, and how often here."""
    key = (mention.type, fold(mention.canonical))
    same = [other for other in mentions if (other.type, fold(other.canonical)) == key]
    names = dict.fromkeys(m.text for m in same if fold(m.text) != fold(mention.canonical))
    normal = word_normal(mention)
    lines = [
        words("hover.normal", normal=normal) if normal else "",
        words("hover.other_names", names=words.pick("、", ", ").join(names)) if names else "",
        " · ".join((words("hover.here", count=len(same)), words(f"hover.by_{mention.by}"))),
    ]
    return HoverCard(mention.canonical, words(f"type.{mention.type}"), tuple(filter(None, lines)))


def annotation_card(row: AnnotationRow, words: Words) -> HoverCard:
    """Say which tag and note lie here."""
    lines = [row.note, words("hover.review") if row.needs_review else ""]
    return HoverCard(
        headline=row.tag or words("hover.note"),
        kind=row.shortcut,
        lines=tuple(filter(None, lines)),
        doubtful=row.needs_review,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
