"""CSV: one row an annotation or entity, for spreadsheets; reads back without the texts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotated_set import AnnotatedSet
from meipi.core.annotation import Annotation
from meipi.core.spans import Span
from meipi.exchange.bare import bare, bare_document
from meipi.exchange.csv_cells import read_rows, write_row
from meipi.exchange.format import Format, check_documents
from meipi.exchange.integrity import Unique
from meipi.exchange.lines import read_all, without_nul
from meipi.exchange.loss import Facet
from meipi.exchange.lost_places import (
    LostPlaces,
    lost_elsewhere,
    lost_in_passages,
    read_lost,
    united,
)
from meipi.exchange.mention_cells import (
    ANNOTATION,
    ENTITY,
    MENTION_COLUMNS,
    kept_mentions,
    mention_rows,
    mention_words,
    read_mention,
)
from meipi.exchange.records import Record
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import paths, read_path, used_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.document import Document
    from meipi.core.entity import Mention
    from meipi.exchange.counting import SetLike

Row = dict[str, str]

COLUMNS = (
    "document",
    "title",
    "date",
    "source",
    "tag",
    "quote",
    "note",
    "prefix",
    "suffix",
    "start",
    "end",
    "unit",
    "source_start",
    "source_end",
    "state",
    "lost",
    "coder",
    "created",
    "modified",
    "annotation_id",
    "document_id",
    "sha256",
    "text_sha256",
    *MENTION_COLUMNS,
)
_ADDED = ("lost", *MENTION_COLUMNS)
"""Columns that tables written before these were do not have."""
_NUMBERS = ("start", "end", "source_start", "source_end")
_OF_DOCUMENT = ("document", "title", "date", "source", "document_id", "sha256", "text_sha256")
UNIT = "code points"

EXCEL_CELL = 32_767
"""Characters of a cell that Excel keeps."""


def chunks(annotated: SetLike) -> Iterator[str]:
    """Yield the table row by row, with the BOM by which Excel knows UTF-8."""
    yield "\ufeff" + write_row(COLUMNS)
    tag_paths = paths(annotated.tags)
    for document in annotated.documents:
        for row in rows_of(document, tag_paths):
            yield write_row([without_nul(row[column]) for column in COLUMNS])


def rows_of(annotated: AnnotatedDocument, tag_paths: dict[str, str]) -> Iterator[Row]:
    """Yield the cells of each annotation, then of each entity, by their column."""
    text_sha256 = hashlib.sha256(annotated.repaired.text.encode()).hexdigest()
    of_document = {**_cells_of(annotated.document), "text_sha256": text_sha256}
    places = LostPlaces(annotated.repaired.lost)
    for annotation in annotated.annotations:
        row = _row_of(annotation, tag_paths)
        yield {**of_document, **row, "lost": places.cell(annotation.anchor.span)}
    for row in mention_rows(annotated):
        yield {**of_document, **row}


def _cells_of(document: Document) -> Row:
    """Return the cells that say of which document a row is; all others empty."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "document": document.name,
        "title": document.title,
        "date": document.date or "",
        "source": document.source or "",
        "unit": UNIT,
        "document_id": document.id,
        "sha256": document.sha256,
    }


def _row_of(annotation: Annotation, tag_paths: dict[str, str]) -> Row:
    anchor = annotation.anchor
    return {
        "kind": ANNOTATION,
        "tag": tag_paths[annotation.tag] if annotation.tag is not None else "",
        "quote": anchor.quote,
        "note": annotation.note,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": str(anchor.span.start),
        "end": str(anchor.span.end),
        "source_start": str(anchor.source.start),
        "source_end": str(anchor.source.end),
        "state": anchor.state,
        "coder": annotation.coder,
        "created": annotation.created,
        "modified": annotation.modified,
        "annotation_id": annotation.id,
    }


