"""What was on the screen, as plain values: the first cards, the page and its surroundings.

A page is an excerpt: whole blocks around the first line in the window, and what lies on them.
Its offsets count from the beginning of the excerpt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from meipi.core.document import Block, Role, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Lost, Proof, RepairEdit
from meipi.core.spans import Span
from meipi.ui.presenters.library import CardRow
from meipi.ui.presenters.outline import OutlineRow
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.layers import AnnotationMark, flat_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meipi.ui.reader.layers import Layers

_CARDS, _HEADINGS = 40, 60
_BEFORE, _AFTER = 400, 4_000
"""Characters kept before and after the beginning of the window."""
_MOST = 12_000
"""An excerpt that would be longer, as of a text in one line, is not kept."""


class Glimpse(NamedTuple):
    """What the window is first painted with."""

    cards: tuple[CardRow, ...]
    documents: int
    """How many the library has."""
    title: str = ""
    foot: Mapping[str, str] = {}
    top: int = 0
    """Where the window begins in the whole text."""
    outline: tuple[OutlineRow, ...] | None = None
    page: Page | None = None


class Page(NamedTuple):
    """The text in the window and what lies on it."""

    content: ReaderContent
    mentions: tuple[Mention, ...]
    marks: tuple[AnnotationMark, ...]
    edits: tuple[RepairEdit, ...]
    lost: tuple[Lost, ...]


def to_values(
    language: str,
    cards: Sequence[CardRow],
    *,
    title: str = "",
    foot: Mapping[str, str] | None = None,
    top: int = 0,
    outline: Sequence[OutlineRow] | None = None,
    page: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what can be written as JSON and read by `from_values`."""
    return {
        "language": language,
        "cards": [[c.id, c.title, c.origin, c.counts, c.current, c.tags] for c in cards[:_CARDS]],
        "documents": len(cards),
        "title": title,
        "foot": dict(foot or {}),
        "top": top,
        "outline": outline
        and [[row.text, row.depth, *_ends(row.span)] for row in outline[:_HEADINGS]],
        "page": page,
    }


def from_values(values: dict[str, Any], language: str) -> Glimpse | None:
    """Return the glimpse of ``values``; nothing where it is none, or in another language."""
    try:
        return _glimpse(values) if values["language"] == language else None
    except (ValueError, LookupError, TypeError):
        return None


def _glimpse(values: dict[str, Any]) -> Glimpse:
    outline, page = values["outline"], values["page"]
    return Glimpse(
        tuple(CardRow(*card) for card in values["cards"]),
        values["documents"],
        values["title"],
        values["foot"],
        values["top"],
        outline and tuple(OutlineRow(text, depth, Span(a, b)) for text, depth, a, b in outline),
        page and _page(page),
    )


def page_values(content: ReaderContent, layers: Layers, top: int) -> dict[str, Any] | None:
    """Return the excerpt of a text whose window begins at ``top``; nothing where none will do."""
    blocks = content.structure.blocks
    first = max(0, bisect_right(blocks, top - _BEFORE, key=_start) - 1) if blocks else 0
    stop = bisect_left(blocks, top + _AFTER, key=_start)
    shown = _whole_folds(blocks, first, stop)
    if not shown or not shown[0].span.start <= top < shown[-1].span.end:
        return None
    whole = shown[0] is blocks[0]
    around = Span(0 if whole else shown[0].span.start, shown[-1].span.end)
    if len(around) > _MOST:
        return None
    return {
        "text": around.slice(content.text),
        "position": 0 if whole and top <= shown[0].span.start else top - around.start,
        "credit": content.credit if whole else "",
        "blocks": [_block_values(block, around.start) for block in shown],
        **_layer_values(layers, around),
    }


def _whole_folds(blocks: Sequence[Block], first: int, stop: int) -> list[Block]:
    """Return ``blocks[first:stop]`` without boilerplate that goes on before or after."""
    while first and first < stop and blocks[first].role is Role.BOILERPLATE:
        first += 1
    while stop < len(blocks) and stop > first and blocks[stop - 1].role is Role.BOILERPLATE:
        stop -= 1
    return list(blocks[first:stop])


def _block_values(block: Block, base: int) -> list[Any]:
    hidden = [_ends(span, base) for span in block.hidden]
    return [*_ends(block.span, base), block.role.value, block.level, hidden]


def _layer_values(layers: Layers, around: Span) -> dict[str, Any]:
    base = around.start
    return {
        "mentions": [
            [*_ends(mention.span, base), mention.type.value]
            for mention in _among(layers.entities, around)
        ],
        "marks": [
            [
                *(m.id, *_ends(m.span, base), m.color, m.title, m.shortcut, m.note),
                *(m.needs_review, m.part),
            ]
            for m in map(layers.annotations.marks.__getitem__, layers.annotations.within(around))
        ],
        "edits": [
            [*_ends(edit.span, base), edit.before, edit.after, edit.channel, edit.proof.value]
            for edit in _among(layers.repairs, around)
        ],
        "lost": [[*_ends(lost.span, base), lost.channel] for lost in _among(layers.lost, around)],
    }


def _among(items: Sequence[Any], around: Span) -> Iterable[Any]:
    return (items[at] for at in flat_within(items, around))


def _page(values: dict[str, Any]) -> Page:
    text = values["text"]
    blocks = tuple(
        Block(Span(a, b), Role(role), level, tuple(Span(*ends) for ends in hidden))
        for a, b, role, level, hidden in values["blocks"]
    )
    return Page(
        ReaderContent(text, Structure(blocks), values["position"], values["credit"]),
        tuple(
            Mention(Span(a, b), EntityType(kind), text[max(0, a) : b], "", "")
            for a, b, kind in values["mentions"]
        ),
        tuple(AnnotationMark(mark, Span(a, b), *rest) for mark, a, b, *rest in values["marks"]),
        tuple(
            RepairEdit(a, b, a, b, before, after, channel, 1.0, Proof(proof))
            for a, b, before, after, channel, proof in values["edits"]
        ),
        tuple(Lost(Span(a, b), Span(a, b), channel, "") for a, b, channel in values["lost"]),
    )


def _ends(span: Span, base: int = 0) -> list[int]:
    return [max(0, span.start - base), span.end - base]


_start = attrgetter("span.start")
