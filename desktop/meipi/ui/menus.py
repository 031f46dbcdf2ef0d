"""Menus at a place of the screen: what can be done with the words or the entity there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from meipi.ui.command_table import COMMANDS
from meipi.ui.keys import shown_key
from meipi.ui.presenters.commands import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint

    from meipi.ui.commands import Commands
    from meipi.ui.entity_acts import EntityActs
    from meipi.ui.parts import Parts

_ON_WORDS = ("tag", "note", "entity_add", "find", "search")
_ON_LISTED = (
    *("entity_page", "entity_type", "entity_never", "entity_always"),
    *("entity_merge", "entity_split", "entity_rename", "entity_tag"),
)
_ON_ENTITY = (*_ON_LISTED[:2], "entity_reject", *_ON_LISTED[2:])


class Menus:
    """Opens the menus of the text, of the list of entities and of the card of a mention."""

    def __init__(self, parts: Parts, commands: Commands, entities: EntityActs) -> None:
        self._parts = parts
        self._commands = commands
        self._entities = entities
        parts.reader.context_menu_requested.connect(self._open_on_text)
        parts.entities.menu_asked.connect(self._open_on_listed)

    def run_on_entity(self, command: str) -> None:
        """Run a command the card of a mention offers; ``more`` opens the menu of the others."""
        if command == "more":
            card = self._parts.target_card
            corner = card.mapToGlobal(card.rect().bottomLeft())
            # While the card is open a letter does each.
            self._pop_up(corner, (*_ON_ENTITY, "", "entity_list"), keys=self._keys_on_mention())
        else:
            self._commands.run(command)

    def _keys_on_mention(self) -> dict[str, str]:
        keymap = self._commands.keymap
        on_mention = (info for info in COMMANDS if info.context is Context.MENTION and info.runs)
        return {info.runs: keymap.key(info.id) for info in on_mention}

    def _open_on_text(self, at: QPoint, _target: object) -> None:
        selected = bool(self._parts.reader.selection())
        on_entity = self._entities.subject() is not None and not selected
        names = (*_ON_ENTITY, "", *_ON_WORDS) if on_entity else _ON_WORDS
        self._add_layers(self._pop_up(at, names))

    def _add_layers(self, menu: QMenu) -> None:
        """Offer to show or hide each layer of the text."""
        toolbar, keymap = self._parts.toolbar, self._commands.keymap
        menu.addSeparator()
        layers = menu.addMenu(toolbar.layers_label.text())
        for layer, toggle in toolbar.layers.items():
            command = f"layer_{layer}"
            title = f"{toggle.text()}\t{shown_key(keymap.key(command))}".rstrip()
            action = layers.addAction(title, partial(self._commands.run, command))
            action.setCheckable(True)
            action.setChecked(toggle.isChecked())

    def _open_on_listed(self, at: QPoint) -> None:
        self._pop_up(at, _ON_LISTED)

    def _pop_up(
        self, at: QPoint, names: Sequence[str], *, keys: Mapping[str, str] | None = None
    ) -> QMenu:
        """Offer commands at a place of the screen; ``keys`` are other keys to say beside them."""
        menu = QMenu(self._parts.window)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in names:
            if not name:
                menu.addSeparator()
            elif keys is None:
                menu.addAction(self._commands.action(name))
            else:
                title = f"{self._commands.action(name).text()}\t{keys.get(name, '')}".rstrip()
                menu.addAction(title, partial(self._commands.run, name))
        menu.popup(at)
        return menu
