"""UIMA CAS for INCEpTION, as XMI and as JSON: an archive of documents and their type system.

Offsets are UTF-16 units. Entities are INCEpTION's own NamedEntity, annotations a layer
``webanno.custom.MeipiAnnotation``; sentences and words are given, because it asks for them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from meipi.core.offsets import Utf16Map
from meipi.exchange.conll_tokens import cut_words, sentences
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.uima_read import parse
from meipi.exchange.uima_types import (
    ANNOTATION,
    DOCUMENT,
    ENTITY,
    FEATURES,
    SENTENCE,
    SOFA,
    TOKEN,
    VIEW,
    json_types,
    prefixes,
    type_system,
)
from meipi.exchange.xml_safe import element, legal
from meipi.exchange.zipped import SIDE, Names, pack, side_facts, side_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meipi.core.spans import Span
    from meipi.exchange.flat import FlatDocument, FlatSet, Mark

    Structure = tuple[str, dict[str, object]]


def structures(flat: FlatDocument) -> Iterator[Structure]:
    """Yield the type and the features of everything in a document, offsets in UTF-16."""
    units = Utf16Map(flat.text)

    def place(span: Span) -> dict[str, object]:
        return {"begin": units.to_utf16(span.start), "end": units.to_utf16(span.end)}

    whole = {"begin": 0, "end": units.length, "language": "zh"}
    yield DOCUMENT, {**whole, "documentTitle": flat.name, "documentId": flat.id or flat.name}
    marked = [mark.span for mark in flat.marks if mark.span]
    for sentence in sentences(flat.text, marked):
        tokens = [token.shift(sentence.start) for token in cut_words(sentence.slice(flat.text))]
        if tokens:
            yield SENTENCE, place(sentence)
        yield from ((TOKEN, place(token)) for token in tokens)
    for mark in flat.marks:
        yield _type(mark), {**place(mark.span), **_features(mark)}


def _type(mark: Mark) -> str:
    return ENTITY if mark.entity else ANNOTATION


def _features(mark: Mark) -> dict[str, object]:
    said = {
        "value": mark.label,
        "identifier": mark.canonical,
        "tag": mark.label,
        "note": mark.note,
        "coder": mark.coder,
        "created": mark.created,
        "modified": mark.modified,
        "meipiId": mark.id,
    }
    return {name: said[name] for name in FEATURES[_type(mark)] if said.get(name)}


def xmi(flat: FlatDocument) -> Iterator[str]:
    """Yield a document as XMI."""
    spaces, names = prefixes(FEATURES)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI{spaces} xmi:version="2.0">\n'
    yield '<cas:NULL xmi:id="0"/>\n'
    members = []
    for number, (kind, features) in enumerate(structures(flat), 2):
        members.append(str(number))
        yield element(names[kind], {"xmi:id": number, "sofa": 1, **features}) + "\n"
    sofa = {
        "xmi:id": 1,
        "sofaNum": 1,
        "sofaID": VIEW,
        "mimeType": "text",
        "sofaString": flat.text,
    }
    yield element("cas:Sofa", sofa) + "\n"
    yield element("cas:View", {"sofa": 1, "members": " ".join(members)}) + "\n</xmi:XMI>\n"


def cas_json(flat: FlatDocument) -> Iterator[str]:
    """Yield a document as JSON."""
    yield f'{{"%TYPES":{_json(json_types())},\n"%FEATURE_STRUCTURES":[\n'
    sofa = {"sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": flat.text}
    yield _json({"%ID": 1, "%TYPE": SOFA, **sofa})
    count = 1
    for count, (kind, features) in enumerate(structures(flat), 2):
        yield ",\n" + _json({"%ID": count, "%TYPE": kind, "@sofa": 1, **features})
    view = {"%SOFA": 1, "%MEMBERS": list(range(2, count + 1))}
    yield f'\n],"%VIEWS":{_json({VIEW: view})}}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _writer(
    suffix: str, document: Callable[[FlatDocument], Iterator[str]]
) -> Callable[[FlatSet], Iterator[bytes]]:
    def members(chosen: FlatSet) -> Iterator[tuple[str, Iterable[str]]]:
        names, facts = Names(), dict[str, dict[str, str]]()
        if suffix == ".xmi":
            yield "TypeSystem.xml", [type_system()]
        for flat in chosen.documents:
            stem = names.free(flat.name)
            facts[stem] = side_facts(flat)
            yield stem + suffix, document(flat)
        yield SIDE, [side_file(facts)]

    return lambda chosen: pack(members(chosen))


_MARK = frozenset({"id", "note", "coder", "created", "modified", "entity", "canonical"})
_DOCUMENT = frozenset({"text", "name", "id", "sha256", "title"})

XMI = Flat(
    name="uima-xmi",
    label_zh="UIMA CAS XMI(INCEpTION)",
    label_en="UIMA CAS XMI (INCEpTION)",
    suffix=".xmi.zip",
    keeps=Keeps(mark=_MARK, document=_DOCUMENT, clean=legal, clean_note=legal, clean_all=legal),
    write=_writer(".xmi", xmi),
    parse=parse,
    recognises=lambda head: b"http://www.omg.org/XMI" in head[:4000],
    recognises_names=lambda names: any(name.endswith(".xmi") for name in names),
).format()

JSON = Flat(
    name="uima-json",
    label_zh="UIMA CAS JSON(INCEpTION)",
    label_en="UIMA CAS JSON (INCEpTION)",
    suffix=".cas.zip",
    keeps=Keeps(mark=_MARK, document=_DOCUMENT),
    write=_writer(".cas.json", cas_json),
    parse=parse,
    recognises=lambda head: b'"%FEATURE_STRUCTURES"' in head or b'"%TYPES"' in head,
    recognises_names=lambda names: any(name.endswith(".cas.json") for name in names),
).format()
