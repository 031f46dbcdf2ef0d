"""From bytes to a text that can be read: what the worker process runs. Text in, values out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.reading import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meipi.core.document import Decoded, Structure
    from meipi.core.entity import EntityType, Mention
    from meipi.services.mention_columns import MentionColumns

__all__ = ["Prepared", "find_columns", "find_mentions", "prepare", "take_apart", "united_names"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def prepare(data: bytes, *, name: str, encoding: str | None = None) -> Prepared:
    """Decode, repair and take apart the document ``data``.

    ``name`` tells its format, ``encoding`` overrules detection. Raises ``MeipiError``.
    """
    from meipi.repair import repair
    from meipi.sources import read_source
    from meipi.structure import analyse

    decoded = _whole_characters(read_source(data, name=name, encoding=encoding))
    repaired = repair(decoded.text)
    return Prepared(decoded, repaired, analyse(repaired.text, declared=decoded.declared))


def take_apart(text: str, declared: dict[str, str]) -> Structure:
    """Find the blocks and metadata of a reading text that decisions on repairs made."""
    from meipi.structure import analyse

    return analyse(text, declared=declared)


def find_mentions(
    text: str, structure: Structure, *, known: Mapping[str, EntityType] | None = None
) -> tuple[Mention, ...]:
    """Find the entities of a reading text; ``known`` are names from other parts of it."""
    from meipi.entities import find_mentions as find

    return find(text, structure, known=known)


def find_columns(
    text: str, structure: Structure, *, known: Mapping[str, EntityType] | None = None
) -> MentionColumns:
    """Find the entities of a reading text, put so that they cross to the window at little cost."""
    from meipi.services.mention_columns import columns

    found = find_mentions(text, structure, known=known) if known else find_mentions(text, structure)
    return columns(found)


def united_names(
    names: Iterable[tuple[EntityType, str]],
) -> dict[tuple[EntityType, str], str]:
    """Return the fuller name of each of ``names`` that has one among the others."""
    from meipi.entities import united_names as unite

    return unite(names)


def _whole_characters(decoded: Decoded) -> Decoded:
    """Put U+FFFD where half a character stands: neither a file nor the window can hold one."""
    text, count = _SURROGATE.subn("\ufffd", decoded.text)
    if not count:
        return decoded
    return replace(decoded, text=text, replaced=decoded.replaced + count)
