"""The keys of the codebook: every act on a tag has one."""

from __future__ import annotations

from meipi.ui.presenters.commands import CommandInfo as C
from meipi.ui.presenters.commands import Context

_D = Context.DIALOG

PROPERTIES_KEYS: tuple[C, ...] = (
    C("attributes", "管理属性…", "Manage attributes…", ("Ctrl+J, Shift+K",)),
    C("properties", "文档属性…", "Properties of documents…", ("Ctrl+J, Shift+P",)),
    C("document_tag", "给整篇加上或去掉标签…", "Tag or untag the document…", ("Ctrl+J, Shift+G",)),
    C("annotation_properties", "批注属性…", "Properties of the note…", ("Ctrl+J, Shift+N",)),
)
"""What is said of documents and annotations beside their words."""

CODEBOOK_KEYS: tuple[C, ...] = (
    C(
        "codebook_add_below",
        "标签：新下级；属性：新的批注属性",
        "Tags: new below; attributes: new for annotations",
        ("Ctrl+Shift+N",),
        _D,
    ),
    C("codebook_rename", "标签：改名", "Tags: rename", ("F2",), _D),
    C("codebook_merge", "标签：合并…", "Tags: merge…", ("Ctrl+M",), _D),
    C("codebook_split", "标签：拆分…", "Tags: split…", ("Ctrl+Shift+M",), _D),
    C(
        "codebook_delete_below",
        "标签：连下级删除",
        "Tags: delete with below",
        ("Ctrl+Alt+Del",),
        _D,
    ),
    C("codebook_up", "标签：上移", "Tags: move up", ("Alt+Up",), _D),
    C("codebook_down", "标签：下移", "Tags: move down", ("Alt+Down",), _D),
    C("codebook_in", "标签：放入上一个之下", "Tags: move below the one before", ("Alt+Right",), _D),
    C("codebook_out", "标签：移出一级", "Tags: move out", ("Alt+Left",), _D),
)
