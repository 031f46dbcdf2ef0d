"""Memos in words: their title, what they are about, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.memo import Memo, MemoKind, entity_of
from meipi.ui.presenters.notes import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meipi.ui.i18n import Words

    Names = Mapping[tuple[MemoKind, str], str]

_TITLE = 40


@dataclass(frozen=True, slots=True)
class MemoSubject:
    """What a memo is about, and what that is called."""

    kind: MemoKind
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo in words; ``text`` is what is listed and filtered for."""

    memo: Memo
    subject: MemoSubject
    title: str
    text: str


def memo_rows(memos: Iterable[Memo], names: Names, words: Words) -> list[MemoRow]:
    """Word ``memos`` in their order."""
    return [_row(memo, subject_of(memo.kind, memo.subject, names, words), words) for memo in memos]


def subject_of(kind: MemoKind, key: str, names: Names, words: Words) -> MemoSubject:
    """Say what the memos about ``key`` are about."""
    if kind is MemoKind.LIBRARY:
        return MemoSubject(kind, key, words("memo.library"))
    name = entity_of(key).name if kind is MemoKind.ENTITY else names.get((kind, key), "")
    return MemoSubject(kind, key, f"{words(f'memo.{kind}')} {name}".strip())


def _row(memo: Memo, subject: MemoSubject, words: Words) -> MemoRow:
    title = memo.title or words_of(memo.text)[:_TITLE] or words("memo.untitled")
    beside = " · ".join(filter(None, (subject.name, memo.modified[:10], memo.coder)))
    return MemoRow(memo, subject, title, f"{title}\u2028{beside}")
