"""What an act on entities is about: a mention at a place, or entities of a list or a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.entity import EntityName

if TYPE_CHECKING:
    from meipi.core.entity import Mention
    from meipi.core.spans import Span
    from meipi.ui.presenters.entities import EntityRow


@dataclass(frozen=True, slots=True)
class Subject:
    """The entities, how the one pointed at is written, and where, if it is a place."""

    entities: tuple[EntityName, ...]
    form: str
    forms: tuple[str, ...] = ()
    document: str = ""
    span: Span | None = None

    @property
    def entity(self) -> EntityName:
        """The first of the entities."""
        return self.entities[0]


def mention_subject(document: str, mention: Mention, row: EntityRow) -> Subject:
    """Return the mention as what is acted on."""
    forms = tuple(form for form, _ in row.forms)
    name = EntityName(mention.type, mention.canonical)
    return Subject((name,), mention.text, forms, document, mention.span)


def rows_subject(rows: list[EntityRow], form: str = "") -> Subject | None:
    """Return the entities chosen in the list as what is acted on; nothing where none is."""
    if not rows:
        return None
    forms = tuple(name for name, _ in rows[0].forms)
    return Subject(tuple(row.entity for row in rows), form or rows[0].name, forms)
