"""Setting the page: the card under the toolbar, and the commands that do the same by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, QRect

from meipi.ui.appearance import SIZES
from meipi.ui.theme import ThemeName

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.appearance import Appearance
    from meipi.ui.i18n import Words
    from meipi.ui.panels.page_card import PageCard
    from meipi.ui.parts import Parts

_OTHER = {"song": "hei", "hei": "song", "indent": "gap", "gap": "indent", True: False, False: True}


class PageSetter(QObject):
    """Changes how the page is set; the card is made when it is first asked for."""

    def __init__(self, appearance: Appearance, parts: Parts, words: Words) -> None:
        super().__init__()
        self._look = appearance
        self._parts = parts
        self._words = words
        self.card: PageCard | None = None
        for changed in (
            appearance.page_changed,
            appearance.size_changed,
            appearance.theme_changed,
        ):
            changed.connect(self._show)
        parts.toolbar.page_asked.connect(self.toggle)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of the page do."""
        return {
            "page_setup": self.toggle,
            "measure_wider": lambda: self._step("measure", 1),
            "measure_narrower": lambda: self._step("measure", -1),
            "leading_more": lambda: self._step("leading", 1),
            "leading_less": lambda: self._step("leading", -1),
            "page_face": lambda: self._turn("face"),
            "page_paragraphs": lambda: self._turn("paragraphs"),
            "page_spaced": lambda: self._turn("spaced"),
            "page_reset": self._look.reset_page,
        }

    def toggle(self) -> None:
        """Open the card below its button, or close it."""
        card = self._made()
        if not card.isHidden():
            self._leave()
            return
        button = self._parts.toolbar.page_button
        corner = button.mapTo(card.host, QPoint(0, 0))
        if button.isVisible():
            card.show_near(QRect(corner, button.size()))
        else:
            card.show_at_top(card.sizeHint().width())
        card.enter()

    def _made(self) -> PageCard:
        if self.card is None:
            from meipi.ui.panels.page_card import PageCard

            self.card = PageCard(self._parts.window.page, self._words)
            self.card.chosen.connect(self._choose)
            self.card.stepped.connect(self._step)
            self.card.reset_asked.connect(self._look.reset_page)
            self.card.left.connect(self._leave)
            self.card.retranslate()
            self._show()
        return self.card

    def _leave(self) -> None:
        self._made().dismiss()
        self._parts.reader.setFocus()

    def _show(self) -> None:
        if self.card is not None:
            look = self._look
            self.card.set_values(look.page, size=look.size, sizes=SIZES, theme=look.theme.name)

    def _choose(self, row: str, value: str) -> None:
        if row == "theme":
            self._look.set_theme(cast(ThemeName, value))
        else:
            self._set(row, value == "on" if row == "spaced" else value)

    def _step(self, row: str, by: int) -> None:
        page = self._look.page
        if row == "size":
            self._look.zoom(by)
        else:
            self._look.set_page(page.wider(by) if row == "measure" else page.looser(by))

    def _turn(self, row: str) -> None:
        self._set(row, _OTHER[getattr(self._look.page, row)])

    def _set(self, row: str, value: Any) -> None:
        self._look.set_page(replace(self._look.page, **{row: value}))