def read(stream: BinaryIO) -> AnnotatedSet:
    """Read a table; its documents come without bytes and text. Columns of others are ignored."""
    rows = read_rows(read_all(stream))
    header = next(rows, (1, []))[1]
    check_header(header)
    return gathered(named(rows, header))


def check_header(header: list[str]) -> None:
    """Refuse a table in which a column is missing or stands twice."""
    for column in COLUMNS:
        if header.count(column) != 1 and (column not in _ADDED or column in header):
            raise Refused("columns", where=column, line=1)


def named(rows: Iterator[tuple[int, list[str]]], header: list[str]) -> Iterator[tuple[int, Row]]:
    """Yield the cells of rows by their column."""
    for number, row in rows:
        if len(row) != len(header):
            raise Refused("cells", wanted=len(header), found=len(row), line=number)
        yield number, dict(zip(header, row, strict=True))


def gathered(rows: Iterable[tuple[int, Row]]) -> AnnotatedSet:
    """Return the set that numbered rows make."""
    documents: dict[str, _Gathered] = {}
    unique = Unique()
    for number, row in rows:
        try:
            document = documents.setdefault(row["document_id"], _Gathered(row))
            document.take(row, unique)
        except Refused as refused:
            raise refused.at(number) from None
    made = tuple(document.made() for document in documents.values())
    return AnnotatedSet(made, used_paths(made))


class _Gathered:
    """What the rows of one document say, until all of them are read."""

    def __init__(self, first: Row) -> None:
        self._first = first
        self._annotations: list[Annotation] = []
        self._mentions: list[Mention] = []
        self._lost: list[str] = []

    def take(self, row: Row, unique: Unique) -> None:
        """Take an annotation or an entity. Raises ``Refused``."""
        _check_agreement(row, self._first)
        if row.get("kind", ANNOTATION) == ENTITY:
            self._mentions.append(_mention(row))
            return
        annotation = _annotation(row)
        unique.add(annotation.id)
        cell = row.get("lost", "")
        read_lost(cell)
        self._lost.append(cell)
        self._annotations.append(annotation)

    def made(self) -> AnnotatedDocument:
        """Return the document."""
        mentions = tuple(self._mentions) or None
        lost = united(self._lost)
        return bare(_document(self._first), self._annotations, mentions=mentions, lost=lost)


def _check_agreement(row: Row, first: Row) -> None:
    if any(row[column] != first[column] for column in _OF_DOCUMENT):
        raise Refused("conflict", id=row["document_id"])


def _record(row: Row) -> Record:
    if row["unit"] != UNIT:
        raise Refused("value", where="unit", value=row["unit"])
    if row.get("kind", ANNOTATION) not in {ANNOTATION, ENTITY}:
        raise Refused("value", where="kind", value=row["kind"])
    return Record({**row, **{name: _number(row, name) for name in _NUMBERS}})


def _mention(row: Row) -> Mention:
    record = _record(row)
    record.name("document_id")
    return read_mention(record, _span(record, "start", "end"))


def _annotation(row: Row) -> Annotation:
    record = _record(row)
    anchor = Anchor(
        span=_span(record, "start", "end"),
        quote=record.text("quote"),
        prefix=record.text("prefix"),
        suffix=record.text("suffix"),
        source=_span(record, "source_start", "source_end"),
        state=record.one_of("state", AnchorState),
    )
    settled = anchor.state is not AnchorState.NEEDS_REVIEW
    if settled and len(anchor.span) != len(anchor.quote):
        raise Refused("quote", id=row["annotation_id"])
    return Annotation(
        id=record.name("annotation_id"),
        document=record.name("document_id"),
        anchor=anchor,
        tag=read_path(row["tag"]) if row["tag"] else None,
        note=record.text("note"),
        coder=record.text("coder"),
        created=record.text("created"),
        modified=record.text("modified"),
    )


def _number(row: Row, name: str) -> object:
    digits = row[name]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else digits


