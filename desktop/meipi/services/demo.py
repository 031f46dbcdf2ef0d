"""Fills an empty library with the sample documents, a small codebook and a few annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.fold import fold
from meipi.core.resources import demo_seeds, resource_path
from meipi.core.spans import Span
from meipi.services.annotating import NewAnnotation

if TYPE_CHECKING:
    from meipi.library.transaction import Transaction
    from meipi.services.workspace import Workspace


def fill(workspace: Workspace) -> list[str]:
    """Put the samples into ``workspace`` and return their documents; waits for each.

    A library that has documents stays as it is.
    """
    if workspace.documents.cards():
        return []
    added = [workspace.documents.add_file(path) for path in demo_seeds()]
    documents = [future.result().document for future in added]
    sample = json.loads(resource_path("demo", "sample.json").read_text(encoding="utf-8"))
    annotate(workspace, documents, sample)
    return documents


def annotate(workspace: Workspace, documents: list[str], sample: dict[str, Any]) -> None:
    """Add the tags and annotations of ``sample``, as one act."""
    passages = [(item, _find(workspace, documents, item)) for item in sample["annotations"]]

    def work(transaction: Transaction) -> None:
        tags = {
            tag["name"]: workspace.codebook.put(transaction, **tag).id for tag in sample["tags"]
        }
        for item, place in passages:
            if place is not None:
                document, span = place
                new = NewAnnotation(document, span, tags[item["tag"]], item.get("note", ""))
                workspace.annotating.put(transaction, new)
        transaction.name("demo")

    workspace.submit(work).result()


def _find(
    workspace: Workspace, documents: list[str], item: dict[str, str]
) -> tuple[str, Span] | None:
    """Return where the quote of ``item`` stands, whatever script the document is in."""
    for document in documents:
        reading = workspace.documents.reading(document)
        if reading.document.name.startswith(item["file"]):
            at = fold(reading.repaired.text).find(fold(item["quote"]))
            if at >= 0:
                return document, Span(at, at + len(item["quote"]))
    return None
