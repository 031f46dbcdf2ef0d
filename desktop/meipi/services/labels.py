"""The words for every act in the history, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.messages import Language

_LABELS: dict[str, tuple[str, str]] = {
    "annotation_add": ("批注“{quote}”", "annotate “{quote}”"),
    "annotation_tag": ("给“{quote}”标上“{tag}”", "tag “{quote}” as “{tag}”"),
    "annotation_retag": ("改“{quote}”的标签为“{tag}”", "change the tag of “{quote}” to “{tag}”"),
    "annotation_untag": ("去掉“{quote}”的标签", "take the tag off “{quote}”"),
    "annotation_note": ("写“{quote}”的批语", "write a note on “{quote}”"),
    "annotation_move": ("调整批注范围为“{quote}”", "move an annotation to “{quote}”"),
    "annotation_delete": ("删除批注“{quote}”", "delete the annotation “{quote}”"),
    "annotations_delete": ("删除 {count} 条批注", "delete {count} annotations"),
    "tag_add": ("新建标签“{name}”", "add the tag “{name}”"),
    "tag_update": ("修改标签“{name}”", "change the tag “{name}”"),
    "tag_delete": ("删除标签“{name}”（{count} 处）", "delete the tag “{name}” ({count} uses)"),
    "document_remove": ("移除文档“{title}”", "remove the document “{title}”"),
    "documents_remove": ("移除 {count} 篇文档", "remove {count} documents"),
    "document_restore": ("重新加入文档“{title}”", "put the document “{title}” back"),
    "encoding_change": ("改按 {encoding} 解读“{title}”", "read “{title}” as {encoding}"),
    "import": ("导入“{name}”", "import “{name}”"),
    "demo": ("加入示例批注", "add the sample annotations"),
    "undo": ("撤销：{act}", "undo: {act}"),
    "redo": ("重做：{act}", "redo: {act}"),
}

_QUOTE = 16
"""Characters of a quote that fit in a menu."""


def word_label(key: str, fields: Mapping[str, object], language: Language) -> str:
    """Word one act.

    >>> word_label("tag_delete", {"name": "产业", "count": 14}, "zh")
    '删除标签“产业”（14 处）'
    """
    chinese, english = _LABELS[key]
    template = chinese if language == "zh" else english
    return template.format_map({name: str(value) for name, value in fields.items()})


def short(quote: str) -> str:
    """Cut a quote to what fits in a menu.

    >>> short("京津冀协同发展走深走实,加快打造创新发展的宝地")
    '京津冀协同发展走深走实,加快打…'
    """
    line = " ".join(quote.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"
