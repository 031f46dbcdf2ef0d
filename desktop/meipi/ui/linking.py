"""Linking annotations: the other end is chosen by keys or a click, the label while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from meipi.ui.choosing import Option

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.cards import Cards
    from meipi.ui.choosing import Chooser
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.marking import Marking
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.links import LinkRow
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.reader.view import ReaderView

_RELABEL, _TURN, _DELETE, _GO = "relabel", "turn", "delete", "go"
_ACTS = (_GO, _RELABEL, _TURN, _DELETE)


class LinkController(QObject):
    """Knows from where a link is being drawn; every act goes to the library."""

    going = Signal(object)
    """The `LinkRow` to whose other end the reader goes."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reader: ReaderView,
        marking: Marking,
        *,
        chooser: Chooser,
        cards: Cards,
        feedback: Feedback,
        words: Words,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._marking = marking
        self._chooser = chooser
        self._cards = cards
        self._feedback = feedback
        self._words = words
        self._source: AnnotationRow | None = None
        self._followed: tuple[str, int] = ("", -1)
        reader.clicked_target.connect(self._clicked)

    @property
    def is_on(self) -> bool:
        """Say whether the other end of a link is being chosen."""
        return self._source is not None

    def begin(self) -> None:
        """Draw a link from the current annotation; a second time leaves that."""
        if self.is_on:
            self.leave()
            return
        row = self._marking.current
        if row is None:
            self._feedback.say(self._words("link.no_source"))
            return
        self._cards.dismiss()
        self._source = row
        self._feedback.say(self._words("link.choose", quote=self._marking.quote(row.quote)))

    def leave(self) -> None:
        """Draw no link."""
        self._source = None
        self._feedback.say(self._words("link.left"))

    def choose_here(self) -> None:
        """Let the link end at the annotation the caret is in."""
        row = self._marking.current
        if row is None:
            self._feedback.say(self._words("link.no_target"))
        else:
            self._choose(row)

    def _clicked(self, target: HoverTarget) -> None:
        row = self._marking.row(target.id) if target.kind == "annotation" else None
        if self.is_on and row is not None:
            self._cards.dismiss()
            self._choose(row)

    def _choose(self, target: AnnotationRow) -> None:
        source = self._source
        if source is None:
            return
        if source.id == target.id:
            self._feedback.say(self._words("link.itself"))
            return
        self._source = None

        def done(label: object) -> None:
            self._write(lambda: self._workspace.linking.add(source.id, target.id, str(label)))

        self._ask_label(self._marking.place(target.id), done)

    def _ask_label(self, near: QRect, done: Callable[[object], None], now: str = "") -> None:
        def ask(labels: list[str]) -> None:
            options = [Option(label, label) for label in labels if label and label != now]
            options.append(Option("", self._words("link.unlabelled")))
            prompt = self._words("link.label")
            self._chooser.ask(near, prompt, options, done, typed=self._typed)

        self._bridge.read("link labels", self._workspace.linking.labels, ask)

    def _typed(self, text: str) -> Option:
        return Option(text, text, self._words("link.new"))

    def follow(self) -> None:
        """Go to the other end of a link of the current annotation, each time of the next one."""
        row = self._marking.current
        if row is None or not row.links:
            self._feedback.say(self._words("link.none"))
            return
        before, at = self._followed
        at = (at + 1) % len(row.links) if before == row.id else 0
        self._followed = row.id, at
        self.going.emit(row.links[at])

    def ask(self, link: LinkRow, near: QRect) -> None:
        """Ask what is to be done with a link."""
        options = [Option(act, self._words(f"link.{act}")) for act in _ACTS]

        def done(act: object) -> None:
            self._do(str(act), link, near)

        self._chooser.ask(near, link.text, options, done)

    def delete(self, link: str) -> None:
        """Delete a link."""
        self._write(lambda: self._workspace.linking.delete(link))

    def _do(self, act: str, link: LinkRow, near: QRect) -> None:
        linking = self._workspace.linking
        if act == _GO:
            self.going.emit(link)
        elif act == _RELABEL:
            self._ask_label(
                near,
                lambda label: self._write(lambda: linking.relabel(link.id, str(label))),
                link.label,
            )
        elif act == _TURN:
            self._write(lambda: linking.turn(link.id))
        else:
            self.delete(link.id)

    def _write(self, act: Callable[[], Future[Changes]]) -> None:
        self._bridge.write(act())
