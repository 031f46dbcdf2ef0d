"""Builds a query from chips: what can be done with one, and choosing what a new one says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from meipi.core.errors import MeipiError
from meipi.core.query import MEASURED, Compare, Field, Node, Relation, Term
from meipi.services.query_text import parse, write_node
from meipi.ui.choosing import Option
from meipi.ui.presenters.query_completion import Known, offers, piece_at
from meipi.ui.presenters.query_form import Form, Place, is_tag
from meipi.ui.widgets.picker import PickRow
from meipi.ui.widgets.query_field import Completion

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.appearance import Appearance
    from meipi.ui.choosing import Chooser
    from meipi.ui.i18n import Words
    from meipi.ui.panels.query_chips import QueryChips
    from meipi.ui.presenters.showing import Showing

_DISTANCE = 50
_RELATIONS = (
    *(Relation.OVERLAP, Relation.INSIDE, Relation.CONTAINS, Relation.NEAR),
    *(Relation.BEFORE, Relation.PARAGRAPH, Relation.DOCUMENT),
)


class QueryBuilder(QObject):
    """Asks what a chip shall be, and says the form that comes of it."""

    form_changed = Signal(object)
    """`Form`."""

    def __init__(
        self, chooser: Chooser, appearance: Appearance, showing: Showing, words: Words
    ) -> None:
        super().__init__()
        self.known = Known()
        self._chooser = chooser
        self._appearance = appearance
        self._showing = showing
        self._words = words
        self._chips: QueryChips | None = None

    def take(self, chips: QueryChips) -> None:
        """Answer for these chips."""
        self._chips = chips
        chips.chip_pressed.connect(self.press)

    def complete(self, text: str, caret: int) -> Completion | None:
        """Return what may be typed at ``caret``."""
        found = offers(text, caret, self.known, self._words.language)
        piece = piece_at(text, caret)
        if not found or [offer.typed for offer in found] == [piece.slice(text)]:
            return None
        theme = self._appearance.theme
        rows = [
            PickRow(
                offer.typed,
                self._showing.text(offer.label),
                offer.hint,
                None if offer.color is None else theme.tag_color(offer.color),
            )
            for offer in found
        ]
        return Completion(piece.start, piece.end, rows)

    def press(self, place: Place | None) -> None:
        """Ask what to do with a chip, or what a new one says."""
        if self._chips is None:
            return
        form = self._chips.form
        if place is None:
            self._choose("retrieve.choose", lambda node: self._change(form.added(node)))
            return
        acts = [Option(act, self._words(f"retrieve.{name}")) for name, act in self._acts(place)]
        near = self._chips.place_of(place)
        self._chooser.ask(near, self._words("retrieve.change"), acts, lambda act: act())  # type: ignore[operator]

    def _acts(self, place: Place) -> list[tuple[str, Callable[[], object]]]:
        assert self._chips is not None  # noqa: S101 - asked before
        form = self._chips.form
        node = form.node(place)
        acts: list[tuple[str, Callable[[], object]]] = [
            ("act_remove", lambda: self._change(form.without(place))),
            ("act_negate", lambda: self._change(form.negated(place))),
        ]
        if is_tag(node):
            alone = isinstance(node, Term) and node.compare is Compare.IS
            name = "act_below" if alone else "act_alone"
            acts.append((name, lambda: self._change(form.with_below(place))))
        put = partial(self._choose, "retrieve.choose")
        acts += [
            ("act_or", lambda: put(lambda new: self._change(form.with_alternative(place, new)))),
            ("act_replace", lambda: put(lambda new: self._change(form.replaced(place, new)))),
        ]
        acts += [
            (f"relate_{kind}", partial(self._relate, form, place, kind)) for kind in _RELATIONS
        ]
        return acts

    def _relate(self, form: Form, place: Place, kind: Relation) -> None:
        distance = _DISTANCE if kind in MEASURED else 0

        def done(node: Node) -> None:
            self._change(form.related(place, kind, node, distance))

        self._choose("retrieve.choose_other", done)

    def _choose(self, prompt: str, done: Callable[[Node], object]) -> None:
        """Ask for a condition: one of the names there are, or one that is typed."""
        assert self._chips is not None  # noqa: S101 - asked before
        theme = self._appearance.theme
        options = [
            Option(Term(Field.TAG, name), self._showing.text(name), color=theme.tag_color(color))
            for name, color in self.known.tags
        ]
        options += [
            Option(Term(Field.ENTITY, name), self._showing.text(name), kind)
            for name, kind in self.known.entities[:400]
        ]
        near = self._chips.place_of(None)
        self._chooser.ask(
            near,
            self._words(prompt),
            options,
            lambda node: _called(done, node),
            typed=self._typed,
        )

    def _typed(self, text: str) -> Option | None:
        try:
            node = parse(text).node
        except MeipiError:
            return None
        return None if node is None else Option(node, write_node(node, self._words.language))

    def _change(self, form: Form) -> None:
        self.form_changed.emit(form)


def _called(done: Callable[[Node], object], node: object) -> None:
    done(cast("Node", node))
