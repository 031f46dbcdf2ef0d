"""The codebook: tags in their tree, moved, merged, split and described; each act can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.dialogs.codebook_form import TagForm, swatch
from meipi.ui.i18n import number
from meipi.ui.presenters.codebook import WAYS, step, tag_rows
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.flow_layout import FlowLayout
from meipi.ui.widgets.moving_tree import MovingTree, TreeMove, TreeRow
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint

    from meipi.core.annotation import Tag
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.codebook import Way
    from meipi.ui.theme import Theme

_WIDTH, _HEIGHT = 900, 640
_ACTS = ("add", "add_below", "rename", "merge", "split", "delete", "delete_below")
_ARROWS: Mapping[Way, str] = {"up": "up", "down": "down", "out": "left", "in": "right"}
_COLUMNS = ("name", "key", "passages", "below", "documents")


class CodebookDialog(Dialog):
    """Shows the tags; every change is asked for at once."""

    tag_changed = Signal(str, str, object)
    """The id, the field and its new value."""
    tag_added = Signal(str, object)
    """The name, and the tag it is to stand below or nothing."""
    tags_deleted = Signal(object, bool)
    """The ids, and whether all below them goes too."""
    tags_moved = Signal(object)
    """A `TreeMove`."""
    tags_recolored = Signal(object, int)
    merge_asked = Signal(object)
    """The ids of the tags that are to go into another."""
    split_asked = Signal(str)
    import_asked = Signal(str)
    export_asked = Signal(str)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, words("codebook.title"), parent)
        self._theme = theme
        self._tags: Sequence[Tag] = ()
        self._counts: Mapping[str, int] = {}
        self._documents: Mapping[str, int] = {}
        self._wanted = ""
        self.filter = FilterField(self)
        self.tree = MovingTree([words(f"codebook.{name}") for name in _COLUMNS], self)
        self.form = TagForm(words, theme, self)
        self.buttons = {name: self._button(f"codebook.{name}") for name in _ACTS}
        self.arrows = {way: IconButton(_ARROWS[way], self) for way in WAYS}
        self.hint = self.soft_label(words("codebook.delete_hint"))
        self._lay_out()
        self._connect()
        self._look()

    def show_tags(
        self,
        tags: Sequence[Tag],
        counts: Mapping[str, int],
        documents: Mapping[str, int] | None = None,
    ) -> None:
        """Show ``tags`` with how often each is used, in passages and on whole documents."""
        new = {tag.id for tag in tags} - {tag.id for tag in self._tags}
        first = not self._tags
        self._tags, self._counts, self._documents = tags, counts, documents or {}
        self._show_rows()
        if len(new) == 1 and not first:
            self.tree.choose(next(iter(new)))
        elif first and tags:
            self.tree.choose(tags[0].id)
        self._look()

    def chosen(self) -> list[str]:
        """Return the tags that are selected."""
        return self.tree.chosen()

    def done(self, result: int) -> None:
        self.form.finish()
        super().done(result)

    def _show_rows(self) -> None:
        query = self.filter.text()
        rows = tag_rows(self._tags, self._counts, self._documents, query)
        shown = [
            TreeRow(
                row.tag.id,
                row.tag.parent,
                (
                    row.tag.name,
                    row.tag.shortcut,
                    number(row.uses),
                    number(row.uses_below),
                    number(row.documents) if row.documents else "",
                ),
                swatch(self._theme.tag_color(row.tag.color)),
                row.path,
            )
            for row in rows
        ]
        self.tree.show_rows(shown, unfold=bool(query))
        # What says nothing new takes the names no room.
        self.tree.setColumnHidden(3, all(row.uses == row.uses_below for row in rows))
        self.tree.setColumnHidden(4, not any(row.documents for row in rows))

    def _look(self) -> None:
        """Show the chosen tag, and which acts are possible."""
        chosen = self.chosen()
        by_id = {tag.id: tag for tag in self._tags}
        current = self.tree.current_key()
        shown = current if current in chosen else (chosen[0] if chosen else "")
        self.form.show_tag(by_id.get(shown), several=len(chosen) > 1)
        for name, button in self.buttons.items():
            button.setEnabled(name == "add" or bool(chosen))
        one = len(chosen) == 1
        for name in ("add_below", "rename"):
            self.buttons[name].setEnabled(one)
        self.buttons["split"].setEnabled(one and bool(self._counts.get(shown)))
        self.buttons["merge"].setEnabled(bool(chosen) and len(self._tags) > 1)
        for way, arrow in self.arrows.items():
            arrow.setEnabled(one and step(self._tags, shown, way) is not None)

    def _act(self, name: str) -> None:
        chosen = self.chosen()
        if name == "rename":
            self.tree.rename_current()
        elif name == "split":
            self.split_asked.emit(chosen[0])
        elif name == "merge":
            self.merge_asked.emit(chosen)
        elif name in {"delete", "delete_below"}:
            self._delete(with_below=name == "delete_below")
        else:
            self._add(below=name == "add_below")

    def _delete(self, *, with_below: bool) -> None:
        if chosen := self.chosen():
            self.tags_deleted.emit(chosen, with_below)

    def _add(self, *, below: bool = False) -> None:
        chosen = self.chosen()
        by_id = {tag.id: tag for tag in self._tags}
        parent = None
        if chosen and chosen[0] in by_id:
            parent = chosen[0] if below else by_id[chosen[0]].parent
        names = {tag.name for tag in self._tags}
        at = len(names) + 1
        while self.words("codebook.new_name", number=at) in names:
            at += 1
        self.filter.clear()
        self.tag_added.emit(self.words("codebook.new_name", number=at), parent)

    def _step(self, way: Way) -> None:
        key = self.tree.current_key()
        place = step(self._tags, key, way)
        if place is not None:
            self.tags_moved.emit(TreeMove((key,), place.parent, place.before))

    def _rename(self, key: str, text: str) -> None:
        self.tag_changed.emit(key, "name", text.strip())

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, button in self.buttons.items():
            action = menu.addAction(self.words(f"codebook.{name}"), button.click)
            action.setEnabled(button.isEnabled())
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._show_rows())
        self.filter.down_pressed.connect(self.tree.setFocus)
        self.filter.escaped.connect(self.reject)
        self.tree.itemSelectionChanged.connect(self._look)
        self.tree.move_asked.connect(self.tags_moved)
        self.tree.renamed.connect(self._rename)
        self.tree.delete_pressed.connect(lambda: self._delete(with_below=False))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.form.field_changed.connect(self.tag_changed)
        self.form.color_chosen.connect(lambda at: self.tags_recolored.emit(self.chosen(), at))
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._act(name))
        for way, arrow in self.arrows.items():
            arrow.clicked.connect(lambda _=False, way=way: self._step(way))
        self.keyed |= {
            "dialog_add": self.buttons["add"],
            "dialog_delete": self.buttons["delete"],
            **{f"codebook_{name}": self.buttons[name] for name in _ACTS[1:] if name != "delete"},
            **{f"codebook_{way}": arrow for way, arrow in self.arrows.items()},
        }

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText(self.words("codebook.filter"))
        self.filter.setAccessibleName(self.words("codebook.filter"))
        self.tree.setAccessibleName(self.words("codebook.title"))
        for way, arrow in self.arrows.items():
            arrow.setAccessibleName(self.words(f"codebook.{way}"))
            arrow.setToolTip(self.words(f"codebook.{way}"))
        self._box = QWidget(self)
        flow = FlowLayout(self._box, gap=scaled(self, 6))
        for widget in (*self.buttons.values(), *self.arrows.values()):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            flow.addWidget(widget)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(self._box)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.form)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([_WIDTH * 3, _WIDTH * 2])
        self.column.addWidget(split, 1)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.error)
        self._add_foot()
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def _add_foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        take, give = self._button("codebook.import"), self._button("codebook.export")
        close = self._button("dialog.close")
        take.clicked.connect(lambda: self._ask(saving=False))
        give.clicked.connect(lambda: self._ask(saving=True))
        close.clicked.connect(self.accept)
        self.keyed |= {"dialog_file": take, "dialog_keep": give}
        for button in (take, give):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        self.column.addLayout(row)

    def _ask(self, *, saving: bool) -> None:
        dialog = QFileDialog(self)
        kinds = [self.words(f"files.codebook_{kind}") for kind in ("qdc", "csv")]
        if saving:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilters(kinds)
            dialog.selectFile("meipi-codebook.qdc")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([self.words("files.codebooks"), self.words("files.all")])
        dialog.fileSelected.connect((self.export_asked if saving else self.import_asked).emit)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _button(self, key: str) -> QPushButton:
        button = QPushButton(self.words(key), self)
        button.setAutoDefault(False)
        return button
