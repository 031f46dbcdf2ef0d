"""Builds the window's objects and wires them: the one place that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from meipi.core.errors import LibraryError, MeipiError
from meipi.core.script import Script
from meipi.ui.acts import Acts
from meipi.ui.appearance import LAYERS, Appearance
from meipi.ui.bridge import Bridge
from meipi.ui.commands import Commands
from meipi.ui.dialogs import Dialogs
from meipi.ui.feedback import Feedback
from meipi.ui.finding import FindController
from meipi.ui.hovering import HoverController
from meipi.ui.i18n import Words
from meipi.ui.library import LibraryController
from meipi.ui.parts import Parts, channel_labels, encoding_labels
from meipi.ui.picking import TagPicker
from meipi.ui.places import Places
from meipi.ui.presenters.showing import Showing
from meipi.ui.reading import ReadingController
from meipi.ui.samples import Samples
from meipi.ui.searching import SearchController
from meipi.ui.startup import LibraryProblem, dress, make_application
from meipi.ui.tagging import TaggingController

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.reading import OpenDocument

_KEPT = ("window_geometry", "left_shown", "right_shown", "left_width", "right_width")


def run(paths: Sequence[Path], *, library: Path | None = None) -> int:
    """Open the window on ``paths`` and stay until it is closed; return the exit code."""
    from meipi.services.settings import Settings, default_library

    application = make_application()
    settings = Settings()
    opened: list[App] = []
    problems: list[LibraryProblem] = []

    def open_or_ask(path: Path) -> None:
        try:
            opened.append(_open(path, settings, paths))
        except LibraryError as error:
            appearance = Appearance(settings)
            dress(application, appearance.theme)
            words = Words(appearance.language)
            problem = LibraryProblem(error, words, lambda chosen: open_or_ask(chosen or path))
            problems.append(problem)
            problem.open()

    open_or_ask(library or default_library())
    code = application.exec()
    for app in opened:
        app.close()
    return code


def build(workspace: Workspace, settings: Settings) -> App:
    """Build the window over ``workspace``; it reads nothing before ``begin``."""
    return App(workspace, settings)


def _open(path: Path, settings: Settings, paths: Sequence[Path]) -> App:
    from meipi.services.workspace import Workspace

    app = build(Workspace.open(path), settings)
    app.window.show()
    # The window is painted before anything is read.
    QTimer.singleShot(0, app.window, lambda: app.begin(paths))
    return app


class App(QObject):
    """The window and the objects behind it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings = settings
        self.appearance = Appearance(settings)
        self.words = Words(self.appearance.language)
        self.showing = Showing(self.appearance.script)
        self.bridge = Bridge(workspace)
        self.parts = Parts(self.words, self.appearance.theme, self.showing)
        self.window = self.parts.window
        self._closed = False
        self._begun = False
        self._build_controllers()
        self._build_commands()
        self._connect_appearance()
        self._connect_reading()
        self._connect_window()
        self._restore()

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Read the library, open ``paths`` or what was read last, then load what is heavy."""
        if paths:
            self.library.refresh()
            self.library.add(paths)
        else:
            self.library.open_last(self.settings.get("last_document"))
        self.bridge.read("warm up", self._warm_up, lambda _: None, lambda _: None)

    def close(self) -> None:
        """Keep what is to be kept and end every thread."""
        if self._closed:
            return
        self._closed = True
        self.dialogs.close()
        self.tagging.keep_note()
        self.reading.keep_position()
        self._keep_window()
        self.bridge.close()
        self.workspace.close()

    def _warm_up(self) -> None:
        from meipi.ui.presenters import matching

        matching.warm_up()
        self.showing.warm_up()

    def _build_controllers(self) -> None:
        parts, words, bridge = self.parts, self.words, self.bridge
        self.reading = ReadingController(self.workspace, bridge, parts.reader, words)
        self.feedback = Feedback(
            bridge,
            self.reading,
            parts.foot,
            parts.messages,
            appearance=self.appearance,
            words=words,
            channels=channel_labels(),
            encodings=encoding_labels(),
        )
        self.library = LibraryController(
            self.workspace,
            bridge,
            self.reading,
            parts.library,
            feedback=self.feedback,
            words=words,
        )
        self.finding = FindController(bridge, self.reading, parts.reader, parts.find_bar, words)
        self.searching = SearchController(
            self.workspace, bridge, parts.toolbar.search, parts.search_results, words
        )
        self._build_tagging()
        self.samples = Samples(bridge, parts.empty, self.library)
        self.dialogs = Dialogs(
            self.workspace,
            bridge,
            self.window,
            reading=self.reading,
            library=self.library,
            feedback=self.feedback,
            settings=self.settings,
            words=words,
            appearance=self.appearance,
        )

    def _build_tagging(self) -> None:
        parts = self.parts
        places = Places(parts.reader, self.window.page)
        self.picker = TagPicker(parts.tag_picker, self.words, self.settings, self.appearance)
        self.tagging = TaggingController(
            self.workspace,
            self.bridge,
            self.reading,
            parts.reader,
            picker=self.picker,
            card=parts.annotation_card,
            editor=parts.note_editor,
            places=places,
            words=self.words,
            showing=self.showing,
        )
        self.hovering = HoverController(
            self.reading,
            parts.reader,
            parts.hover_card,
            places,
            labels=channel_labels(),
            words=self.words,
            appearance=self.appearance,
            showing=self.showing,
            quiet=(parts.tag_picker, parts.annotation_card, parts.note_editor),
        )

    def _build_commands(self) -> None:
        self.acts = Acts(
            workspace=self.workspace,
            bridge=self.bridge,
            appearance=self.appearance,
            parts=self.parts,
            reading=self.reading,
            library=self.library,
            tagging=self.tagging,
            finding=self.finding,
            searching=self.searching,
            dialogs=self.dialogs,
            feedback=self.feedback,
        )
        self.commands = Commands(self.window, self.parts.palette, self.words, self.acts.table())

    # How it looks.

    def _connect_appearance(self) -> None:
        look, toolbar = self.appearance, self.parts.toolbar
        look.theme_changed.connect(self._show_theme)
        look.size_changed.connect(lambda: self.parts.reader.set_reading_size(look.size))
        look.script_changed.connect(self._show_script)
        look.layers_changed.connect(self._show_layers)
        look.language_changed.connect(self._show_language)
        toolbar.script_chosen.connect(lambda name: look.set_script(Script(name)))
        toolbar.layer_toggled.connect(look.toggle_layer)
        toolbar.theme_asked.connect(look.next_theme)
        self.parts.reader.zoom_requested.connect(look.zoom)
        self.parts.entities.hidden_types_changed.connect(look.set_hidden_types)

    def _show_theme(self) -> None:
        theme = self.appearance.theme
        dress(cast(QApplication, QApplication.instance()), theme)
        self.parts.set_theme(theme)

    def _show_script(self) -> None:
        script = self.appearance.script
        self.parts.toolbar.set_script(script)
        self.parts.reader.set_script(script)
        self.showing.script = script
        self.parts.refresh()

    def _show_layers(self) -> None:
        for layer in LAYERS:
            visible = self.appearance.shows(layer)
            self.parts.toolbar.set_layer(layer, visible=visible)
            self.parts.reader.set_layer_visible(layer, visible)
        self.parts.reader.set_hidden_types(self.appearance.hidden_types)
        self.parts.entities.set_hidden_types(self.appearance.hidden_types)

    def _show_language(self) -> None:
        self.words.language = self.workspace.language = self.appearance.language
        self.window.send_language_change()
        self.parts.set_language(self.words)
        self.commands.retranslate()
        self.library.retranslate()
        self.reading.relabel()
        self.feedback.retranslate(self.parts.reader.top_offset())
        self._show_title(self.reading.document)

    # What is read.

    def _connect_reading(self) -> None:
        parts, reading = self.parts, self.reading
        reading.opened.connect(self._show_document)
        reading.closed.connect(self._show_nothing)
        reading.annotations_changed.connect(lambda open_: parts.annotations.set_rows(open_.rows))
        reading.mentions_changed.connect(lambda open_: parts.entities.set_mentions(open_.mentions))
        reading.loading.connect(parts.centre.show_page)
        parts.reader.position_changed.connect(self._show_place)
        parts.reader.context_menu_requested.connect(self._open_menu)
        for panel in (parts.outline, parts.entities, parts.repairs):
            panel.place_chosen.connect(reading.go_to)
        parts.annotations.annotation_chosen.connect(self.tagging.go_to)
        parts.annotations.deletion_asked.connect(self.tagging.delete)
        self.searching.hit_chosen.connect(self.library.open_hit)
        self.library.filled.connect(lambda _: self._show_filled())
        self.library.working.connect(lambda on: parts.centre.set_working(on=on))

    def _show_document(self, opened: OpenDocument) -> None:
        self.parts.centre.show_page()
        self.parts.show_document(opened)
        if not isinstance(QApplication.focusWidget(), QLineEdit) or not self._begun:
            self.parts.reader.setFocus()
        self._begun = True
        self.appearance.keep({"last_document": opened.id})
        self._show_place(self.parts.reader.top_offset())
        self._show_title(opened)

    def _show_nothing(self) -> None:
        self.parts.show_nothing()
        self._show_title(None)
        self._show_filled()

    def _show_title(self, opened: OpenDocument | None) -> None:
        title = opened.reading.document.title if opened else ""
        worded = self.words("app.window_title", title=title) if title else self.words("app.name")
        self.window.setWindowTitle(worded)

    def _show_place(self, offset: int) -> None:
        self.parts.outline.set_place(offset)
        self.feedback.set_place(offset)

    def _show_filled(self) -> None:
        """Show the page, or what stands in its place while there is nothing to read."""
        if self.library.is_empty and not self.reading.wanted:
            self.parts.centre.show_empty()
            self.samples.offer()
        else:
            self.parts.centre.show_page()

    def _open_menu(self, at: QPoint, _target: object) -> None:
        """Offer at the pointer what can be done with the selected words."""
        menu = QMenu(self.window)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in ("tag", "note", "find", "search"):
            menu.addAction(self.commands.action(name))
        menu.popup(at)

    # The window.

    def _connect_window(self) -> None:
        parts, commands = self.parts, self.commands
        self.window.files_dropped.connect(self.library.add)
        self.window.dragging.connect(self._show_dragging)
        self.window.closing.connect(self.close)
        parts.toolbar.commands_asked.connect(commands.open_palette)
        parts.foot.undo_asked.connect(self.acts.undo)
        parts.foot.encoding_asked.connect(self.dialogs.change_encoding)
        parts.empty.open_asked.connect(self.dialogs.open_files)
        parts.empty.import_asked.connect(self.dialogs.import_set)
        parts.library.encoding_asked.connect(self.dialogs.change_encoding_of)
        parts.library.export_asked.connect(self.dialogs.export_document)
        parts.side.tab_chosen.connect(lambda key: self.appearance.keep({"right_panel": key}))

    def _show_dragging(self, on: bool) -> None:
        self.feedback.say(self.words("drop.hint") if on else "")

    def _restore(self) -> None:
        self.window.restore_layout({name: self.settings.get(name) for name in _KEPT})
        self.parts.side.show_tab(self.settings.get("right_panel"))
        self.parts.reader.set_reading_size(self.appearance.size)
        self.parts.set_language(self.words)
        self._show_theme()
        self._show_script()
        self._show_layers()
        self._show_nothing()

    def _keep_window(self) -> None:
        try:
            self.settings.set_all(self.window.layout_values())
        except MeipiError:
            return  # the window closes all the same; its size is not worth keeping it open
