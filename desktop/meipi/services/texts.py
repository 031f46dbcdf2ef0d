"""One text in, plain values out: what the command line's filters do, without a library."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from meipi.core.document import Decoded, Structure
    from meipi.core.entity import Mention
    from meipi.core.repairs import Repaired


def read_file(path: Path) -> bytes:
    """Return the bytes of a text file. Raises ``FileError`` for anything else."""
    from meipi.sources import read_file as read

    return read(path)


def decode_bytes(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Decode ``data``; ``name`` tells the format, ``encoding`` overrules detection."""
    from meipi.sources import read_source

    return read_source(data, name=name, encoding=encoding)


def repair_text(text: str, *, channels: Collection[str] | None = None) -> Repaired:
    """Repair ``text``, with only the ``channels`` named if any are.

    Raises ``MeipiError`` with ``CHANNEL_UNKNOWN`` where there is none of that name.
    """
    from meipi.core.errors import ErrorCode, MeipiError
    from meipi.repair import CHANNELS, repair

    known = [channel.name for channel in CHANNELS]
    for channel in channels or ():
        if channel not in known:
            raise MeipiError(ErrorCode.CHANNEL_UNKNOWN, channel=channel, known=", ".join(known))
    return repair(text, channels=channels)


def structure_of(text: str, *, declared: dict[str, str] | None = None) -> Structure:
    """Find the blocks and metadata of a reading text."""
    from meipi.structure import analyse

    return analyse(text, declared=declared)


def mentions_in(text: str, *, declared: dict[str, str] | None = None) -> tuple[Mention, ...]:
    """Find the entities of a reading text."""
    from meipi.entities import find_mentions

    return find_mentions(text, structure_of(text, declared=declared))


def repaired_json(repaired: Repaired) -> dict[str, Any]:
    """Return text, edits and losses as the command line prints them."""
    return {
        "text": repaired.text,
        "edits": [asdict(edit) for edit in repaired.edits],
        "lost": [
            {
                "start": lost.span.start,
                "end": lost.span.end,
                "source_start": lost.source.start,
                "source_end": lost.source.end,
                "channel": lost.channel,
                "reason": lost.reason,
            }
            for lost in repaired.lost
        ],
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return a mention as the command line prints it; ``normal``, ``corrected`` only where so."""
    values: dict[str, Any] = {
        "start": mention.span.start,
        "end": mention.span.end,
        "type": mention.type.value,
        "text": mention.text,
        "canonical": mention.canonical,
        "by": mention.by,
    }
    if mention.normal is not None:
        values["normal"] = mention.normal
    if mention.corrected:
        values["corrected"] = True
    return values


def structure_json(structure: Structure) -> dict[str, Any]:
    """Return a structure as the command line prints it."""
    return {
        "title": structure.title,
        "date": structure.date,
        "source": structure.source,
        "authors": list(structure.authors),
        "region": structure.region,
        "blocks": [
            {
                "start": block.span.start,
                "end": block.span.end,
                "role": block.role.value,
                "level": block.level,
            }
            for block in structure.blocks
        ],
    }