def _span(record: Record, start: str, end: str) -> Span:
    first, last = record.integer(start), record.integer(end)
    if first > last:
        raise Refused("not_span", where=start)
    return Span(first, last)


def _document(row: Row) -> Document:
    return bare_document(
        id=row["document_id"],
        sha256=row["sha256"],
        name=row["document"],
        title=row["title"],
        date=row["date"] or None,
        source=row["source"] or None,
    )


def survivors(annotated: SetLike) -> AnnotatedSet:
    """Return what must be left of a set that was written and read back."""
    documents = tuple(surviving(annotated, without_nul))
    return AnnotatedSet(documents, used_paths(documents))


def surviving(annotated: SetLike, clean: Callable[[str], str]) -> Iterator[AnnotatedDocument]:
    """Yield what must be left of each document whose rows were written with ``clean`` cells."""
    tag_paths = {tag: clean(path) for tag, path in paths(annotated.tags).items()}
    for one in annotated.documents:
        if one.annotations or one.mentions:
            yield _survivor(one, tag_paths, clean)


def _survivor(
    annotated: AnnotatedDocument, tag_paths: dict[str, str], clean: Callable[[str], str]
) -> AnnotatedDocument:
    document = annotated.document
    kept = bare_document(
        id=document.id,
        sha256=document.sha256,
        name=clean(document.name),
        title=clean(document.title),
        date=clean(document.date or "") or None,
        source=clean(document.source or "") or None,
    )
    annotations = (_kept(annotation, tag_paths, clean) for annotation in annotated.annotations)
    mentions = kept_mentions(annotated, clean)
    return bare(kept, annotations, mentions=mentions, lost=lost_in_passages(annotated))


def _kept(
    annotation: Annotation, tag_paths: dict[str, str], clean: Callable[[str], str]
) -> Annotation:
    anchor = annotation.anchor
    return replace(
        annotation,
        tag=tag_paths[annotation.tag] if annotation.tag is not None else None,
        note=clean(annotation.note),
        coder=clean(annotation.coder),
        status="",
        parts=(),
        anchor=replace(
            anchor,
            quote=clean(anchor.quote),
            prefix=clean(anchor.prefix),
            suffix=clean(anchor.suffix),
        ),
    )


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the table back and compare it with what must be left of the set."""
    check_documents(read(stream).documents, surviving(annotated, without_nul))


def _nul(annotation: Annotation) -> int:
    anchor = annotation.anchor
    texts = (anchor.quote, anchor.prefix, anchor.suffix, annotation.note, annotation.coder)
    return sum(text.count("\0") for text in texts)


def _nul_in_document(annotated: AnnotatedDocument) -> int:
    document = annotated.document
    if not (annotated.annotations or annotated.mentions):
        return 0
    texts = (document.name, document.title, document.date, document.source)
    return sum((text or "").count("\0") for text in (*texts, *mention_words(annotated)))


def _long_cells(annotation: Annotation) -> int:
    return sum(len(text) > EXCEL_CELL for text in (annotation.anchor.quote, annotation.note))


FORMAT = Format(
    name="csv",
    label_zh="CSV 表格",
    label_en="CSV table",
    suffix=".csv",
    carries=frozenset(
        {
            Facet.NAME,
            Facet.TITLE,
            Facet.DATE,
            Facet.SOURCE_NAME,
            Facet.IDENTITY,
            Facet.SOURCE_PLACE,
            Facet.STATE,
            Facet.CREATED,
            Facet.HIERARCHY,
            Facet.LOST,
            Facet.ENTITIES,
            Facet.MENTION_TEXT,
        }
    ),
    chunks=chunks,
    check=check,
    read=read,
    recognises=lambda head: head.removeprefix(b"\xef\xbb\xbf").startswith(b"document,title,"),
    own_losses={Facet.CONTROLS: _nul, Facet.LONG_CELL: _long_cells},
    own_document_losses={Facet.CONTROLS: _nul_in_document, Facet.LOST: lost_elsewhere},
)
