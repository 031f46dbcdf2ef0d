"""Between rows and values: links, memos and the further passages of annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.annotation import Link
from meipi.core.memo import Memo, MemoKind
from meipi.library.rows import anchor_row, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.anchors import Anchor
    from meipi.core.annotation import Annotation
    from meipi.library.transaction import Row


def part_rows(annotation: str, document: str, parts: tuple[Anchor, ...]) -> list[Row]:
    """Return the rows of the further passages of an annotation, numbered in their order."""
    return [
        {
            "id": f"{annotation}.{number}",
            "annotation": annotation,
            "document": document,
            **anchor_row(anchor),
        }
        for number, anchor in enumerate(parts, 1)
    ]


def link_row(link: Link, source: Annotation, target: Annotation) -> Row:
    """Return the row of ``link`` between two annotations."""
    return {
        "id": link.id,
        "source": source.id,
        "target": target.id,
        "source_document": source.document,
        "target_document": target.document,
        "label": storable(link.label),
        "coder": link.coder,
        "created": link.created,
        "modified": link.modified,
    }


def to_link(row: Mapping[str, Any]) -> Link:
    """Return the link in ``row``."""
    ends = (row["id"], row["source"], row["target"])
    return Link(*ends, row["label"], row["coder"], row["created"], row["modified"])


def memo_row(memo: Memo) -> Row:
    """Return the row of ``memo``."""
    return {
        "id": memo.id,
        "kind": str(memo.kind),
        "subject": memo.subject,
        "title": storable(memo.title),
        "text": storable(memo.text),
        "coder": memo.coder,
        "created": memo.created,
        "modified": memo.modified,
    }


def to_memo(row: Mapping[str, Any]) -> Memo:
    """Return the memo in ``row``."""
    words = (row["title"], row["text"], row["coder"], row["created"], row["modified"])
    return Memo(row["id"], MemoKind(row["kind"]), row["subject"], *words)
