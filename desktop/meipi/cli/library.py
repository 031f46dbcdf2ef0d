"""Opens the library a subcommand names, and finds the documents and tags it selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meipi.core.errors import ErrorCode, LibraryError, MeipiError, Phrase

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from meipi.services.workspace import Workspace

TAG = "tag:"


class Selection(NamedTuple):
    """What to export; ``None`` is everything."""

    documents: list[str] | None
    tags: list[str] | None


def open_library(arguments: argparse.Namespace, *, must_exist: bool = False) -> Workspace:
    """Open the library of ``--library``, or the reader's own.

    Raises ``LibraryError`` where it cannot be used, or is not there though it ``must_exist``.
    """
    from meipi.services.home import default_library
    from meipi.services.workspace import Workspace

    path = arguments.library or default_library()
    if must_exist and not Workspace.exists(path):
        reason = Phrase("没有这个文件", "there is no such file")
        raise LibraryError(ErrorCode.LIBRARY_UNUSABLE, path=path, reason=reason)
    workspace = Workspace.open(path)
    coder = getattr(arguments, "coder", "")
    if isinstance(coder, str):  # of an export it says whose annotations go out
        workspace.coders.switch(coder)
    return workspace


def select(words: Iterable[str], workspace: Workspace) -> Selection:
    """Find what ``words`` name: a document's id (or its beginning), file name or title; ``tag:X``.

    Raises ``MeipiError`` where a word names nothing.
    """
    documents: list[str] = []
    tags: list[str] = []
    for word in words:
        if word.startswith(TAG):
            tags.append(_tag(word.removeprefix(TAG), workspace))
        else:
            documents += _documents(word, workspace)
    return Selection(documents or None, tags or None)


def _tag(name: str, workspace: Workspace) -> str:
    for tag in workspace.codebook.tags():
        if name in {tag.name, tag.id}:
            return tag.id
    raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=name)


def _documents(word: str, workspace: Workspace) -> list[str]:
    cards = workspace.documents.cards()
    found = [card.id for card in cards if word in {card.id, card.name, card.title}]
    found = found or [card.id for card in cards if card.id.startswith(word) and len(word) >= 4]
    if not found:
        raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=word)
    return found
