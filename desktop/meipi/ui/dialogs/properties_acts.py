"""Changing what is said of documents and annotations: what the dialog asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.attributes import GIVEN
from meipi.core.errors import MeipiError
from meipi.core.tag_tree import path_of
from meipi.ui.dialogs.codebook_choice import TagChoice
from meipi.ui.dialogs.properties import PropertiesDialog
from meipi.ui.i18n import number
from meipi.ui.presenters.properties import STATUS, annotation_fields, document_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.presenters.properties import Field


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a dialog shows."""

    about: str
    fields: list[Field]
    tags: list[tuple[str, str, QColor]]


class PropertiesActs:
    """Opens the fields of documents or annotations and writes what is written in them."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        define: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._define = define

    def open_documents(self, documents: Sequence[str]) -> None:
        """Show what is said of documents."""
        if not documents:
            return
        keys = list(documents)
        dialog = self._dialog("attributes.of_documents", tags=True)

        def read() -> None:
            self._read(dialog, lambda: self._documents(keys))

        dialog.field_changed.connect(
            lambda key, value: self._change(dialog, self._write(keys, key, value), read)
        )
        dialog.tag_removed.connect(
            lambda tag: self._change(dialog, self._workspace.document_tags.remove(keys, tag), read)
        )
        dialog.tag_asked.connect(lambda: self.choose_tag(keys, over=dialog, then=read))
        self._stage.open(dialog)
        read()

    def open_annotations(self, document: str, annotations: Sequence[str]) -> None:
        """Show what is said of annotations of a document."""
        if not annotations:
            return
        keys = list(annotations)
        dialog = self._dialog("attributes.of_annotations", tags=False)

        def read() -> None:
            self._read(dialog, lambda: self._annotations(document, keys))

        def write(key: str, value: str) -> None:
            attributes = self._workspace.attributes
            if key == STATUS:
                self._change(dialog, lambda: attributes.set_status(keys, value), read)
            else:
                set_it = attributes.set_on_annotations
                self._change(dialog, lambda: set_it(key, keys, value), read)

        dialog.field_changed.connect(write)
        self._stage.open(dialog)
        read()

    def choose_tag(
        self,
        documents: Sequence[str],
        *,
        over: QWidget | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Let a tag be chosen for whole documents; one that all of them bear is taken off."""
        if not documents:
            return
        words, codebook = self._stage.words, self._workspace.codebook
        known, borne = codebook.tags(), self._borne_by_all(documents)
        offered = [
            (tag, ("✓ " if tag.id in borne else "") + " > ".join(path_of(tag.id, known)))
            for tag in known
        ]
        choice = TagChoice(
            words,
            self._stage.appearance.theme,
            offered,
            over or self._stage.window,
            title=words("attributes.tag_title"),
            explain=words("attributes.tag_explain", count=number(len(documents))),
            apply=words("attributes.tag_apply"),
        )

        def put(tag: str) -> None:
            tags = self._workspace.document_tags
            future = (tags.remove if tag in borne else tags.add)(documents, tag)
            self._bridge.write(future, lambda _: then())

        choice.tag_chosen.connect(put)
        if over is None:
            self._stage.open(choice)
        else:
            choice.open()

    def _borne_by_all(self, documents: Sequence[str]) -> set[str]:
        found = [{one.tag for one in self._workspace.document_tags.of(key)} for key in documents]
        return set.intersection(*found)

    def _dialog(self, title: str, *, tags: bool) -> PropertiesDialog:
        words = self._stage.words
        dialog = PropertiesDialog(words, words(title), "", self._stage.window, tags=tags)
        dialog.definitions_asked.connect(self._define)
        return dialog

    def _write(self, keys: Sequence[str], field: str, value: str) -> Callable[[], Future[Changes]]:
        attributes = self._workspace.attributes
        if field in GIVEN:
            return lambda: attributes.set_given(keys, field, value)
        return lambda: attributes.set_on_documents(field, keys, value)

    def _change(
        self,
        dialog: PropertiesDialog,
        act: Callable[[], Future[Changes]] | Future[Changes],
        then: Callable[[], None],
    ) -> None:
        def failed(error: MeipiError) -> None:
            self._stage.say_problem(dialog, error)

        def done(_: Changes) -> None:
            self._stage.while_open(dialog, lambda: dialog.show_problem(""))
            then()

        try:
            future = act() if callable(act) else act
        except MeipiError as error:
            failed(error)
            return
        self._bridge.write(future, done, failed)

    def _read(self, dialog: PropertiesDialog, load: Callable[[], _Shown]) -> None:
        def show(found: _Shown) -> None:
            dialog.about.setText(found.about)
            dialog.show_fields(found.fields, found.tags)

        self._bridge.read(
            "properties", load, lambda found: self._stage.while_open(dialog, lambda: show(found))
        )

    def _documents(self, keys: Sequence[str]) -> _Shown:
        workspace, words = self._workspace, self._stage.words
        documents = [workspace.documents.get(key) for key in keys]
        values = [one for key in keys for one in workspace.attributes.values_on(key)]
        fields = document_fields(documents, workspace.attributes.definitions(), values, words)
        borne = {one.tag for key in keys for one in workspace.document_tags.of(key)}
        theme = self._stage.appearance.theme
        tags = [
            (tag.id, tag.name, theme.tag_color(tag.color))
            for tag in workspace.codebook.tags()
            if tag.id in borne
        ]
        one = len(keys) == 1
        about = documents[0].name if one else words("attributes.several", count=number(len(keys)))
        return _Shown(about, fields, tags)

    def _annotations(self, document: str, keys: Sequence[str]) -> _Shown:
        workspace, words = self._workspace, self._stage.words
        found = [one for one in workspace.annotating.of(document) if one.id in keys]
        values = workspace.attributes.values_on(document)
        fields = annotation_fields(found, workspace.attributes.definitions(), values, words)
        quotes = [" ".join(one.anchor.quote.split()) for one in found]
        about = quotes[0] if len(quotes) == 1 else ""
        return _Shown(about, fields, [])
