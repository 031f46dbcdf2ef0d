"""The tag picker: offers the codebook for what is typed, and never takes the keyboard by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal

from meipi.ui.presenters.tagging import Choice, ChoiceKind, choices
from meipi.ui.widgets.picker import PickRow
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.annotation import Tag
    from meipi.services.settings import Settings
    from meipi.ui.appearance import Appearance
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.widgets.picker import Picker

_RECENT = 12
_WIDTH = 272


class TagPicker(QObject):
    """Says which tag was chosen, or that a note is wanted."""

    tag_chosen = Signal(str)
    """The id of a tag."""
    new_tag_chosen = Signal(str)
    """The name of a tag to be made."""
    note_chosen = Signal()
    left = Signal()

    def __init__(
        self,
        picker: Picker,
        words: Words,
        settings: Settings,
        appearance: Appearance,
        *,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._picker = picker
        self._words = words
        self._settings = settings
        self._appearance = appearance
        self._keymap = keymap
        self._tags: Sequence[Tag] = ()
        self._offered: list[Choice] = []
        self._with_note = True
        picker.query_changed.connect(lambda _: self._offer())
        picker.picked.connect(self._choose)
        picker.left.connect(self.left)

    @property
    def is_open(self) -> bool:
        """Say whether the picker is shown."""
        return self._picker.isVisibleTo(self._picker.host)

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self._picker.field.text() if self.is_open else ""

    def open(self, near: QRect, tags: Sequence[Tag], *, with_note: bool) -> None:
        """Offer ``tags`` near ``near``; a note too where one can be written."""
        words = self._words
        self._tags, self._with_note = tags, with_note
        self._picker.field.clear()
        prompt = words("tag.prompt" if tags else "tag.empty")
        self._picker.field.setPlaceholderText(prompt)
        self._picker.field.setAccessibleName(prompt)
        first, last, note = map(self._keymap.key, ("tag_1", "tag_9", "words_note"))
        foot = words(
            "tag.keys" if with_note else "tag.change_keys", first=first, last=last, note=note
        )
        self._picker.set_foot(foot)
        self._picker.setFixedWidth(scaled(self._picker, _WIDTH))
        self._offer()
        self._picker.show_near(near)

    def close(self) -> None:
        """Hide the picker."""
        self._picker.dismiss()

    def move_to(self, near: QRect) -> None:
        """Stay with words that moved."""
        if self.is_open:
            self._picker.show_near(near)

    def type(self, text: str) -> None:
        """Type ``text`` into the field without giving it the keyboard."""
        self._picker.field.setText(self._picker.field.text() + text)

    def erase(self) -> None:
        """Take back the last character typed."""
        self._picker.field.setText(self._picker.field.text()[:-1])

    def focus_field(self) -> None:
        """Give the field the keyboard, for input methods and long names."""
        self._picker.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._picker.field.end(False)

    def step(self, by: int) -> None:
        """Go to the next or previous choice."""
        self._picker.step(by)

    def pick(self) -> None:
        """Choose the current one."""
        self._picker.pick_current()

    @property
    def last(self) -> str:
        """The tag used last; empty where none was."""
        return next(iter(self._settings.get("recent_tags")), "")

    def remember(self, tag: str) -> None:
        """List ``tag`` first among those without a key from now on."""
        recent = [tag, *(known for known in self._settings.get("recent_tags") if known != tag)]
        self._appearance.keep({"recent_tags": recent[:_RECENT]})

    def _offer(self) -> None:
        self._offered = choices(
            self._picker.field.text(),
            self._tags,
            recent=self._settings.get("recent_tags"),
            with_note=self._with_note,
        )
        self._picker.set_rows([self._row(at, item) for at, item in enumerate(self._offered)])

    def _row(self, at: int, choice: Choice) -> PickRow:
        label = {
            ChoiceKind.TAG: choice.name,
            ChoiceKind.NEW: self._words("tag.new", name=choice.name),
            ChoiceKind.NOTE: self._words("tag.note"),
        }[choice.kind]
        color = None
        if choice.color is not None:
            color = self._appearance.theme.tag_color(choice.color)
        return PickRow(str(at), label, choice.hint, color)

    def _choose(self, key: str) -> None:
        choice = self._offered[int(key)]
        if choice.kind is ChoiceKind.TAG:
            self.tag_chosen.emit(choice.tag)
        elif choice.kind is ChoiceKind.NEW:
            self.new_tag_chosen.emit(choice.name)
        else:
            self.note_chosen.emit()
