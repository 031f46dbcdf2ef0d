"""The card of a mention, a repair or a lost character: what it is, others like it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.decisions import Verdict
from meipi.core.spans import Span
from meipi.ui.i18n import number
from meipi.ui.presenters.entities import mention_near
from meipi.ui.presenters.targets import Target

if TYPE_CHECKING:
    from meipi.ui.describing import Describer
    from meipi.ui.i18n import Words
    from meipi.ui.places import Places
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.targets import TargetKind
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.action_card import ActionCard

DECIDING = ("accept", "reject", "edit")
TARGET_ACTS = (*DECIDING, "origin", "page", "type", "more", "list", "tag")
_ACTS: dict[TargetKind, dict[str, str]] = {
    "entity": {
        "page": "card.entity_page",
        "type": "card.change_type",
        "tag": "card.tag_mention",
        "more": "card.more",
    },
    "repair": {
        "accept": "repair.accept",
        "reject": "repair.reject",
        "edit": "repair.edit",
        "origin": "card.origin",
        "list": "card.in_repairs",
    },
    "lost": {"origin": "card.origin", "list": "card.in_repairs"},
}
"""What is offered for each kind, and in which words."""
_HOLE = {"edit": "repair.fill", "origin": "card.origin", "list": "card.in_repairs"}
"""What is offered for a loss that stands in a repair."""
_ON_ENTITIES = {"page": "entity_page", "type": "entity_type", "more": "more"}
"""The command that an act on a mention runs."""
_STEPS: dict[TargetKind, tuple[str, str]] = {
    "entity": ("card.previous_mention", "card.next_mention"),
    "repair": ("card.previous_repair", "card.next_repair"),
    "lost": ("card.previous_lost", "card.next_lost"),
}
_DONE: dict[Verdict | None, str] = {Verdict.ACCEPTED: "accept", Verdict.REJECTED: "reject"}


class TargetCards(QObject):
    """Opens the card, walks with it to others of the kind, and says what was asked for."""

    listing_asked = Signal(object)
    """`Target` to be shown in its panel."""
    decision_asked = Signal(object, str)
    """`Target`, and ``accept``, ``reject`` or ``edit``."""
    origin_asked = Signal(int)
    """The offset of a character whose origin is asked for."""
    tag_asked = Signal(Span)
    """The words of a mention that is to be tagged."""
    entity_act_asked = Signal(str)
    """The command to run on the mention; ``more`` asks for a menu of them."""
    left = Signal()

    def __init__(
        self,
        reading: ReadingController,
        reader: ReaderView,
        card: ActionCard,
        places: Places,
        *,
        describer: Describer,
        words: Words,
    ) -> None:
        super().__init__()
        self._reading = reading
        self._reader = reader
        self._card = card
        self._places = places
        self._describer = describer
        self._words = words
        self._target: Target | None = None
        self._expected: Span | None = None
        self._connect()

    @property
    def target(self) -> Target | None:
        """What the card is open on."""
        return None if self._card.isHidden() else self._target

    @property
    def is_on_repair(self) -> bool:
        """Say whether the card is open on a repair, or on a loss that stands in one."""
        document, target = self._reading.document, self.target
        return document is not None and target is not None and target.repair(document) is not None

    def open(self, target: Target) -> None:
        """Open the card of ``target`` beside its words."""
        document = self._reading.document
        if document is None or (target.kind == "entity" and document.entities is None):
            return
        self._target = target
        self._expected = target.span(document)
        self._say()
        self._card.show_near(self._places.of(target.span(document)))

        def more() -> None:
            if self.target == target:
                self._say()
                self._follow()

        self._describer.complete(target, document, more)

    def expect(self, span: Span) -> None:
        """Know where the mention will stand once the correction under way is on the disk."""
        self._expected = span

    def enter(self) -> None:
        """Lead the keyboard into the card."""
        self._card.enter()

    def dismiss(self) -> None:
        """Hide the card."""
        self._target = None
        self._card.dismiss()

    def _connect(self) -> None:
        self._card.stepped.connect(self.step)
        self._card.act_asked.connect(self.act)
        self._card.left.connect(self.left)
        self._reader.position_changed.connect(lambda _: self._follow())
        self._reader.selection_changed.connect(self._selection_changed)
        self._reading.opened.connect(lambda _: self.dismiss())
        self._reading.reworded.connect(lambda _: self._say())
        self._reading.mentions_changed.connect(self._mentions_changed)
        self._reading.closed.connect(self.dismiss)

    def _say(self) -> None:
        document, target, words = self._reading.document, self._target, self._words
        if document is None or target is None:
            return
        said = self._describer.target(target, document, opened=True)
        self._card.set_content(
            headline=said.headline,
            kind=said.kind,
            lines=said.lines,
            edge=self._describer.edge(target, document, said),
        )
        at, count = target.place(document)
        previous, following = map(words, _STEPS[target.kind])
        place = f"{number(at)} / {number(count)}" if count > 1 else ""
        self._card.set_walk(place, previous=previous, following=following)
        self._card.set_acts(self._acts(target, document))

    def _acts(self, target: Target, document: OpenDocument) -> dict[str, str]:
        """Return what is offered; what was decided already can be taken back."""
        at = target.repair(document)
        acts = _HOLE if target.kind == "lost" and at is not None else _ACTS[target.kind]
        texts = {act: self._words(key) for act, key in acts.items()}
        if at is not None and (state := document.repairs.states[at]) in _DONE:
            texts[_DONE[state]] = self._words("repair.take_back")
        return texts

    def step(self, by: int) -> None:
        """Go with the card to the next or the previous of its kind."""
        document = self._reading.document
        if document is None or self.target is None or self._target is None:
            return
        # First the target, then the place: the card follows its words while they scroll.
        self._target = target = self._target.step(document, by)
        at = target.span(document).start
        self._reader.scroll_to(at, select=Span(at, at))
        self.open(target)

    def act(self, act: str) -> None:
        """Do ``act`` on what the card is open on."""
        document, target = self._reading.document, self._target
        if document is None or target is None:
            return
        if act in _ON_ENTITIES:
            self.entity_act_asked.emit(_ON_ENTITIES[act])
            return
        self.dismiss()
        if act in DECIDING:
            self.left.emit()
            self.decision_asked.emit(target, act)
        elif act == "origin":
            self.left.emit()
            self.origin_asked.emit(target.span(document).start)
        elif act == "list":
            self.listing_asked.emit(target)
        else:
            self.tag_asked.emit(target.span(document))

    def _mentions_changed(self, document: OpenDocument) -> None:
        """Stay on the mention when others come to be: its place among them is another."""
        target, expected = self.target, self._expected
        if target is None or target.kind != "entity" or document.entities is None:
            return
        at = None if expected is None else mention_near(document.entities.mentions, expected)
        if at is None:
            self.dismiss()
        else:
            self.open(Target("entity", at))

    def _follow(self) -> None:
        """Stay with the words while they scroll; go where they leave the window."""
        document, target = self._reading.document, self.target
        if document is None or target is None:
            return
        near = self._places.of(target.span(document))
        if near.isEmpty():
            self.dismiss()
        else:
            self._card.show_near(near)

    def _selection_changed(self, selected: Span) -> None:
        """Go when the caret leaves the words, or something is selected."""
        document, target = self._reading.document, self.target
        if document is None or target is None:
            return
        span = target.span(document)
        if selected or not span.start <= selected.start <= span.end:
            self.dismiss()
