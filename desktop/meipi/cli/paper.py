"""`meipi export --to pdf`: documents as pages with their notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from meipi.cli.console import Console
    from meipi.services.documents import DocumentCard

_EMPTY = Phrase("文库里没有文档", "the library has no documents")
_NO_WINDOW = Phrase("这里没有窗口程序", "the window's program is not here")
_UNFIT = '/\\:*?"<>|'
_LONGEST = 60


def print_documents(arguments: argparse.Namespace, console: Console) -> int:
    """Write a PDF of each selected document, and print the paths."""
    from meipi.cli.library import open_library, select

    if arguments.write_pdf is None:
        raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NO_WINDOW)
    with open_library(arguments, must_exist=True) as workspace:
        wanted = select(arguments.selection, workspace).documents
        cards = [c for c in workspace.documents.cards() if wanted is None or c.id in wanted]
        if not cards:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_EMPTY)
        for card, path in zip(cards, _paths(cards, arguments.out), strict=True):
            arguments.write_pdf(workspace, card.id, path, console.language)
            console.line(str(path))
    return 0


def _paths(cards: Sequence[DocumentCard], out: Path | None) -> list[Path]:
    """Return where each document goes: one to the file ``out``, several into that folder."""
    if len(cards) == 1 and out is not None and not out.is_dir():
        return [out]
    folder = out or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        from meipi.core.reasons import reason_of

        reason = reason_of(error)
        raise MeipiError(ErrorCode.EXPORT_FAILED, path=folder, reason=reason) from error
    taken: set[str] = set()
    return [folder / _name(card.title, taken) for card in cards]


def _name(title: str, taken: set[str]) -> str:
    """Return a file name that none of ``taken`` is, and take it.

    >>> taken = set()
    >>> _name("天津/宝坻", taken), _name("天津:宝坻", taken)
    ('天津 宝坻.pdf', '天津 宝坻 2.pdf')
    """
    plain = "".join(" " if one in _UNFIT or not one.isprintable() else one for one in title)
    base = " ".join(plain.split())[:_LONGEST].strip() or "Meipi"
    names = (base if not n else f"{base} {n + 1}" for n in range(len(taken) + 1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return f"{name}.pdf"
