"""What is said of documents and annotations beside the text: fields, tags of whole documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.dialogs.attributes_acts import AttributesActs
from meipi.ui.dialogs.properties_acts import PropertiesActs
from meipi.ui.models.rows import row_of
from meipi.ui.presenters.annotations import AnnotationRow, annotation_at
from meipi.ui.presenters.properties import STATUS, annotation_fields, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.parts import Parts
    from meipi.ui.reading import ReadingController

Shown = tuple[str, list[tuple[str, str, int]], dict[str, str]]
"""A document, its tags (id, name, colour), and what is said of its annotations."""


class PropertiesController(QObject):
    """Opens the fields, and keeps the tags at the head of the document and on the card true."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        reading: ReadingController,
        parts: Parts,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._reading = reading
        self._parts = parts
        self._bar = parts.document_tags
        self._definitions = AttributesActs(workspace, bridge, stage)
        self._fields = PropertiesActs(workspace, bridge, stage, define=self._definitions.open)
        bridge.changed.connect(self._take_changes)
        reading.opened.connect(lambda _: self._read())
        reading.closed.connect(self._clear)
        self._bar.addition_asked.connect(self.tag_document)
        self._bar.removal_asked.connect(self._take_off)
        parts.library.properties_asked.connect(self._fields.open_documents)
        parts.library.tag_asked.connect(self._fields.choose_tag)
        parts.annotation_card.properties_asked.connect(self.describe_annotation)
        self.retranslate()

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do."""
        return {
            "attributes": self._definitions.open,
            "properties": self.describe_documents,
            "document_tag": self.tag_document,
            "annotation_properties": self.describe_annotation,
        }

    def describe_documents(self) -> None:
        """Show the fields of the documents chosen in the library, or of the open one."""
        self._fields.open_documents(self._documents())

    def tag_document(self) -> None:
        """Put a tag on the same documents."""
        self._fields.choose_tag(self._documents())

    def describe_annotation(self) -> None:
        """Show the fields of the annotation at the caret, or of the one whose card is open."""
        document = self._reading.document
        if document is not None and (chosen := self._annotations(document.rows)):
            self._fields.open_annotations(document.id, chosen)

    def _annotations(self, rows: Sequence[AnnotationRow]) -> list[str]:
        """Return the annotations chosen in the list, that on the card, or that at the caret."""
        view, card = self._parts.annotations.rows.list, self._parts.annotation_card
        if view.hasFocus():
            chosen = [row_of(index) for index in view.selectedIndexes()]
            return [row.id for row in chosen if isinstance(row, AnnotationRow)]
        if card.row_shown():
            return [card.row_shown()]
        found = annotation_at(rows, self._parts.reader.selection().start)
        return [] if found is None else [found.id]

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._stage.words
        self._bar.set_texts(words("attributes.tag_add"), words("attributes.tag_remove"))
        self._bar.setAccessibleName(words("attributes.tags_name"))
        self._read()

    def _documents(self) -> list[str]:
        library, opened = self._parts.library, self._reading.document
        chosen = library.chosen_all() if library.rows.list.hasFocus() else []
        return chosen or ([opened.id] if opened is not None else [])

    def _take_off(self, tag: str) -> None:
        document = self._reading.document
        if document is not None:
            self._bridge.write(self._workspace.document_tags.remove([document.id], tag))

    def _take_changes(self, changes: Changes) -> None:
        document = self._reading.document
        touched = changes.described | changes.annotated | changes.documents
        if document is not None and (document.id in touched or changes.tags or changes.attributes):
            self._read()

    def _read(self) -> None:
        document = self._reading.document
        if document is not None:
            key = document.id
            self._bridge.read("properties of the page", lambda: self._load(key), self._show)

    def _load(self, document: str) -> Shown:
        workspace = self._workspace
        borne = {one.tag for one in workspace.document_tags.of(document)}
        tags = [
            (tag.id, tag.name, tag.color) for tag in workspace.codebook.tags() if tag.id in borne
        ]
        values = workspace.attributes.values_on(document)
        definitions = workspace.attributes.definitions()
        said = {}
        for one in workspace.annotating.of(document):
            own = [value for value in values if value.annotation == one.id]
            if own:
                fields = annotation_fields([one], definitions, own, self._stage.words)
                said[one.id] = summary(field for field in fields if field.key != STATUS)
        return document, tags, said

    def _show(self, found: Shown) -> None:
        document, tags, said = found
        opened = self._reading.document
        if opened is None or opened.id != document:
            return
        theme = self._stage.appearance.theme
        self._bar.show_tags([(key, name, theme.tag_color(color)) for key, name, color in tags])
        self._bar.setVisible(bool(tags))
        self._parts.annotation_card.set_said(said)

    def _clear(self) -> None:
        self._bar.hide()
        self._parts.annotation_card.set_said({})
