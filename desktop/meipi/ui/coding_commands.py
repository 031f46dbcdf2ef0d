"""The commands of coding: passages, links, memos, equal passages, many annotations at once."""

from __future__ import annotations

from meipi.ui.presenters.commands import CommandInfo as C
from meipi.ui.presenters.commands import Context
from meipi.ui.presenters.ends import MOVES

_W = Context.WORDS

ON_WINDOW: tuple[C, ...] = (
    C("annotation_next", "下一条批注", "Next annotation", ("F5",)),
    C("annotation_previous", "上一条批注", "Previous annotation", ("Shift+F5",)),
    C("tag_equal", "给全部相同的文字贴标签…", "Tag all equal passages…", ("Ctrl+J, Ctrl+T",)),
    C("tag_finds", "给查找到的各处贴标签…", "Tag all that was found…", ("Ctrl+J, Ctrl+A",)),
    C("memos", "备忘…", "Memos…", ("Ctrl+J, Ctrl+W",)),
    C("memo_new", "写一篇备忘…", "Write a memo…", ("Ctrl+J, Ctrl+V",)),
    C("annotations_bulk", "成批更改列出的批注…", "Change all listed notes…", ("Ctrl+J, Ctrl+Y",)),
)

_KEYS = {
    "start_left": ("Alt+[", "起点左移", "Move its start left"),
    "start_right": ("Alt+]", "起点右移", "Move its start right"),
    "end_left": ("Alt+Shift+[", "终点左移", "Move its end left"),
    "end_right": ("Alt+Shift+]", "终点右移", "Move its end right"),
}
_UNITS = {
    "": ("", "", ""),
    "word": ("Ctrl+", "一词", " by a word"),
    "sentence": ("Ctrl+Alt+", "一句", " by a sentence"),
}


def _move(name: str) -> C:
    end, unit = "_".join(name.split("_")[:2]), "".join(name.split("_")[2:])
    key, chinese, english = _KEYS[end]
    held, more, beside = _UNITS[unit]
    keys = f"{held}{key.removeprefix('Alt+')}" if held else key
    return C(name, f"{chinese}{more}", f"{english}{beside}", (keys,), _W)


ON_WORDS: tuple[C, ...] = (
    *map(_move, MOVES),
    C("repeat_tag", "再贴上次的标签", "Repeat the last tag", (".",), _W),
    C("passage_add", "加进上一条批注", "Add to the last note", ("+", "="), _W),
    C("passage_remove", "从批注中去掉这一段", "Take this passage out", ("-",), _W),
    C("annotation_review", "待复核（再按取消）", "To review, or no longer so", ("R",), _W),
    C("annotation_link", "与另一条批注相连…", "Link to another note…", ("L",), _W),
    C("link_follow", "沿联系走到另一端", "Follow the next link", ("J",), _W),
)
