"""Merges an annotated set into a library by what does not change: bytes, identities, words."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from meipi.core.anchors import AnchorState
from meipi.core.document import Decoded
from meipi.core.reading import Prepared
from meipi.core.repairs import Repaired
from meipi.core.textmap import TextMap
from meipi.library import queries, readings
from meipi.library.coding_queries import put_parts
from meipi.library.rows import annotation_row
from meipi.library.times import now
from meipi.services.importing_attributes import AttributeMerge, merge_document_tags
from meipi.services.importing_coding import MemoMerge, merge_links
from meipi.services.importing_mentions import keep_mentions
from meipi.services.importing_tags import TagMerge
from meipi.services.labels import short
from meipi.services.matching import IDENTITY, Known, alike, find_document, outcome, placed
from meipi.services.storing import store_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
    from meipi.core.annotation import Annotation
    from meipi.core.document import Document
    from meipi.library.transaction import Transaction

    class Decide(Protocol):
        """Says what becomes of an annotation that comes in."""

        def __call__(
            self, transaction: Transaction, wanted: Annotation, known: Known, *, same_text: bool
        ) -> str:
            """Return the name of the count it goes into."""


_TOLD = 500
"""Annotations between two words on how far an import is."""


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One thing of a set that did not go in as it was: which kind, what happened, its words."""

    kind: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    ``matched`` was there already. ``merged`` are tags that got texts they did not have. ``values``
    are those of attributes, and tags of whole documents. ``conflict`` was there and differs: the
    library's own stays. ``missing`` are documents whose text neither the set nor the library has,
    and what lies on them. ``changed`` took over what another library went on to, ``deleted`` was
    deleted here: both are known of libraries alone. ``moved`` and ``to_review`` are among the
    annotations added.
    ``passed_over`` counts by kind what the file holds and Meipi has no place for.
    """

    documents_added: int = 0
    documents_matched: int = 0
    documents_missing: int = 0
    tags_added: int = 0
    tags_matched: int = 0
    tags_merged: int = 0
    tags_conflict: int = 0
    annotations_added: int = 0
    annotations_matched: int = 0
    annotations_conflict: int = 0
    annotations_changed: int = 0
    annotations_deleted: int = 0
    annotations_missing: int = 0
    annotations_moved: int = 0
    annotations_to_review: int = 0
    attributes_added: int = 0
    attributes_matched: int = 0
    attributes_conflict: int = 0
    values_added: int = 0
    values_matched: int = 0
    values_conflict: int = 0
    links_added: int = 0
    links_matched: int = 0
    links_missing: int = 0
    memos_added: int = 0
    memos_matched: int = 0
    memos_conflict: int = 0
    memos_missing: int = 0
    passed_over: tuple[tuple[str, int], ...] = ()
    notes: tuple[ImportNote, ...] = ()

    @property
    def added(self) -> int:
        """How much is new in the library."""
        new = self.documents_added + self.tags_added + self.annotations_added
        new += self.tags_merged + self.attributes_added + self.values_added
        return new + self.links_added + self.memos_added


class Merge:
    """One import. `run` does it inside a transaction; `report` says what was done.

    ``watch`` is told which share is done; what it raises stops the import.
    """

    def __init__(
        self,
        incoming: AnnotatedSet,
        watch: Callable[[float], None],
        *,
        decide: Decide = outcome,
    ) -> None:
        self._decide = decide
        self._set = incoming
        self._watch = watch
        self._left = self._all = sum(len(one.annotations) + 1 for one in incoming.documents)
        self._counts: Counter[str] = Counter()
        self._notes: list[ImportNote] = []
        self._tags = TagMerge(incoming.tags, self._count)
        self._attributes = AttributeMerge(self._count)
        self._memos = MemoMerge(self._count)
        self._names: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    @property
    def report(self) -> ImportReport:
        """What was done so far."""
        return ImportReport(
            **self._counts, passed_over=self._set.passed_over, notes=tuple(self._notes)
        )

    def run(self, transaction: Transaction) -> None:
        """Merge codebook, documents and annotations."""
        self._tags.run(transaction)
        self._attributes.define(transaction, self._set.attributes)
        for document in self._set.documents:
            self._tell(1)
            self._merge_document(transaction, document)
        self._merge_coded(transaction)
        self._watch(1)

    def _merge_coded(self, transaction: Transaction) -> None:
        """Merge links, which may lead from one document to another, and memos."""
        for document in self._set.documents:
            merge_links(transaction, document.links, self._names, self._count)
            self._memos.run(transaction, document.memos, self._keys)
        self._memos.run(transaction, self._set.memos, self._tags.ids)

    def _tell(self, done: int) -> None:
        self._left -= done
        self._watch(1 - self._left / self._all)

    def _count(self, kind: str, outcome: str, words: str | None = None) -> None:
        self._counts[f"{kind}_{outcome}"] += 1
        if words is not None:
            self._notes.append(ImportNote(kind, outcome, short(words)))

    def _merge_document(self, transaction: Transaction, incoming: AnnotatedDocument) -> None:
        key = self._place_document(transaction, incoming)
        if key is None:
            self._count("documents", "missing", incoming.document.title or incoming.document.name)
            for annotation in incoming.annotations:
                self._count("annotations", "missing", annotation.anchor.quote)
            return
        number = queries.reading_number(transaction.connection, key)
        prepared = readings.load(transaction.connection, number)
        same = alike(prepared.repaired.text, incoming.repaired.text)
        if incoming.mentions is not None and (same or not incoming.repaired.text):
            keep_mentions(transaction, key, prepared.repaired, incoming)
        known = Known(transaction.connection, key)
        self._keys[incoming.document.id] = key
        names: dict[str, str] = {}
        for number, annotation in enumerate(incoming.annotations, 1):
            if number % _TOLD == 0:
                self._tell(_TOLD)
            first, *rest = (placed(anchor, incoming, prepared) for anchor in annotation.anchors)
            moved = replace(annotation, document=key, anchor=first, parts=tuple(rest))
            names[annotation.id] = self._merge_annotation(transaction, moved, known, same_text=same)
        self._names |= names
        self._attributes.describe(transaction, incoming, key, names)
        merge_document_tags(transaction, incoming, key, self._tags.ids, self._count)

    def _place_document(self, transaction: Transaction, incoming: AnnotatedDocument) -> str | None:
        """Return the library's id for a document, after putting it in if it was not there."""
        whole = _with_bytes(incoming)
        row = find_document(transaction, incoming, whole)
        if row is not None and not row["removed"]:
            self._count("documents", "matched")
            return str(row["id"])
        if row is None and not whole.data:
            return None
        key = _store(transaction, whole) if row is None else str(row["id"])
        transaction.update("documents", key, removed=0)
        self._count("documents", "added")
        return key

    def _merge_annotation(
        self, transaction: Transaction, incoming: Annotation, known: Known, *, same_text: bool
    ) -> str:
        """Return the id under which the library has it."""
        tag = self._tags.ids[incoming.tag] if incoming.tag is not None else None
        wanted = replace(incoming, tag=tag)
        found = self._decide(transaction, wanted, known, same_text=same_text)
        if found == "added":
            if not IDENTITY.fullmatch(wanted.id):
                wanted = replace(wanted, id=uuid.uuid4().hex)
            transaction.insert("annotations", annotation_row(wanted))
            put_parts(transaction, wanted)
            known.add(wanted)
            self._note_place(wanted)
        elif found == "changed":
            transaction.update("annotations", wanted.id, **annotation_row(wanted))
            put_parts(transaction, wanted)
        self._count("annotations", found, wanted.anchor.quote if found == "conflict" else None)
        twin = known.find(wanted)
        return wanted.id if twin is None or found != "matched" else twin.id

    def _note_place(self, annotation: Annotation) -> None:
        if annotation.state is AnchorState.MOVED:
            self._count("annotations", "moved")
        elif annotation.state is AnchorState.NEEDS_REVIEW:
            self._count("annotations", "to_review", annotation.anchor.quote)


