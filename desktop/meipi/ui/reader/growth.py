"""Selecting more and less: word, clause, sentence, paragraph, text, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.reader.caret import grown

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.reader.selection import Cut
    from meipi.ui.reader.view import ReaderView


class Growth:
    """Remembers what was selected before it grew, until something else is selected."""

    def __init__(self, view: ReaderView, cut: Cut) -> None:
        self._view = view
        self._cut = cut
        self._steps: list[Span] = []

    def grow(self) -> None:
        """Select the next larger unit around the selection."""
        sheet, now = self._view.reading.sheet, self._view.selection()
        if not sheet.table.has_row(0):
            return
        if not self._steps or self._steps[-1] != now:
            self._steps = [now]
        self._view.select_for_use(grown(sheet, now, self._cut))
        selected = self._view.selection()  # the text ends with its last row
        if selected != now:
            self._steps.append(selected)

    def shrink(self) -> None:
        """Select again what was selected before it grew."""
        if len(self._steps) > 1 and self._steps[-1] == self._view.selection():
            self._steps.pop()
            self._view.select_for_use(self._steps[-1])
