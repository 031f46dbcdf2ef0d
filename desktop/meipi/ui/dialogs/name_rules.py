"""What was said of names everywhere: never one, always one, the same as another; each revocable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from meipi.core.fold import fold
from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.core.corrections import NameCorrection
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing

_WIDTH, _HEIGHT = 560, 460
_GAP = 4
_ID = Qt.ItemDataRole.UserRole


class NameRulesDialog(Dialog):
    """Lists the rules, the latest first; what is chosen can be revoked."""

    revoking_asked = Signal(object)
    """The ids of the rules, a list."""

    def __init__(self, words: Words, showing: Showing, parent: QWidget | None = None) -> None:
        super().__init__(words, words("rules.title"), parent)
        self._showing = showing
        self.column.addWidget(self.soft_label(words("rules.explain")))
        self.filter = FilterField(self)
        self.filter.setPlaceholderText(words("rules.filter"))
        self.filter.setAccessibleName(words("rules.filter"))
        self.column.addWidget(self.filter)
        self.list = QListWidget(self)
        self.list.setAccessibleName(words("rules.title"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(scaled(self, _GAP))
        self.column.addWidget(self.list, 1)
        self.none = self.soft_label(words("rules.none"))
        self.column.addWidget(self.none)
        self.revoke_button = self.add_buttons("", leave="dialog.close")
        self.revoke_button.setAutoDefault(False)
        self.filter.textChanged.connect(lambda _: self._sift())
        self.list.itemSelectionChanged.connect(self._look_again)
        self.revoke_button.clicked.connect(self._revoke)
        self.resize(scaled(self, _WIDTH), scaled(self, _HEIGHT))
        self._look_again()

    def show_rules(self, rules: Sequence[NameCorrection]) -> None:
        """Show ``rules``, which come as they were made."""
        self.list.clear()
        for rule in reversed(rules):
            item = QListWidgetItem(self._worded(rule))
            item.setData(_ID, rule.id)
            self.list.addItem(item)
        self.none.setVisible(not rules)
        self._sift()

    def shown(self) -> list[str]:
        """Return the rules on show, in words."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [item.text() for item in items if not item.isHidden()]

    def _worded(self, rule: NameCorrection) -> str:
        fields = {"name": rule.name, "target": rule.target}
        shown = {key: self._showing.text(text) for key, text in fields.items()}
        kinds = {
            key: "" if kind is None else self.words(f"type.{kind}")
            for key, kind in (("type", rule.type), ("target_type", rule.target_type))
        }
        return self.words(f"rules.{rule.rule}", **shown, **kinds)

    def _sift(self) -> None:
        wanted = fold(self.filter.text()).casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in fold(item.text()).casefold())
        self._look_again()

    def _chosen(self) -> list[str]:
        return [str(item.data(_ID)) for item in self.list.selectedItems() if not item.isHidden()]

    def _look_again(self) -> None:
        count = len(self._chosen())
        self.revoke_button.setText(self.words("rules.revoke", count=number(count)))
        self.revoke_button.setEnabled(bool(count))

    def _revoke(self) -> None:
        self.revoking_asked.emit(self._chosen())
