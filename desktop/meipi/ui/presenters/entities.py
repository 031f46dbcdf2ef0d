"""The entities of a document: mentions of one thing gathered, counted, worded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.core.fold import fold
from meipi.ui.i18n import number
from meipi.ui.presenters.matching import fitting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from meipi.core.entity import Mention
    from meipi.core.spans import Span

_FIGURES = {EntityType.TIME, EntityType.MONEY, EntityType.PERCENT, EntityType.QUANTITY}
_CURRENCIES = {"CNY": "", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑"}
_LONG_NUMBER = re.compile(r"\d{4,}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?.*")


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity with every place it is named at, in order."""

    type: EntityType
    name: str
    variants: tuple[str, ...]
    normal: str
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """How often it is named."""
        return len(self.spans)

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return " ".join(filter(None, (self.name, *self.variants, self.normal)))


def entity_rows(mentions: Iterable[Mention]) -> list[EntityRow]:
    """Gather ``mentions`` of one thing; names come before figures, the frequent before the rare."""
    gathered: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        gathered[mention.type, fold(mention.canonical)].append(mention)
    rows = [_row(group) for group in gathered.values()]
    return sorted(rows, key=lambda row: (row.type in _FIGURES, -row.count, row.spans[0]))


def filter_entities(
    rows: Sequence[EntityRow], query: str, hidden: Collection[EntityType] = frozenset()
) -> list[EntityRow]:
    """Return the rows of shown types that fit ``query``."""
    return fitting(query, [row for row in rows if row.type not in hidden], lambda row: row.text)


def count_types(mentions: Iterable[Mention]) -> dict[EntityType, int]:
    """Count mentions by type, in the order of the types, without those that do not occur."""
    counted = Counter(mention.type for mention in mentions)
    return {kind: counted[kind] for kind in EntityType if counted[kind]}


def word_normal(mention: Mention) -> str:
    """Word the normal form of a figure; nothing where it says no more than the text itself."""
    normal = mention.normal or ""
    amount, _, unit = normal.partition(" ")
    if unit in _CURRENCIES:
        normal = f"{amount} {_CURRENCIES[unit]}".strip()
    if not _ISO_DATE.fullmatch(normal):
        normal = _LONG_NUMBER.sub(lambda found: number(int(found[0])), normal)
    same = fold(normal).replace(" ", "") == fold(mention.text).replace(" ", "")
    return "" if same else normal


def next_place(spans: Sequence[Span], after: int) -> Span:
    """Return the first of ``spans`` that begins after ``after``, round the end."""
    return next((span for span in spans if span.start > after), spans[0])


def _row(group: list[Mention]) -> EntityRow:
    first = group[0]
    # Variants that differ from the name in script only say nothing to the reader of a list.
    known = {fold(first.canonical)}
    variants = []
    for mention in group:
        if fold(mention.text) not in known:
            known.add(fold(mention.text))
            variants.append(mention.text)
    normal = next((worded for worded in map(word_normal, group) if worded), "")
    spans = tuple(mention.span for mention in group)
    return EntityRow(first.type, first.canonical, tuple(variants), normal, spans)
