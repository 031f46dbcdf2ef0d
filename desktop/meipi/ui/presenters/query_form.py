"""A query as chips: groups that must all hold, in each of which one condition is enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.query import (
    And,
    Compare,
    Field,
    Node,
    Not,
    Or,
    Query,
    Related,
    Relation,
    Term,
    Unit,
    terms,
)
from meipi.services.query_text import write_node

if TYPE_CHECKING:
    from meipi.core.messages import Language


@dataclass(frozen=True, slots=True)
class Place:
    """Which chip: its group, and its place in it."""

    group: int
    at: int


@dataclass(frozen=True, slots=True)
class Form:
    """The chips of a query. What is more involved than they can say is one chip of its own."""

    groups: tuple[tuple[Node, ...], ...] = ()
    unit: Unit = Unit.PASSAGES

    @classmethod
    def of(cls, query: Query) -> Form:
        """Take a query apart.

        >>> from meipi.services.query_text import parse
        >>> [len(group) for group in Form.of(parse("#产业 (天津 或 北京) 非 date:2024")).groups]
        [1, 2, 1]
        """
        node = query.node
        if node is None:
            return cls((), query.unit)
        items = node.items if isinstance(node, And) else (node,)
        groups = tuple(item.items if isinstance(item, Or) else (item,) for item in items)
        return cls(groups, query.unit)

    def query(self) -> Query:
        """Put the query together again."""
        items = tuple(group[0] if len(group) == 1 else Or(group) for group in self.groups)
        if not items:
            return Query(None, self.unit)
        return Query(items[0] if len(items) == 1 else And(items), self.unit)

    def node(self, place: Place) -> Node:
        """Return the condition of a chip."""
        return self.groups[place.group][place.at]

    def places(self) -> list[Place]:
        """Return all chips in order."""
        return [
            Place(number, at)
            for number, group in enumerate(self.groups)
            for at in range(len(group))
        ]

    def with_unit(self, unit: Unit) -> Form:
        """Return the form that shows something else."""
        return replace(self, unit=unit)

    def added(self, node: Node) -> Form:
        """Return the form with one more condition that must hold."""
        return replace(self, groups=(*self.groups, (node,)))

    def with_alternative(self, place: Place, node: Node) -> Form:
        """Return the form in which ``node`` is enough where the chip at ``place`` is."""
        return self._with_group(place.group, (*self.groups[place.group], node))

    def replaced(self, place: Place, node: Node) -> Form:
        """Return the form with another condition at ``place``."""
        group = self.groups[place.group]
        return self._with_group(place.group, (*group[: place.at], node, *group[place.at + 1 :]))

    def without(self, place: Place) -> Form:
        """Return the form without the chip at ``place``."""
        group = self.groups[place.group]
        return self._with_group(place.group, (*group[: place.at], *group[place.at + 1 :]))

    def negated(self, place: Place) -> Form:
        """Return the form in which the chip at ``place`` says the contrary."""
        return self.replaced(place, negated(self.node(place)))

    def with_below(self, place: Place) -> Form:
        """Return the form in which a tag is meant with those below it, or alone again."""
        return self.replaced(place, _with_below(self.node(place)))

    def related(self, place: Place, relation: Relation, node: Node, distance: int = 0) -> Form:
        """Return the form that asks how the chip at ``place`` lies to passages of ``node``."""
        return self.replaced(place, Related(self.node(place), relation, node, distance))

    def _with_group(self, number: int, group: tuple[Node, ...]) -> Form:
        kept = (group,) if group else ()
        return replace(self, groups=(*self.groups[:number], *kept, *self.groups[number + 1 :]))


def negated(node: Node) -> Node:
    """Return the contrary of ``node``."""
    match node:
        case Not(item):
            return item
        case Related():
            return replace(node, negated=not node.negated)
        case _:
            return Not(node)


def is_tag(node: Node) -> bool:
    """Say whether a chip is a tag, negated or not."""
    inner = node.item if isinstance(node, Not) else node
    return isinstance(inner, Term) and inner.field is Field.TAG


def is_negated(node: Node) -> bool:
    """Say whether a chip says the contrary of something."""
    return isinstance(node, Not) or (isinstance(node, Related) and node.negated)


def tag_of(node: Node) -> str:
    """Return the name of the first tag in a chip; empty where there is none."""
    return next((term.value for term in terms(node) if term.field is Field.TAG), "")


def worded(node: Node, language: Language) -> str:
    """Return a chip in words: as it is typed."""
    return write_node(node, language)


def _with_below(node: Node) -> Node:
    match node:
        case Not(item):
            return Not(_with_below(item))
        case Term(field=Field.TAG):
            alone = node.compare is Compare.IS
            return replace(node, compare=Compare.HAS if alone else Compare.IS)
        case _:
            return node