def _with_bytes(incoming: AnnotatedDocument) -> AnnotatedDocument:
    """Return the document with bytes: of a format that carries only a text, those of the text."""
    if incoming.data or not (incoming.source_text or incoming.repaired.text):
        return incoming
    text = incoming.source_text or incoming.repaired.text
    data = text.encode("utf-8", "replace")
    repaired = incoming.repaired
    if not incoming.source_text:
        repaired = Repaired(text, (), TextMap.identity(len(text)))
    document = replace(incoming.document, sha256=hashlib.sha256(data).hexdigest())
    return replace(incoming, document=document, data=data, source_text=text, repaired=repaired)


def _store(transaction: Transaction, incoming: AnnotatedDocument) -> str:
    document = _complete(transaction, incoming)
    decoded = Decoded(incoming.source_text, document.encoding, format=document.format)
    prepared = Prepared(decoded, incoming.repaired, incoming.structure)
    store_document(transaction, document, incoming.data, prepared, removed=True)
    return document.id


def _complete(transaction: Transaction, incoming: AnnotatedDocument) -> Document:
    """Fill in what a format did not carry, and give the document an id that is free."""
    document = incoming.document
    free = transaction.find("documents", document.id) is None
    return replace(
        document,
        id=document.id if free and IDENTITY.fullmatch(document.id) else uuid.uuid4().hex,
        added=document.added or now(),
        encoding=document.encoding or "utf-8",
        format=document.format or "text",
        length=len(incoming.repaired.text),
    )
