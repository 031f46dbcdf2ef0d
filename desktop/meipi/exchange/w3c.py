"""W3C Web Annotation (JSON-LD): one collection that any annotation tool can read.

Of every document: an annotation that describes it, one for each repair (in the source text, so
that either text can be made from the other), one for each entity, and the reader's own. Offsets
are code points, as the standard demands. Read back, documents are known by the hash of their bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.anchors import CONTEXT as CONTEXT_LENGTH
from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotated_set import AnnotatedSet
from meipi.core.spans import Span
from meipi.exchange.bare import bare, bare_document
from meipi.exchange.format import Format, check_documents
from meipi.exchange.loss import Facet
from meipi.exchange.tag_paths import paths, used_paths
from meipi.exchange.w3c_names import GENERATOR, hash_name, is_hash, name
from meipi.exchange.w3c_read import read
from meipi.exchange.w3c_rules import CONTEXT, is_date_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation, Link
    from meipi.core.entity import Mention
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.exchange.counting import SetLike

Node = dict[str, object]

_GENERATOR: Node = {"id": GENERATOR, "type": "Software", "name": "Meipi 眉批"}


def chunks(annotated: SetLike) -> Iterator[str]:
    """Yield the collection, one annotation a line."""
    tag_paths = paths(annotated.tags)
    total = 0
    identity = hashlib.sha256()
    for document in annotated.documents:
        identity.update(document.document.sha256.encode())
        repaired = document.repaired
        layers = repaired.edits, repaired.lost, document.mentions or (), document.annotations
        total += 1 + sum(map(len, layers)) + len(document.links)
    collection = name("set", identity.hexdigest())
    head = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Meipi 眉批",
        "total": total,
    }
    page = {
        "id": f"{collection}:1",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
    }
    yield f'{_json(head)[:-1]},"first":{_json(page)[:-1]},"items":['
    separator = "\n"
    for document in annotated.documents:
        for item in items(document, tag_paths):
            yield separator + _json(item)
            separator = ",\n"
    yield "\n]}}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def items(annotated: AnnotatedDocument, tag_paths: dict[str, str]) -> Iterator[Node]:
    """Yield everything about a document as Web Annotations; tags are named by their path."""
    source = _source(annotated)
    yield _description(annotated, source)
    added = _time(annotated.document.added)
    before = _Target(source, annotated.source_text, added)
    for number, edit in enumerate(annotated.repaired.edits):
        yield _repair(edit, name("edit", annotated.document.id, number), before)
    after = _Target(source, annotated.repaired.text, added)
    for number, lost in enumerate(annotated.repaired.lost):
        yield _lost(lost, name("lost", annotated.document.id, number), after, before)
    for number, mention in enumerate(annotated.mentions or ()):
        yield _mention(mention, name("mention", annotated.document.id, number), after)
    for annotation in annotated.annotations:
        yield _annotation(annotation, tag_paths, after)
    for link in annotated.links:
        yield _link(link)


def _source(annotated: AnnotatedDocument) -> str:
    sha256 = annotated.document.sha256
    return hash_name(sha256) if is_hash(sha256) else name("document", annotated.document.id)


class _Target:
    """Makes targets in one text of a document: the source text or the reading text."""

    def __init__(self, source: str, text: str, added: str) -> None:
        self._source = source
        self._text = text
        # Which text of the document the offsets count in: a copy, known by its hash.
        copy = hash_name(hashlib.sha256(text.encode()).hexdigest())
        # A TimeState without a date is none: where none is known, the copy itself is the state.
        self._state = {"type": "TimeState", "sourceDate": added, "cached": copy} if added else copy

    def at(self, span: Span) -> Node:
        start = max(0, span.start - CONTEXT_LENGTH)
        prefix = self._text[start : span.start]
        suffix = self._text[span.end : span.end + CONTEXT_LENGTH]
        return self.quoted(span, span.slice(self._text), prefix, suffix)

    def quoted(self, span: Span, exact: str, prefix: str, suffix: str) -> Node:
        return {
            "type": "SpecificResource",
            "source": self._source,
            "state": self._state,
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        }


def _text(purpose: str, value: str) -> Node:
    body: Node = {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
    if any("\u3400" <= character <= "\u9fff" or character > "\U0001ffff" for character in value):
        body["language"] = "zh"
    return body


def _description(annotated: AnnotatedDocument, source: str) -> Node:
    document = annotated.document
    return {
        "id": name("document", document.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": _GENERATOR,
        "body": [_text("describing", document.title), _text("identifying", document.name)],
        "target": source,
    }


def _repair(edit: RepairEdit, iri: str, target: _Target) -> Node:
    return {
        "id": iri,
        "type": "Annotation",
        "motivation": "editing",
        "generator": _GENERATOR,
        "body": [
            _text("editing", edit.after),
            _text("classifying", edit.channel),
            _text("assessing", repr(float(edit.confidence))),
            _text("moderating", edit.proof),
        ],
        "target": target.at(Span(edit.source_start, edit.source_end)),
    }


def _lost(lost: Lost, iri: str, reading: _Target, source: _Target) -> Node:
    """Say what is gone for good, in the reading text and where it stood in the source text."""
    return {
        "id": iri,
        "type": "Annotation",
        "motivation": "assessing",
        "generator": _GENERATOR,
        "body": [_text("classifying", lost.channel), _text("assessing", lost.reason)],
        "target": [reading.at(lost.span), source.at(lost.source)],
    }


def _mention(mention: Mention, iri: str, target: _Target) -> Node:
    body = [_text("classifying", mention.type), _text("identifying", mention.canonical)]
    if mention.normal is not None:
        body.append(_text("describing", mention.normal))
    if mention.corrected:
        body.append(_text("moderating", "corrected"))
    return {
        "id": iri,
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "creator": {"type": "Software", "name": mention.by},
        "generator": _GENERATOR,
        "body": body,
        "target": target.at(mention.span),
    }


def _annotation(annotation: Annotation, tag_paths: dict[str, str], target: _Target) -> Node:
    body = []
    if annotation.tag is not None:
        body.append(_text("tagging", tag_paths[annotation.tag]))
    if annotation.note:
        body.append(_text("commenting", annotation.note))
    node: Node = {
        "id": name("annotation", annotation.id),
        "type": "Annotation",
        "motivation": [part["purpose"] for part in body] or "highlighting",
        "generator": _GENERATOR,
    }
    if annotation.coder:
        node["creator"] = {"type": "Person", "name": annotation.coder}
    for key, moment in (("created", annotation.created), ("modified", annotation.modified)):
        if time := _time(moment):
            node[key] = time
    if body:
        node["body"] = body
    targets = [
        target.quoted(anchor.span, anchor.quote, anchor.prefix, anchor.suffix)
        for anchor in annotation.anchors
    ]
    return {**node, "target": targets if annotation.parts else targets[0]}


def _link(link: Link) -> Node:
    """Say that one annotation is related to another, and how."""
    node: Node = {
        "id": name("link", link.id),
        "type": "Annotation",
        "motivation": "linking",
        "generator": _GENERATOR,
    }
    if link.coder:
        node["creator"] = {"type": "Person", "name": link.coder}
    for key, moment in (("created", link.created), ("modified", link.modified)):
        if time := _time(moment):
            node[key] = time
    target = name("annotation", link.target)
    related = {"type": "SpecificResource", "source": target, "purpose": "linking"}
    body = [_text("classifying", link.label), related]
    return {**node, "body": body, "target": name("annotation", link.source)}


def _time(moment: str) -> str:
    """Return ``moment`` as the standard has it, in UTC with a Z; nothing where it is no time."""
    utc = moment.removesuffix("+00:00") + "Z" if moment.endswith("+00:00") else moment
    return utc if is_date_time(utc) and utc.endswith("Z") else ""


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the collection back and compare it with what must be left of the set."""
    tag_paths = paths(annotated.tags)
    wanted = (_survivor(one, tag_paths) for one in annotated.documents)
    check_documents(read(stream).documents, wanted)


