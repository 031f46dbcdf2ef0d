"""Which card is open: of what was clicked, or of what lies at the caret, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.presenters.targets import Target
from meipi.ui.reader.hover import targets_at

if TYPE_CHECKING:
    from meipi.ui.annotation_cards import AnnotationCards
    from meipi.ui.origins import OriginCards
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.target_cards import TargetCards


class Cards(QObject):
    """Opens one card at a time."""

    def __init__(
        self,
        reader: ReaderView,
        annotations: AnnotationCards,
        targets: TargetCards,
        origins: OriginCards,
    ) -> None:
        super().__init__()
        self.annotations = annotations
        self.targets = targets
        self.origins = origins
        self._reader = reader
        reader.clicked_target.connect(self._open)
        targets.origin_asked.connect(self._open_origin)

    @property
    def is_open(self) -> bool:
        """Say whether a card is shown."""
        return self._shown is not None or self.origins.is_open

    def open_annotation(self, annotation: str) -> None:
        """Open the card of an annotation."""
        self.targets.dismiss()
        self.origins.dismiss()
        self.annotations.open(annotation)

    def open_target(self, target: Target) -> None:
        """Open the card of a mention, a repair or a lost character."""
        self.annotations.dismiss()
        self.origins.dismiss()
        self.targets.open(target)

    def open_origin(self) -> None:
        """Say where the character at the caret comes from; a second time hides it."""
        if self.origins.is_open:
            self.origins.dismiss()
        else:
            self._open_origin(self._reader.selection().start)

    def _open_origin(self, offset: int) -> None:
        self.annotations.dismiss()
        self.targets.dismiss()
        self.origins.open(offset)

    def open_at_caret(self) -> None:
        """Open the card of what lies at the caret; again, that of the next thing there."""
        here = self._here()
        if here:
            shown = self._shown
            at = here.index(shown) + 1 if shown in here else 0
            self._show(here[at % len(here)])

    def enter(self) -> None:
        """Lead the keyboard into the open card."""
        if self.origins.is_open:
            self.origins.enter()
        elif self.targets.target is not None:
            self.targets.enter()
        else:
            self.annotations.enter()

    def dismiss(self) -> None:
        """Hide the card that is open."""
        self.annotations.dismiss()
        self.targets.dismiss()
        self.origins.dismiss()

    @property
    def _shown(self) -> Target | str | None:
        return self.targets.target or self.annotations.annotation or None

    def _here(self) -> list[Target | str]:
        """Return what lies at the caret: the reader's own annotations first."""
        found = targets_at(self._reader.reading.layers, self._reader.selection().start)
        own = [target for target in found if target.kind == "annotation"]
        return [_opened(target) for target in (*own, *(t for t in found if t not in own))]

    def _open(self, target: HoverTarget) -> None:
        self._show(_opened(target))

    def _show(self, thing: Target | str) -> None:
        if isinstance(thing, Target):
            self.open_target(thing)
        else:
            self.open_annotation(thing)


def _opened(target: HoverTarget) -> Target | str:
    """Return what a card is opened on: an annotation by its id, anything else as a target."""
    return target.id if target.kind == "annotation" else Target(target.kind, target.index)
