"""Turns the tree of a query into SQL with its values.

A *row* is what is found: an annotation, a paragraph, a document; its alias has the columns
``document``, ``start`` and ``end``, beside ``d``, its row of documents. A tag is a row's own, or
lies on its words: of “#甲 AND #乙” the rows are passages of either that lie on one of the other.
"""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.core.errors import Phrase
from meipi.core.query import (
    ANY,
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
    leads,
    wrong,
)
from meipi.core.query_words import VALUE_NAMES, type_named
from meipi.library import search
from meipi.library.query_pieces import (
    OVERLAP,
    TRUE,
    Sql,
    among,
    around,
    joined,
    of_annotation,
    of_document,
    related,
)
from meipi.library.query_terms import comparison, matching

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.library.query_names import Names


class Compiler:
    """Compiles one query; ``names`` says what its names stand for."""

    def __init__(self, query: Query, names: Names) -> None:
        self._query = query
        self._names = names
        self._numbers = count()

    def condition(self) -> Sql:
        """Return what the rows ``a`` of the query satisfy."""
        if self._query.node is None:
            return TRUE
        return self._own(self._query.node, "a", annotated=self._query.unit is Unit.PASSAGES)

    def _own(self, node: Node, row: str, *, annotated: bool) -> Sql:  # noqa: PLR0911 - a case each
        """Return SQL that says whether ``row`` is one of those that ``node`` means."""
        if not annotated:
            return self._holds(node, row, annotated=False)
        match node:
            case Term(field=Field.TAG):
                return self._of_tags(node, row)
            case Term():
                return self._term(node, row, annotated=True)
            case Not(item):
                return around("NOT ifnull(", self._holds(item, row, annotated=True), ", 0)")
            case Or(items):
                return joined("OR", [self._own(item, row, annotated=True) for item in items])
            case And(items):
                return self._conjunction(items, row)
            case Related(left, relation, right, distance, negated):
                first = self._own(left, row, annotated=True)
                if relation is Relation.SAME:
                    second = self._own(right, row, annotated=True)
                    too = around("NOT ifnull(", second, ", 0)") if negated else second
                    return joined("AND", [first, too])
                other = f"b{next(self._numbers)}"
                lies = related(relation, row, other, distance)
                second = self._own(right, other, annotated=True)
                found = around(
                    f"{'NOT ' if negated else ''}EXISTS (SELECT 1 FROM annotations {other} "  # noqa: S608 - made of constants
                    f"WHERE {other}.document = {row}.document AND {other}.id <> {row}.id "
                    f"AND {lies} AND ",
                    second,
                    ")",
                )
                return joined("AND", [first, found])

    def _conjunction(self, items: tuple[Node, ...], row: str) -> Sql:
        """Return the rows of any item that leads, if the others hold on their words."""
        leading = [item for item in items if leads(item)]
        if not leading:
            return joined("AND", [self._own(item, row, annotated=True) for item in items])
        ways = []
        for one in leading:
            others = [self._holds(i, row, annotated=True) for i in items if i is not one]
            ways.append(joined("AND", [self._own(one, row, annotated=True), *others]))
        return ways[0] if len(ways) == 1 else joined("OR", ways)

    def _holds(self, node: Node, row: str, *, annotated: bool) -> Sql:
        """Return SQL that says whether ``node`` holds on the words of ``row``."""
        match node:
            case Term(field=Field.TAG):
                inside = self._some(row, lambda c: self._of_tags(node, c))
                own = [self._of_tags(node, row)] if annotated else []
                return joined("OR", [*own, inside])
            case Term():
                return self._term(node, row, annotated=annotated)
            case Not(item):
                return around("NOT ifnull(", self._holds(item, row, annotated=annotated), ", 0)")
            case And(items):
                return joined("AND", [self._holds(i, row, annotated=annotated) for i in items])
            case Or(items):
                return joined("OR", [self._holds(i, row, annotated=annotated) for i in items])
            case Related():
                return self._some(row, lambda c: self._own(node, c, annotated=True))

    def _some(self, row: str, condition: Callable[[str], Sql]) -> Sql:
        """Return SQL that says whether some annotation on the words of ``row`` is like that."""
        c = f"c{next(self._numbers)}"
        return around(
            f"EXISTS (SELECT 1 FROM annotations {c} WHERE {c}.document = {row}.document "  # noqa: S608 - made of constants
            f"AND {OVERLAP.format(a=row, c=c)} AND ",
            condition(c),
            ")",
        )

    def _of_tags(self, term: Term, row: str) -> Sql:
        if term.value == ANY:
            return Sql(f"{row}.tag IS NOT NULL")
        return among(f"{row}.tag", self._names.tags(term))

    def _term(self, term: Term, row: str, *, annotated: bool) -> Sql:
        make = _TERMS.get(term.field)
        if make is not None:
            return make(self, term, row)
        if term.field is Field.WORDS:
            return self._words(term, row, annotated=annotated)
        if term.field is Field.ATTRIBUTE:
            return self._attribute(term, row, annotated=annotated)
        # What is said of annotations: of this one, or of any on the words.
        said = _OF_ANNOTATIONS[term.field]
        if annotated:
            return said(self, term, row)
        return self._some(row, lambda c: said(self, term, c))

    # What is asked of the words.

    def _phrase(self, term: Term) -> list[str]:
        words = search.words_of(term.value)
        if not words:
            reason = Phrase("只有标点，没有可找的字", "only marks, no words to find")
            wrong(reason, self._query.text, term.span)
        return words

    def in_text(self, term: Term) -> Sql:
        """Return SQL that says whether the text of document ``d`` holds the words of a term."""
        phrases = search.match_of(self._phrase(term))
        return joined(
            "AND",
            [
                Sql(
                    "d.reading IN (SELECT s.reading FROM search JOIN slices s "
                    "ON s.id = search.rowid WHERE search MATCH ? "
                    "UNION ALL SELECT reading FROM slices WHERE NOT indexed)",
                    (phrase,),
                )
                for phrase in phrases
            ],
        )

    def _words(self, term: Term, row: str, *, annotated: bool) -> Sql:
        words = self._phrase(term)
        if annotated:
            held = Sql(f"has_words(?, {row}.quote)", (search.pattern_of(words),))
            return joined("AND", [self.in_text(term), held])
        if self._query.unit is Unit.DOCUMENTS:
            return self.in_text(term)
        held = Sql(
            f'words_within(?, d.reading, {row}.start, {row}."end")', (search.pattern_of(words),)
        )
        return joined("AND", [self.in_text(term), held])

    # What is asked of entities.

    def entity(self, term: Term, row: str) -> Sql:
        """Return SQL that says whether an entity is named on the words of ``row``."""
        numbers = () if term.value == ANY else self._names.entities(term)
        which = among("m.entity", numbers) if numbers else TRUE
        return self._mention(which, row)

    def kind(self, term: Term, row: str) -> Sql:
        """Return SQL that says whether an entity of a type is named on the words of ``row``."""
        kind = type_named(term.value)
        if kind is None:
            reason = Phrase("没有这种实体", "there is no such type of entity")
            wrong(reason, self._query.text, term.span)
        which = Sql("m.entity IN (SELECT id FROM entities WHERE type = ?)", (kind,))
        return self._mention(which, row)

    def _mention(self, which: Sql, row: str) -> Sql:
        return around(
            "EXISTS (SELECT 1 FROM entity_mentions m WHERE m.reading = d.reading "  # noqa: S608 - made of constants
            f"AND {OVERLAP.format(a=row, c='m')} AND ",
            which,
            ")",
        )

    # What is asked of attributes and tags of documents.

    def _attribute(self, term: Term, row: str, *, annotated: bool) -> Sql:
        ways = []
        for attribute in self._names.attribute(term):
            said = comparison("v.value", term, self._query.text, kind=attribute.kind)
            if not attribute.of_annotations:
                ways.append(of_document(attribute.id, said, row))
            elif annotated:
                ways.append(of_annotation(attribute.id, said, row))
            else:
                ways.append(self._some(row, partial(of_annotation, attribute.id, said)))
        return ways[0] if len(ways) == 1 else joined("OR", ways)

    def document_tag(self, term: Term, row: str) -> Sql:
        """Return SQL that says whether the document of ``row`` has a tag as a whole."""
        which = TRUE if term.value == ANY else among("t.tag", self._names.tags(term))
        return around(
            f"EXISTS (SELECT 1 FROM document_tags t WHERE t.document = {row}.document AND ",  # noqa: S608 - made of constants
            which,
            ")",
        )

    def said_of_document(self, term: Term, *columns: str) -> Sql:
        """Return SQL that says whether one of some columns of ``d`` holds the value."""
        if term.compare is Compare.IS and "title" in columns:
            columns = ("id", *columns)
        return joined("OR", [Sql(*matching(f"d.{column}", term)) for column in columns])

    def compared(self, term: Term, column: str) -> Sql:
        """Return SQL that compares a column with the value of a term, as dates are."""
        return Sql(*comparison(column, term, self._query.text, kind="date"))


