"""The hover card: says one thing of what the mouse rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.presenters.hovering import (
    HoverCard,
    annotation_card,
    entity_card,
    lost_card,
    repair_card,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QColor

    from meipi.ui.appearance import Appearance
    from meipi.ui.i18n import Words
    from meipi.ui.places import Places
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import OpenDocument, ReadingController
    from meipi.ui.widgets.info_card import InfoCard
    from meipi.ui.widgets.overlay import Overlay


class HoverController(QObject):
    """Shows and hides the card as the text view says what lies under the mouse."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        reading: ReadingController,
        reader: ReaderView,
        card: InfoCard,
        places: Places,
        *,
        labels: Mapping[str, tuple[str, str]],
        words: Words,
        appearance: Appearance,
        showing: Showing,
        quiet: tuple[Overlay, ...] = (),
    ) -> None:
        super().__init__()
        self._reading = reading
        self._card = card
        self._places = places
        self._labels = labels
        self._words = words
        self._appearance = appearance
        self._showing = showing
        self._quiet = quiet
        """Where one of these is shown, nothing more is said."""
        reader.hovered.connect(self._hover)
        reader.position_changed.connect(lambda _: card.dismiss())
        reader.selection_changed.connect(lambda _: card.dismiss())
        reading.closed.connect(card.dismiss)

    def _hover(self, target: HoverTarget | None) -> None:
        document = self._reading.document
        if target is None or document is None or any(not o.isHidden() for o in self._quiet):
            self._card.dismiss()
            return
        said = self._words_for(target, document)
        if said is None:
            self._card.dismiss()
            return
        self._card.set_content(
            headline=said.headline,
            kind=said.kind,
            lines=said.lines,
            edge=self._edge(target, document, said),
        )
        self._card.say_near(self._places.from_view(target.rect))

    def _words_for(self, target: HoverTarget, document: OpenDocument) -> HoverCard | None:
        repaired, words = document.reading.repaired, self._words
        if target.kind == "repair":
            return repair_card(repaired.edits[target.index], self._labels, words)
        if target.kind == "lost":
            return lost_card(repaired.lost[target.index], self._labels, words)
        if target.kind == "entity" and document.mentions:
            return entity_card(document.mentions[target.index], document.mentions, words)
        row = next((row for row in document.rows if row.id == target.id), None)
        return annotation_card(row, words) if row else None

    def _edge(self, target: HoverTarget, document: OpenDocument, said: HoverCard) -> QColor | None:
        theme = self._appearance.theme
        if said.doubtful:
            return theme.accent
        if target.kind == "entity" and document.mentions:
            return theme.entities[document.mentions[target.index].type].color
        row = next((row for row in document.rows if row.id == target.id), None)
        if row is not None and row.color is not None:
            return theme.tag_color(row.color)
        return theme.line_strong
