"""XLSX: the table of `meipi.exchange.csv_table` as a workbook, every cell text and none a formula.

Written and read without a library, row by row; Excel's limit of a cell is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meipi.core.anchors import AnchorState
from meipi.core.annotated_set import AnnotatedSet
from meipi.exchange import csv_table
from meipi.exchange.csv_table import COLUMNS, EXCEL_CELL, check_header, gathered, named, rows_of
from meipi.exchange.format import Format, check_documents
from meipi.exchange.loss import Facet
from meipi.exchange.lost_places import lost_elsewhere
from meipi.exchange.mention_cells import mention_words
from meipi.exchange.office import HEAD, RELATIONS, content_types, relations
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import paths, used_paths
from meipi.exchange.xml_safe import each, escaped, legal, local
from meipi.exchange.zipped import MAX_TOTAL, Archive, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation
    from meipi.exchange.counting import SetLike
    from meipi.exchange.zipped import Member

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = {"workbook": "sheet.main", "styles": "styles", "worksheets/sheet1": "worksheet"}
_SHEET = "xl/worksheets/sheet1.xml"
_NUMBERS = {"start", "end", "source_start", "source_end"}
_CUT = "…"
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]*")
_MOST_ROWS = 1_048_576


def cell_text(text: str) -> str:
    """Return ``text`` as a cell can hold it."""
    text = legal(text)
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - 1] + _CUT


def chunks(annotated: SetLike) -> Iterator[bytes]:
    """Yield the workbook."""
    return pack(_members(annotated))


def _members(annotated: SetLike) -> Iterator[tuple[str, Iterable[str]]]:
    yield "[Content_Types].xml", [content_types("xl", "spreadsheetml", _PARTS)]
    yield "_rels/.rels", [relations([("officeDocument", "xl/workbook.xml")])]
    rels = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    yield "xl/_rels/workbook.xml.rels", [relations(rels)]
    yield (
        "xl/workbook.xml",
        [
            f'{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="批注" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ],
    )
    yield "xl/styles.xml", [_styles()]
    yield _SHEET, _sheet(annotated)


def _styles() -> str:
    """Return two styles: plain, and text that stays text when the cell is edited."""
    return (
        f'{HEAD}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" '
        'applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(annotated: SetLike) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews><sheetData>\n"
    yield _row(dict(zip(COLUMNS, COLUMNS, strict=True)), 1, header=True)
    tag_paths = paths(annotated.tags)
    number = 1
    for document in annotated.documents:
        fitted = replace(document, annotations=tuple(map(_fitted, document.annotations)))
        for row in rows_of(fitted, tag_paths):
            number += 1
            if number > _MOST_ROWS:
                raise ValueError(f"a sheet holds {_MOST_ROWS:,} rows")
            yield _row(row, number)
    yield "</sheetData></worksheet>\n"


def _row(row: dict[str, str], number: int, *, header: bool = False) -> str:
    cells = "".join(
        f"<c><v>{row[column]}</v></c>"
        if column in _NUMBERS and not header
        else f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{_written(row[column])}</t>'
        "</is></c>"
        for column in COLUMNS
    )
    return f'<row r="{number}">{cells}</row>\n'


def _written(text: str) -> str:
    """Return a cell's text; what looks like one of Excel's own escapes is escaped as it does."""
    return escaped(_LOOKS_CODED.sub("_x005F_", cell_text(text)))


def read(stream: BinaryIO) -> AnnotatedSet:
    """Read the sheet that holds our columns; its documents come without bytes and text."""
    archive = Archive(stream, largest=MAX_TOTAL)
    sheets = [name for name in archive.names if name.startswith("xl/worksheets/")]
    if not sheets:
        raise Refused("not_this", format="XLSX")
    shared = _shared(archive)
    found: Refused | None = None
    for name in sorted(sheets):
        with archive.open(name) as sheet:
            rows = _rows(sheet, shared)
            header = next(rows, (1, []))[1]
            try:
                check_header(header)
            except Refused as refused:
                found = found or refused
                continue
            return gathered(named(_squared(rows, len(header)), header))
    raise found or Refused("not_this", format="XLSX")


def _squared(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Fill up rows whose last cells are empty, and pass over those that are empty altogether."""
    for number, row in rows:
        if any(row):
            yield number, row + [""] * (width - len(row))


