"""What was coded in QualCoder, as a set. Its places are mixed: by hand in UTF-16, else code points.

The reading counts under which the words are those that the coder chose; where neither fits, the
words are looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.annotation import Tag
from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.exchange.flat import FlatDocument, Mark, Parsed, inflate_all
from meipi.exchange.integrity import check_tags
from meipi.exchange.records import checked_text
from meipi.exchange.refi_words import color_index
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meipi.core.annotated_set import AnnotatedSet

    Rows = list[dict[str, object]]

_CODE, _CATEGORY = "code", "cat"


def annotated_set(tables: Mapping[str, Rows], *, passed_over: Mapping[str, int]) -> AnnotatedSet:
    """Return the sources with their codings and annotations, and codes with their categories.

    ``passed_over`` counts what the database holds beside these, by kind.
    """
    tags = tuple(_tags(tables))
    check_tags(tags)
    labels = paths(tags)
    on = {name: _by_source(tables[name]) for name in ("code_text", "annotation")}
    documents = [_document(row, on, labels) for row in tables["source"] if row["fulltext"]]
    others = {**passed_over, "source": len(tables["source"]) - len(documents)}
    return inflate_all(Parsed(documents, tags, others))


def _by_source(rows: Rows) -> dict[object, Rows]:
    found: dict[object, Rows] = {}
    for row in rows:
        found.setdefault(row["fid"], []).append(row)
    return found


def _text(value: object) -> str:
    return "" if value is None else checked_text(str(value), "QualCoder").replace("\0", "\ufffd")


def _tags(tables: Mapping[str, Rows]) -> Iterator[Tag]:
    position = 0
    for kind, table, key, above in (
        (_CATEGORY, "code_cat", "catid", "supercatid"),
        (_CODE, "code_name", "cid", "catid"),
    ):
        for row in tables[table]:
            name = _text(row["name"])
            if not name:
                raise Refused("missing", where=f"{table}.name")
            yield Tag(
                id=f"{kind}{row[key]}",
                name=name,
                color=color_index(_text(row.get("color"))),
                definition=_text(row["memo"]),
                parent=None if row[above] is None else f"{_CATEGORY}{row[above]}",
                position=position,
            )
            position += 1


def _document(
    row: Mapping[str, object], on: Mapping[str, dict[object, Rows]], labels: Mapping[str, str]
) -> FlatDocument:
    text = _text(row["fulltext"]).removeprefix("\ufeff")
    units = Utf16Map(text)
    codings, notes = (on[name].get(row["id"], []) for name in ("code_text", "annotation"))
    marks = [_coding(one, text, units, labels) for one in codings]
    marks += [_note(one, text) for one in notes]
    name = _text(row["name"])
    return FlatDocument(name=name, text=text, marks=tuple(marks), title=name)


def _coding(
    row: Mapping[str, object], text: str, units: Utf16Map, labels: Mapping[str, str]
) -> Mark:
    tag = f"{_CODE}{row['cid']}"
    if tag not in labels:
        raise Refused("unknown_tag", id=row["ctid"], tag=row["cid"])
    quote = _text(row["seltext"]).replace("\u2029", "\n")
    start, end = _offset(row["pos0"]), _offset(row["pos1"])
    span = Span(start, max(start, end))
    if span.slice(text) != quote:
        other = Span(units.to_code_point(start), units.to_code_point(max(start, end)))
        span = other if other.slice(text) == quote else span
    return Mark(
        span,
        labels[tag],
        note=_text(row["memo"]),
        coder=_text(row["owner"]),
        created=_moment(row["date"]),
        modified=_moment(row["date"]),
        quote=quote,
    )


def _note(row: Mapping[str, object], text: str) -> Mark:
    start, end = _offset(row["pos0"]), _offset(row["pos1"])
    start = min(start, len(text))
    return Mark(
        Span(start, max(start, min(end, len(text)))),
        "",
        note=_text(row["memo"]),
        coder=_text(row["owner"]),
        created=_moment(row["date"]),
        modified=_moment(row["date"]),
    )


def _offset(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise Refused("not_span", where="pos0")
    return value


def _moment(value: object) -> str:
    """Return QualCoder's time as the library writes it; it says no zone, and local time is lost."""
    words = _text(value)
    return f"{words[:10]}T{words[11:19]}.000Z" if len(words) == 19 else words
