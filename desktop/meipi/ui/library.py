"""The library list and the files that come into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.lines import one_line
from meipi.ui.i18n import number
from meipi.ui.presenters.library import card_rows
from meipi.ui.presenters.plain import plain_structure
from meipi.ui.reader.content import ReaderContent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.documents import Added, DocumentCard
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.panels.library import LibraryPanel
    from meipi.ui.presenters.searching import HitRow
    from meipi.ui.reading import ReadingController


_MANY = 24
"""Files up to which each is followed by itself."""
_FEW = 200
"""Cards read again by themselves; where more changed, all are."""


class LibraryController(QObject):
    """Lists documents, opens them, takes files in and documents out."""

    filled = Signal(int)
    """How many documents the library has, whenever the list was read."""
    came = Signal(str)
    """A file is a document now and about to be opened."""
    working = Signal(bool)
    """Whether files are on their way in."""
    many_came = Signal(object)
    """More files than are followed one by one; another takes them in."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        panel: LibraryPanel,
        *,
        feedback: Feedback,
        words: Words,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._panel = panel
        self._feedback = feedback
        self._words = words
        self._cards: list[DocumentCard] = []
        self._listed = False
        self._all_asked = False
        self._changed: set[str] = set()
        """Documents whose cards are being read again."""
        self._coming = 0
        self._new = 0
        self._refused: list[MeipiError] = []
        self._before = ""
        self._open_next = False
        self._many = False
        bridge.changed.connect(self._take_changes)
        panel.document_chosen.connect(self.open)
        panel.removal_asked.connect(self.remove)
        reading.opened.connect(lambda opened: self._refresh_some({opened.id}))
        panel.pointer_left.connect(self.refresh)
        reading.closed.connect(self._show)

    @property
    def cards(self) -> list[DocumentCard]:
        """The list as it was read last."""
        return self._cards

    @property
    def is_empty(self) -> bool:
        """Say whether the library is known to have no document, and none on its way in."""
        return self._listed and not self._cards and not self._coming

    def refresh(self) -> None:
        """Read the list again."""
        self._all_asked = True
        self._bridge.read("cards", self._workspace.documents.cards, self._take_cards)

    def _refresh_some(self, documents: Collection[str]) -> None:
        """Read a few cards again: of a large library all take seconds."""
        self._changed |= set(documents)
        if self._all_asked or not self._listed or len(self._changed) > _FEW:
            self.refresh()
            return
        cards, changed = self._cards, frozenset(self._changed)
        again = self._workspace.documents.cards_again
        self._bridge.read("cards", lambda: again(cards, changed), self._take_cards)

    def open(self, document: str) -> None:
        """Open a document where it was left."""
        position = next((card.position for card in self._cards if card.id == document), 0)
        self._reading.open(document, position=position)

    def open_hit(self, row: HitRow) -> None:
        """Open the document of a search hit at its place."""
        self._reading.open(row.document, place=row.span)

    def open_last(self, document: str) -> None:
        """Open ``document`` once the list is there, else the first of the list."""
        self._bridge.read(
            "cards",
            self._workspace.documents.cards,
            lambda cards: self._open_among(cards, document),
        )

    def step(self, by: int) -> None:
        """Open the next or previous document in the order they came in, which reading keeps."""
        ids = [card.id for card in sorted(self._cards, key=lambda card: (card.added, card.id))]
        if ids:
            at = ids.index(self._reading.wanted) + by if self._reading.wanted in ids else 0
            self.open(ids[min(max(0, at), len(ids) - 1)])

    def remove(self, document: str) -> None:
        """Take a document out of the list; it can be undone."""
        self._bridge.write(self._workspace.documents.remove([document]))

    def add(self, paths: Sequence[Path]) -> None:
        """Take files and folders in; the first page of a single file is shown at once."""
        self._bridge.read(
            f"files {self._coming} {paths}",
            lambda: _files(paths),
            lambda files: self._add(files, paths),
        )

    def _add(self, files: Sequence[Path], asked: Sequence[Path]) -> None:
        if not files:
            path = asked[0] if asked else ""
            self._feedback.say(self._words("notice.folder_empty", path=one_line(str(path))))
            return
        if len(files) > _MANY:
            self.many_came.emit(files)
            return
        if len(files) == 1:
            self._bridge.read("head", lambda: _head(files[0]), self._show_head, lambda _: None)
        if not self._coming:
            self._refused.clear()
            self._before = ""
            self._feedback.clear_errors()
        self._open_next = True
        self._coming += len(files)
        self.working.emit(True)
        self._feedback.say(self._coming_words(files))
        for file in files:
            self._bridge.write(
                self._workspace.documents.add_file(file), self._added, self._not_added
            )

    def add_bytes(self, data: bytes, *, name: str) -> None:
        """Take a document in that lies in memory, and open it."""
        self._open_next = True
        self._coming += 1
        self.working.emit(True)
        adding = self._workspace.documents.add_bytes(data, name=name)
        self._bridge.write(adding, self._added, self._not_added)

    def set_many(self, *, on: bool) -> None:
        """While very many come in, leave it to others to ask when the list is read again."""
        self._many = on

    def _coming_words(self, files: Sequence[Path]) -> str:
        if len(files) == 1:
            return self._words("foot.adding", name=one_line(files[0].name))
        return self._words("foot.adding_many", count=number(len(files)))

    def _show_head(self, content: ReaderContent) -> None:
        # The document itself may be there first; then its beginning has nothing to say.
        if self._coming:
            self._before = self._reading.wanted or self._before
            self._reading.show_beginning(content)

    def _added(self, added: Added) -> None:
        self._new += added.new
        if self._open_next:
            self._open_next = False
            self._bridge.forget("head")
            self.came.emit(added.document)
            self.open(added.document)
        if not added.new and self._coming == 1 and not self._new:
            self._feedback.say(self._words("notice.known", title=self._title(added.document)))
        self._arrived()

    def _not_added(self, error: MeipiError) -> None:
        self._refused.append(error)
        self._feedback.show_errors(self._refused)
        if self._reading.document is None:
            self._leave_beginning()
        self._arrived()

    def _leave_beginning(self) -> None:
        """Go back to what was read before the beginning of a file that is not to come."""
        before, self._before = self._before, ""
        self._reading.close()
        if before:
            self.open(before)

    def _arrived(self) -> None:
        self._coming -= 1
        if self._coming:
            return
        if self._new:
            self._feedback.say(self._words("notice.added", count=number(self._new)))
        elif self._refused:
            self._feedback.say("")
        self._new, self._open_next = 0, False
        self.working.emit(False)
        self.refresh()

    def _title(self, document: str) -> str:
        return next((card.title for card in self._cards if card.id == document), "")

    def _take_changes(self, changes: Changes) -> None:
        if self._many:
            return
        if changes.tags:
            self.refresh()
            return
        touched = changes.documents | changes.annotated | changes.described
        if touched:
            self._refresh_some(touched)

    def _take_cards(self, cards: list[DocumentCard]) -> None:
        self._listed = True
        self._all_asked = False
        self._changed.clear()
        self._cards = self._in_place(cards)
        self._show()
        self.filled.emit(len(cards))

    def _in_place(self, cards: list[DocumentCard]) -> list[DocumentCard]:
        """Put the open document first; under the pointer, let no card jump away."""
        if self._panel.underMouse():
            known = {card.id: at for at, card in enumerate(self._cards)}
            return sorted(cards, key=lambda card: known.get(card.id, -1))
        # Whether the library has noted the opening yet is a matter of milliseconds.
        return sorted(cards, key=lambda card: card.id != self._reading.wanted)

    def _show(self) -> None:
        self._panel.set_cards(card_rows(self._cards, self._words, current=self._reading.wanted))

    def retranslate(self) -> None:
        """Word the cards in the window's language."""
        self._show()

    def _open_among(self, cards: list[DocumentCard], document: str) -> None:
        self._take_cards(cards)
        ids = [card.id for card in cards]
        if ids:
            self.open(document if document in ids else ids[0])


def _files(paths: Sequence[Path]) -> list[Path]:
    from meipi.services.documents import expand

    return expand(paths)


def _head(path: Path) -> ReaderContent:
    from meipi.sources import head, read_file

    text = head(read_file(path), name=path.name).text
    return ReaderContent(text, plain_structure(text))
