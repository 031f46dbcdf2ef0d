"""Examines a library and mends what can be made again; damaged files are copied, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState, find_anchor
from meipi.core.errors import ErrorCode, LibraryError, MeipiError, Phrase
from meipi.core.messages import word
from meipi.library import Library, backup, check, queries, readings, salvage
from meipi.library.opening import is_there
from meipi.library.rows import anchor_row
from meipi.library.transaction import find_row
from meipi.services import pipeline
from meipi.services.installation import examine_installation
from meipi.services.settling import settled
from meipi.services.storing import store_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.core.document import Document
    from meipi.core.messages import Language
    from meipi.library.salvage import Salvaged
    from meipi.library.transaction import Transaction


_SALVAGED = frozenset({ErrorCode.LIBRARY_DAMAGED})


class State(StrEnum):
    """How something was found."""

    SOUND = "sound"
    MENDED = "mended"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``NOTE``: it works, but less than it could."""

    state: State
    text: Phrase

    def word(self, language: Language) -> str:
        """Word the finding on one line."""
        return self.text.zh if language == "zh" else self.text.en


def examine(path: Path) -> list[Finding]:
    """Check the installation and the library at ``path``, and mend what can be mended."""
    found = [
        Finding(State.SOUND if sound else State.NOTE, text)
        for sound, text in examine_installation()
    ]
    return found + examine_library(path)


def examine_library(path: Path) -> list[Finding]:
    """Check a library and mend it: its index, its readings, the places of its annotations."""
    try:
        if not is_there(path):
            return [_finding(State.NOTE, f"还没有文库：{path}", f"no library yet: {path}")]
        found = _look_at(path)
        if not found:
            found = _examine_sound(path)
    except LibraryError as error:
        found = [_worded(error)]
        if error.code not in _SALVAGED and not salvage.looks_like_library(path):
            return found
    if any(finding.state is State.BROKEN for finding in found):
        found += _salvage(path)
    return found or [_finding(State.SOUND, f"文库完好：{path}", f"the library is sound: {path}")]


def _examine_sound(path: Path) -> list[Finding]:
    library = Library(path)
    try:
        return list(_examine_open(library))
    finally:
        library.close()


def _examine_open(library: Library) -> Iterator[Finding]:
    yield from _mend_readings(library)
    yield from _mend_places(library)
    yield from _mend_index(library)


def _look_at(path: Path) -> list[Finding]:
    """Say what cannot be mended in place, leaving the file as it is."""
    damage, changed = check.damage_of_file(path)
    found = [
        _finding(State.BROKEN, f"文库已损坏：{line}", f"the library is damaged: {line}")
        for line in damage
    ]
    named = check.titles(path) if changed else {}
    for sha256 in changed:
        title = named.get(sha256, sha256)
        chinese = f"“{title}”的原始字节与其 SHA-256 不符：{sha256}"
        english = f"the original bytes of {title} are no longer those of SHA-256 {sha256}"
        found.append(_finding(State.BROKEN, chinese, english))
    return found


def _mend_readings(library: Library) -> Iterator[Finding]:
    with library.reading() as connection:
        broken = list(check.unreadable(connection))
    for document in broken:
        try:
            _read_again(library, document)
        except MeipiError as error:
            yield _worded(error)
            continue
        yield _finding(
            State.MENDED,
            f"已按原始字节重新读取“{document.title}”",
            f"{document.title} was read again from its bytes",
        )


def _read_again(library: Library, document: Document) -> None:
    with library.reading() as connection:
        data = queries.original(connection, document.sha256)
    prepared = pipeline.prepare(data, name=document.name, encoding=document.encoding or None)

    def work(transaction: Transaction) -> None:
        connection = transaction.connection
        decided = settled(prepared, document.id, queries.decisions(connection, document.id))
        number = store_reading(transaction, document.id, prepared)
        if decided is not prepared:
            number = store_reading(transaction, document.id, decided, base=number)
        queries.use_reading(connection, document.id, number, length=len(decided.repaired.text))

    library.submit(work).result()


