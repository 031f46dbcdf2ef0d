"""Why a file is refused, worded in Chinese and English, with the line where it was noticed."""

from __future__ import annotations

from meipi.core.errors import Phrase

_REASONS: dict[str, tuple[str, str]] = {
    "not_utf8": ("不是 UTF-8 文本", "not UTF-8 text"),
    "binary": ("含有空字符，是二进制文件", "contains NUL bytes: a binary file"),
    "too_large": ("超过 {limit}", "larger than {limit}"),
    "truncated": ("文件不完整，缺少结尾", "the file is cut off before its end"),
    "not_json": ("不是合法的 JSON（{detail}）", "not valid JSON ({detail})"),
    "too_deep": ("嵌套过深", "nested too deeply"),
    "number": ("数值 {value} 不是有限数", "the number {value} is not finite"),
    "repeated_key": ("重复的键“{key}”", "the key {key!r} stands twice in one object"),
    "not_object": ("“{where}”应为对象", "{where} should be an object"),
    "wrong_type": ("“{where}”应为{wanted_zh}", "{where} should be {wanted}"),
    "missing": ("缺少“{where}”", "{where} is missing"),
    "unknown_key": ("不认识的键“{where}”", "the key {where} is unknown"),
    "surrogate": ("“{where}”含有孤立代理码位", "{where} holds a lone surrogate"),
    "nul": ("“{where}”含有空字符", "{where} holds a NUL character"),
    "value": ("“{where}”的值“{value}”不可用", "{where} cannot be {value!r}"),
    "not_meipi": ("不是 Meipi JSONL 文件", "not a Meipi JSONL file"),
    "newer": (
        "由更新的版本写成（格式版本 {version}），请升级眉批",
        "written by a newer Meipi (format version {version}); update Meipi",
    ),
    "not_csv": ("引号不成对或位置不对", "a quotation mark is unpaired or out of place"),
    "columns": ("表头缺少列“{where}”", "the header has no column {where}"),
    "cells": ("应有 {wanted} 格，实有 {found} 格", "should have {wanted} cells and has {found}"),
    "conflict": ("与前面的行对 {id} 的说法不一", "says otherwise about {id} than a row before it"),
    "count": (
        "应有 {wanted} 篇文档，实有 {found} 篇",
        "should hold {wanted} documents and holds {found}",
    ),
    "repeated_id": ("重复的编号 {id}", "the id {id} is used twice"),
    "unknown_tag": ("批注 {id} 的标签 {tag} 不在标签表中", "{id} has the unknown tag {tag}"),
    "unknown_parent": (
        "标签 {id} 的上级 {parent} 不存在",
        "tag {id} has the unknown parent {parent}",
    ),
    "cycle": ("标签 {id} 的上级关系成环", "the parents of tag {id} form a circle"),
    "outside": (
        "{where} 的位置 {start}–{end} 超出全文（{length} 字）",
        "{where} at {start}–{end} lies outside the {length} characters of the text",
    ),
    "not_span": ("“{where}”不是有效的区间", "{where} is not a valid range"),
    "quote": (
        "批注 {id} 的引文与原处文字不符",
        "the quote of {id} is not what stands at its place",
    ),
    "sha256": ("原始字节与校验值不符", "the bytes do not have the stated SHA-256"),
    "base64": ("“{where}”不是合法的 base64", "{where} is not valid base64"),
    "edits": (
        "由修复记录得不出阅读文本（{detail}）",
        "the edits do not turn the source text into the reading text ({detail})",
    ),
    "map": ("对照表与文本长度不符", "the map does not fit the lengths of the texts"),
    "not_zip": ("不是完好的 zip 压缩包", "not a sound zip archive"),
    "outside_zip": ("压缩包里的“{name}”指向包外", "{name} in the archive points outside it"),
    "encrypted": ("压缩包有密码", "the archive is encrypted"),
    "doctype": (
        "含有文档类型或实体声明，为安全起见不读取",
        "declares a document type or entities, which is not safe to read",
    ),
    "not_xml": ("不是合法的 XML（{detail}）", "not valid XML ({detail})"),
    "not_this": ("不是{format}文件", "not a {format} file"),
    "not_tag": ("标记“{value}”不可用", "{value!r} is no BIO or BIOES tag"),
    "length": ("字数 {length} 与文本不符", "the stated length {length} is not that of the text"),
}


class Refused(ValueError):  # noqa: N818 - a verdict on a file, not a mistake
    """A file does not say what its format demands.

    Internal to this package: `meipi.exchange.reading` turns it into a `MeipiError`.
    """

    def __init__(self, reason: str, *, line: int = 0, **fields: object) -> None:
        super().__init__(reason, fields)
        self.reason = reason
        self.line = line
        self.fields = fields

    def at(self, line: int) -> Refused:
        """Return the refusal with the line where it was noticed, if it has none yet."""
        return self if self.line else Refused(self.reason, line=line, **self.fields)

    @property
    def phrase(self) -> Phrase:
        """The reason in words, with the line.

        >>> Refused("missing", where="id", line=3).phrase
        Phrase(zh='第 3 行：缺少“id”', en='line 3: id is missing')
        """
        chinese, english = _REASONS[self.reason]
        shown = {name: _short(value) for name, value in self.fields.items()}
        before_zh, before_en = (
            (f"第 {self.line} 行：", f"line {self.line}: ") if self.line else ("", "")
        )
        return Phrase(before_zh + chinese.format(**shown), before_en + english.format(**shown))


def _short(value: object) -> object:
    """Keep a hostile value from filling the message or breaking the terminal."""
    if not isinstance(value, str):
        return value
    printable = "".join(c if c.isprintable() else "\ufffd" for c in value[:80])
    return printable + ("…" if len(value) > 80 else "")
