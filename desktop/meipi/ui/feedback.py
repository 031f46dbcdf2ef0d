"""What the window says back: saved or not, what was done, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.core.errors import ErrorCode
from meipi.core.messages import word
from meipi.ui.i18n import number
from meipi.ui.presenters.status import encoding_name, paragraph_at, word_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.panels.foot import Foot
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.message_bar import MessageBar

_UNSAVED = {
    ErrorCode.DISK_FULL,
    ErrorCode.LIBRARY_LOCKED,
    ErrorCode.LIBRARY_DAMAGED,
    ErrorCode.LIBRARY_UNUSABLE,
}


_SHOWN = 4
"""Reasons shown together: more would push the page away."""


class Feedback(QObject):
    """Keeps the foot and the message bar true."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        bridge: Bridge,
        reading: ReadingController,
        foot: Foot,
        bar: MessageBar,
        *,
        appearance: Appearance,
        words: Words,
        channels: Mapping[str, tuple[str, str]],
        encodings: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__()
        self._reading = reading
        self._foot = foot
        self._bar = bar
        self._appearance = appearance
        self._words = words
        self._channels = channels
        self._encodings = encodings
        self._taking_back = False
        bridge.saving.connect(lambda: foot.set_state("saving"))
        bridge.saved.connect(self._saved)
        bridge.changed.connect(self._show_act)
        bridge.failed.connect(self.show_error)
        reading.opened.connect(self._show_facts)
        reading.failed.connect(self.show_error)
        reading.closed.connect(lambda: foot.set_facts(path="", characters="", paragraph=""))
        appearance.size_changed.connect(self._show_zoom)
        appearance.not_kept.connect(self.show_error)
        self._show_zoom()

    def show_error(self, error: MeipiError) -> None:
        """Say what happened, what is safe and what to do."""
        if error.code in _UNSAVED:
            self._foot.set_state("unsaved")
        if error.code is ErrorCode.NOTHING_TO_DO:
            self.say(word(error, self._words.language))
        else:
            self._bar.show_message(word(error, self._words.language), error=True)

    def show_errors(self, errors: Sequence[MeipiError]) -> None:
        """Say what happened to several files, each reason once, the last few in full."""
        self.show_error(errors[-1])
        said = list(dict.fromkeys(word(error, self._words.language) for error in errors))
        if len(said) > 1:
            lines = [self._words("error.files", count=number(len(errors))), *said[-_SHOWN:]]
            if len(said) > _SHOWN:
                lines.append(self._words("error.more", count=number(len(said) - _SHOWN)))
            self._bar.show_message("\n".join(lines), error=True)

    def clear_errors(self) -> None:
        """Take the message away that an earlier attempt left."""
        self._bar.hide()

    def say(self, text: str) -> None:
        """Say something that is no error, quietly at the foot."""
        self._foot.show_act(text, can_undo=False)

    def taking_back(self, *, on: bool) -> None:
        """Know that the next act is an undo or a redo, which the foot words itself."""
        self._taking_back = on

    def set_place(self, offset: int) -> None:
        """Show the paragraph at ``offset``."""
        if self._reading.document is not None:
            self._foot.set_paragraph(self._paragraph(self._reading.document, offset))

    def retranslate(self, offset: int) -> None:
        """Put what is shown into the window's language."""
        if self._reading.document is not None:
            self._show_facts(self._reading.document)
            self.set_place(offset)
        self._foot.clear_act()
        self._show_zoom()

    def _saved(self) -> None:
        if self._foot.state() != "unsaved":
            self._foot.set_state("saved")

    def _show_act(self, changes: Changes) -> None:
        if changes.label:
            self._foot.set_state("saving" if self._foot.state() == "saving" else "saved")
            self._foot.show_act(changes.label, can_undo=not self._taking_back)

    def _show_facts(self, document: OpenDocument) -> None:
        reading = document.reading
        encoding = encoding_name(reading.document.encoding, self._encodings, self._words)
        self._foot.set_facts(
            path=word_path(
                encoding,
                reading.repaired,
                self._channels,
                self._words,
                rejected=document.repairs.rejected,
            ),
            characters=self._words("foot.characters", count=number(len(document.text))),
            paragraph=self._paragraph(document, 0),
        )

    def _paragraph(self, document: OpenDocument, offset: int) -> str:
        at, total = paragraph_at(document.paragraphs, offset)
        return self._words("foot.paragraph", at=at, total=total) if total else ""

    def _show_zoom(self) -> None:
        self._foot.set_zoom(self._words("foot.zoom", **self._appearance.zoom_fields()))