def survivors(annotated: SetLike) -> AnnotatedSet:
    """Return what must be left of a set that was written and read back."""
    tag_paths = paths(annotated.tags)
    documents = tuple(_survivor(one, tag_paths) for one in annotated.documents)
    return AnnotatedSet(documents, used_paths(documents))


def _survivor(annotated: AnnotatedDocument, tag_paths: dict[str, str]) -> AnnotatedDocument:
    document, text = annotated.document, annotated.repaired.text
    mentions = tuple(replace(m, text=m.span.slice(text)) for m in annotated.mentions or ())
    sha256 = document.sha256 if is_hash(document.sha256) else ""
    kept = bare(
        bare_document(id=document.id, sha256=sha256, name=document.name, title=document.title),
        (_kept(annotation, tag_paths) for annotation in annotated.annotations),
        mentions=mentions or None,
        edits=annotated.repaired.edits,
        lost=annotated.repaired.lost,
    )
    links = (
        replace(link, created=_time(link.created), modified=_time(link.modified))
        for link in annotated.links
    )
    return replace(kept, links=tuple(links))


def _kept(annotation: Annotation, tag_paths: dict[str, str]) -> Annotation:
    kept = _kept_anchor(annotation.anchor)
    created, modified = _time(annotation.created), _time(annotation.modified)
    tag = tag_paths[annotation.tag] if annotation.tag is not None else None
    return replace(
        annotation,
        anchor=kept,
        parts=tuple(map(_kept_anchor, annotation.parts)),
        tag=tag,
        status="",
        created=created,
        modified=modified,
    )


def _kept_anchor(anchor: Anchor) -> Anchor:
    fits = len(anchor.quote) == len(anchor.span)
    state = AnchorState.EXACT if fits else AnchorState.NEEDS_REVIEW
    return Anchor(anchor.span, anchor.quote, anchor.prefix, anchor.suffix, Span(0, 0), state)


FORMAT = Format(
    name="w3c",
    label_zh="W3C 网络批注(JSON-LD)",
    label_en="W3C Web Annotation (JSON-LD)",
    suffix=".jsonld",
    carries=frozenset(
        {
            Facet.NAME,
            Facet.TITLE,
            Facet.REPAIRS,
            Facet.LOST,
            Facet.ENTITIES,
            Facet.EMPTY_DOCUMENT,
            Facet.IDENTITY,
            Facet.CREATED,
            Facet.HIERARCHY,
            Facet.PARTS,
            Facet.LINKS,
        }
    ),
    chunks=chunks,
    check=check,
    read=read,
    recognises=lambda head: CONTEXT.encode() in head,
    own_losses={
        Facet.TIMES: lambda a: sum(bool(t) and not _time(t) for t in (a.created, a.modified))
    },
)
