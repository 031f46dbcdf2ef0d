"""Reading Web Annotations, ours and those of other tools."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.annotation import Annotation, Link
from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Lost, Proof, RepairEdit
from meipi.exchange.bare import bare, bare_document
from meipi.exchange.integrity import Unique
from meipi.exchange.json_stream import JsonStream
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import used_paths
from meipi.exchange.w3c_names import hash_in, identity
from meipi.exchange.w3c_nodes import (
    agent_of,
    anchor_of,
    body_of,
    flat,
    meaning_of,
    source_of,
)
from meipi.exchange.w3c_rules import (
    Node,
    check_annotation,
    check_context,
    is_node,
    is_uri,
    many,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedDocument

    _Member = TypeVar("_Member", bound=StrEnum)


@dataclass(slots=True)
class _Found:
    """What was read about one document so far."""

    source: str
    id: str = ""
    title: str = ""
    name: str = ""
    edits: list[RepairEdit] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    shift: int = 0
    """How much longer the reading text is than the source text up to the last edit."""


def read(stream: BinaryIO) -> AnnotatedSet:
    """Read an annotation, a page, a collection or a list of annotations.

    The documents come without bytes and texts, known by the IRI of their source. An annotation
    with several targets or tags becomes several.
    """
    gathering = _Gathering()
    try:
        for at, node in enumerate(_annotations(JsonStream(stream))):
            gathering.add(check_annotation(node, f"[{at}]"))
    except RecursionError:
        raise Refused("too_deep") from None
    return gathering.result()


def _annotations(file: JsonStream) -> Iterator[object]:
    """Yield the annotations in a file, whichever of the four shapes it has."""
    if file.peek() == "{":
        yield from _of_object(file)
    else:
        for node in file.elements() if file.peek() == "[" else [file.value()]:
            yield from _of_node(node)
    file.finish()


def _of_object(file: JsonStream) -> Iterator[object]:
    """Yield what a collection or a page holds, one by one where it said first that it is one.

    What was yielded leaves an empty list behind; whatever else there is comes at the end.
    """
    root: Node = {}
    for key in file.members():
        kinds = many(root.get("type")) if "@context" in root else []
        collection = "AnnotationCollection" in kinds
        if key == "first" and collection and file.peek() == "{":
            check_context(root)
            yield from _of_page(file)
            root[key] = {"items": []}
        elif key == "items" and "AnnotationPage" in kinds and not collection and file.peek() == "[":
            check_context(root)
            yield from file.elements()
            root[key] = []
        else:
            root[key] = file.value()
    yield from _of_node(root)


def _of_page(file: JsonStream) -> Iterator[object]:
    page: Node = {}
    for key in file.members():
        if key == "items" and file.peek() == "[":
            yield from file.elements()
            page[key] = []
        elif key == "next" and file.peek() == "{":
            yield from _of_page(file)
            page[key] = {"items": []}
        else:
            page[key] = file.value()
    yield from _pages(page)


def _of_node(node: object) -> Iterator[object]:
    if not is_node(node):
        raise Refused("not_object", where="JSON")
    check_context(node)
    kinds = many(node.get("type"))
    if "AnnotationCollection" in kinds:
        yield from _pages(node.get("first"))
    elif "AnnotationPage" in kinds:
        yield from _pages(node)
    else:
        yield node


def _pages(page: object) -> Iterator[object]:
    """Yield what stands on a page and on those inside the same file that follow it."""
    while is_node(page):
        items = page.get("items")
        if not isinstance(items, list):
            raise Refused("missing", where="items")
        yield from items
        page = page.get("next")
    if page is not None and not is_uri(page):
        raise Refused("value", where="first", value=str(page))


class _Gathering:
    """Sorts annotations by the documents they are about."""

    def __init__(self) -> None:
        self._documents: dict[str, _Found] = {}
        self._ids = Unique()
        self._links: list[Link] = []

    def add(self, node: Node) -> None:
        """Take in one annotation."""
        iri = str(single(node["id"]))
        targets = list(flat(node["target"]))
        if (link := identity("link", iri)) is not None:
            self._ids.add(iri)
            self._add_link(node, link, targets)
            return
        found = self._about(targets[0])
        for kind, take in _OURS.items():
            if (known := identity(kind, iri)) is not None:
                self._ids.add(iri)
                take(node, known, found)
                return
        ours = identity("annotation", iri)
        pieces = targets[1:] if ours else []
        self._add_annotation(node, ours or iri, targets[:1] if ours else targets, pieces)

    def _about(self, target: object) -> _Found:
        source = source_of(target)
        return self._documents.setdefault(source, _Found(source))

    def _add_annotation(
        self, node: Node, base: str, targets: list[object], pieces: list[object]
    ) -> None:
        """Take in an annotation; of ours, further targets are its further ``pieces``."""
        tags, note = meaning_of(node)
        given: list[str | None] = [*tags] or [None]
        pairs = [(target, tag) for target in targets for tag in given]
        for number, (target, tag) in enumerate(pairs, 1):
            annotation = Annotation(
                id=base if number == 1 else f"{base}#{number}",
                document="",
                anchor=anchor_of(target),
                tag=tag,
                note=note,
                coder=agent_of(node.get("creator")),
                created=str(single(node.get("created", ""))),
                modified=str(single(node.get("modified", ""))),
                parts=tuple(map(anchor_of, pieces)),
            )
            self._ids.add(annotation.id)
            self._about(target).annotations.append(annotation)

    def _add_link(self, node: Node, key: str, targets: list[object]) -> None:
        """Take in a link of ours: it is about annotations, not about a document."""
        related = [
            source_of(body)
            for body in flat(node.get("body"))
            if is_node(body) and "linking" in many(body.get("purpose"))
        ]
        source = identity("annotation", source_of(targets[0]))
        target = identity("annotation", related[0]) if related else None
        if source is None or target is None or source == target:
            raise Refused("value", where="linking", value=key)
        self._links.append(
            Link(
                key,
                source,
                target,
                body_of(node, "classifying") or "",
                agent_of(node.get("creator")),
                str(single(node.get("created", ""))),
                str(single(node.get("modified", ""))),
            )
        )

    def _linked(self, document: AnnotatedDocument) -> AnnotatedDocument:
        there = {annotation.id for annotation in document.annotations}
        links = tuple(link for link in self._links if link.source in there)
        return replace(document, links=links) if links else document

    def result(self) -> AnnotatedSet:
        """Return all that was taken in."""
        documents = tuple(map(self._linked, map(_document, self._documents.values())))
        return AnnotatedSet(documents, used_paths(documents))


def _document(found: _Found) -> AnnotatedDocument:
    known = found.id or found.source
    document = bare_document(
        id=known, sha256=hash_in(found.source), name=found.name, title=found.title
    )
    return bare(
        document,
        (replace(annotation, document=known) for annotation in found.annotations),
        mentions=tuple(found.mentions) or None,
        edits=tuple(found.edits),
        lost=tuple(found.lost),
    )


def _take_description(node: Node, known: str, found: _Found) -> None:
    found.id = known
    found.title = body_of(node, "describing") or ""
    found.name = body_of(node, "identifying") or ""


def _take_edit(node: Node, _: str, found: _Found) -> None:
    anchor = anchor_of(node["target"])
    after = body_of(node, "editing") or ""
    start = anchor.span.start + found.shift
    if start < 0 or len(anchor.quote) != len(anchor.span):
        raise Refused("edits", detail=str(node["id"]))
    found.shift += len(after) - len(anchor.quote)
    found.edits.append(
        RepairEdit(
            start=start,
            end=start + len(after),
            source_start=anchor.span.start,
            source_end=anchor.span.end,
            before=anchor.quote,
            after=after,
            channel=body_of(node, "classifying") or "",
            confidence=_confidence(body_of(node, "assessing") or ""),
            proof=_member(Proof, body_of(node, "moderating"), "proof"),
        )
    )


def _take_lost(node: Node, _: str, found: _Found) -> None:
    targets = list(flat(node["target"]))
    if len(targets) != 2:
        raise Refused("missing", where="target")
    span, source = (anchor_of(target).span for target in targets)
    channel, reason = body_of(node, "classifying") or "", body_of(node, "assessing") or ""
    found.lost.append(Lost(span, source, channel, reason))


def _take_mention(node: Node, _: str, found: _Found) -> None:
    anchor = anchor_of(node["target"])
    found.mentions.append(
        Mention(
            span=anchor.span,
            type=_member(EntityType, body_of(node, "classifying"), "type"),
            text=anchor.quote,
            canonical=body_of(node, "identifying") or "",
            by=agent_of(node.get("creator")),
            normal=body_of(node, "describing"),
            corrected=body_of(node, "moderating") == "corrected",
        )
    )


_OURS = {
    "document": _take_description,
    "edit": _take_edit,
    "lost": _take_lost,
    "mention": _take_mention,
}
"""Annotations of ours that are no reader's own, by the kind in their name."""


def _confidence(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise Refused("value", where="confidence", value=value)
    return number


def _member(kind: type[_Member], value: str | None, where: str) -> _Member:
    try:
        return kind(value or "")
    except ValueError:
        raise Refused("value", where=where, value=value or "") from None
