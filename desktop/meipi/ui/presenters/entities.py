"""The entities of a document: mentions of one thing gathered, counted, worded."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from meipi.core.entity import EntityName, EntityType
from meipi.core.fold import fold
from meipi.core.turns import in_turns
from meipi.ui.i18n import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from meipi.core.entity import Mention
    from meipi.core.spans import Span
    from meipi.ui.i18n import Words

_FIGURES = {EntityType.TIME, EntityType.MONEY, EntityType.PERCENT, EntityType.QUANTITY}
TYPES_LISTED = (
    *(kind for kind in EntityType if kind not in _FIGURES),
    *(kind for kind in EntityType if kind in _FIGURES),
)
"""The types as lists have them: names before figures."""
_CURRENCIES = {"CNY": "", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑"}
_LONG_NUMBER = re.compile(r"\d{4,}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?.*")


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity with every place it is named at, in order.

    ``forms`` are the ways it is written, with the places of each.
    """

    type: EntityType
    name: str
    variants: tuple[str, ...]
    normal: str
    spans: tuple[Span, ...]
    forms: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    corrected: bool = False

    @property
    def entity(self) -> EntityName:
        """Which entity it is."""
        return EntityName(self.type, self.name)

    @property
    def key(self) -> tuple[EntityType, str]:
        """What it is known by, whatever the script."""
        return self.type, fold(self.name)

    @property
    def count(self) -> int:
        """How often it is named."""
        return len(self.spans)

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return " ".join(filter(None, (self.name, *self.variants, self.normal)))


@dataclass(frozen=True, slots=True)
class FormRow:
    """One way in which an entity is written, listed under it."""

    owner: EntityRow
    form: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """What is read aloud."""
        return self.form


@dataclass(frozen=True, slots=True)
class TypeRow:
    """The head over the entities of a type."""

    type: EntityType
    title: str
    count: int

    @property
    def text(self) -> str:
        """What is read aloud."""
        return self.title


ListedRow = TypeRow | EntityRow | FormRow


def listed(
    rows: Iterable[EntityRow], unfolded: Collection[tuple[EntityType, str]], words: Words
) -> list[ListedRow]:
    """Return ``rows`` under heads of their types, the unfolded ones with their forms."""
    by_type: dict[EntityType, list[EntityRow]] = defaultdict(list)
    for row in rows:
        by_type[row.type].append(row)
    shown: list[ListedRow] = []
    for kind in TYPES_LISTED:
        group = by_type.get(kind, [])
        if group:
            shown.append(TypeRow(kind, words(f"type.{kind}"), len(group)))
        for row in group:
            shown.append(row)
            if row.key in unfolded:
                shown += [FormRow(row, form, spans) for form, spans in row.forms]
    return shown


def mention_near(mentions: Sequence[Mention], span: Span) -> int | None:
    """Return the position of the mention at ``span``, else of the first on its characters."""
    touching = [at for at, mention in enumerate(mentions) if mention.span.overlaps(span)]
    exact = [at for at in touching if mentions[at].span == span]
    return next(iter(exact or touching), None)


class EntityIndex:
    """The mentions of a document gathered by what they name; made beside the window."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = tuple(mentions)
        self.counts = count_types(self.mentions)
        self._rows: dict[tuple[EntityType, str], EntityRow] = {}
        self._positions: dict[tuple[EntityType, str], array[int]] = {}
        rows = []
        for names, positions in in_turns(_gathered(self.mentions), piece=64):
            row = _row([self.mentions[at] for at in positions])
            rows.append(row)
            self._rows |= dict.fromkeys(names, row)
            self._positions |= dict.fromkeys(names, positions)
        self.rows = tuple(
            sorted(rows, key=lambda row: (row.type in _FIGURES, -row.count, row.spans[0]))
        )
        """Names before figures, the frequent before the rare."""

    def row(self, index: int) -> EntityRow:
        """Return the entity that the mention at ``index`` names."""
        return self._rows[_name(self.mentions[index])]

    def same(self, index: int) -> Sequence[int]:
        """Return the positions of the mentions of what the one at ``index`` names."""
        return self._positions[_name(self.mentions[index])]


def count_types(mentions: Iterable[Mention]) -> dict[EntityType, int]:
    """Count mentions by type, in the order of the types, without those that do not occur."""
    counted = Counter(mention.type for mention in in_turns(mentions))
    return {kind: counted[kind] for kind in EntityType if counted[kind]}


def word_normal(mention: Mention) -> str:
    """Word the normal form of a figure; nothing where it says no more than the text itself."""
    normal = mention.normal
    if not normal or mention.type is EntityType.LOC:
        return normal or ""
    amount, _, unit = normal.partition(" ")
    if unit in _CURRENCIES:
        normal = f"{amount} {_CURRENCIES[unit]}".strip()
    if not _ISO_DATE.fullmatch(normal):
        normal = _LONG_NUMBER.sub(lambda found: number(int(found[0])), normal)
    same = fold(normal).replace(" ", "") == fold(mention.text).replace(" ", "")
    return "" if same else normal


def _name(mention: Mention) -> tuple[EntityType, str]:
    return mention.type, mention.canonical


def _gathered(
    mentions: Sequence[Mention],
) -> list[tuple[list[tuple[EntityType, str]], array[int]]]:
    """Return the names of each entity, which differ in script only, and where its mentions are."""
    named: dict[tuple[EntityType, str], array[int]] = {}
    for at, mention in enumerate(in_turns(mentions)):
        name = _name(mention)
        if name not in named:
            named[name] = array("l")
        named[name].append(at)
    entities: dict[tuple[EntityType, str], list[tuple[EntityType, str]]] = defaultdict(list)
    for kind, canonical in in_turns(named):
        entities[kind, fold(canonical)].append((kind, canonical))
    return [
        (names, array("l", sorted(chain(*(named[name] for name in names)))))
        for names in in_turns(entities.values(), piece=64)
    ]


def _row(group: list[Mention]) -> EntityRow:
    first = group[0]
    # Variants that differ from the name in script only say nothing to the reader of a list.
    known = {fold(first.canonical)}
    variants = []
    for text in dict.fromkeys(mention.text for mention in group):
        if fold(text) not in known:
            known.add(fold(text))
            variants.append(text)
    forms: dict[str, list[Span]] = defaultdict(list)
    for mention in group:
        forms[mention.text].append(mention.span)
    return EntityRow(
        first.type,
        first.canonical,
        tuple(variants),
        next((worded for worded in map(word_normal, group) if worded), ""),
        tuple(mention.span for mention in group),
        tuple((form, tuple(spans)) for form, spans in forms.items()),
        corrected=any(mention.corrected for mention in group),
    )
