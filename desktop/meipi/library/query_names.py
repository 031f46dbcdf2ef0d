"""What the names in a query stand for in this library: tags, entities, attributes, kinds."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from meipi.core.corrections import NameRules
from meipi.core.entity import EntityType
from meipi.core.errors import Phrase
from meipi.core.fold import fold
from meipi.core.query import ANY, Compare, Term, wrong
from meipi.core.query_words import ATTRIBUTE_NAMES
from meipi.core.tag_tree import path_of
from meipi.library import queries

if TYPE_CHECKING:
    import sqlite3

    from meipi.core.annotation import Tag

PATH = "/"
"""Between the names of a tag and those above it."""


class Attribute(NamedTuple):
    """An attribute: its id, whether it is one of annotations, and its kind."""

    id: str
    of_annotations: bool
    kind: str


class Names:
    """Looks names up; those it does not find are refused with the nearest there is."""

    def __init__(self, connection: sqlite3.Connection, text: str) -> None:
        self._connection = connection
        self._text = text
        self._known: list[Tag] | None = None
        self._paths: dict[str, list[str]] = {}

    def tags(self, term: Term) -> list[str]:
        """Return the ids of the tags that ``term`` names; with ``HAS``, of those below too."""
        known = self._tags()
        if term.value == ANY:
            return [tag.id for tag in known]
        found = self._paths.get(fold(term.value).strip(PATH).strip())
        if not found:
            names = {tag.name for tag in known}
            self._unknown(term, Phrase("标签", "tag"), names)
        return found if term.compare is Compare.IS else self._with_below(found)

    def entities(self, term: Term) -> list[int]:
        """Return the numbers of the entities called so, of any type or of that before a slash."""
        kind, _, name = term.value.rpartition(PATH)
        if kind.upper() not in EntityType.__members__:
            kind, name = "", term.value
        rules = NameRules(queries.name_corrections(self._connection))
        found = []
        for one in EntityType:
            if kind and one.value != kind.upper():
                continue
            of_type, followed = rules.followed(one, name)
            row = self._connection.execute(
                "SELECT id FROM entities WHERE type = ? AND key = ?", (of_type, fold(followed))
            ).fetchone()
            if row is not None and row["id"] not in found:
                found.append(row["id"])
        if not found:
            near = self._connection.execute(
                "SELECT name FROM entities WHERE key >= ? AND key < ? LIMIT 50",
                (fold(name)[:2], fold(name)[:2] + "\U0010ffff"),
            )
            self._unknown(term, Phrase("实体", "entity"), {row["name"] for row in near})
        return found

    def attribute(self, term: Term) -> list[Attribute]:
        """Return the attributes called so: of documents, of annotations, or both."""
        rows = self._connection.execute("SELECT id, subject, name, kind FROM attributes").fetchall()
        found = [
            Attribute(row["id"], row["subject"] == "annotation", row["kind"])
            for row in rows
            if fold(str(row["name"])) == fold(term.name)
            or row["id"] == ATTRIBUTE_NAMES.get(term.name)
        ]
        if not found:
            self._unknown(
                term, Phrase("属性", "attribute"), {row["name"] for row in rows}, term.name
            )
        return found

    def _tags(self) -> list[Tag]:
        if self._known is None:
            self._known = queries.tags(self._connection)
            for tag in self._known:
                names = path_of(tag.id, self._known)
                for depth in range(len(names)):
                    path = fold(PATH.join(names[depth:]))
                    self._paths.setdefault(path, []).append(tag.id)
        return self._known

    def _with_below(self, found: list[str]) -> list[str]:
        below: dict[str | None, list[str]] = {}
        for tag in self._tags():
            below.setdefault(tag.parent, []).append(tag.id)
        gathered = dict.fromkeys(found)
        waiting = list(found)
        while waiting:
            for child in below.get(waiting.pop(), ()):
                if child not in gathered:
                    gathered[child] = None
                    waiting.append(child)
        return list(gathered)

    def _unknown(self, term: Term, what: Phrase, names: set[str], name: str = "") -> NoReturn:
        name = name or term.value
        near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.4)
        zh, en = f"没有叫“{name}”的{what.zh}", f"there is no {what.en} called “{name}”"
        if near:
            zh, en = f"{zh}，最接近的是“{near[0]}”", f"{en}; the nearest is “{near[0]}”"
        wrong(Phrase(zh, en), self._text, term.span)