def _matched(column: str) -> Callable[[Compiler, Term, str], Sql]:
    return lambda _, term, row: Sql(*matching(f"{row}.{column}", term))


def _status(_: Compiler, term: Term, row: str) -> Sql:
    if term.value == ANY:
        return Sql(f"({row}.status <> '' OR {row}.state = '{AnchorState.NEEDS_REVIEW}')")
    status = VALUE_NAMES.get(term.value, term.value)
    if status == "review":
        return Sql(f"({row}.status = 'review' OR {row}.state = '{AnchorState.NEEDS_REVIEW}')")
    return Sql(f"{row}.status = ?", (status,))


_TERMS: dict[Field, Callable[[Compiler, Term, str], Sql]] = {
    Field.ENTITY: Compiler.entity,
    Field.TYPE: Compiler.kind,
    Field.BODY: lambda compiler, term, _: compiler.in_text(term),
    Field.DATE: lambda compiler, term, _: compiler.compared(term, "d.date"),
    Field.DOCTAG: Compiler.document_tag,
    Field.DOCUMENT: lambda compiler, term, _: compiler.said_of_document(term, "title", "name"),
    Field.SOURCE: lambda compiler, term, _: compiler.said_of_document(term, "source"),
    Field.REGION: lambda compiler, term, _: compiler.said_of_document(term, "region"),
    Field.AUTHOR: lambda compiler, term, _: compiler.said_of_document(term, "authors"),
}
_OF_ANNOTATIONS: dict[Field, Callable[[Compiler, Term, str], Sql]] = {
    Field.CODER: _matched("coder"),
    Field.NOTE: _matched("note"),
    Field.STATUS: _status,
    Field.MADE: lambda compiler, term, row: compiler.compared(term, f"{row}.created"),
}
