"""Meipi JSONL: everything about an annotated set, one document a line; reads back equal.

The first line names the format, its version, the number of documents and the codebook.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedSet
from meipi.exchange.format import Differs, Format
from meipi.exchange.integrity import Unique, check_document, check_tags
from meipi.exchange.lines import read_lines
from meipi.exchange.loss import Facet
from meipi.exchange.plain import (
    document_from_plain,
    document_to_plain,
    tag_from_plain,
    tag_to_plain,
)
from meipi.exchange.plain_attributes import (
    attribute_from_plain,
    attribute_to_plain,
    check_attributes,
    check_described,
)
from meipi.exchange.plain_coding import memo_to_plain, memos_from_plain
from meipi.exchange.records import Record, parse_json
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Tag
    from meipi.core.attributes import Attribute
    from meipi.core.memo import Memo
    from meipi.exchange.counting import SetLike

NAME = "meipi-annotated-set"
VERSION = 1


def chunks(annotated: SetLike) -> Iterator[str]:
    """Yield the file line by line, one document at a time."""
    header = {
        "format": NAME,
        "version": VERSION,
        "unit": "code points",
        "documents": len(annotated.documents),
        "tags": [tag_to_plain(tag) for tag in annotated.tags],
    }
    if annotated.attributes:
        header["attributes"] = [attribute_to_plain(one) for one in annotated.attributes]
    if annotated.memos:
        header["memos"] = [memo_to_plain(one) for one in annotated.memos]
    yield _line(header)
    for document in annotated.documents:
        yield _line(document_to_plain(document))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def read(stream: BinaryIO) -> AnnotatedSet:
    """Read a whole set; raise `Refused` where anything is not as it must be."""
    head, documents = open_set(stream)
    return AnnotatedSet(tuple(documents), head.tags, attributes=head.attributes, memos=head.memos)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says: how many documents, the codebook, the attributes."""

    count: int
    tags: tuple[Tag, ...]
    attributes: tuple[Attribute, ...]
    memos: tuple[Memo, ...]


def open_set(stream: BinaryIO) -> tuple[Head, Iterator[AnnotatedDocument]]:
    """Return the head and the documents, which are read and checked as they are asked for."""
    lines = read_lines(stream)
    first = next(lines, None)
    if first is None:
        raise Refused("not_meipi")
    try:
        head = _header(first[1])
    except Refused as refused:
        raise refused.at(1) from None
    return head, _documents(lines, head)


def _header(line: str) -> Head:
    header = Record(parse_json(line.removeprefix("\ufeff")))
    if "format" not in header or header.text("format") != NAME:
        raise Refused("not_meipi")
    version = header.integer("version")
    if version > VERSION:
        raise Refused("newer", version=version)
    if version < 1:
        raise Refused("value", where="version", value=str(version))
    if (unit := header.text("unit")) != "code points":
        raise Refused("value", where="unit", value=unit)
    count = header.integer("documents")
    tags = tuple(tag_from_plain(record) for record in header.records("tags"))
    defined = header.records("attributes") if "attributes" in header else []
    attributes = tuple(attribute_from_plain(record) for record in defined)
    memos = memos_from_plain(header)
    header.done()
    check_tags(tags)
    check_attributes(attributes)
    return Head(count, tags, attributes, memos)


def _documents(lines: Iterator[tuple[int, str]], head: Head) -> Iterator[AnnotatedDocument]:
    documents, annotations = Unique(), Unique()
    tags = frozenset(tag.id for tag in head.tags)
    attributes = {one.id: one for one in head.attributes}
    found = 0
    for number, line in lines:
        try:
            document = document_from_plain(Record(parse_json(line)))
            documents.add(document.document.id)
            annotations.add_all(annotation.id for annotation in document.annotations)
            check_document(document, tags)
            check_described(document, tags, attributes)
        except Refused as refused:
            raise refused.at(number) from None
        found += 1
        yield document
    if found != head.count:
        raise Refused("count", wanted=head.count, found=found)


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the file back and compare it with the set, a document at a time."""
    head, documents = open_set(stream)
    if head.tags != tuple(annotated.tags):
        raise Differs("tags")
    if head.attributes != tuple(annotated.attributes):
        raise Differs("attributes")
    if head.memos != tuple(annotated.memos):
        raise Differs("memos")
    written = iter(annotated.documents)
    for document in documents:
        if document != next(written, None):
            raise Differs(document.document.id)


FORMAT = Format(
    name="jsonl",
    label_zh="Meipi JSONL(无损)",
    label_en="Meipi JSONL (lossless)",
    suffix=".jsonl",
    carries=frozenset(Facet),
    chunks=chunks,
    check=check,
    read=read,
    recognises=lambda head: NAME.encode() in head[:200],
)
