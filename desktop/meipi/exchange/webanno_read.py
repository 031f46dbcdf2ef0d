"""Reading WebAnno TSV 3: every span layer becomes marks; relations and chains are counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.exchange.flat import TYPES, FlatDocument, Mark
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.uima_types import ANNOTATION, ENTITY
from meipi.exchange.webanno_table import Layer, Row, Sentence, Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_TEXT = 1 << 28
_PLUMBING = ".core.api.lexmorph."


def document_of(text: str, name: str, known: dict[str, str]) -> FlatDocument:
    """Return the document of a table."""
    table = read_table(text)
    whole = _whole(table)
    return FlatDocument(
        name=known.get("name", name.removesuffix(".tsv") + ".txt"),
        text=whole,
        marks=tuple(_marks(table, whole)),
        id=known.get("id", ""),
        sha256=known.get("sha256", ""),
        title=known.get("title", ""),
        passed_over=_passed_over(table),
    )


_KINDS = {"T_RL": "relation", "T_CH": "chain"}


def _passed_over(table: Table) -> Counter[str]:
    """Count the annotations of layers that are no spans."""
    found: Counter[str] = Counter()
    column = 0
    for layer in table.layers:
        if layer.kind in _KINDS and _PLUMBING not in layer.type:
            found[_KINDS[layer.kind]] += len(annotations_of(table, layer, column))
        column += layer.columns
    return found


def _whole(table: Table) -> str:
    """Put the sentences where their offsets are; what stood between them is lost."""
    parts: list[str] = []
    length = 0
    for sentence in table.sentences:
        text = "\n".join(sentence.text)
        gap = _begin(sentence, text) - length
        if gap < 0 or gap > _MAX_TEXT:
            raise Refused("not_span", where="#Text")
        parts += ["\n" * gap, text]
        length += gap + Utf16Map(text).length
    return "".join(parts)


def _begin(sentence: Sentence, text: str) -> int:
    first = sentence.rows[0]
    before = text.find(first.words)
    if before < 0:
        raise Refused("value", where="#Text", value=first.words)
    return first.start - Utf16Map(text[:before]).length


@dataclass(slots=True)
class _Found:
    """One annotation as its rows come in."""

    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)


def _marks(table: Table, text: str) -> Iterator[Mark]:
    units = Utf16Map(text)
    column = 0
    for layer in table.layers:
        at = column
        column += layer.columns
        if layer.kind != "T_SP" or _PLUMBING in layer.type:
            continue
        for found in annotations_of(table, layer, at):
            if found.end > units.length:
                raise Refused(
                    "outside",
                    where=layer.type,
                    start=found.start,
                    end=found.end,
                    length=units.length,
                )
            span = Span(units.to_code_point(found.start), units.to_code_point(found.end))
            yield _mark(layer, found.values, span)


def annotations_of(table: Table, layer: Layer, column: int) -> list[_Found]:
    """Return the annotations of a layer that begins at ``column``."""
    numbered: dict[int, _Found] = {}
    found: list[_Found] = []
    for sentence in table.sentences:
        for row in sentence.rows:
            for place, value in enumerate(row.cells[column]):
                if value.raw in {"_", "\0"} and not value.number:
                    continue
                one = numbered.get(value.number) if value.number else None
                if one is None:
                    one = _Found(row.start, row.end)
                    found.append(one)
                    if value.number:
                        numbered[value.number] = one
                one.end = max(one.end, row.end)
                _take(one, row, layer, column, place)
    return found


def _take(found: _Found, row: Row, layer: Layer, column: int, place: int) -> None:
    for offset, feature in enumerate(layer.features):
        values = row.cells[column + offset]
        if place < len(values) and (text := values[place].text) is not None:
            found.values.setdefault(feature, text)


def _mark(layer: Layer, values: dict[str, str], span: Span) -> Mark:
    if layer.type == ANNOTATION:
        return Mark(
            span,
            values.get("tag", ""),
            note=values.get("note", ""),
            coder=values.get("coder", ""),
            created=values.get("created", ""),
            modified=values.get("modified", ""),
            id=values.get("meipiId", "").replace("\0", ""),
        )
    value = values.get("value", "")
    if layer.type == ENTITY and value in TYPES:
        return Mark(span, value, entity=True, canonical=values.get("identifier", ""))
    label = value or next(iter(values.values()), "") or layer.type.rpartition(".")[2]
    return Mark(span, escape(label))
