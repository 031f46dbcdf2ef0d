"""The keys of the codebook: every act on a tag has one."""

from __future__ import annotations

from meipi.ui.presenters.commands import CommandInfo as C
from meipi.ui.presenters.commands import Context

_D = Context.DIALOG

CODEBOOK_KEYS: tuple[C, ...] = (
    C("codebook_add_below", "标签：新下级", "Tags: new below", ("Ctrl+Shift+N",), _D),
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
