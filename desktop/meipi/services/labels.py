"""The words for every act in the history, in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.services.labels_codebook import CODEBOOK, FIELDS, STATUSES
from meipi.services.labels_coding import CODING

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
    **CODEBOOK,
    **CODING,
    "document_remove": ("移除文档“{title}”", "remove the document “{title}”"),
    "documents_remove": ("移除 {count} 篇文档", "remove {count} documents"),
    "document_restore": ("重新加入文档“{title}”", "put the document “{title}” back"),
    "document_add": ("加入文档“{title}”", "add the document “{title}”"),
    "backup_restore": ("恢复备份 {name}", "restore the backup {name}"),
    "coder_add": ("加入编码者“{name}”", "add the coder “{name}”"),
    "coder_rename": (
        "编码者“{name}”改名为“{to}”（{count} 条批注）",
        "rename the coder “{name}” to “{to}” ({count} annotations)",
    ),
    "encoding_change": ("改按 {encoding} 解读“{title}”", "read “{title}” as {encoding}"),
    "entity_add": ("标记“{quote}”为{type}", "mark “{quote}” as {type}"),
    "entity_type": ("改“{quote}”为{type}", "make “{quote}” {type}"),
    "entity_move": ("调整实体范围为“{quote}”", "move an entity to “{quote}”"),
    "entity_reject": ("“{quote}”在此处不是名称", "“{quote}” is no name here"),
    "entity_never": ("“{name}”处处不是名称", "“{name}” is not a name anywhere"),
    "entity_always": ("“{name}”处处是{type}", "“{name}” is always {type}"),
    "entity_merge": ("把“{name}”并入“{into}”", "merge “{name}” into “{into}”"),
    "entities_merge": ("把 {count} 个实体并入“{into}”", "merge {count} entities into “{into}”"),
    "entity_rename": ("实体“{name}”改名为“{to}”", "rename the entity “{name}” to “{to}”"),
    "entity_retype": ("实体“{name}”改为{type}", "make the entity “{name}” {type}"),
    "entity_split": ("把“{name}”从“{entity}”中分出", "split “{name}” off “{entity}”"),
    "entity_revoke": ("收回对“{name}”的更正", "revoke what was said of “{name}”"),
    "entities_revoke": ("收回 {count} 条更正", "revoke {count} corrections of names"),
    "mentions_tag": (
        "给“{name}”的 {count} 处提及标上“{tag}”",
        "tag {count} mentions of “{name}” as “{tag}”",
    ),
    "suggest": ("按实体建议“{tag}” {count} 处", "suggest “{tag}” in {count} places by entities"),
    "suggest_all": (
        "在 {documents} 篇文档按实体建议“{tag}” {count} 处",
        "suggest “{tag}” in {count} places of {documents} documents by entities",
    ),
    "suggestion_accept": (
        "接受建议：“{quote}”标上“{tag}”",
        "accept a suggestion: “{quote}” as “{tag}”",
    ),
    "suggestions_accept": ("接受 {count} 条建议", "accept {count} suggestions"),
    "suggestion_reject": (
        "拒绝建议：“{quote}”不标“{tag}”",
        "reject a suggestion: “{quote}” is not “{tag}”",
    ),
    "suggestions_reject": ("拒绝 {count} 条建议", "reject {count} suggestions"),
    "repair_accept": ("认可修复 {channel} {count} 处", "accept repairs, {channel}: {count}"),
    "repair_reject": ("拒绝修复 {channel} {count} 处", "reject repairs, {channel}: {count}"),
    "repair_edit": ("改写修复 {channel} {count} 处", "rewrite repairs, {channel}: {count}"),
    "repair_reset": ("收回选择 {channel} {count} 处", "undecide repairs, {channel}: {count}"),
    "repair_accept_everywhere": (
        "认可修复并记住 {channel} {count} 处",
        "accept repairs everywhere, {channel}: {count}",
    ),
    "repair_reject_everywhere": (
        "拒绝修复并记住 {channel} {count} 处",
        "reject repairs everywhere, {channel}: {count}",
    ),
    "repair_edit_everywhere": (
        "改写修复并记住 {channel} {count} 处",
        "rewrite repairs everywhere, {channel}: {count}",
    ),
    "repair_reset_everywhere": (
        "收回各篇的选择 {channel} {count} 处",
        "undecide repairs everywhere, {channel}: {count}",
    ),
    "repair_forget": (
        "不再记住对 {channel} 的选择",
        "forget a choice on repairs, {channel}",
    ),
    "annotations_settle": (
        "核对 {count} 条批注的位置",
        "confirm the places of {count} annotations",
    ),
    "annotation_settle": ("核对“{quote}”的位置", "confirm the place of “{quote}”"),
    "merge": (
        "合并文库“{name}”（{documents} 篇文档、{annotations} 条批注）",
        "merge the library “{name}” ({documents} documents, {annotations} annotations)",
    ),
    "adjudicate": ("裁定“{quote}”：{verdict}", "decide on “{quote}”: {verdict}"),
    "adjudicate_agreed": ("采纳一致的 {count} 条批注", "take over {count} agreed annotations"),
    "query_add": ("保存查询“{name}”", "save the query “{name}”"),
    "query_update": ("改写查询“{name}”", "change the query “{name}”"),
    "query_rename": ("查询“{name}”改名为“{to}”", "rename the query “{name}” to “{to}”"),
    "query_delete": ("删除查询“{name}”", "delete the query “{name}”"),
    "queries_delete": ("删除 {count} 条查询", "delete {count} queries"),
    "import": ("导入“{name}”", "import “{name}”"),
    "demo": ("加入示例批注", "add the sample annotations"),
    "jump": ("在历史中移动 {count} 步", "go {count} steps through the history"),
    "moment": (
        "恢复“{title}”在 {when} 的批注（增 {added}、改 {changed}、删 {removed}）",
        "restore the annotations of “{title}” as of {when} "
        "({added} back, {changed} changed, {removed} gone)",
    ),
    "undo": ("撤销：{act}", "undo: {act}"),
    "redo": ("重做：{act}", "redo: {act}"),
}

_TYPES: dict[str, tuple[str, str]] = {
    "PER": ("人物", "a person"),
    "ORG": ("机构", "an organisation"),
    "LOC": ("地点", "a place"),
    "FAC": ("设施", "a facility"),
    "TIME": ("时间", "a time"),
    "MONEY": ("金额", "a sum of money"),
    "PERCENT": ("百分比", "a percentage"),
    "QUANTITY": ("数量", "a quantity"),
    "EVENT": ("活动", "an event"),
    "POLICY": ("政策", "a policy"),
    "WORK": ("作品文件", "a work"),
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
    words = {name: str(value) for name, value in fields.items()}
    if "type" in words:
        kind = words["type"]
        words["type"] = _TYPES.get(kind, (kind, kind))[0 if language == "zh" else 1]
    for name, table in (("field", FIELDS), ("status", STATUSES)):
        if name in words:
            known = table.get(words[name], (words[name], words[name]))
            words[name] = known[0 if language == "zh" else 1]
    if "channel" in words:
        words["channel"] = _channel(words["channel"], language)
    return template.format_map(words)


def _channel(name: str, language: Language) -> str:
    """Name a channel; the history keeps its key, for the language may change."""
    from meipi.repair import CHANNELS

    for info in CHANNELS:
        if info.name == name:
            return info.label_zh if language == "zh" else info.label_en
    return name


def short(quote: str) -> str:
    """Cut a quote to what fits in a menu.

    >>> short("京津冀协同发展走深走实,加快打造创新发展的宝地")
    '京津冀协同发展走深走实,加快打…'
    """
    line = " ".join(quote.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"
