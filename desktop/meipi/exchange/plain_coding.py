"""Further passages, links and memos as plain JSON values and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotation import Link
from meipi.core.memo import Memo, MemoKind
from meipi.exchange.plain_text import pair

if TYPE_CHECKING:
    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation
    from meipi.exchange.plain_text import Plain
    from meipi.exchange.records import Record


def anchor_to_plain(anchor: Anchor) -> Plain:
    """Return the place of a passage as JSON values."""
    return {
        "span": pair(anchor.span),
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "source": pair(anchor.source),
        "state": anchor.state,
    }


def anchor_from_plain(record: Record) -> Anchor:
    """Read the place of a passage; whoever asks says when the record is done."""
    return Anchor(
        span=record.span("span"),
        quote=record.text("quote"),
        prefix=record.text("prefix"),
        suffix=record.text("suffix"),
        source=record.span("source"),
        state=record.one_of("state", AnchorState),
    )


def parts_to_plain(annotation: Annotation) -> Plain:
    """Return the further passages of an annotation; nothing where it has none."""
    parts = [anchor_to_plain(one) for one in annotation.parts]
    return {"parts": parts} if parts else {}


def parts_from_plain(record: Record) -> tuple[Anchor, ...]:
    """Read the further passages of an annotation, where it has any."""
    parts = []
    for one in record.records("parts") if "parts" in record else []:
        parts.append(anchor_from_plain(one))
        one.done()
    return tuple(parts)


def coded_to_plain(annotated: AnnotatedDocument) -> Plain:
    """Return the links and memos of a document; nothing where it has none."""
    links = [_link_to_plain(link) for link in annotated.links]
    memos = [memo_to_plain(memo) for memo in annotated.memos]
    return {**({"links": links} if links else {}), **({"memos": memos} if memos else {})}


def links_from_plain(record: Record) -> tuple[Link, ...]:
    """Read the links of a document, where it has any."""
    return tuple(_link(one) for one in (record.records("links") if "links" in record else []))


def memos_from_plain(record: Record) -> tuple[Memo, ...]:
    """Read the memos of a document or a set, where it has any."""
    return tuple(_memo(one) for one in (record.records("memos") if "memos" in record else []))


def _link_to_plain(link: Link) -> Plain:
    return {
        "id": link.id,
        "source": link.source,
        "target": link.target,
        "label": link.label,
        "coder": link.coder,
        "created": link.created,
        "modified": link.modified,
    }


def _link(record: Record) -> Link:
    ends = record.name("id"), record.name("source"), record.name("target")
    times = record.text("created"), record.text("modified")
    link = Link(*ends, record.text("label"), record.text("coder"), *times)
    record.done()
    return link


def memo_to_plain(memo: Memo) -> Plain:
    """Return a memo as JSON values."""
    return {
        "id": memo.id,
        "kind": memo.kind,
        "subject": memo.subject,
        "title": memo.title,
        "text": memo.text,
        "coder": memo.coder,
        "created": memo.created,
        "modified": memo.modified,
    }


def _memo(record: Record) -> Memo:
    memo = Memo(
        record.name("id"),
        record.one_of("kind", MemoKind),
        record.text("subject"),
        record.text("title"),
        record.text("text"),
        record.text("coder"),
        record.text("created"),
        record.text("modified"),
    )
    record.done()
    return memo
