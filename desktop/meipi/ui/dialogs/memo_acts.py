"""Memos: what the dialog asks for, and about what one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.memo import MemoKind, entity_of, entity_subject
from meipi.ui.choosing import Option
from meipi.ui.dialogs.memos import MemosDialog
from meipi.ui.presenters.memos import MemoRow, MemoSubject, memo_rows, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.changes import Changes
    from meipi.core.memo import Memo
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.choosing import Chooser
    from meipi.ui.dialogs.stage import Stage
    from meipi.ui.entity_acts import EntityActs
    from meipi.ui.marking import Marking
    from meipi.ui.presenters.memos import Names
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reading import ReadingController

    Found = tuple[list[Memo], Names]


class MemoActs:
    """Opens the memos, and leads to what one is about."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        stage: Stage,
        *,
        reading: ReadingController,
        marking: Marking,
        chooser: Chooser,
        entities: EntityActs,
        showing: Showing,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._stage = stage
        self._reading = reading
        self._marking = marking
        self._chooser = chooser
        self._entities = entities
        self._showing = showing

    def open(self, begin: MemoSubject | None = None) -> None:
        """Show all memos, and with ``begin`` a new one about that."""
        dialog = MemosDialog(self._stage.words, self._showing.text, self._stage.window)
        dialog.saved.connect(lambda what, *words: self._save(dialog, what, *words))
        dialog.deleted.connect(lambda memo: self._delete(dialog, memo))
        dialog.new_asked.connect(lambda: self._ask_in(dialog))
        dialog.subject_asked.connect(self._go)
        self._stage.open(dialog)
        if begin is not None:
            dialog.begin(begin)
        self._read(dialog.show_rows, dialog)

    def ask(self) -> None:
        """Ask about what a memo is to be written, then let it be written."""
        self._ask(self.open)

    def _ask_in(self, dialog: MemosDialog) -> None:
        """Write about the open document, or the library: the dialog stays."""
        subjects = self._subjects({})
        dialog.begin(subjects[0])

    def _ask(self, done: Callable[[MemoSubject], None]) -> None:
        def offer(names: Names) -> None:
            subjects = self._subjects(names)
            options = [Option(at, self._showing.text(one.name)) for at, one in enumerate(subjects)]
            prompt = self._stage.words("memo.about")
            self._chooser.ask(None, prompt, options, lambda at: done(subjects[int(str(at))]))

        self._bridge.read("memo subjects", self._workspace.memos.subjects, offer)

    def _subjects(self, names: Names) -> list[MemoSubject]:
        """Return what one may write about: what is open, what lies at the caret, all tags."""
        words, document = self._stage.words, self._reading.document
        found: list[MemoSubject] = []
        if document is not None:
            title = document.reading.document.title
            named = {(MemoKind.DOCUMENT, document.id): title}
            found.append(subject_of(MemoKind.DOCUMENT, document.id, named, words))
        subject = self._entities.subject()
        if subject is not None:
            key = entity_subject(subject.entity)
            found.append(subject_of(MemoKind.ENTITY, key, names, words))
        found.append(subject_of(MemoKind.LIBRARY, "", names, words))
        tags = [key for kind, key in names if kind is MemoKind.TAG]
        return [*found, *(subject_of(MemoKind.TAG, key, names, words) for key in tags)]

    def _save(
        self, dialog: MemosDialog, what: MemoRow | MemoSubject, title: str, text: str
    ) -> None:
        memos = self._workspace.memos
        if isinstance(what, MemoRow):
            future = memos.update(what.memo.id, title=title, text=text)
        else:
            future = memos.add(what.kind, what.key, title=title, text=text)

        def done(changes: Changes) -> None:
            def show(rows: list[MemoRow]) -> None:
                dialog.show_rows(rows)
                for memo in changes.memos:
                    dialog.take_saved(memo)

            self._read(show, dialog)

        self._bridge.write(future, done, lambda error: self._stage.say_problem(dialog, error))

    def _delete(self, dialog: MemosDialog, memo: str) -> None:
        self._bridge.write(
            self._workspace.memos.delete(memo),
            lambda _: self._read(dialog.show_rows, dialog),
            lambda error: self._stage.say_problem(dialog, error),
        )

    def _read(self, show: Callable[[list[MemoRow]], None], dialog: MemosDialog) -> None:
        memos = self._workspace.memos

        def taken(found: Found) -> None:
            rows = memo_rows(*found, self._stage.words)
            self._stage.while_open(dialog, lambda: show(rows))

        self._bridge.read("memos", lambda: (memos.all(), memos.subjects()), taken)

    def _go(self, subject: MemoSubject) -> None:
        """Show what a memo is about."""
        if subject.kind is MemoKind.DOCUMENT:
            self._reading.open(subject.key)
        elif subject.kind is MemoKind.ENTITY:
            self._entities.page_asked.emit(entity_of(subject.key))
