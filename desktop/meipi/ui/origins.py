"""The card that says where the character at the caret comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from meipi.ui.presenters.origin import origin_card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.spans import Span
    from meipi.services.provenance import Provenance
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.places import Places
    from meipi.ui.presenters.repairs import Labels
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.action_card import ActionCard

ORIGIN_ACTS = ("copy",)


class OriginCards(QObject):
    """Traces a character beside the window and shows what was found."""

    left = Signal()

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        card: ActionCard,
        places: Places,
        *,
        labels: Labels,
        encodings: Mapping[str, tuple[str, str]],
        appearance: Appearance,
        words: Words,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._card = card
        self._places = places
        self._labels = labels
        self._encodings = encodings
        self._appearance = appearance
        self._words = words
        self._found: Provenance | None = None
        self._connect()

    @property
    def is_open(self) -> bool:
        """Say whether the card is shown."""
        return not self._card.isHidden()

    def open(self, offset: int) -> None:
        """Trace the character at ``offset`` and show its card."""
        document = self._reading.document
        if document is None or not document.text:
            return
        at, key = min(offset, len(document.text) - 1), document.id
        self._bridge.read(
            "provenance",
            lambda: self._workspace.documents.provenance(key, at),
            self._show,
            lambda _: None,
        )

    def enter(self) -> None:
        """Lead the keyboard into the card."""
        self._card.enter()

    def dismiss(self) -> None:
        """Hide the card, and any that is still being traced."""
        self._bridge.forget("provenance")
        self._found = None
        self._card.dismiss()

    def _connect(self) -> None:
        self._card.act_asked.connect(lambda _: self._copy())
        self._card.left.connect(self.left)
        self._reader.position_changed.connect(lambda _: self.dismiss())
        self._reader.selection_changed.connect(self._selection_changed)
        self._reading.opened.connect(lambda _: self.dismiss())
        self._reading.closed.connect(self.dismiss)

    def _show(self, found: Provenance) -> None:
        self._found = found
        said = origin_card(found, self._labels, self._encodings, self._words)
        theme = self._appearance.theme
        self._card.set_content(
            headline=said.headline,
            kind=said.kind,
            lines=said.lines,
            edge=theme.accent if said.doubtful else theme.line_strong,
        )
        self._card.set_walk("", previous="", following="")
        self._card.set_acts({"copy": self._words("origin.copy")})
        self._card.show_near(self._places.of(found.span))

    def _copy(self) -> None:
        saying = self._card.saying
        lines = (saying.headline.text(), saying.kind.text(), saying.body.text())
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.dismiss()
        self.left.emit()

    def _selection_changed(self, selected: Span) -> None:
        found = self._found
        if found is None or not found.span.start <= selected.start <= found.span.end:
            self.dismiss()
