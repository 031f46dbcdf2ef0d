"""The hits of a search over the whole library, as lines to go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.spans import Span
    from meipi.services.searching import SearchHit


@dataclass(frozen=True, slots=True)
class HitRow:
    """A place in a document with the words around it; ``first`` of its document shows the title."""

    document: str
    title: str
    span: Span
    before: str
    match: str
    after: str
    first: bool

    @property
    def text(self) -> str:
        """What is read aloud."""
        return f"{self.title}: {self.before}{self.match}{self.after}"


def hit_rows(hits: Iterable[SearchHit]) -> list[HitRow]:
    """Return a row for every hit; line breaks in the context become blanks."""
    rows: list[HitRow] = []
    for hit in hits:
        rows.append(
            HitRow(
                document=hit.document,
                title=hit.title,
                span=hit.span,
                before=_line(hit.before),
                match=_line(hit.match),
                after=_line(hit.after),
                first=not rows or rows[-1].document != hit.document,
            )
        )
    return rows


def _line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)
