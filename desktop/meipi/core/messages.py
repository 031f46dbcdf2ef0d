"""The words for every error code, in Chinese and English: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from meipi.core.errors import ErrorCode, Phrase
from meipi.core.lines import one_line
from meipi.core.messages_codebook import CODEBOOK
from meipi.core.messages_coding import CODING

if TYPE_CHECKING:
    from meipi.core.errors import MeipiError

Language = Literal["zh", "en"]

_WHY_LOST = {
    "swallowed": Phrase(
        "误读时吞掉了这里的字节，无从得知原字",
        "A wrong reading swallowed bytes here; nothing decides what stood",
    ),
    "cut": Phrase(
        "编码在字中间截断，所缺字节无从得知",
        "Its code was cut off in the middle; the missing bytes are unknown",
    ),
    "rewritten": Phrase(
        "原文已被替换符取代，替换符又按另一种编码读出，无法恢复",
        "Replaced by U+FFFD, which was then read in another encoding; it cannot be recovered",
    ),
    "replaced": Phrase(
        "原字节无法解码，已被替换符取代，无法恢复",
        "The bytes could not be decoded and were replaced by U+FFFD; they cannot be recovered",
    ),
    "fill": Phrase(
        "未初始化内存的填充字节，此处原本没有文字",
        "Fill bytes of uninitialised memory; there was no text here",
    ),
    "dropped": Phrase(
        "UTF-8 误作 Latin-1，且部分字节已被删去，无法恢复",
        "UTF-8 read as Latin-1 with some of its bytes dropped; they cannot be recovered",
    ),
}
_LOST = Phrase("原字已丢失，无从确定", "The character is gone; nothing decides it")


def word_loss(reason: str, language: Language = "en") -> str:
    """Say what took a text that is gone; of a ``reason`` nobody knows, that it is gone."""
    phrase = _WHY_LOST.get(reason, _LOST)
    return phrase.zh if language == "zh" else phrase.en


_MESSAGES: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.FILE_NOT_FOUND: (
        "找不到文件 {path}。请检查路径。",
        "{path}: no such file. Check the path.",
    ),
    ErrorCode.FILE_IS_DIRECTORY: (
        "{path} 是文件夹。请选择其中的文件，或用 meipi add 加入整个文件夹。",
        "{path} is a folder. Name a file in it, or add the whole folder with `meipi add`.",
    ),
    ErrorCode.FILE_NOT_PERMITTED: (
        "没有权限读取 {path}。请更改文件权限后重试。",
        "{path}: not permitted. Change the file's permissions and try again.",
    ),
    ErrorCode.FILE_UNREADABLE: (
        "无法读取 {path}：{reason}。请检查后重试，或另选文件。",
        "{path} could not be read: {reason}. Check it and try again, or choose another file.",
    ),
    ErrorCode.FILE_EMPTY: (
        "{path} 是空文件，没有可读的内容。请另选文件。",
        "{path} is empty: there is nothing to read. Choose another file.",
    ),
    ErrorCode.FILE_BINARY: (
        "{path} 不是文本文件。请先转换为 .txt、.md 或 .html。",
        "{path} is not a text file. Convert it to .txt, .md or .html first.",
    ),
    ErrorCode.FILE_FORMAT_UNKNOWN: (
        "不认识 {path} 的格式。可读取：{known}。",
        "{path}: unknown format. Known: {known}.",
    ),
    ErrorCode.FILE_TOO_LARGE: (
        "{path} 超过 {limit}，请拆分后再打开。",
        "{path} is larger than {limit}. Split it and try again.",
    ),
    ErrorCode.ENCODING_UNKNOWN: (
        "没有名为 {encoding} 的编码。可用：{known}。",
        "No encoding is called {encoding}. Known: {known}.",
    ),
    ErrorCode.ENCODING_TOLD: (
        "{path} 的格式自带编码，无须也不能另选。",
        "{path} is of a format that tells its encoding: there is none to choose.",
    ),
    ErrorCode.FILE_TAKES_LONG: (
        "读取 {path} 用时或内存过多，已中止。文件可能已损坏，请拆分或另存后重试。",
        "Reading {path} took too long or too much memory and was stopped. It may be damaged: "
        "split it or save it anew.",
    ),
    ErrorCode.ENCODING_MISFIT: (
        "按 {encoding} 无法解读 {path}。请换一种编码。",
        "{path} cannot be read as {encoding}. Choose another encoding.",
    ),
    ErrorCode.DISK_FULL: (
        "磁盘已满，{path} 未写入。已有内容完好；请腾出空间后重试。",
        "The disk is full and {path} was not written. What was there is safe; free some space.",
    ),
    ErrorCode.LIBRARY_NOT_SQLITE: (
        "{path} 不是眉批文库，未作任何改动。请另选文件。",
        "{path} is not a Meipi library. It was left untouched; choose another file.",
    ),
    ErrorCode.LIBRARY_NEWER: (
        "{path} 由更新版本的眉批建立（结构 {found}，本版本 {known}），未作改动。请升级眉批。",
        "{path} was made by a newer Meipi (schema {found}, this one knows {known}). "
        "It was left untouched; upgrade Meipi.",
    ),
    ErrorCode.LIBRARY_LOCKED: (
        "文库 {path} 正被另一个程序使用，未作改动。请在那里关闭后重试。",
        "The library {path} is in use by another program and was left as it is. "
        "Close it there and try again.",
    ),
    ErrorCode.LIBRARY_DAMAGED: (
        '文库已损坏：{reason}。文件未作改动；请运行 meipi doctor --library "{path}"，'
        "把可读的内容抄录到新文库。",
        "The library is damaged: {reason}. It was left as it is; run "
        '`meipi doctor --library "{path}"` to copy what can still be read into a new one.',
    ),
    ErrorCode.LIBRARY_UNUSABLE: (
        "无法使用文库 {path}：{reason}。文库未作改动，请排除后重试，或另选文库。",
        "The library {path} could not be used: {reason}. "
        "It was left as it is; put that right, or choose another library.",
    ),
    ErrorCode.DOCUMENT_UNKNOWN: (
        "文库里没有文档 {document}。",
        "The library has no document {document}.",
    ),
    ErrorCode.ANNOTATION_UNKNOWN: (
        "批注 {annotation} 已不存在。",
        "There is no annotation {annotation} any more.",
    ),
    ErrorCode.REPAIR_UNKNOWN: (
        "这篇文档里没有这处修复了，未作改动。",
        "The document has no such repair any more; nothing was changed.",
    ),
    ErrorCode.DECISION_UNKNOWN: (
        "这条选择已不存在。",
        "There is no such choice any more.",
    ),
    **CODEBOOK,
    **CODING,
    ErrorCode.MENTION_UNKNOWN: (
        "这里已没有实体“{name}”，未作改动。",
        "There is no entity “{name}” here any more; nothing was changed.",
    ),
    ErrorCode.ENTITY_TYPE_UNKNOWN: (
        "没有实体类型 {type}。可用：{known}。",
        "No entity type is called {type}. Known: {known}.",
    ),
    ErrorCode.ENTITY_SAME: (
        "“{name}”不能与自己合并，请另选一个实体。",
        "“{name}” cannot be merged with itself. Choose another entity.",
    ),
    ErrorCode.ENTITY_UNDIVIDED: (
        "“{name}”只有这一种写法，没有可拆分的。",
        "“{name}” goes by this one name only: there is nothing to split off.",
    ),
    ErrorCode.ENTITY_NAMELESS: ("实体要有名称。", "An entity needs a name."),
    ErrorCode.ENTITY_NAME_SHORT: (
        "“{name}”只有一个字，不能处处都算名称。请在各处分别标记。",
        "“{name}” is a single character and cannot be a name everywhere. Mark it place by place.",
    ),
    ErrorCode.RULE_UNKNOWN: (
        "这条更正已经收回。",
        "This correction was revoked already.",
    ),
    ErrorCode.SUGGESTION_UNKNOWN: (
        "这条建议已不存在。",
        "This suggestion is not there any more.",
    ),
    ErrorCode.SPAN_OUTSIDE: (
        "位置 {start}–{end} 不在文中（全文 {length} 字）。",
        "{start}–{end} lies outside the text of {length} characters.",
    ),
    ErrorCode.QUERY_INVALID: (
        "查询第 {place} 个字“{near}”处：{reason}。",
        "The query at character {place}, “{near}”: {reason}.",
    ),
    ErrorCode.QUERY_UNKNOWN: (
        "没有这条保存的查询：{query}。它可能已被删除。",
        "There is no saved query {query}; it may have been deleted.",
    ),
    ErrorCode.QUERY_NAMELESS: ("查询需要一个名称。", "A query needs a name."),
    ErrorCode.QUERY_EXISTS: (
        "已有名为“{name}”的查询。请换个名称。",
        "There is a query called “{name}” already; choose another name.",
    ),
    ErrorCode.FORMAT_UNKNOWN: (
        "不认识格式 {format}。可用：{known}。",
        "Unknown format {format}. Known: {known}.",
    ),
    ErrorCode.PRESET_UNKNOWN: (
        "没有名为“{name}”的导出方案。现有：{known}。",
        "No export preset is called {name}. There are: {known}.",
    ),
    ErrorCode.DAY_INVALID: (
        "{value} 不是日期。请写成 2026-03-01 的样子。",
        "{value} is no day. Write it like 2026-03-01.",
    ),
    ErrorCode.CHANNEL_UNKNOWN: (
        "没有名为 {channel} 的损坏类别。可用：{known}。",
        "No kind of damage is called {channel}. Known: {known}.",
    ),
    ErrorCode.CODER_EXISTS: (
        "已有名为 {coder} 的编码者。请另取名字。",
        "There is a coder called {coder} already. Choose another name.",
    ),
    ErrorCode.CODER_NAMELESS: (
        "编码者要有名字。",
        "A coder needs a name.",
    ),
    ErrorCode.CODER_UNKNOWN: (
        "没有名为 {coder} 的编码者。现有：{known}。",
        "No coder is called {coder}. There are: {known}.",
    ),
    ErrorCode.EXTRA_MISSING: (
        '这里需要 {module}。请运行 pip install "meipi[{extra}]"。',
        'This needs {module}. Run `pip install "meipi[{extra}]"`.',
    ),
    ErrorCode.COLUMN_UNKNOWN: (
        "{path} 没有“{column}”列，只有：{known}。请用 --text 指明正文列。",
        "{path} has no column {column}, only {known}. Name that of the texts with --text.",
    ),
    ErrorCode.BATCH_OTHER: (
        "{path} 里是另一批结果：{reason}。请换一个文件夹，或先清空它。",
        "{path} holds something else: {reason}. Choose another folder, or empty it first.",
    ),
    ErrorCode.BATCH_FAILED: (
        "有 {count} 个部分未完成，第一个的原因：{reason}。其余已写好；再次运行会接着做。",
        "{count} parts were not done, the first for: {reason}. All others are written; "
        "run it again to go on.",
    ),
    ErrorCode.BATCH_ROW_INVALID: (
        "{path} 第 {row} 行未加入：{reason}。其余不受影响。",
        "{path}, row {row} was not added: {reason}. The others are not affected.",
    ),
    ErrorCode.CLUSTER_UNUSABLE: (
        "无法使用集群 {address}：{reason}。请检查地址和各工作进程。",
        "The cluster at {address} could not be used: {reason}. Check its address and workers.",
    ),
    ErrorCode.EXPORT_CANCELLED: (
        "已取消导出，原有文件未动。",
        "The export was cancelled; any file that was there is untouched.",
    ),
    ErrorCode.IMPORT_CANCELLED: (
        "已取消导入，文库未作改动。",
        "The import was cancelled; the library is as it was.",
    ),
    ErrorCode.EXPORT_FAILED: (
        "未能导出到 {path}：{reason}。文库和原有文件未动，请换个位置重试。",
        "Export to {path} failed: {reason}. "
        "The library and any file that was there are untouched; try another place.",
    ),
    ErrorCode.EXPORT_DIFFERS: (
        "导出后重读 {path}，结果不一致：{reason}。未替换原有文件。",
        "{path}, read back, differs: {reason}. The file that was there was kept.",
    ),
    ErrorCode.IMPORT_INVALID: (
        "无法导入 {path}：{reason}。文库未作改动。",
        "{path} could not be imported: {reason}. The library is unchanged.",
    ),
    ErrorCode.NOTHING_TO_DO: ("没有可处理的内容：{reason}。", "Nothing to do: {reason}."),
    ErrorCode.WORKER_FAILED: (
        "处理 {path} 时出错：{reason}。文档和批注完好。",
        "Processing {path} failed: {reason}. Documents and annotations are safe.",
    ),
    ErrorCode.SETTING_INVALID: (
        "设置 {name} 不能是 {value}。",
        "The setting {name} cannot be {value}.",
    ),
    ErrorCode.SETTINGS_NOT_SAVED: (
        "设置未能写入 {path}：{reason}。本次仍然有效。",
        "The settings could not be written to {path}: {reason}. They hold until you quit.",
    ),
    ErrorCode.REPORT_NOT_WRITTEN: (
        "报告未能写入 {path}：{reason}。请另选位置。",
        "The report could not be written to {path}: {reason}. Choose another place.",
    ),
}


def word(error: MeipiError, language: Language = "en") -> str:
    """Word ``error`` in one sentence or two, without a line break.

    >>> from meipi.core.errors import FileError
    >>> word(FileError(ErrorCode.FILE_EMPTY, path="a.txt"), "zh")
    'a.txt 是空文件，没有可读的内容。请另选文件。'
    """
    chinese, english = _MESSAGES[error.code]
    template = chinese if language == "zh" else english
    fields = {name: one_line(_worded(value, language)) for name, value in error.fields.items()}
    return template.format_map(_Lenient(fields))


def _worded(value: object, language: Language) -> str:
    if isinstance(value, Phrase):
        return value.zh if language == "zh" else value.en
    return str(value)


class _Lenient(dict[str, str]):
    """Leaves a place of the message visible rather than fail while reporting a failure."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
