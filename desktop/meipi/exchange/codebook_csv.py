"""A codebook as CSV: one row a tag by its path, to be written and read by spreadsheets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.tag_tree import in_order
from meipi.exchange.csv_cells import read_rows, write_row
from meipi.exchange.flat import Parsed
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.integrity import Unique
from meipi.exchange.lines import read_all, without_nul
from meipi.exchange.loss import Facet
from meipi.exchange.refi_words import COLORS, color_index
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import read_path, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from meipi.core.annotation import Tag
    from meipi.exchange.flat import FlatSet

TEXTS = ("definition", "examples", "include", "exclude")
COLUMNS = ("path", "color", "shortcut", *TEXTS)
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def write(chosen: FlatSet) -> Iterator[str]:
    """Yield the table row by row, with the BOM by which Excel knows UTF-8."""
    yield "\ufeff" + write_row(COLUMNS)
    for tag in in_order(chosen.tags):
        color = COLORS[tag.color % len(COLORS)]
        texts = [getattr(tag, name) for name in TEXTS]
        yield write_row([chosen.paths[tag.id], color, tag.shortcut, *texts])


def parse(stream: BinaryIO) -> Parsed:
    """Read a codebook; only the paths must be there, other columns are ignored."""
    rows = read_rows(read_all(stream))
    header = [name.strip().casefold() for name in next(rows, (1, []))[1]]
    if header.count("path") != 1:
        raise Refused("columns", where="path", line=1)
    for name in COLUMNS:
        if header.count(name) > 1:
            raise Refused("columns", where=name, line=1)
    said: dict[str, Mapping[str, str]] = {}
    unique = Unique()
    for number, cells in rows:
        if len(cells) != len(header):
            raise Refused("cells", wanted=len(header), found=len(cells), line=number)
        try:
            row = dict(zip(header, cells, strict=True))
            path = read_path(row["path"])
            unique.add(path)
            said[path] = _checked(row)
        except Refused as refused:
            raise refused.at(number) from None
    made = tags_of(said)
    return Parsed((), tuple(_told(tag, at, said.get(tag.id, {})) for at, tag in enumerate(made)))


def _checked(row: Mapping[str, str]) -> Mapping[str, str]:
    color, shortcut = row.get("color", ""), row.get("shortcut", "")
    if color and not _COLOR.fullmatch(color):
        raise Refused("value", where="color", value=color)
    if shortcut and shortcut not in set("123456789"):
        raise Refused("value", where="shortcut", value=shortcut)
    return row


def _told(tag: Tag, position: int, row: Mapping[str, str]) -> Tag:
    return replace(
        tag,
        position=position,
        color=color_index(row.get("color", "")),
        shortcut=row.get("shortcut", ""),
        **{name: row.get(name, "") for name in TEXTS},
    )


def _recognises(head: bytes) -> bool:
    first = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].strip().lower().split(b",")
    return b"path" in first and not {b"color", b"definition"}.isdisjoint(first)


FORMAT = Flat(
    name="codebook-csv",
    label_zh="标签表 CSV",
    label_en="Codebook as CSV",
    suffix=".codebook.csv",
    keeps=Keeps(
        clean_note=without_nul,
        left_out=lambda flat: dict.fromkeys(range(len(flat.marks)), Facet.NOT_HELD),
        unmarked=False,
        unplaced=True,
        entities=False,
        tags=True,
    ),
    write=write,
    parse=parse,
    recognises=_recognises,
    carries=frozenset(
        {
            *(Facet.UNUSED_TAG, Facet.COLOR, Facet.SHORTCUT, Facet.DEFINITION),
            *(Facet.RULES, Facet.POSITION),
        }
    ),
).format()
