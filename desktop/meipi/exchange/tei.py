"""TEI P5: a corpus of texts with everything about them standing off.

``string-range`` counts code points into the text. Tags are categories of a taxonomy, annotations
and entities ``annotation`` elements, repairs an apparatus whose reading is what stood there before,
so that the source text can be made again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.loss import Facet
from meipi.exchange.tei_read import parse
from meipi.exchange.xml_safe import element, escaped, legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.core.annotation import Tag
    from meipi.core.repairs import RepairEdit
    from meipi.exchange.flat import FlatDocument, FlatSet, Mark

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_NAME = re.compile(r"[^A-Za-z0-9_-]")


def xml_name(prefix: str, identity: str) -> str:
    """Return an identity as an XML name, characters that may not stand in one by their number.

    >>> xml_name("a", "x#1")
    'a.x.23.1'
    """
    return f"{prefix}." + _NAME.sub(lambda m: f".{ord(m[0]):x}.", identity)


def write(chosen: FlatSet) -> Iterator[str]:
    """Yield the corpus."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="{NAMESPACE}">\n'
    yield _header("Meipi 眉批", "", _taxonomy(chosen.tags))
    tags = {path: xml_name("t", tag) for tag, path in reversed(chosen.paths.items())}
    empty = True
    for number, flat in enumerate(chosen.documents):
        empty = False
        yield from _text(flat, number, tags)
    if empty:
        yield f"<TEI>\n{_header('-', '', '')}<text><body><ab/></body></text>\n</TEI>\n"
    yield "</teiCorpus>\n"


def _header(title: str, source: str, encoding: str) -> str:
    described = f"<encodingDesc><classDecl>{encoding}</classDecl></encodingDesc>" * bool(encoding)
    return (
        "<teiHeader><fileDesc>"
        f"<titleStmt><title>{escaped(title)}</title></titleStmt>"
        "<publicationStmt><p>Meipi</p></publicationStmt>"
        f"<sourceDesc>{source or '<p/>'}</sourceDesc>"
        f"</fileDesc>{described}</teiHeader>\n"
    )


def _taxonomy(tags: Sequence[Tag]) -> str:
    children: dict[str | None, list[Tag]] = {}
    for tag in tags:
        children.setdefault(tag.parent, []).append(tag)
    parts = ['<taxonomy xml:id="tags"><bibl>tags</bibl>']
    waiting: list[Tag | None] = list(reversed(children.get(None, [])))
    while waiting:
        tag_ = waiting.pop()
        if tag_ is None:
            parts.append("</category>\n")
            continue
        parts.append(_category(tag_))
        waiting += [None, *reversed(children.get(tag_.id, []))]
    types = "".join(
        element("category", {"xml:id": f"type.{kind}"}, element("catDesc", {}, kind))
        for kind in EntityType
    )
    return (
        "".join(parts)
        + '</taxonomy>\n<taxonomy xml:id="types"><bibl>types</bibl>'
        + f"{types}</taxonomy>"
    )


def _category(tag: Tag) -> str:
    described = element("catDesc", {}, escaped(tag.name))
    if tag.definition:
        described = element("gloss", {}, escaped(tag.name)) + element(
            "desc", {}, escaped(tag.definition)
        )
    return element("category", {"xml:id": xml_name("t", tag.id), "n": tag.position}, described)[
        : -len("</category>")
    ]


def _text(flat: FlatDocument, number: int, tags: dict[str, str]) -> Iterator[str]:
    place = f"text{number}"
    facts = [("filename", flat.name), ("MEIPI", flat.id), ("sha256", flat.sha256)]
    notes = "".join(
        element("idno", {"type": kind}, escaped(value)) for kind, value in facts if value
    )
    dates = element("date", {}, escaped(flat.date)) if flat.date else ""
    source = element("publisher", {}, escaped(flat.source)) if flat.source else ""
    yield "<TEI>\n"
    yield _header(flat.title, element("bibl", {}, f"{notes}{source}{dates}"), "")
    if flat.edits or flat.marks:
        yield "<standOff>\n"
        yield from _apparatus(flat.edits, place)
        yield from _annotations(flat.marks, place, number, tags)
        yield "</standOff>\n"
    body = element("ab", {"xml:id": place, "xml:space": "preserve"}, escaped(flat.text))
    yield f"<text><body>{body}</body></text>\n</TEI>\n"


def _range(place: str, start: int, length: int) -> str:
    return f"#string-range({place},{start},{length})"


def _apparatus(edits: Sequence[RepairEdit], place: str) -> Iterator[str]:
    if not edits:
        return
    yield '<listApp type="repairs">\n'
    for edit in edits:
        values = {
            "type": "repair",
            "subtype": edit.proof,
            "cert": repr(float(edit.confidence)),
            "from": _range(place, edit.start, len(edit.after)),
        }
        readings = element("lem", {}, escaped(edit.after)) + element(
            "rdg", {"n": edit.channel}, escaped(edit.before)
        )
        yield element("app", values, readings) + "\n"
    yield "</listApp>\n"


def _annotations(
    marks: Sequence[Mark], place: str, number: int, tags: dict[str, str]
) -> Iterator[str]:
    if not marks:
        return
    yield "<listAnnotation>\n"
    for at, mark in enumerate(marks):
        label = f"type.{mark.label}" if mark.entity else tags.get(mark.label)
        key = xml_name("a", mark.id) if mark.id else f"e{number}.{at}"
        values = {
            "xml:id": key,
            "target": _range(place, mark.span.start, len(mark.span)),
            "ana": f"#{label}" if label else None,
        }
        yield element("annotation", values, _said(mark) or None) + "\n"
    yield "</listAnnotation>\n"


def _said(mark: Mark) -> str:
    said = {
        "coder": mark.coder or None,
        "created": mark.created or None,
        "modified": mark.modified or None,
        "comment": mark.note or None,
        "canonical": mark.canonical or None,
        "normal": mark.normal,
    }
    return "".join(
        element("note", {"type": kind}, escaped(value))
        for kind, value in said.items()
        if value is not None
    )


def _legal(flat: FlatDocument) -> FlatDocument:
    edits = tuple(
        replace(e, before=legal(e.before), after=legal(e.after), channel=legal(e.channel))
        for e in flat.edits
    )
    marks = tuple(
        replace(
            mark,
            created=legal(mark.created),
            modified=legal(mark.modified),
            id=legal(mark.id),
            normal=None if mark.normal is None else legal(mark.normal),
        )
        for mark in flat.marks
    )
    return replace(
        flat,
        edits=edits,
        source_text=legal(flat.source_text),
        marks=marks,
        date=legal(flat.date) if flat.date else None,
        source=legal(flat.source) if flat.source else None,
    )


FORMAT = Flat(
    name="tei",
    label_zh="TEI P5(standOff)",
    label_en="TEI P5 (standOff)",
    suffix=".tei.xml",
    keeps=Keeps(
        mark=frozenset(
            {"id", "note", "coder", "created", "modified", "entity", "canonical", "normal"}
        ),
        document=frozenset(
            {"text", "name", "id", "sha256", "title", "date", "source", "edits", "source_text"}
        ),
        clean=legal,
        clean_note=legal,
        reshape=_legal,
        tags=True,
    ),
    write=write,
    parse=parse,
    recognises=lambda head: NAMESPACE.encode() in head[:4000],
    carries=frozenset({Facet.UNUSED_TAG, Facet.DEFINITION, Facet.POSITION, Facet.TAG_IDENTITY}),
).format()