def _shared(archive: Archive) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.names:
        return []
    with archive.open(name) as strings:
        return ["".join(_texts(node)) for node in each(strings, "si")]


def _texts(node: Any) -> Iterator[str]:
    for one in node.iter("{*}t"):
        above = one.getparent()
        if local(above) != "rPh":
            yield _CODED.sub(lambda m: chr(int(m[1], 16)), one.text or "")


def _rows(sheet: Member, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(each(sheet, "row"), 1):
        cells: list[str] = []
        for cell in row:
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else len(cells)
            if column > 16_384 or column < len(cells):
                raise Refused("value", where="r", value=cell.get("r", ""))
            cells += [""] * (column - len(cells))
            cells.append(_cell(cell, shared))
        yield number, cells


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _cell(cell: Any, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_texts(cell))
    value = "".join(one.text or "" for one in cell if local(one) == "v")
    if kind == "s":
        if not value.isascii() or not value.isdigit() or int(value[:15]) >= len(shared):
            raise Refused("value", where="s", value=value)
        return shared[int(value)]
    return value.removesuffix(".0") if kind == "n" else value


def _fitted(annotation: Annotation) -> Annotation:
    """Return ``annotation`` as sure of its place as its quote, cut to a cell, lets it be."""
    if len(annotation.anchor.quote) <= EXCEL_CELL:
        return annotation
    return replace(annotation, anchor=replace(annotation.anchor, state=AnchorState.NEEDS_REVIEW))


def survivors(annotated: SetLike) -> AnnotatedSet:
    """Return what must be left of a set that was written and read back."""
    documents = tuple(_surviving(annotated))
    return AnnotatedSet(documents, used_paths(documents))


def _surviving(annotated: SetLike) -> Iterator[AnnotatedDocument]:
    sources = (one for one in annotated.documents if one.annotations or one.mentions)
    kept = csv_table.surviving(annotated, cell_text)
    return (_survivor(one, source) for one, source in zip(kept, sources, strict=True))


def _survivor(kept: AnnotatedDocument, source: AnnotatedDocument) -> AnnotatedDocument:
    states = [_fitted(one).anchor.state for one in source.annotations]
    annotations = tuple(
        replace(one, anchor=replace(one.anchor, state=state))
        for one, state in zip(kept.annotations, states, strict=True)
    )
    return replace(kept, annotations=annotations)


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the workbook back and compare it with what must be left of the set."""
    check_documents(read(stream).documents, _surviving(annotated))


def _controls(annotation: Annotation) -> int:
    anchor = annotation.anchor
    texts = (anchor.quote, anchor.prefix, anchor.suffix, annotation.note, annotation.coder)
    return sum(a != b for text in texts for a, b in zip(text, legal(text), strict=True))


FORMAT = Format(
    name="xlsx",
    label_zh="Excel 表格",
    label_en="Excel workbook",
    suffix=".xlsx",
    carries=csv_table.FORMAT.carries,
    chunks=chunks,
    check=check,
    read=read,
    recognises_names=lambda names: "xl/workbook.xml" in names,
    own_losses={
        Facet.CONTROLS: _controls,
        Facet.CUT_CELL: lambda a: sum(len(t) > EXCEL_CELL for t in (a.anchor.quote, a.note)),
    },
    own_document_losses={
        Facet.LOST: lost_elsewhere,
        Facet.CONTROLS: lambda d: sum(
            a != b for text in mention_words(d) for a, b in zip(text, legal(text), strict=True)
        ),
    },
    clean=legal,
)
