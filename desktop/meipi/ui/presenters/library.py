"""The cards of the library list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.lines import one_line
from meipi.ui.presenters.dates import word_date
from meipi.ui.presenters.matching import fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.services.documents import DocumentCard
    from meipi.ui.i18n import Words


@dataclass(frozen=True, slots=True)
class CardRow:
    """A document in the library list, in words."""

    id: str
    title: str
    origin: str
    """Where it came from and when, as far as known."""
    counts: str
    current: bool = False
    tags: tuple[tuple[str, int], ...] = ()
    """The names and colours of the tags on the whole document."""

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return " ".join(filter(None, (self.title, self.origin, self.counts, *_tags(self))))


def card_rows(
    cards: Iterable[DocumentCard], words: Words, *, current: str | None = None
) -> list[CardRow]:
    """Word ``cards`` in their order."""
    return [
        CardRow(
            card.id,
            one_line(card.title or card.name),
            one_line(_origin(card, words)),
            _counts(card, words),
            card.id == current,
            tuple((one_line(name), color) for name, color in card.tags),
        )
        for card in cards
    ]


def filter_cards(rows: Sequence[CardRow], query: str) -> list[CardRow]:
    """Return the cards whose title, origin or tags fit ``query``."""
    return fitting(query, rows, lambda row: " ".join((row.title, row.origin, *_tags(row))))


def _tags(row: CardRow) -> tuple[str, ...]:
    return tuple(name for name, _ in row.tags)


def _origin(card: DocumentCard, words: Words) -> str:
    source = card.source or card.region
    return " · ".join(filter(None, (source, word_date(card.date, words)))) or card.name


def _counts(card: DocumentCard, words: Words) -> str:
    counted = (("library.repairs", card.repairs), ("library.annotations", card.annotations))
    return "  ".join(words(key, count=count) for key, count in counted if count)
