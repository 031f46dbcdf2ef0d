"""What a format could not carry of a set, piece by piece and in sum, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.messages import Language

Subject = Literal["memo", "document", "annotation", "entity", "tag"]


class Facet(StrEnum):
    """Something a set holds and a format may not."""

    BYTES = "bytes"
    SOURCE_TEXT = "source text"
    READING_TEXT = "reading text"
    NAME = "name"
    RECORD = "record"
    TITLE = "title"
    DATE = "date"
    SOURCE_NAME = "source name"
    AUTHORS = "authors"
    REGION = "region"
    REPAIRS = "repairs"
    LOST = "lost"
    STRUCTURE = "structure"
    ENTITIES = "entities"
    MENTION_TEXT = "mention text"
    ENTITY_SEARCH = "entity search"
    EMPTY_DOCUMENT = "empty document"
    IDENTITY = "identity"
    SOURCE_PLACE = "source place"
    STATE = "state"
    CREATED = "created"
    TIMES = "times"
    CONTROLS = "controls"
    LONG_CELL = "long cell"
    UNUSED_TAG = "unused tag"
    COLOR = "color"
    SHORTCUT = "shortcut"
    DEFINITION = "definition"
    RULES = "rules"
    HIERARCHY = "hierarchy"
    POSITION = "position"
    TAG_IDENTITY = "tag identity"
    PARTS = "parts"
    LINKS = "links"
    MEMOS = "memos"
    STATUS = "status"
    DOCUMENT_VALUES = "document values"
    ANNOTATION_VALUES = "annotation values"
    DOCUMENT_TAGS = "document tags"
    NOTE = "note"
    CODER = "coder"
    MODIFIED = "modified"
    ENTITY_NAMES = "entity names"
    UNPLACED = "unplaced"
    EMPTY_SPAN = "empty span"
    OVERLAP = "overlap"
    UNTAGGED = "untagged"
    UNTOKENED = "untokened"
    NOT_HELD = "not held"
    LINE_BREAKS = "line breaks"
    NOT_DRAWN = "not drawn"
    CUT_CELL = "cut cell"
    BLANKS = "blanks"
    TRIMMED = "trimmed"


LEFT_OUT = frozenset(
    {
        Facet.UNPLACED,
        Facet.EMPTY_SPAN,
        Facet.OVERLAP,
        Facet.UNTAGGED,
        Facet.UNTOKENED,
        Facet.NOT_HELD,
    }
)
"""Losses of a whole annotation or entity, not of something about it."""

_WORDS: dict[Facet, tuple[str, str]] = {
    Facet.BYTES: ("原始字节", "original bytes"),
    Facet.SOURCE_TEXT: ("修复前的源文字数", "characters of source text"),
    Facet.READING_TEXT: ("阅读文本字数", "characters of reading text"),
    Facet.NAME: ("文件名", "file names"),
    Facet.RECORD: ("编码、格式与加入时间", "encodings, formats and times added"),
    Facet.TITLE: ("标题", "titles"),
    Facet.DATE: ("日期", "dates"),
    Facet.SOURCE_NAME: ("来源", "sources"),
    Facet.AUTHORS: ("作者", "authors"),
    Facet.REGION: ("地区", "regions"),
    Facet.REPAIRS: ("修复记录", "repairs"),
    Facet.LOST: ("缺字记录", "records of lost characters"),
    Facet.STRUCTURE: ("版式段落", "blocks of structure"),
    Facet.ENTITIES: ("实体", "entities"),
    Facet.MENTION_TEXT: (
        "实体中未显示的字符的取舍",
        "wording of entities that differs from the text",
    ),
    Facet.ENTITY_SEARCH: ("“已查找实体、结果为空”", "that entities were looked for and none found"),
    Facet.EMPTY_DOCUMENT: ("没有批注的文档", "documents with nothing marked"),
    Facet.IDENTITY: ("批注编号", "ids of annotations"),
    Facet.SOURCE_PLACE: ("源文中的位置", "places in the source text"),
    Facet.STATE: ("定位状态(已移动或待复核)", "states of anchors (moved, to review)"),
    Facet.CREATED: ("创建时间", "times of creation"),
    Facet.TIMES: ("不合 ISO 8601 的时间", "times that are not ISO 8601"),
    Facet.CONTROLS: ("控制字符,写作 U+FFFD", "control characters, written as U+FFFD"),
    Facet.LONG_CELL: (
        "超过 32,767 字的单元格,Excel 会截断(文件本身完整)",
        "cells longer than 32,767 characters: whole in the file, cut off by Excel",
    ),
    Facet.UNUSED_TAG: ("未使用的标签", "tags that nothing bears"),
    Facet.COLOR: ("标签颜色", "tag colors"),
    Facet.SHORTCUT: ("标签快捷键", "tag shortcuts"),
    Facet.DEFINITION: ("标签定义", "tag definitions"),
    Facet.RULES: ("标签的示例与取舍规则", "examples and rules of tags"),
    Facet.PARTS: ("分段批注的其余各段", "further passages of annotations in several pieces"),
    Facet.LINKS: ("批注之间的联系", "links between annotations"),
    Facet.MEMOS: ("备忘", "memos"),
    Facet.STATUS: ("批注的状态(待复核等)", "statuses of annotations (to review …)"),
    Facet.DOCUMENT_VALUES: ("文档的属性", "attributes of documents"),
    Facet.ANNOTATION_VALUES: ("批注的属性", "attributes of annotations"),
    Facet.DOCUMENT_TAGS: ("整篇的标签", "tags of whole documents"),
    Facet.HIERARCHY: ("标签的上级", "tag parents"),
    Facet.POSITION: ("标签的次序", "the order of tags"),
    Facet.TAG_IDENTITY: ("标签编号", "ids of tags"),
    Facet.NOTE: ("批语", "notes"),
    Facet.CODER: ("编码者", "coders"),
    Facet.MODIFIED: ("修改时间", "times of change"),
    Facet.ENTITY_NAMES: ("实体的规范名与数值", "canonical names and values of entities"),
    Facet.UNPLACED: ("位置待复核、整条略去", "left out: the place is to be reviewed"),
    Facet.EMPTY_SPAN: ("不含文字、整条略去", "left out: no character is marked"),
    Facet.OVERLAP: ("与另一条重叠、整条略去", "left out: overlaps another"),
    Facet.UNTAGGED: ("没有标签、整条略去", "left out: bears no tag"),
    Facet.UNTOKENED: ("边界不在词界上、整条略去", "left out: does not fall on words"),
    Facet.NOT_HELD: ("此格式不含批注", "left out: the format holds no annotations"),
    Facet.NOT_DRAWN: ("在正文中的标示", "its mark in the text"),
    Facet.CUT_CELL: (
        "超过 32,767 字的单元格，已截断",
        "cells longer than 32,767 characters, cut off",
    ),
    Facet.BLANKS: ("开头的空白,写作换行", "blanks at the beginning, written as line breaks"),
    Facet.TRIMMED: ("首尾的空白", "blanks at its ends"),
    Facet.LINE_BREAKS: (
        "回车符,写作空格或换行",
        "carriage returns, written as spaces or line feeds",
    ),
}
_SUBJECTS: dict[Subject, tuple[str, str, str]] = {
    "document": ("篇文档", "document", "documents"),
    "annotation": ("条批注", "annotation", "annotations"),
    "entity": ("个实体", "entity", "entities"),
    "tag": ("个标签", "tag", "tags"),
    "memo": ("篇备忘", "memo", "memos"),
}


@dataclass(frozen=True, slots=True)
class LossItem:
    """One thing of one document, annotation or tag that does not get through.

    ``count`` says how much of it: bytes, characters, repairs … ``name`` is the title, the quote or
    the tag's name, for people.
    """

    what: Facet
    subject: Subject
    id: str
    name: str
    count: int = 1

    @property
    def detail(self) -> str:
        """The loss in English words."""
        return self.word("en")

    def word(self, language: Language) -> str:
        """Word what is lost, with its amount where there is more than one."""
        chinese, english = _WORDS[self.what]
        amount = f"{self.count:,}" if self.count > 1 else ""
        if language == "zh":
            return f"{chinese}({amount})" if amount else chinese
        return f"{english} ({amount})" if amount else english


@dataclass(frozen=True, slots=True)
class LossReport:
    """All that ``format`` cannot carry of a set; nothing where it is lossless."""

    format: str
    items: tuple[LossItem, ...]
    can_read: bool = True
    """Whether Meipi reads the format back."""

    @property
    def lossless(self) -> bool:
        """Say whether the set comes back equal."""
        return self.can_read and not self.items

    def totals(self) -> dict[tuple[Facet, Subject], tuple[int, int]]:
        """Return for each kind of loss how many are concerned and how much is lost in all."""
        sums: dict[tuple[Facet, Subject], tuple[int, int]] = {}
        for item in self.items:
            concerned, amount = sums.get((item.what, item.subject), (0, 0))
            sums[item.what, item.subject] = (concerned + 1, amount + item.count)
        return sums

    def summary(self, language: Language = "en") -> str:
        """Word the report in one line."""
        if self.lossless:
            return (
                f"{self.format}:无损,可原样导回。"
                if language == "zh"
                else f"{self.format}: lossless, reads back the same."
            )
        separator = ";" if language == "zh" else "; "
        totals = separator.join(_total(*total, language) for total in self.totals().items())
        if language == "zh":
            again = "" if self.can_read else "不能导回;"
            return f"{self.format}:{again}未含 {totals or '无'}。"
        again = "" if self.can_read else "cannot be read back; "
        return f"{self.format}: {again}leaves out {totals or 'nothing'}."

    def text(self) -> str:
        """Word the whole report in Chinese and English, for the file beside the export."""
        return "".join(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield `text` line by line: of a large set it is long."""
        for language, heading in _HEADINGS.items():
            yield f"{heading}\n{self.summary(language)}\n"
            for item in self.items:
                unit, singular, _ = _SUBJECTS[item.subject]
                subject = unit[1:] if language == "zh" else singular
                yield f"- {subject} {item.id} 「{_one_line(item.name)}」: {item.word(language)}\n"
            yield "\n"


_HEADINGS: dict[Language, str] = {
    "zh": "未能随此文件导出的内容",
    "en": "What this file does not carry",
}


def _total(key: tuple[Facet, Subject], value: tuple[int, int], language: Language) -> str:
    (facet, subject), (concerned, amount) = key, value
    chinese, english = _WORDS[facet]
    unit, singular, plural = _SUBJECTS[subject]
    more = amount > concerned
    if language == "zh":
        return f"{chinese}({concerned:,} {unit}" + (f",共 {amount:,})" if more else ")")
    name = singular if concerned == 1 else plural
    return f"{english} ({concerned:,} {name}" + (f", {amount:,} in all)" if more else ")")


def _one_line(name: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in name[:40])
    return shown + ("…" if len(name) > 40 else "")
