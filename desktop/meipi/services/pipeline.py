"""From bytes to a text that can be read: what the worker process runs. Text in, values out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.reading import Prepared

if TYPE_CHECKING:
    from meipi.core.document import Decoded, Structure
    from meipi.core.entity import Mention

__all__ = ["Prepared", "find_mentions", "prepare"]

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


def find_mentions(text: str, structure: Structure) -> tuple[Mention, ...]:
    """Find the entities of a reading text."""
    from meipi.entities import find_mentions as find

    return find(text, structure)


def _whole_characters(decoded: Decoded) -> Decoded:
    """Put U+FFFD where half a character stands: neither a file nor the window can hold one."""
    text, count = _SURROGATE.subn("\ufffd", decoded.text)
    if not count:
        return decoded
    return replace(decoded, text=text, replaced=decoded.replaced + count)
