"""Reads a typed query into its tree, and writes a tree as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import Phrase
from meipi.core.query import (
    ANY,
    MEASURED,
    And,
    Compare,
    Field,
    Node,
    Not,
    Or,
    Query,
    Related,
    Term,
    Unit,
    wrong,
)
from meipi.core.query_words import (
    COMPARISONS,
    FIELDS,
    JOINERS,
    RELATIONS,
    SHOW,
    UNIT_NAMES,
    UNITS,
)
from meipi.core.spans import Span
from meipi.services.query_tokens import CLOSING, OPENING, QUOTES, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from meipi.core.messages import Language

_DEEPEST = 40
"""Brackets within each other; deeper ones nobody reads."""
_FARTHEST = 10**9
_NEAR = 50
"""Characters that count as near where no distance is given."""


def parse(text: str) -> Query:
    """Return the query in ``text``. Raises ``MeipiError``, which names the place.

    >>> from meipi.core.query import terms
    >>> query = parse("#产业 且 非 (天津 或 date>=2024) show:documents")
    >>> [term.value for term in terms(query.node)], query.unit
    (['产业', '天津', '2024'], <Unit.DOCUMENTS: 'documents'>)
    """
    found = list(tokens(text))
    shows = [token for token in found if token.kind == "show"]
    unit = _unit(shows[-1], text) if shows else Unit.PASSAGES
    reader = _Reader(text, [token for token in found if token.kind != "show"])
    node = reader.whole() if reader.left else None
    return Query(node, unit, text)


def _unit(token: Token, text: str) -> Unit:
    unit = UNIT_NAMES.get(token.value) or UNIT_NAMES.get(token.value.lower())
    if unit is None:
        known = "、".join(names[0] for names in UNITS.values())
        english = ", ".join(names[1] for names in UNITS.values())
        reason = Phrase(f"能显示的是{known}", f"what can be shown: {english}")
        wrong(reason, text, token.span)
    return unit


class _Reader:
    """Goes through the tokens from left to right, one method a level of the grammar."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self._text = text
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def left(self) -> bool:
        """Say whether there is more to read."""
        return self._at < len(self._tokens)

    def whole(self) -> Node:
        """Read all of it."""
        node = self._either()
        if self.left:
            reason = Phrase("多了一个右括号", "a bracket is closed that was never opened")
            wrong(reason, self._text, self._tokens[self._at].span)
        return node

    def _either(self) -> Node:
        items = [self._both()]
        while self._take("or"):
            items.append(self._both())
        return items[0] if len(items) == 1 else Or(_flat(items, Or))

    def _both(self) -> Node:
        items = [self._related()]
        while self._take("and") or self._kind() in {"term", "not", "("}:
            items.append(self._related())
        return items[0] if len(items) == 1 else And(_flat(items, And))

    def _related(self) -> Node:
        node = self._single()
        while True:
            negated = self._kind() == "not" and self._kind(1) == "relation"
            if negated:
                self._at += 1
            if self._kind() != "relation":
                return node
            token = self._next()
            relation = token.relation
            assert relation is not None  # noqa: S101 - every token of this kind has one
            distance = 0
            if relation in MEASURED:
                distance = _NEAR if token.distance is None else min(token.distance, _FARTHEST)
            node = Related(node, relation, self._single(), distance, negated)

    def _single(self) -> Node:
        if self._take("not"):
            return Not(self._deeper(self._single))
        if self._kind() == "(":
            opening = self._next()
            node = self._deeper(self._either)
            if not self._take(")"):
                reason = Phrase("括号没有结尾", "a bracket is never closed")
                wrong(reason, self._text, opening.span)
            return node
        token = self._tokens[self._at] if self.left else None
        if token is None or token.term is None:
            self._expected(token)
        self._at += 1
        return token.term

    def _deeper(self, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            reason = Phrase("括号套得太深", "brackets are nested too deep")
            wrong(reason, self._text, self._tokens[min(self._at, len(self._tokens) - 1)].span)
        node = read()
        self._depth -= 1
        return node

    def _expected(self, token: Token | None) -> NoReturn:
        if token is None:
            reason = Phrase("后面还缺一个条件", "a condition is missing at the end")
            wrong(reason, self._text, self._tokens[-1].span)
        reason = Phrase(
            "这里应当是一个条件；要查找这个词，请加引号",
            "a condition belongs here; to find this word, put it in quotes",
        )
        wrong(reason, self._text, token.span)

    def _kind(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def _take(self, kind: str) -> bool:
        if self._kind() != kind:
            return False
        self._at += 1
        return True

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]


def _flat(items: Sequence[Node], kind: type[And | Or]) -> tuple[Node, ...]:
    """Put the items of an ``And`` within an ``And`` into the outer one."""
    parts: list[Node] = []
    for item in items:
        parts += item.items if isinstance(item, kind) else (item,)
    return tuple(parts)


def write(query: Query, language: Language = "zh") -> str:
    """Return ``query`` as it is typed.

    >>> write(parse('tag="老 区" AND NOT (天津 OR @级别>2) show:paragraphs'))
    '#="老 区" 且 非 (天津 或 @级别>2) 显示:段落'
    """
    parts = [] if query.node is None else [write_node(query.node, language)]
    if query.unit is not Unit.PASSAGES:
        at = _side(language)
        parts.append(f"{SHOW[at]}:{UNITS[query.unit][at]}")
    return " ".join(parts)


def write_node(node: Node, language: Language = "zh") -> str:
    """Return a part of a query as it is typed."""
    at = _side(language)
    match node:
        case Term():
            return write_term(node, language)
        case Not(item):
            return f"{JOINERS['not'][at]} {_inner(item, language)}"
        case Related(left, relation, right, distance, negated):
            word = RELATIONS[relation][at]
            if relation in MEASURED:
                word = f"{word}/{distance}"
            if negated:
                word = f"{JOINERS['not'][at]} {word}"
            chained = isinstance(left, Related)
            first = write_node(left, language) if chained else _inner(left, language)
            return f"{first} {word} {_inner(right, language)}"
        case And(items):
            joined = f" {JOINERS['and'][at]} "
            return joined.join(
                _inner(item, language) if isinstance(item, Or) else write_node(item, language)
                for item in items
            )
        case Or(items):
            return f" {JOINERS['or'][at]} ".join(write_node(item, language) for item in items)


def _inner(node: Node, language: Language) -> str:
    text = write_node(node, language)
    return text if isinstance(node, Term | Not) else f"({text})"


def write_term(term: Term, language: Language = "zh") -> str:
    """Return one condition as it is typed."""
    value = quoted(term.value)
    match term.field:
        case Field.WORDS if term.compare is Compare.HAS:
            return value
        case Field.TAG:
            return f"#{'=' if term.compare is Compare.IS else ''}{value}"
        case Field.ATTRIBUTE:
            name = f"@{_named(term.name)}"
            bare = term.value == ANY and term.compare is Compare.HAS
            return name if bare else f"{name}{term.compare}{value}"
        case _:
            return f"{FIELDS[term.field][_side(language)]}{term.compare}{value}"


def quoted(value: str) -> str:
    """Return ``value`` in quotation marks unless it is read as itself without.

    >>> quoted("产业"), quoted("老 区"), quoted("且"), quoted('说"好"了')
    ('产业', '"老 区"', '"且"', '"说""好""了"')
    """
    plain = bool(value) and not any(c.isspace() or c in _MARKS for c in value)
    if plain and value[0] not in _SIGNS and _reads_as(value):
        return value
    return '"' + value.replace('"', '""') + '"'


_SIGNS = frozenset("".join(COMPARISONS))
_MARKS = frozenset((*QUOTES, *QUOTES.values(), *OPENING, *CLOSING))


def _named(name: str) -> str:
    if quoted(name) == name and not any(c in _SIGNS for c in name):
        return name
    return f"“{name}”" if '"' in name else f'"{name}"'


def _reads_as(value: str) -> bool:
    from meipi.core.errors import MeipiError

    try:
        found = list(tokens(value))
    except MeipiError:
        return False
    return found == [Token("term", Span(0, len(value)), Term(Field.WORDS, value))]


def _side(language: Language) -> int:
    return 0 if language == "zh" else 1
