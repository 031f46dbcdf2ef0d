"""The links of an annotation in words: which way they lead, and to what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.annotation import Annotation, Link
    from meipi.core.spans import Span

    Linked = tuple[Link, Annotation, Annotation]

_QUOTE = 24


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as the annotation at one of its ends sees it."""

    id: str
    label: str
    outgoing: bool
    other: str
    """The annotation at the other end, its document and place."""
    document: str
    span: Span
    quote: str

    @property
    def text(self) -> str:
        """What is said of it in one line: ``→ 导致 “产业圈”``."""
        arrow = "→" if self.outgoing else "←"
        return " ".join(filter(None, (arrow, self.label, f"“{self.quote}”")))


def link_rows(links: Iterable[Linked]) -> dict[str, tuple[LinkRow, ...]]:
    """Return the links by annotation, those that lead away first."""
    rows: defaultdict[str, list[LinkRow]] = defaultdict(list)
    for link, source, target in links:
        rows[source.id].append(_row(link, target, outgoing=True))
        rows[target.id].append(_row(link, source, outgoing=False))
    return {
        key: tuple(sorted(found, key=lambda row: not row.outgoing)) for key, found in rows.items()
    }


def _row(link: Link, other: Annotation, *, outgoing: bool) -> LinkRow:
    quote = " ".join(other.anchor.quote.split())
    shown = quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
    return LinkRow(link.id, link.label, outgoing, other.id, other.document, other.span, shown)
