"""The codebook as a tree: its order, what stands below a tag, and which moves it allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.core.annotation import Tag


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag in its place: ``depth`` is 0 at the top, ``parents`` says whether others are below."""

    tag: Tag
    depth: int
    parents: bool


def children_of(tags: Iterable[Tag]) -> dict[str | None, list[Tag]]:
    """Return the tags right below each, in their order; those at the top are below ``None``."""
    known = list(tags)
    ids = {tag.id for tag in known}
    found: dict[str | None, list[Tag]] = {}
    for tag in sorted(known, key=lambda tag: tag.position):
        found.setdefault(tag.parent if tag.parent in ids else None, []).append(tag)
    return found


def branches(tags: Sequence[Tag]) -> Iterator[Branch]:
    """Yield every tag once, each followed by what is below it, whatever damage was done.

    >>> from meipi.core.annotation import Tag
    >>> tree = [Tag("1", "产业"), Tag("2", "民生", position=1), Tag("3", "制造", parent="1")]
    >>> [(one.tag.name, one.depth) for one in branches(tree)]
    [('产业', 0), ('制造', 1), ('民生', 0)]
    """
    below = children_of(tags)
    seen: set[str] = set()
    waiting = [(tag, 0) for tag in reversed(below.get(None, []))]
    while waiting:
        tag, depth = waiting.pop()
        seen.add(tag.id)
        found = below.get(tag.id, [])
        yield Branch(tag, depth, bool(found))
        waiting += [(child, depth + 1) for child in reversed(found)]
    # A ring hangs on no branch: no act makes one, but a damaged file may hold it.
    yield from (Branch(tag, 0, parents=False) for tag in tags if tag.id not in seen)


def in_order(tags: Sequence[Tag]) -> list[Tag]:
    """Return the tags as the tree reads from the top."""
    return [branch.tag for branch in branches(tags)]


def below(tag: str, tags: Iterable[Tag]) -> set[str]:
    """Return the ids of all that stands below ``tag``, however deep."""
    known = children_of(tags)
    found: set[str] = set()
    waiting = [tag]
    while waiting:
        for child in known.get(waiting.pop(), []):
            if child.id not in found:
                found.add(child.id)
                waiting.append(child.id)
    return found


def topmost(chosen: Iterable[str], tags: Sequence[Tag]) -> list[str]:
    """Return those of ``chosen`` that stand below no other of them, in the order of the tree."""
    wanted = set(chosen)
    inside: set[str] = set()
    for tag in wanted:
        inside |= below(tag, tags)
    return [tag.id for tag in in_order(tags) if tag.id in wanted - inside]


def path_of(tag: str, tags: Iterable[Tag]) -> tuple[str, ...]:
    """Return the names from the top down to ``tag``.

    >>> from meipi.core.annotation import Tag
    >>> path_of("3", [Tag("1", "产业"), Tag("3", "制造", parent="1")])
    ('产业', '制造')
    """
    by_id = {one.id: one for one in tags}
    names: list[str] = []
    at: str | None = tag
    while at in by_id and len(names) <= len(by_id):
        names.append(by_id[at].name)
        at = by_id[at].parent
    return tuple(reversed(names))
