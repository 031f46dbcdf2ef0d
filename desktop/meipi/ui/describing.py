"""What is said of something in the text, and in which colour: the same hovered and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.presenters.hovering import (
    HoverCard,
    annotation_card,
    decided_card,
    entity_card,
    lost_card,
    opened_entity,
    opened_repair,
    repair_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QColor

    from meipi.ui.appearance import Appearance
    from meipi.ui.elsewhere import NamedElsewhere
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.targets import Target


class Describer:
    """Words a mention, a repair, a lost character or an annotation of the open document."""

    def __init__(
        self,
        *,
        labels: Mapping[str, tuple[str, str]],
        words: Words,
        appearance: Appearance,
        elsewhere: NamedElsewhere,
    ) -> None:
        self._labels = labels
        self._words = words
        self._appearance = appearance
        self._elsewhere = elsewhere

    def target(self, target: Target, document: OpenDocument, *, opened: bool = False) -> HoverCard:
        """Say what ``target`` is; ``opened`` says all that is known of it."""
        if target.kind == "lost":
            return lost_card(document.repairs.lost[target.index], self._labels, self._words)
        if target.kind == "repair":
            say = opened_repair if opened else repair_card
            card = say(document.repairs.proposals[target.index], self._labels, self._words)
            return decided_card(card, target.index, document.repairs, self._words)
        assert document.entities is not None  # noqa: S101 - there is a mention
        mention = document.entities.mentions[target.index]
        known = self._elsewhere.known(mention, document.id)
        entity = document.entities.row(target.index)
        return (opened_entity if opened else entity_card)(mention, entity, self._words, known)

    def complete(self, target: Target, document: OpenDocument, done: Callable[[], None]) -> None:
        """Find out what is not known yet of ``target``, then call ``done``."""
        if target.kind == "entity" and document.mentions:
            mention = document.mentions[target.index]
            if self._elsewhere.known(mention, document.id) is None:
                self._elsewhere.ask(mention, done)

    def edge(self, target: Target, document: OpenDocument, said: HoverCard) -> QColor:
        """Return the colour at the edge of the card."""
        theme = self._appearance.theme
        if said.doubtful:
            return theme.accent
        if target.kind == "entity" and document.mentions:
            return theme.entities[document.mentions[target.index].type].color
        return theme.line_strong

    def annotation(self, row: AnnotationRow) -> HoverCard:
        """Say which tag and note an annotation has."""
        return annotation_card(row, self._words)

    def annotation_edge(self, row: AnnotationRow) -> QColor:
        """Return the colour of an annotation."""
        theme = self._appearance.theme
        if row.needs_review:
            return theme.accent
        return theme.line_strong if row.color is None else theme.tag_color(row.color)
