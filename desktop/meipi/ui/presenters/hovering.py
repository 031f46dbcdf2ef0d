"""What a card says of a repair, an entity or an annotation: hovered, or opened to act on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core import messages
from meipi.core.decisions import Verdict
from meipi.core.entity import EntityType
from meipi.core.repairs import LOST, Proof
from meipi.ui.i18n import number, percent
from meipi.ui.presenters.entities import word_normal
from meipi.ui.presenters.repairs import channel_label, visible, word_proof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.entity import Mention
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.entities import EntityRow
    from meipi.ui.presenters.repairs import RepairIndex

_LONG = 60


@dataclass(frozen=True, slots=True)
class HoverCard:
    """One thing said of a place: a headline, its kind, and a line or two under it."""

    headline: str
    kind: str = ""
    lines: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How often other documents of the library name an entity."""

    documents: int = 0
    times: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int], document: str) -> Elsewhere:
        """Leave ``document`` out of the ``counts`` by document."""
        others = [times for name, times in counts.items() if name != document]
        return cls(len(others), sum(others))


def repair_card(edit: RepairEdit, labels: Mapping[str, tuple[str, str]], words: Words) -> HoverCard:
    """Say what was changed, by which channel, and how that is known."""
    after = visible(edit.after, words) if edit.after else words("repair.deleted")
    return HoverCard(
        headline=f"{_shortened(visible(edit.before, words))} → {_shortened(after)}",
        kind=channel_label(edit.channel, labels, words),
        lines=(word_proof(edit, words),),
        doubtful=edit.proof is Proof.INFERRED,
    )


def opened_repair(
    edit: RepairEdit, labels: Mapping[str, tuple[str, str]], words: Words
) -> HoverCard:
    """Say the same with how sure the repair is, whatever its proof."""
    card = repair_card(edit, labels, words)
    if edit.proof is Proof.INFERRED:
        return card
    sure = words("repair.confidence", confidence=percent(edit.confidence))
    return replace(card, lines=(*card.lines, sure))


def decided_card(card: HoverCard, at: int, repairs: RepairIndex, words: Words) -> HoverCard:
    """Say first what the reader decided, if anything."""
    state = repairs.states[at]
    if state is None:
        return card
    if state is Verdict.EDITED:
        now = visible(repairs.edits[at].after, words)
        before = visible(repairs.edits[at].before, words)
        was = repairs.proposals[at].after
        after = visible(was, words) if was else words("repair.deleted")
        lines = (words("repair.reader"), words("repair.was_proposed", after=_shortened(after)))
        headline = f"{_shortened(before)} → {_shortened(now)}"
        return replace(card, headline=headline, lines=lines, doubtful=False)
    said = words("repair.is_accepted" if state is Verdict.ACCEPTED else "repair.stands")
    return replace(card, lines=(said, *card.lines), doubtful=False)


def lost_card(lost: Lost, labels: Mapping[str, tuple[str, str]], words: Words) -> HoverCard:
    """Say that text is gone, and what took it."""
    kind = channel_label(lost.channel, labels, words)
    return HoverCard(LOST, kind, (word_loss(lost, words),), doubtful=True)


def word_loss(lost: Lost, words: Words) -> str:
    """Say what took a text that is gone."""
    return words.pick(messages.word_loss(lost.reason, "zh"), messages.word_loss(lost.reason))


def entity_card(
    mention: Mention, entity: EntityRow, words: Words, elsewhere: Elsewhere | None = None
) -> HoverCard:
    """Say who or what is named, its normal form, its other names, how often here and elsewhere."""
    normal = word_normal(mention)
    names = words.pick("、", ", ").join(entity.variants)
    counts = word_here(entity.count, words), word_elsewhere(elsewhere, words)
    lines = (
        word_known(mention.type, normal, words),
        words("hover.other_names", names=names) if names else "",
        " · ".join(filter(None, counts)),
    )
    return HoverCard(entity.name, words(f"type.{mention.type}"), tuple(filter(None, lines)))


def opened_entity(
    mention: Mention, entity: EntityRow, words: Words, elsewhere: Elsewhere | None = None
) -> HoverCard:
    """Say the same, and how the entity was found."""
    card = entity_card(mention, entity, words, elsewhere)
    found = words(f"hover.by_{mention.by}")
    told = words("hover.corrected") if mention.corrected and mention.by != "reader" else ""
    return replace(card, lines=(*card.lines, " · ".join(filter(None, (found, told)))))


def word_known(kind: EntityType, normal: str, words: Words) -> str:
    """Say the normal form of a figure, or the code of a place; nothing where there is none."""
    if not normal:
        return ""
    key = "hover.division" if kind is EntityType.LOC and normal.isdigit() else "hover.normal"
    return words(key, normal=normal)


def word_here(times: int, words: Words) -> str:
    """Say how often this document names an entity."""
    return words("hover.here", count=number(times))


def word_elsewhere(elsewhere: Elsewhere | None, words: Words) -> str:
    """Say how often others do; nothing where that is not known yet, or none does."""
    if elsewhere is None or not elsewhere.documents:
        return ""
    documents = words("hover.documents", count=number(elsewhere.documents))
    times = words("hover.times", count=number(elsewhere.times))
    return words("hover.elsewhere", documents=documents, times=times)


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
