"""The words for acts on the codebook, attributes and tags of documents."""

from __future__ import annotations

CODEBOOK: dict[str, tuple[str, str]] = {
    "tag_add": ("新建标签“{name}”", "add the tag “{name}”"),
    "tag_update": ("修改标签“{name}”", "change the tag “{name}”"),
    "tags_update": ("修改 {count} 个标签", "change {count} tags"),
    "tag_rename": ("标签“{name}”改名为“{to}”", "rename the tag “{name}” to “{to}”"),
    "tag_delete": ("删除标签“{name}”（{count} 处）", "delete the tag “{name}” ({count} uses)"),
    "tags_delete": ("删除 {count} 个标签（{uses} 处）", "delete {count} tags ({uses} uses)"),
    "tag_move": ("移动标签“{name}”", "move the tag “{name}”"),
    "tags_move": ("移动 {count} 个标签", "move {count} tags"),
    "tag_merge": (
        "把标签“{name}”并入“{into}”（{count} 处）",
        "merge the tag “{name}” into “{into}” ({count} uses)",
    ),
    "tags_merge": (
        "把 {count} 个标签并入“{into}”（{uses} 处）",
        "merge {count} tags into “{into}” ({uses} uses)",
    ),
    "tag_split": (
        "从标签“{name}”分出“{to}”（{count} 处）",
        "split “{to}” off the tag “{name}” ({count} uses)",
    ),
    "codebook_import": ("导入标签表“{name}”", "import the codebook “{name}”"),
    "attribute_add": ("新建属性“{name}”", "add the attribute “{name}”"),
    "attribute_update": ("修改属性“{name}”", "change the attribute “{name}”"),
    "attribute_delete": (
        "删除属性“{name}”（{count} 个值）",
        "delete the attribute “{name}” ({count} values)",
    ),
    "attribute_set": (
        "把“{name}”设为“{value}”（{count} 项）",
        "set {name} to “{value}” ({count} items)",
    ),
    "attribute_clear": ("清空“{name}”（{count} 项）", "clear {name} ({count} items)"),
    "given_set": (
        "把{field}改为“{value}”（{count} 篇）",
        "set the {field} to “{value}” ({count} documents)",
    ),
    "status_set": ("{count} 条批注：{status}", "{count} annotations: {status}"),
    "document_tag_add": (
        "给 {count} 篇文档加上“{name}”",
        "put “{name}” on {count} documents",
    ),
    "document_tag_remove": (
        "从 {count} 篇文档去掉“{name}”",
        "take “{name}” off {count} documents",
    ),
}

FIELDS: dict[str, tuple[str, str]] = {
    "title": ("标题", "title"),
    "date": ("日期", "date"),
    "source": ("来源", "source"),
    "authors": ("作者", "authors"),
    "region": ("地区", "region"),
}

STATUSES: dict[str, tuple[str, str]] = {
    "": ("无状态", "no status"),
    "review": ("待复核", "to review"),
    "checked": ("已核对", "checked"),
    "disputed": ("有争议", "disputed"),
}
