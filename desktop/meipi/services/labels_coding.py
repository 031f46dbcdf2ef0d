"""The words for acts on passages, links and memos, in Chinese and English."""

from __future__ import annotations

CODING: dict[str, tuple[str, str]] = {
    "passage_add": ("把“{passage}”加进批注“{quote}”", "add “{passage}” to “{quote}”"),
    "passage_remove": ("从批注“{quote}”去掉“{passage}”", "take “{passage}” out of “{quote}”"),
    "equal_tag": (
        "给“{quote}”等 {count} 处标上“{tag}”",
        "tag {count} passages like “{quote}” as “{tag}”",
    ),
    "annotations_retag": ("{count} 条批注改标“{tag}”", "retag {count} annotations as “{tag}”"),
    "annotations_untag": ("去掉 {count} 条批注的标签", "take the tag off {count} annotations"),
    "annotations_note": ("给 {count} 条批注加写批语", "add to the notes of {count} annotations"),
    "link_add": (
        "“{quote}”与“{target}”相连：{relation}",
        "link “{quote}” to “{target}”: {relation}",
    ),
    "link_relabel": (
        "联系“{before}”改为“{relation}”",
        "relabel the link “{before}” as “{relation}”",
    ),
    "link_turn": ("联系“{relation}”改换方向", "turn the link “{relation}” round"),
    "link_delete": ("删除联系“{relation}”", "delete the link “{relation}”"),
    "memo_add": ("写备忘“{title}”", "write the memo “{title}”"),
    "memo_update": ("修改备忘“{title}”", "change the memo “{title}”"),
    "memo_delete": ("删除备忘“{title}”", "delete the memo “{title}”"),
}
