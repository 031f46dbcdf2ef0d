"""Reading UIMA CAS, XMI or JSON, ours and INCEpTION's: every span layer becomes marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.exchange.flat import TYPES, FlatDocument, FlatLink, Mark, Parsed
from meipi.exchange.records import checked_text, parse_json
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.uima_types import ANNOTATION, DOCUMENT, ENTITY, SOFA, type_of
from meipi.exchange.xml_safe import parse_xml
from meipi.exchange.zipped import SIDE, Archive, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    Structure = tuple[str, dict[str, object]]

_MAX = 1 << 28
_PLUMBING = (
    "uima.",
    "xmi.",
    "org.dkpro.core.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.inception.api.",
)
"""Types that are no marks of a reader's."""
_XMI_ID = "{http://www.omg.org/XMI}id"
_NO_RELATION = {"begin", "end", "sofa", "Governor", "Dependent"}
_NO_LABEL = {"begin", "end", "sofa", "id", "identifier", "note", "coder", "created", "modified"}


def parse(stream: BinaryIO) -> Parsed:
    """Read an archive of documents, or one bare."""
    start = stream.read(2)
    stream.seek(0)
    if start != b"PK":
        return Parsed([_document(stream.read(_MAX + 1), "uima", {})])
    archive = Archive(stream)
    members = [name for name in archive.names if _is_document(name)]
    if not members and not archive.ours:
        raise Refused("not_this", format="UIMA CAS")
    return Parsed(_documents(archive, members))


def _is_document(name: str) -> bool:
    return name.endswith((".xmi", ".json")) and name != SIDE


def _documents(archive: Archive, members: list[str]) -> Iterator[FlatDocument]:
    facts = archive.side()
    for name in members:
        stem = name.removesuffix(".xmi").removesuffix(".json").removesuffix(".cas")
        yield _document(archive.read(name), stem, facts.get(stem, {}))


def _document(data: bytes, stem: str, known: dict[str, str]) -> FlatDocument:
    bare = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    found = list(_of_json(data) if bare[:1] == b"{" else _of_xmi(data))
    texts = [features["sofaString"] for kind, features in found if kind == SOFA]
    if not texts:
        raise Refused("missing", where="sofaString")
    text = checked_text(texts[0], "sofaString")
    named = next((str(f.get("documentTitle", "")) for k, f in found if k == DOCUMENT), "")
    marks = dict(_marks(found, text))
    links = list(_links(found, marks))
    relations = sum(_is_relation(features) for _, features in found) - len(links)
    return FlatDocument(
        name=known.get("name", named or f"{stem.rpartition('/')[2]}.txt"),
        text=text,
        marks=_named(marks, links),
        links=tuple(links),
        id=known.get("id", ""),
        sha256=known.get("sha256", ""),
        title=known.get("title", ""),
        passed_over={"relation": relations},
    )


def _named(marks: dict[str, Mark], links: list[FlatLink]) -> tuple[Mark, ...]:
    """Give the marks that links begin and end at the names these use."""
    ends = {end for link in links for end in (link.source, link.target)}
    return tuple(
        replace(mark, id=key) if not mark.id and key in ends else mark
        for key, mark in marks.items()
    )


def _links(found: list[Structure], marks: dict[str, Mark]) -> Iterator[FlatLink]:
    """Yield the relations between two marks of a reader's."""
    for kind, features in found:
        if _is_relation(features):
            ends = [_reference(features, name) for name in ("Governor", "Dependent")]
            there = [marks.get(end) for end in ends]
            if all(one is not None and not one.entity for one in there):
                names = [one.id or end for one, end in zip(there, ends, strict=True) if one]
                yield FlatLink(names[0], names[1], _relation_label(kind, features))


def _reference(features: dict[str, object], name: str) -> str:
    value = features.get(name, features.get(f"@{name}", ""))
    return f"#{value}"


def _relation_label(kind: str, features: dict[str, object]) -> str:
    words = (
        str(value)
        for name, value in features.items()
        if name[:1].isalpha() and name not in _NO_RELATION and isinstance(value, str)
    )
    return checked_text(next(filter(None, words), kind.rpartition(".")[2]), "relation")


def _is_relation(features: dict[str, object]) -> bool:
    """Say whether a structure links two others, as the relation layers of INCEpTION do."""
    names = {name.lstrip("@^") for name in features}
    return {"Governor", "Dependent"} <= names


def _of_xmi(data: bytes) -> Iterator[Structure]:
    for node in parse_xml(data):
        tag = node.tag
        if isinstance(tag, str) and tag.startswith("{"):
            namespace, _, name = tag[1:].partition("}")
            kind = type_of(namespace, name)
            if kind != SOFA or "sofaString" in node.attrib:
                yield kind, dict(node.attrib)


def _of_json(data: bytes) -> Iterator[Structure]:
    value = parse_json(decoded(data))
    found = value.get("%FEATURE_STRUCTURES") if isinstance(value, dict) else None
    if isinstance(found, dict):
        found = list(found.values())
    if not isinstance(found, list):
        raise Refused("missing", where="%FEATURE_STRUCTURES")
    for one in found:
        if not isinstance(one, dict):
            raise Refused("not_object", where="%FEATURE_STRUCTURES")
        kind = str(one.get("%TYPE"))
        if kind != SOFA or "sofaString" in one:
            yield kind, one


def _marks(found: list[Structure], text: str) -> Iterator[tuple[str, Mark]]:
    """Yield the marks, each with the name by which relations refer to it."""
    units = Utf16Map(text)
    for number, (kind, features) in enumerate(found):
        if kind.startswith(_PLUMBING) or not {"begin", "end"} <= set(features):
            continue
        if _is_relation(features):
            continue
        begin, end = _offset(features["begin"]), _offset(features["end"])
        if begin > end:
            raise Refused("not_span", where=kind)
        if end > units.length:
            raise Refused("outside", where=kind, start=begin, end=end, length=units.length)
        span = Span(units.to_code_point(begin), units.to_code_point(end))
        key = features.get("%ID", features.get(_XMI_ID))
        yield f"#{key}" if key is not None else f"#.{number}", _mark(kind, features, span)


def _offset(value: object) -> int:
    digits = str(value)
    if isinstance(value, bool) or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise Refused("not_span", where="begin")
    return int(digits)


def _mark(kind: str, features: dict[str, object], span: Span) -> Mark:
    def said(name: str) -> str:
        value = features.get(name)
        return checked_text(value, name) if isinstance(value, str) else ""

    if kind == ANNOTATION:
        return Mark(
            span,
            said("tag"),
            note=said("note"),
            coder=said("coder"),
            created=said("created"),
            modified=said("modified"),
            id=said("meipiId").replace("\0", ""),
        )
    if kind == ENTITY and said("value") in TYPES:
        return Mark(span, said("value"), entity=True, canonical=said("identifier"))
    label = said("value") or next(
        (v for k in features if k[:1].isalpha() and k not in _NO_LABEL and (v := said(k))), ""
    )
    return Mark(span, escape(label or kind.rpartition(".")[2]), note=said("note"))
