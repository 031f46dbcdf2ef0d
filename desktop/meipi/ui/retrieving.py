"""Retrieval: asks the library what the page's query says, goes to passages, keeps queries."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.core.messages import word
from meipi.core.query import Unit
from meipi.services.query_text import parse, write
from meipi.services.retrieving import Order
from meipi.ui.i18n import number
from meipi.ui.models.found import PAGE
from meipi.ui.numbers import NumbersController
from meipi.ui.presenters.query_completion import Known
from meipi.ui.presenters.query_form import Form
from meipi.ui.query_building import QueryBuilder
from meipi.ui.saved_queries import SavedQueries

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.changes import Changes
    from meipi.services.retrieving import Found, Keys
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.panels.retrieval_page import RetrievalPage
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reading import ReadingController

_PAUSE_MS = 250
"""Changes that come one after another are asked about together."""
_ENTITIES = 5_000


class RetrievalController(QObject):
    """Shows the page in place of the text; it is made when it is opened first."""

    def __init__(  # noqa: PLR0913 - all that is around the page
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        parts: Parts,
        *,
        chooser: Chooser,
        feedback: Feedback,
        appearance: Appearance,
        showing: Showing,
        words: Words,
    ) -> None:
        super().__init__()
        self._workspace, self._bridge = workspace, bridge
        self._reading, self._parts = reading, parts
        self._feedback, self._appearance = feedback, appearance
        self._showing, self._words = showing, words
        self.page: RetrievalPage | None = None
        self.keys: Keys | None = None
        self._order, self._reverse = "place", False
        self.builder = QueryBuilder(chooser, appearance, showing, words)
        self.saved = SavedQueries(workspace, bridge, chooser, words=words, feedback=feedback)
        self.numbers = NumbersController(workspace, bridge, words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._look_again)
        self.builder.form_changed.connect(self._take_form)
        self.saved.chosen.connect(self.ask)
        self.numbers.query_asked.connect(self._ask_rows)
        self.numbers.failed.connect(self._refuse)
        bridge.changed.connect(self._take_changes)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of retrieval do."""
        views = ("frequency", "together", "table", "time", "coverage")
        return {
            "retrieve": self.open,
            "retrieve_save": partial(self._on_page, self._save),
            "retrieve_saved": partial(self._on_page, self._choose_saved),
            "retrieve_copy": partial(self._on_page, self._copy),
            "retrieve_export": partial(self._on_page, self._export),
            "retrieve_picture": partial(self._on_page, lambda page: page.numbers.copy_image()),
            **{f"retrieve_{view}": partial(self._open_view, view) for view in views},
        }

    def open(self) -> None:
        """Show the page with the keyboard in its field; a second time the rows have it."""
        page = self._shown_page()
        if page.field.hasFocus() and page.model.rowCount():
            page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        page.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.field.selectAll()
        if self.keys is None:
            self.ask("")

    def stop(self) -> None:
        """Ask nothing more."""
        self._timer.stop()

    def ask(self, text: str) -> None:
        """Ask the query in ``text``, and show it as typed and as chips."""
        page = self._shown_page()
        page.field.setText(text)
        page.filter.blockSignals(True)
        page.filter.clear()
        page.filter.blockSignals(False)
        self._look()

    def _ask_rows(self, text: str) -> None:
        page = self._shown_page()
        page.show_view("rows")
        self.ask(text)
        page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Asking.

    def _look(self) -> None:
        page = self._shown_page()
        text = page.field.text()
        try:
            query = parse(text)
        except MeipiError as error:
            self._refuse(error)
            return
        page.show_problem("")
        page.chips.show_form(Form.of(query))
        page.units.set_current(query.unit)
        view = page.views.current()
        if view != "rows":
            self.numbers.show(page.numbers, view, text)
            return
        page.summary.setText(self._words("retrieve.looking"))
        sift, order = page.filter.text(), self._order_wanted()
        self._bridge.read(
            "retrieval",
            lambda: self._workspace.retrieving.find(text, order, sift=sift),
            self._show,
            self._refuse,
        )

    def _show(self, keys: Keys) -> None:
        page = self._shown_page(keep=True)
        self.keys = keys
        page.show_rows(len(keys), keys.unit)
        key = "retrieve.more" if keys.more else "retrieve.count"
        count = number(len(keys)) if len(keys) != 1 else 1
        page.summary.setText(self._words(key, count=count))

    def _refuse(self, error: MeipiError) -> None:
        page = self._shown_page(keep=True)
        if error.code is not ErrorCode.QUERY_INVALID:
            self._feedback.show_error(error)
            return
        self._bridge.forget("retrieval")
        page.summary.setText("")
        page.show_no_rows()
        start, end = int(str(error.fields["start"])), int(str(error.fields["end"]))
        page.show_problem(word(error, self._words.language), start=start, end=end)

    def _read_page(self, at: int) -> None:
        keys = self.keys
        if keys is None:
            return

        def put(rows: list[Found | None]) -> None:
            if keys is self.keys and self.page is not None:
                self.page.model.put_page(at, rows)

        retrieving = self._workspace.retrieving
        self._bridge.read(
            f"retrieval page {at}",
            lambda: retrieving.page(keys, at * PAGE, (at + 1) * PAGE),
            put,
        )

    def _sort(self, by: str, reverse: bool) -> None:
        self._order, self._reverse = by, reverse
        self._look()

    def _order_wanted(self) -> Order:
        return Order(self._order, reverse=self._reverse)

    def _take_form(self, form: Form) -> None:
        self.ask(write(form.query(), self._words.language))

    def _show_unit(self, unit: str) -> None:
        page = self._shown_page(keep=True)
        try:
            form = Form.of(parse(page.field.text()))
        except MeipiError as error:
            self._refuse(error)
            return
        self._take_form(form.with_unit(Unit(unit)))

    # Going, copying, keeping.

    def _go(self, row: Found) -> None:
        self._parts.centre.show_page()
        self._reading.open(row.document, place=row.span)
        self._parts.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._parts.centre.show_page()
        self._parts.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self, page: RetrievalPage) -> None:
        if page.views.current() != "rows":
            page.numbers.copy_csv()
            return
        keys = self.keys
        if keys is None:
            return

        def copied(table: str) -> None:
            QGuiApplication.clipboard().setText(table)
            self._feedback.say(self._words("retrieve.copied", count=len(keys)))

        self._bridge.read("retrieval copy", lambda: self._workspace.retrieving.table(keys), copied)

    def _export(self, page: RetrievalPage) -> None:
        keys = self.keys
        if keys is None:
            return
        dialog = QFileDialog(page.window(), self._words("retrieve.export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.write_table(keys, Path(path)))
        dialog.open()

    def write_table(self, keys: Keys, path: Path) -> None:
        """Write all rows to a file that other programs read as UTF-8."""

        def work() -> None:
            table = self._workspace.retrieving.table(keys)
            try:
                path.write_text(table, encoding="utf-8-sig", newline="")
            except OSError as error:
                reason = error.strerror or str(error)
                raise FileError(ErrorCode.EXPORT_FAILED, path=path, reason=reason) from error

        said = self._words("retrieve.written", path=path.name)
        self._bridge.read(
            "retrieval export", work, lambda _: self._feedback.say(said), self._feedback.show_error
        )

    def _save(self, page: RetrievalPage) -> None:
        self.saved.save(page.field.text())

    def _choose_saved(self, page: RetrievalPage) -> None:
        self.saved.choose(page.field.text())

    # The page.

    def _on_page(self, act: Callable[[RetrievalPage], object]) -> None:
        if self.page is not None and self.page.isVisible():
            act(self.page)

    def _open_view(self, view: str) -> None:
        page = self._shown_page()
        page.show_view(view)
        page.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look()

    def _shown_page(self, *, keep: bool = False) -> RetrievalPage:
        """Return the page, in front unless what is in front is to be kept."""
        if self.page is None:
            self.page = self._make_page()
            self._learn()
        if not keep:
            self._parts.centre.stack.setCurrentWidget(self.page)
        return self.page

    def _make_page(self) -> RetrievalPage:
        from meipi.ui.panels.retrieval_page import RetrievalPage

        look = self._appearance
        page = RetrievalPage(self._words, look.theme, self._showing, self.builder.complete)
        self._parts.centre.stack.addWidget(page)
        self.builder.take(page.chips)
        self.numbers.take(page.numbers)
        page.field.asked.connect(self._look)
        page.ask.clicked.connect(self._look)
        page.filter.textChanged.connect(lambda _: self._timer.start())
        page.units.chosen.connect(self._show_unit)
        page.views.chosen.connect(self._choose_view)
        page.model.page_wanted.connect(self._read_page, Qt.ConnectionType.QueuedConnection)
        page.row_chosen.connect(self._go)
        page.sorted_by.connect(self._sort)
        page.left.connect(self._leave)
        page.keep.clicked.connect(lambda: self._save(page))
        page.saved.clicked.connect(lambda: self._choose_saved(page))
        page.copy.clicked.connect(lambda: self._copy(page))
        page.export.clicked.connect(lambda: self._export(page))
        look.theme_changed.connect(lambda: page.set_theme(look.theme))
        look.script_changed.connect(page.refresh)
        return page

    def _choose_view(self, view: str) -> None:
        page = self._shown_page()
        page.show_view(view)
        self._look()

    # What changes meanwhile.

    def _take_changes(self, changes: Changes) -> None:
        if self.page is not None and (changes.annotations or changes.tags or changes.documents):
            self._timer.start()

    def _look_again(self) -> None:
        if self.page is not None:
            self._learn()
            if self.page.isVisible():
                self._look()
            else:
                self.keys = None

    def _learn(self) -> None:
        """Read which names there are, to complete them."""
        self._bridge.read("retrieval names", self._names, self._know)

    def _names(self) -> tuple[Known, dict[str, str]]:
        workspace = self._workspace
        names = workspace.numbers.names()
        colors = {tag.id: tag.color for tag in workspace.codebook.tags()}
        tags = [(name, colors.get(key, 0)) for key, name in names.items()]
        entities = [
            (one.entity.name, one.entity.type.value) for one in workspace.entities.all()[:_ENTITIES]
        ]
        said = workspace.retrieving.said()
        attributes = workspace.retrieving.attribute_values()
        return Known(tags, entities, attributes, said["coder"], said["source"]), names

    def _know(self, found: tuple[Known, dict[str, str]]) -> None:
        self.builder.known, names = found
        if self.page is not None:
            self.page.set_names(names)
