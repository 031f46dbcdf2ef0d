"""REFI-QDA: projects (.qdpx) and codebooks (.qdc), as MAXQDA, ATLAS.ti, NVivo and QualCoder read.

Offsets are code points and the end is exclusive, as real programs have it. Entities are codes
under one of their own. GUIDs are the identities of the library.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.exchange.flat import FlatTag
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.guids import guid, is_identity
from meipi.exchange.loss import Facet, LossItem
from meipi.exchange.refi_read import parse_codebook, parse_project
from meipi.exchange.refi_variables import of_documents, write_value, write_variables
from meipi.exchange.refi_words import COLORS, ENTITIES, NAMESPACES, described
from meipi.exchange.w3c_rules import is_date_time
from meipi.exchange.xml_safe import element, escaped, legal
from meipi.exchange.zipped import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.core.annotation import Tag
    from meipi.core.attributes import Attribute
    from meipi.exchange.flat import FlatDocument, FlatSet, Mark

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_codebook(chosen: FlatSet) -> Iterator[str]:
    """Yield a codebook."""
    yield f'{_HEAD}<CodeBook xmlns="{NAMESPACES[1]}" origin="Meipi">\n'
    yield from _codes(chosen.tags, entities=False)
    yield "</CodeBook>\n"


def write_project(chosen: FlatSet) -> Iterator[bytes]:
    """Yield a project."""
    return pack(_members(chosen))


def _members(chosen: FlatSet) -> Iterator[tuple[str, Iterable[str]]]:
    yield "project.qde", _project(chosen)
    for flat in chosen.documents:
        # A BOM is part of no text in these projects: one that is must not be the first.
        bom = "\ufeff" if flat.text.startswith("\ufeff") else ""
        yield f"Sources/{guid(flat.id)}.txt", [bom, flat.text]


def _project(chosen: FlatSet) -> Iterator[str]:
    coders = {"Meipi": None}
    entities = notes = documents = False
    for flat in chosen.documents:
        documents = True
        coders |= dict.fromkeys(mark.coder for mark in flat.marks if mark.coder)
        coders |= dict.fromkeys(tag.coder for tag in flat.tags if tag.coder)
        entities |= any(mark.entity for mark in flat.marks)
        notes |= any(mark.note for mark in flat.marks)
    yield f'{_HEAD}<Project xmlns="{NAMESPACES[0]}" name="Meipi" origin="Meipi">\n<Users>\n'
    for coder in coders:
        yield element("User", {"guid": guid(coder, "coder"), "name": coder}) + "\n"
    yield "</Users>\n"
    if chosen.tags or entities:
        yield from ("<CodeBook>\n", *_codes(chosen.tags, entities=entities), "</CodeBook>\n")
    variables = of_documents(chosen.attributes)
    yield from write_variables(variables)
    if documents:
        known = {_kept(one.id): one for one in variables}
        codes = {path: guid(tag) for tag, path in reversed(chosen.paths.items())}
        yield "<Sources>\n"
        for flat in chosen.documents:
            yield from _source(flat, codes, known)
        yield "</Sources>\n"
    if notes:
        yield from _notes(chosen)
    yield "</Project>\n"


def _codes(tags: Sequence[Tag], *, entities: bool) -> Iterator[str]:
    children: dict[str | None, list[Tag]] = {}
    for tag in tags:
        children.setdefault(tag.parent, []).append(tag)
    if tags or entities:
        yield "<Codes>\n"
        for tag in children.get(None, []):
            yield from _code(tag, children)
        if entities:
            yield _entity_codes()
        yield "</Codes>\n"


def _code(tag: Tag, children: dict[str | None, list[Tag]]) -> Iterator[str]:
    """Yield a code and those below it, however deep, without calling itself."""
    waiting: list[Tag | None] = [tag]
    while waiting:
        at = waiting.pop()
        if at is None:
            yield "</Code>\n"
            continue
        yield element("Code", _code_values(at))[:-2] + ">"
        rules = {"examples": at.examples, "include": at.include, "exclude": at.exclude}
        if text := described(at.definition, rules):
            yield element("Description", {}, escaped(legal(text)))
        waiting += [None, *reversed(children.get(at.id, []))]


def _code_values(tag: Tag) -> dict[str, object]:
    color = COLORS[tag.color % len(COLORS)]
    return {"guid": guid(tag.id), "name": legal(tag.name), "isCodable": "true", "color": color}


def _entity_codes() -> str:
    inside = "".join(
        element("Code", {"guid": guid(kind, "type"), "name": kind, "isCodable": "true"})
        for kind in EntityType
    )
    values = {"guid": guid(ENTITIES, "type"), "name": ENTITIES, "isCodable": "false"}
    return element("Code", values, inside) + "\n"


def _source(
    flat: FlatDocument, codes: dict[str, str], variables: dict[str, Attribute]
) -> Iterator[str]:
    values = {
        "guid": guid(flat.id),
        "name": flat.name,
        "plainTextPath": f"internal://{guid(flat.id)}.txt",
        "creatingUser": guid("Meipi", "coder"),
    }
    yield element("TextSource", values)[:-2] + ">"
    if flat.title:
        yield element("Description", {}, escaped(flat.title))
    yield "\n"
    for number, mark in enumerate(flat.marks):
        yield _selection(flat, mark, number, codes)
    for tag in flat.tags:
        key = guid(f"{flat.id}:{tag.label}", "document tag")
        yield _coding(key, codes[tag.label], guid(tag.coder or "Meipi", "coder"), tag.created)
    for attribute, value in flat.values:
        yield write_value(variables[attribute], value)
    yield "</TextSource>\n"


def _coding(key: str, code: str, user: str, created: str) -> str:
    values = {"guid": key, "creatingUser": user, "creationDateTime": created or None}
    return element("Coding", values, element("CodeRef", {"targetGUID": code}))


def _selection(flat: FlatDocument, mark: Mark, number: int, codes: dict[str, str]) -> str:
    key = guid(mark.id) if mark.id else guid(f"{flat.id}:{number}", "mention")
    user = guid(mark.coder or "Meipi", "coder")
    values = {
        "guid": key,
        "name": mark.canonical if mark.entity else None,
        "startPosition": mark.span.start,
        "endPosition": mark.span.end,
        "creatingUser": user,
        "creationDateTime": mark.created or None,
        "modifiedDateTime": mark.modified or None,
    }
    inside = element("Description", {}, escaped(mark.normal)) if mark.normal is not None else ""
    if mark.label:
        code = guid(mark.label, "type") if mark.entity else codes[mark.label]
        inside += _coding(guid(key, "coding"), code, user, mark.created)
    if mark.note:
        inside += element("NoteRef", {"targetGUID": guid(key, "note")})
    return element("PlainTextSelection", values, inside or None) + "\n"


def _notes(chosen: FlatSet) -> Iterator[str]:
    yield "<Notes>\n"
    for flat in chosen.documents:
        for mark in (one for one in flat.marks if one.note):
            values = {
                "guid": guid(guid(mark.id), "note"),
                "creatingUser": guid(mark.coder or "Meipi", "coder"),
            }
            content = element("PlainTextContent", {}, escaped(mark.note))
            yield element("Note", values, content) + "\n"
    yield "</Notes>\n"


def _fitted(flat: FlatDocument) -> FlatDocument:
    return replace(
        flat,
        id=_kept(flat.id),
        marks=tuple(map(_fitted_mark, flat.marks)),
        values=tuple((_kept(name), legal(value)) for name, value in flat.values),
        tags=tuple(map(_fitted_tag, flat.tags)),
    )


def _fitted_tag(tag: FlatTag) -> FlatTag:
    created = tag.created if is_date_time(tag.created) else ""
    return FlatTag(legal(tag.label), legal(tag.coder), created)


def _fitted_mark(mark: Mark) -> Mark:
    return replace(
        mark,
        id=_kept(mark.id) if mark.id else "",
        created=mark.created if is_date_time(mark.created) else "",
        modified=mark.modified if is_date_time(mark.modified) else "",
        normal=None if mark.normal is None else legal(mark.normal),
    )


def _kept(identity: str) -> str:
    return guid(identity).replace("-", "")


def _unnamed(chosen: FlatSet) -> Iterator[LossItem]:
    """Yield the tags whose identity is no GUID."""
    for tag in chosen.tags:
        if not is_identity(tag.id):
            yield LossItem(Facet.TAG_IDENTITY, "tag", tag.id, tag.name)


_CODEBOOK = frozenset(
    {
        *(Facet.UNUSED_TAG, Facet.COLOR, Facet.DEFINITION, Facet.RULES, Facet.POSITION),
        Facet.TAG_IDENTITY,
    }
)

PROJECT = Flat(
    name="refi-qda",
    label_zh="REFI-QDA 项目(MAXQDA、ATLAS.ti、NVivo、QualCoder)",
    label_en="REFI-QDA project (MAXQDA, ATLAS.ti, NVivo, QualCoder)",
    suffix=".qdpx",
    keeps=Keeps(
        mark=frozenset(
            {"id", "note", "coder", "created", "modified", "entity", "canonical", "normal"}
        ),
        document=frozenset({"text", "name", "id", "title", "values", "tags"}),
        clean_note=legal,
        reshape=_fitted,
        tags=True,
    ),
    write=write_project,
    parse=parse_project,
    recognises_names=lambda names: any(name.endswith(".qde") for name in names),
    carries=_CODEBOOK,
    more={
        Facet.IDENTITY: lambda a: not is_identity(a.id),
        Facet.TIMES: lambda a: sum(
            bool(t) and not is_date_time(t) for t in (a.created, a.modified)
        ),
    },
    more_items=_unnamed,
).format()

CODEBOOK = Flat(
    name="refi-codebook",
    label_zh="REFI-QDA 标签表",
    label_en="REFI-QDA codebook",
    suffix=".qdc",
    keeps=Keeps(
        clean_note=legal,
        left_out=lambda flat: dict.fromkeys(range(len(flat.marks)), Facet.NOT_HELD),
        unmarked=False,
        unplaced=True,
        entities=False,
        tags=True,
    ),
    write=write_codebook,
    parse=parse_codebook,
    recognises=lambda head: NAMESPACES[1].encode() in head[:1000],
    carries=_CODEBOOK,
    more_items=_unnamed,
).format()
