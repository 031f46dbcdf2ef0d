"""Hypothesis: annotations as its API lists them. Offsets are UTF-16 units, as in a browser.

The file holds no texts. A selector of our own says the place in code points too, so that what is
read back need not be looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.exchange.flat import FlatDocument, FlatSet, Mark, Parsed
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.json_lines import Plain, line, list_at, object_at, text_at
from meipi.exchange.json_stream import JsonStream
from meipi.exchange.records import as_span, checked_text
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.w3c_names import hash_name, identity, is_hash, name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

CODE_POINTS = "x-meipi:CodePointSelector"
_USER = re.compile(r"\Aacct:(.*)@[^@]*\Z", re.DOTALL)
_HOST = "meipi.invalid"
_LISTS = {"rows", "annotations"}


def write(chosen: FlatSet) -> Iterator[str]:
    """Yield the list, one annotation a line."""
    rows = total = 0
    yield '{"rows":['
    for flat in chosen.documents:
        units = Utf16Map(flat.text)
        for mark in flat.marks:
            yield ("," if rows else "") + "\n" + line(_row(flat, mark, units)).rstrip("\n")
            rows += 1
        total += len(flat.marks)
    yield f'\n],"total":{total}}}\n'


def _row(flat: FlatDocument, mark: Mark, units: Utf16Map) -> Plain:
    uri = name("document", flat.id)
    start, end = mark.span.start, mark.span.end
    selectors = [
        {
            "type": "TextPositionSelector",
            "start": units.to_utf16(start),
            "end": units.to_utf16(end),
        },
        {
            "type": "TextQuoteSelector",
            "exact": mark.quote if mark.quote is not None else mark.span.slice(flat.text),
            "prefix": mark.prefix,
            "suffix": mark.suffix,
        },
        {"type": CODE_POINTS, "start": start, "end": end},
    ]
    return {
        "id": mark.id,
        "created": mark.created,
        "updated": mark.modified,
        "user": f"acct:{mark.coder}@{_HOST}",
        "uri": uri,
        "text": mark.note,
        "tags": [mark.label] if mark.label else [],
        "group": "__world__",
        "target": [{"source": uri, "selector": selectors}],
        "document": {"title": [flat.title], "filename": flat.name, "meipi": _bytes_of(flat)},
    }


def _bytes_of(flat: FlatDocument) -> str:
    return hash_name(flat.sha256) if is_hash(flat.sha256) else ""


def parse(stream: BinaryIO) -> Parsed:
    """Read a list of annotations, of the API or of an export, grouped by what they are about."""
    found: dict[str, tuple[FlatDocument, list[Mark]]] = {}
    passed_over: Counter[str] = Counter()
    for row in _rows(stream):
        uri = text_at(row, "uri") if "uri" in row else _source(row)
        if uri not in found:
            found[uri] = (_document(row, uri), [])
        marks = list(_marks(row))
        passed_over["page_note"] += not marks
        found[uri][1].extend(marks)
    documents = [
        FlatDocument(one.name, "", tuple(marks), id=one.id, sha256=one.sha256, title=one.title)
        for one, marks in found.values()
    ]
    return Parsed(documents, passed_over=passed_over)


def _rows(stream: BinaryIO) -> Iterator[Plain]:
    """Yield the annotations of a listing, of an export, of a list, or one that stands alone."""
    file = JsonStream(stream)
    if not file.peek():
        raise Refused("not_json", detail="empty")
    while file.peek():  # some tools write an object a line
        rows = _listed(file) if file.peek() == "{" else _flattened(file)
        for at, row in enumerate(rows):
            if not isinstance(row, dict):
                raise Refused("not_object", where=f"rows[{at}]")
            yield row


def _flattened(file: JsonStream) -> Iterator[object]:
    for one in file.elements():
        if not isinstance(one, dict):
            raise Refused("not_object", where="JSON")
        yield from _of_listing(one)


def _listed(file: JsonStream) -> Iterator[object]:
    value: Plain = {}
    for key in file.members():
        if key in _LISTS and not _LISTS & value.keys() and file.peek() == "[":
            yield from file.elements()
            value[key] = []
        else:
            value[key] = file.value()
    yield from _of_listing(value)


def _of_listing(value: Plain) -> list[object]:
    rows = next((value[key] for key in ("rows", "annotations") if key in value), None)
    if rows is None and "target" in value:
        rows = [value]
    if not isinstance(rows, list):
        raise Refused("missing", where="rows")
    return rows


def _source(row: Plain) -> str:
    for target in list_at(row, "target"):
        if isinstance(target, dict) and "source" in target:
            return text_at(target, "source")
    return ""


def _document(row: Plain, uri: str) -> FlatDocument:
    about = object_at(row, "document")
    titles = list_at(about, "title") if isinstance(about.get("title"), list) else []
    sha256 = str(about.get("meipi", "")).removeprefix("urn:sha256:")
    return FlatDocument(
        name=checked_text(about.get("filename", uri), "filename"),
        text="",
        id=identity("document", uri) or uri or "hypothesis",
        sha256=sha256 if is_hash(sha256) else "",
        title=checked_text(titles[0], "title") if titles else "",
    )


def _marks(row: Plain) -> Iterator[Mark]:
    """Yield a mark for each tag of an annotation; notes about a whole page mark nothing."""
    place = _place(row)
    if place is None:
        return
    span, quote = place
    user = str(row.get("user", ""))
    match = _USER.match(user)
    ours = user.endswith(f"@{_HOST}")
    key = checked_text(row.get("id", ""), "id").replace("\0", "")
    tags = [checked_text(tag, "tags") for tag in list_at(row, "tags")]
    labels = [tag if ours else escape(tag) for tag in tags if tag] or [""]
    for number, label in enumerate(labels):
        yield Mark(
            span,
            label,
            note=checked_text(row.get("text") or "", "text"),
            coder=checked_text(match[1] if match else user, "user"),
            created=checked_text(row.get("created") or "", "created"),
            modified=checked_text(row.get("updated") or "", "updated"),
            id=f"{key}#{number}" if key and number else key,
            quote=checked_text(quote.get("exact", ""), "exact"),
            prefix=checked_text(quote.get("prefix", ""), "prefix"),
            suffix=checked_text(quote.get("suffix", ""), "suffix"),
        )


def _place(row: Plain) -> tuple[Span, Plain] | None:
    places: dict[str, Plain] = {}
    for target in list_at(row, "target"):
        if not isinstance(target, dict):
            raise Refused("not_object", where="target")
        for selector in list_at(target, "selector"):
            if isinstance(selector, dict):
                places.setdefault(str(selector.get("type")), selector)
    quote = places.get("TextQuoteSelector")
    if quote is None:
        return None
    position = places.get(CODE_POINTS) or places.get("TextPositionSelector")
    if position is None:
        return Span(0, len(checked_text(quote.get("exact", ""), "exact"))), quote
    return as_span([position.get("start"), position.get("end")], "selector"), quote


FORMAT = Flat(
    name="hypothesis",
    label_zh="Hypothesis JSON",
    label_en="Hypothesis JSON",
    suffix=".hypothesis.json",
    keeps=Keeps(
        mark=frozenset({"note", "coder", "created", "modified", "id", "quote", "prefix", "suffix"}),
        document=frozenset({"name", "id", "title"}),
        unplaced=True,
        unmarked=False,
        entities=False,
    ),
    write=write,
    parse=parse,
    recognises=lambda head: b'"selector"' in head and (b'"rows"' in head or b'"uri"' in head),
).format()
