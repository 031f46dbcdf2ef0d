"""What the codebook shows of its tags, and where the keys move them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from meipi.core.tag_tree import branches, children_of, path_of
from meipi.ui.presenters.matching import fits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.annotation import Tag

Way = Literal["up", "down", "in", "out"]
WAYS: tuple[Way, ...] = ("up", "down", "out", "in")


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag on show: how often it is used here, and with all that is below it."""

    tag: Tag
    uses: int
    uses_below: int
    documents: int
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag is to stand."""

    parent: str | None
    before: str | None


def tag_rows(
    tags: Sequence[Tag],
    counts: Mapping[str, int],
    documents: Mapping[str, int],
    query: str = "",
) -> list[TagRow]:
    """Return the tags whose names fit ``query``, and those they stand below, as the tree reads."""
    kept = _with_above(tags, {tag.id for tag in tags if fits(query, tag.name)})
    sums = _sums(tags, counts)
    return [
        TagRow(
            branch.tag,
            counts.get(branch.tag.id, 0),
            sums[branch.tag.id],
            documents.get(branch.tag.id, 0),
            " > ".join(path_of(branch.tag.id, tags)),
        )
        for branch in branches(tags)
        if branch.tag.id in kept
    ]


def step(tags: Sequence[Tag], key: str, way: Way) -> Place | None:
    """Return where a tag stands after one step; nothing where there is no step that way.

    >>> from meipi.core.annotation import Tag
    >>> tree = [Tag("1", "甲"), Tag("2", "乙", position=1), Tag("3", "丙", parent="1")]
    >>> step(tree, "2", "up"), step(tree, "2", "down"), step(tree, "2", "in")
    (Place(parent=None, before='1'), None, Place(parent='1', before=None))
    >>> step(tree, "3", "out")
    Place(parent=None, before='2')
    """
    by_id = {tag.id: tag for tag in tags}
    if key not in by_id:
        return None
    parent = by_id[key].parent
    row = [tag.id for tag in children_of(tags)[parent]]
    at = row.index(key)
    if way == "up":
        return Place(parent, row[at - 1]) if at else None
    if way == "down":
        return Place(parent, _at(row, at + 2)) if at + 1 < len(row) else None
    if way == "in":
        return Place(row[at - 1], None) if at else None
    if parent is None:
        return None
    above = by_id[parent].parent
    around = [tag.id for tag in children_of(tags)[above]]
    return Place(above, _at(around, around.index(parent) + 1))


def _at(row: Sequence[str], at: int) -> str | None:
    return row[at] if at < len(row) else None


def _with_above(tags: Sequence[Tag], chosen: set[str]) -> set[str]:
    parents = {tag.id: tag.parent for tag in tags}
    kept: set[str] = set()
    for one in chosen:
        at: str | None = one
        while at in parents and at not in kept:
            kept.add(at)
            at = parents[at]
    return kept


def _sums(tags: Sequence[Tag], counts: Mapping[str, int]) -> dict[str, int]:
    """Return how often each tag is used together with all below it."""
    sums = {tag.id: counts.get(tag.id, 0) for tag in tags}
    for branch in reversed(list(branches(tags))):
        parent = branch.tag.parent
        if parent in sums:
            sums[parent] += sums[branch.tag.id]
    return sums
