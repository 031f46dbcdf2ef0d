"""The hover card: says one thing of what the mouse rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.presenters.targets import Target

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from meipi.ui.describing import Describer
    from meipi.ui.places import Places
    from meipi.ui.presenters.hovering import HoverCard
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.info_card import InfoCard
    from meipi.ui.widgets.overlay import Overlay


class HoverController(QObject):
    """Shows and hides the card as the text view says what lies under the mouse."""

    def __init__(
        self,
        reading: ReadingController,
        reader: ReaderView,
        card: InfoCard,
        places: Places,
        *,
        describer: Describer,
        quiet: tuple[Overlay, ...] = (),
    ) -> None:
        super().__init__()
        self._reading = reading
        self._reader = reader
        self._card = card
        self._places = places
        self._describer = describer
        self._quiet = quiet
        """Where one of these is shown, nothing more is said."""
        self._hovered: HoverTarget | None = None
        reader.hovered.connect(self._hover)
        reader.position_changed.connect(lambda _: self._leave())
        reader.selection_changed.connect(lambda _: self._leave())
        reader.clicked_target.connect(lambda _: self._leave())
        reading.opened.connect(lambda _: self._leave())
        reading.closed.connect(self._leave)

    def _hover(self, target: HoverTarget | None) -> None:
        document = self._reading.document
        if target is None or document is None or any(not o.isHidden() for o in self._quiet):
            self._leave()
            return
        self._hovered = target
        self._reader.light(target.id if target.kind == "annotation" else "")
        if target.kind == "annotation":
            self._say_annotation(target, document)
        else:
            self._say_target(target, Target(target.kind, target.index), document)

    def _leave(self) -> None:
        self._hovered = None
        self._reader.light("")
        self._card.dismiss()

    def _say_annotation(self, hovered: HoverTarget, document: OpenDocument) -> None:
        row = document.row(hovered.id)
        if row is None:
            self._leave()
        else:
            said = self._describer.annotation(row)
            self._say(hovered, said, self._describer.annotation_edge(row))

    def _say_target(self, hovered: HoverTarget, target: Target, document: OpenDocument) -> None:
        said = self._describer.target(target, document)
        self._say(hovered, said, self._describer.edge(target, document, said))

        def more() -> None:
            if self._hovered is hovered:
                self._say_target(hovered, target, document)

        self._describer.complete(target, document, more)

    def _say(self, hovered: HoverTarget, said: HoverCard, edge: QColor) -> None:
        self._card.set_content(headline=said.headline, kind=said.kind, lines=said.lines, edge=edge)
        self._card.say_near(self._places.from_view(hovered.rect))
