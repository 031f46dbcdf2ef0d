"""Export: what, in which format, where to; what would be lost is said before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from meipi.services.presets import Preset
from meipi.services.selecting import ALL, Choice
from meipi.ui.dialogs.base import Dialog
from meipi.ui.dialogs.export_choice import ChoiceFields
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.annotation import Tag
    from meipi.exchange import LossReport
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_WIDTH = 560
_ITEMS = 200
"""How many single losses are listed; all of them stand in the file beside the export."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to choose."""

    name: str
    label: str
    suffix: str


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written where; ``None`` means all."""

    format: str
    path: Path
    documents: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    choice: Choice = ALL

    @property
    def preset(self) -> Preset:
        """The order as it can be kept for other documents."""
        return Preset(self.format, self.tags, self.choice)


class ExportDialog(Dialog):
    """Asks for an order; writes nothing itself."""

    losses_asked = Signal(object)
    """`ExportOrder`, whenever it changed."""
    export_asked = Signal(object)
    preset_asked = Signal(str)
    """The name of the preset to be shown."""
    preset_kept = Signal(str, object)
    """A name and the `Preset` to be kept under it."""

    def __init__(  # noqa: PLR0913 - what can be chosen from
        self,
        words: Words,
        formats: Sequence[ExportFormat],
        tags: Sequence[Tag],
        *,
        document: tuple[str, str] | None,
        count: int,
        folder: Path,
        format_name: str,
        theme: Theme,
        coders: Sequence[str] = (),
        presets: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, words("export.title"), parent)
        self._formats = formats
        self._document = document
        self._folder = folder
        self._named = False
        self.format = ChoiceBox(self)
        self.documents = ChoiceBox(self)
        self.tags = Chips([(tag.id, tag.name, theme.tag_color(tag.color)) for tag in tags], self)
        self.fields = ChoiceFields(words, coders, theme.tag_color(0), self)
        self.presets = ChoiceBox(self)
        self.presets.setEditable(True)
        self.presets.addItems(["", *presets])
        self.path = QLineEdit(self)
        self.path.setAccessibleName(words("export.path"))
        self.losses = QPlainTextEdit(self)
        self._fill(count, format_name)
        self._lay_out()
        self.apply_button = self.add_buttons(words("export.apply"))
        self._connect()
        self._propose_path()

    def order(self) -> ExportOrder:
        """Return what has been chosen."""
        chosen = self.tags.chosen()
        every = len(chosen) == self.tags.count()
        only = self._document is not None and self.documents.currentIndex() == 0
        return ExportOrder(
            self._format().name,
            Path(self.path.text()).expanduser(),
            (self._document[0],) if only and self._document else None,
            None if every else chosen,
            self.fields.choice(),
        )

    def show_preset(self, preset: Preset) -> None:
        """Set the fields to ``preset``; documents and path stay."""
        names = [one.name for one in self._formats]
        if preset.format in names:
            self.format.setCurrentIndex(names.index(preset.format))
        self.tags.choose(preset.tags)
        self.fields.show_choice(preset.choice)

    def show_progress(self, percent: int) -> None:
        """Say how far the export is."""
        self.apply_button.setText(self.words("export.progress", percent=percent))

    def restore(self) -> None:
        """Let the order be given again."""
        self.apply_button.setText(self.words("export.apply"))
        self.apply_button.setEnabled(True)

    def ask_losses(self) -> None:
        """Ask what would be lost."""
        self.losses.setPlainText(self.words("export.checking"))
        self.losses_asked.emit(self.order())

    def show_losses(self, report: LossReport) -> None:
        """Say what the format cannot hold."""
        if report.lossless:
            self.losses.setPlainText(self.words("export.lossless"))
            return
        summary = report.summary(self.words.language).partition(":")[2].strip().rstrip("。.")
        lines = [line.strip() for line in summary.replace("; ", ";").split(";")]
        shown = [f"· {line}" for line in lines if line]
        items = [
            f"  {item.name}: {item.word(self.words.language)}" for item in report.items[:_ITEMS]
        ]
        more = len(report.items) - len(items)
        rest = [self.words("export.more_losses", count=more)] if more > 0 else []
        self.losses.setPlainText("\n".join([*shown, "", *items, *rest]))

    def _format(self) -> ExportFormat:
        return self._formats[self.format.currentIndex()]

    def _changed(self) -> None:
        self._propose_path()
        self.ask_losses()

    def _propose_path(self) -> None:
        """Name the file after what goes into it, until the reader names it."""
        if self._named:
            return
        only = self._document is not None and self.documents.currentIndex() == 0
        stem = self._document[1] if only and self._document else self.words("app.name")
        safe = "".join("_" if c in '/\\:*?"<>|\n\t' else c for c in stem)[:60].strip(" .")
        self.path.setText(str(self._folder / f"{safe}{self._format().suffix}"))

    def _choose_path(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.path.text())
        dialog.fileSelected.connect(self._take_path)
        dialog.open()

    def _take_path(self, path: str) -> None:
        self._named = True
        self.path.setText(path)

    def _take_preset(self, name: str) -> None:
        if name:
            self.preset_asked.emit(name)

    def _keep_preset(self) -> None:
        name = self.presets.currentText().strip()
        if name:
            self.preset_kept.emit(name, self.order().preset)
            if self.presets.findText(name) < 0:
                self.presets.addItem(name)

    def _name(self) -> None:
        self._named = True

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._changed)
        self.documents.currentIndexChanged.connect(self._changed)
        self.tags.changed.connect(self.ask_losses)
        self.fields.changed.connect(self.ask_losses)
        self.presets.textActivated.connect(self._take_preset)
        self.path.textEdited.connect(lambda _: self._name())
        self.apply_button.clicked.connect(lambda: self.export_asked.emit(self.order()))

    def _fill(self, count: int, format_name: str) -> None:
        words = self.words
        for one in self._formats:
            self.format.addItem(one.label)
        names = [one.name for one in self._formats]
        self.format.setCurrentIndex(names.index(format_name) if format_name in names else 0)
        if self._document is not None:
            self.documents.addItem(words("export.this_document"))
        self.documents.addItem(words("export.all_documents", count=count))
        self.losses.setReadOnly(True)
        self.losses.setAccessibleName(words("export.losses"))

    def _lay_out(self) -> None:
        words, line = self.words, self.fontMetrics().height()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self.losses.setMinimumHeight(line * 6)
        rows: list[tuple[str, QWidget | QHBoxLayout, bool]] = [
            ("export.preset", self._preset_row(), True),
            ("export.format", self.format, True),
            ("export.documents", self.documents, True),
            ("export.tags", self.tags, bool(self.tags.count())),
            ("export.coders", self.fields.coders, bool(self.fields.coders.count())),
            ("export.entities", self.fields.entities, True),
            ("export.days", self.fields.days, True),
            ("export.path", self._path_row(), True),
        ]
        self.tags.setVisible(bool(self.tags.count()))
        for at, (key, part, _) in enumerate(one for one in rows if one[2]):
            top = Qt.AlignmentFlag.AlignTop if isinstance(part, Chips) else Qt.AlignmentFlag(0)
            grid.addWidget(self.soft_label(words(key)), at, 0, top)
            if isinstance(part, QHBoxLayout):
                grid.addLayout(part, at, 1)
            else:
                grid.addWidget(part, at, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.soft_label(words("export.losses")))
        self.column.addWidget(self.losses, 1)
        self.setMinimumWidth(max(_WIDTH, line * 29))

    def _preset_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        button = QPushButton(self.words("export.keep_preset"), self)
        button.setAutoDefault(False)
        self.keyed["dialog_keep"] = button
        button.clicked.connect(self._keep_preset)
        self.presets.setAccessibleName(self.words("export.preset"))
        row.addWidget(self.presets, 1)
        row.addWidget(button)
        return row

    def _path_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        button = QPushButton(self.words("export.choose"), self)
        button.setAutoDefault(False)
        self.keyed["dialog_file"] = button
        button.clicked.connect(self._choose_path)
        row.addWidget(self.path, 1)
        row.addWidget(button)
        return row
