"""What is read, in the middle and in the panels beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit

from meipi.ui.presenters.repairs import RepairRow

if TYPE_CHECKING:
    from meipi.ui.appearance import Appearance
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.library import LibraryController
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.targets import Target
    from meipi.ui.reading import ReadingController
    from meipi.ui.samples import Samples


class Page(QObject):
    """Hands what is open to the panels, and shows the empty page while there is nothing to read."""

    def __init__(
        self,
        parts: Parts,
        *,
        reading: ReadingController,
        library: LibraryController,
        samples: Samples,
        feedback: Feedback,
        appearance: Appearance,
        words: Words,
    ) -> None:
        super().__init__()
        self._parts = parts
        self._reading = reading
        self._library = library
        self._samples = samples
        self._feedback = feedback
        self._appearance = appearance
        self._words = words
        self._begun = False
        self._shown = ""
        """The id of the document shown last: the same again leaves the keyboard where it is."""
        self._connect()

    def show_nothing(self) -> None:
        """Show that nothing is open."""
        self._shown = ""
        self._parts.show_nothing()
        self._show_title(None)
        self._show_filled()

    def retranslate(self) -> None:
        """Put what is said of the open document into the window's language."""
        self._library.retranslate()
        self._reading.relabel()
        self._feedback.retranslate(self._parts.reader.top_offset())
        self._show_title(self._reading.document)

    def show_listed(self, target: Target) -> None:
        """Show a mention, a repair or a lost character in the panel that lists it."""
        document = self._reading.document
        if document is None:
            return
        row, panel = document.listed(target)
        self._parts.show_panel(panel)
        if isinstance(row, RepairRow):
            self._parts.repairs.reveal_place(row, target.span(document))
        else:
            self._parts.panels[panel].reveal(row)
        self._parts.panels[panel].rows.list.setFocus()

    def _connect(self) -> None:
        parts, reading = self._parts, self._reading
        reading.opened.connect(self._show_document)
        reading.closed.connect(self.show_nothing)
        reading.annotations_changed.connect(lambda open_: parts.annotations.set_rows(open_.rows))
        reading.mentions_changed.connect(lambda open_: parts.entities.set_entities(open_.entities))
        reading.reworded.connect(parts.repairs.set_document)
        reading.loading.connect(parts.centre.show_page)
        parts.reader.position_changed.connect(self._show_place)
        for panel in (parts.outline, parts.entities, parts.repairs):
            panel.place_chosen.connect(reading.go_to)
        self._library.filled.connect(lambda _: self._show_filled())
        self._library.working.connect(lambda on: parts.centre.set_working(on=on))

    def _show_document(self, opened: OpenDocument) -> None:
        self._parts.centre.leave_empty()
        self._parts.show_document(opened)
        again, self._shown = opened.id == self._shown, opened.id
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if not self._begun or not (again or typing or self._parts.entity_page.isVisible()):
            self._parts.reader.setFocus()
        self._begun = True
        self._appearance.keep({"last_document": opened.id})
        self._show_place(self._parts.reader.top_offset())
        self._show_title(opened)

    def _show_title(self, opened: OpenDocument | None) -> None:
        title = opened.reading.document.title if opened else ""
        worded = self._words("app.window_title", title=title) if title else self._words("app.name")
        self._parts.window.setWindowTitle(worded)

    def _show_place(self, offset: int) -> None:
        self._parts.outline.set_place(offset)
        self._feedback.set_place(offset)

    def _show_filled(self) -> None:
        if self._library.is_empty and not self._reading.wanted:
            self._parts.centre.show_empty()
            self._samples.offer()
        else:
            self._parts.centre.leave_empty()