def _mend_places(library: Library) -> Iterator[Finding]:
    with library.reading() as connection:
        astray = list(check.misplaced(connection))

    def work(transaction: Transaction) -> None:
        connection = transaction.connection
        for passage in astray:
            number = queries.reading_number(connection, passage.document)
            repaired = readings.load(connection, number).repaired
            found = find_anchor(passage.anchor, repaired.text, repaired.map)
            queries.place_passage(connection, passage.table, passage.id, anchor_row(found))

    if astray:
        library.submit(work).result()
    for passage in astray:
        with library.reading() as connection:
            now = find_row(connection, passage.table, passage.id)
        lost = now is None or now["state"] == AnchorState.NEEDS_REVIEW
        quote = passage.anchor.quote[:16]
        yield _finding(
            State.NOTE if lost else State.MENDED,
            f"批注“{quote}”" + ("的位置需要核对" if lost else "已放回原处"),
            f"the annotation on {quote} " + ("needs review" if lost else "is on its words again"),
        )


def _mend_index(library: Library) -> Iterator[Finding]:
    with library.reading() as connection:
        if check.index_is_whole(connection):
            return
    library.submit(lambda transaction: check.rebuild_index(transaction.connection)).result()
    library.flush()
    yield _finding(State.MENDED, "已重建全文索引", "the search index was built anew")


def _salvage(path: Path) -> list[Finding]:
    """Save what can be read into a new file beside the damaged one, and mend that."""
    target = _free_name(path)
    try:
        saved = salvage.salvage(path, target, backup.folder_of(path))
        library = Library(target)
    except MeipiError as error:
        return [_worded(error)]
    try:
        mended = list(_mend_readings(library))
        library.submit(lambda transaction: _drop_unread(transaction, saved)).result()
        mended += _mend_places(library)
        library.submit(lambda transaction: check.rebuild_index(transaction.connection)).result()
        library.flush()
    finally:
        library.close()
    return [*_told(saved, target), *mended]


def _drop_unread(transaction: Transaction, saved: Salvaged) -> None:
    titles = salvage.drop_unread(transaction.connection)
    saved.lost += [("documents", title) for title in titles]


def _told(saved: Salvaged, target: Path) -> Iterator[Finding]:
    """Say what was saved and from where, and by name what was not."""
    yield _finding(
        State.NOTE,
        f"可读的内容（{saved.rows} 行）已抄录到 {target}；原文件未动",
        f"what could be read ({saved.rows} rows) was copied to {target}; the file is untouched",
    )
    if saved.from_history:
        yield _finding(
            State.NOTE,
            f"另有 {saved.from_history} 行取自历史记录",
            f"{saved.from_history} more rows were taken from the history",
        )
    if saved.from_backup:
        yield _finding(
            State.NOTE,
            f"另有 {saved.from_backup} 行取自备份 {saved.backup}",
            f"{saved.from_backup} more rows were taken from the backup {saved.backup}",
        )
    for kind, name in saved.doubtful:
        what = _KINDS.get(kind, Phrase(kind, kind))
        yield _finding(State.NOTE, f"请核对{what.zh}：{name}", f"check the {what.en}: {name}")
    for kind in saved.broken:
        if kind not in _KINDS:
            continue
        named = _KINDS[kind]
        yield _finding(
            State.NOTE,
            f"有{named.zh}读不出来；名字无从得知的不在下面",
            f"not every {named.en} could be read; those whose name nothing knows are not below",
        )
    for kind, name in saved.lost:
        what = _KINDS.get(kind, Phrase(kind, kind))
        yield _finding(State.NOTE, f"未能找回{what.zh}：{name}", f"the {what.en} is lost: {name}")


_KINDS = {
    "original": Phrase("原始字节（正文已保留）", "original bytes (the text was kept)"),
    "bytes": Phrase(
        "原始字节（已有改变，按此重新读取）", "bytes (changed, and read anew as they are)"
    ),
    "documents": Phrase("文档", "document"),
    "tags": Phrase("标签", "tag"),
    "annotations": Phrase("批注", "annotation"),
    "annotation_parts": Phrase("批注的另一段", "further passage"),
    "memos": Phrase("备忘", "memo"),
    "links": Phrase("关联", "link"),
    "attributes": Phrase("属性", "attribute"),
    "queries": Phrase("保存的检索", "saved query"),
    "coders": Phrase("编码者", "coder"),
    "suggestions": Phrase("建议", "suggestion"),
    "corrections": Phrase("更正", "correction"),
    "decisions": Phrase("对修复的选择", "decision on repairs"),
}


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        target = path.with_name(f"{path.stem}.recovered{suffix}{path.suffix}")
        if not target.exists():
            return target
        number += 1


def _finding(state: State, chinese: str, english: str) -> Finding:
    return Finding(state, Phrase(chinese, english))


def _worded(error: MeipiError) -> Finding:
    return _finding(State.BROKEN, word(error, "zh"), word(error, "en"))
