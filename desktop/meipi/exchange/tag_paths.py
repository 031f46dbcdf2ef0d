"""Tags named by their path from the top of the codebook, for formats that know no identities.

A path is the names joined by `` > ``; a ``>`` or backslash inside a name is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.annotation import Tag
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotated_set import AnnotatedDocument

_SPECIAL = re.compile(r"[\\>]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PART = re.compile(r"(?:[^\\>]|\\.)+", re.DOTALL)


def paths(tags: Sequence[Tag]) -> dict[str, str]:
    r"""Return the path of every tag by its id.

    >>> paths([Tag("1", "区域"), Tag("2", "A>B", parent="1")])
    {'1': '区域', '2': '区域 > A\\>B'}
    """
    by_id = {tag.id: tag for tag in tags}
    return {tag.id: " > ".join(_names(tag, by_id)) for tag in tags}


def escape(name: str) -> str:
    r"""Return a name as it stands in a path.

    >>> print(escape("A > B"))
    A \> B
    """
    return _SPECIAL.sub(r"\\\g<0>", name)


def shown(path: str) -> str:
    r"""Return a path for people, without its escapes.

    >>> print(shown(r"区域 > A\>B"))
    区域 > A>B
    """
    return _ESCAPED.sub(r"\1", path)


def _names(tag: Tag, by_id: dict[str, Tag]) -> list[str]:
    names: list[str] = []
    seen: set[str] = set()
    at: Tag | None = tag
    while at is not None and at.id not in seen:
        seen.add(at.id)
        names.append(escape(at.name))
        at = by_id.get(at.parent or "")
    return names[::-1]


def tags_of(used: Iterable[str]) -> tuple[Tag, ...]:
    """Return a codebook for the paths ``used``: the path is the id, parents come first.

    >>> [tag.name for tag in tags_of(["区域 > 发展", "区域"])]
    ['区域', '发展']
    """
    made: dict[str, Tag] = {}
    for path in used:
        parent: str | None = None
        for name in split(path):
            here = f"{parent} > {name}" if parent is not None else name
            made.setdefault(here, Tag(id=here, name=shown(name), parent=parent))
            parent = here
    return tuple(made.values())


def read_path(path: str) -> str:
    """Return a path somebody wrote as `paths` would; refuse one with a name missing.

    >>> read_path("区域>发展")
    '区域 > 发展'
    """
    names = split(path)
    if not names or not all(names):
        raise Refused("value", where="tag", value=path)
    return " > ".join(names)


def used_paths(documents: Iterable[AnnotatedDocument]) -> tuple[Tag, ...]:
    """Return a codebook for documents whose annotations bear paths."""
    return tags_of(a.tag for d in documents for a in d.annotations if a.tag is not None)


def split(path: str) -> list[str]:
    """Return the escaped names along ``path``; one space around each separator is its own."""
    parts = _PART.findall(path)
    last = len(parts) - 1
    return [_trim(part, first=at == 0, last=at == last) for at, part in enumerate(parts)]


def _trim(part: str, *, first: bool, last: bool) -> str:
    part = part if first else part.removeprefix(" ")
    return part if last else part.removesuffix(" ")
