"""The words for errors of passages, links and memos."""

from __future__ import annotations

from meipi.core.errors import ErrorCode

CODING: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.PASSAGE_UNKNOWN: (
        "这条批注没有第 {number} 段。",
        "The annotation has no passage {number}.",
    ),
    ErrorCode.PASSAGE_LAST: (
        "批注只有这一段。要去掉它，请删除批注。",
        "This is the annotation's only passage. To take it away, delete the annotation.",
    ),
    ErrorCode.PASSAGE_THERE: (
        "这条批注已包括“{quote}”。",
        "“{quote}” belongs to the annotation already.",
    ),
    ErrorCode.EXPRESSION_INVALID: (
        "正则表达式有误：{reason}。",
        "The expression cannot be used: {reason}.",
    ),
    ErrorCode.TAGGING_CANCELLED: (
        "已取消，一处也没有标。",
        "Cancelled; nothing was tagged.",
    ),
    ErrorCode.LINK_UNKNOWN: (
        "没有这条联系，可能已被删除。",
        "There is no such link; it may have been deleted.",
    ),
    ErrorCode.LINK_ITSELF: (
        "批注不能与自己相连。请选另一条批注。",
        "An annotation cannot be linked to itself. Choose another one.",
    ),
    ErrorCode.LINK_EXISTS: (
        "这两条批注已有联系“{label}”。",
        "The two annotations are linked as “{label}” already.",
    ),
    ErrorCode.MEMO_UNKNOWN: (
        "没有这篇备忘，可能已被删除。",
        "There is no such memo; it may have been deleted.",
    ),
    ErrorCode.MEMO_EMPTY: (
        "备忘没有内容。请写标题或正文。",
        "The memo is empty. Write a title or a text.",
    ),
}
