"""Notes in Markdown: which are plain, and what of one may be shown. No Qt."""

from __future__ import annotations

import re

_MARKED = re.compile(r"[*_#`>\[\]|~\\<&]|^[ \t]*(?:[-+]|\d+[.)])[ \t]|\n", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_MARKS = re.compile(r"[*_`~]+|^[ \t]*(?:#{1,6}|>|[-+])[ \t]+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def is_plain(note: str) -> bool:
    r"""Say whether ``note`` has nothing that Markdown would show otherwise.

    >>> is_plain("与上文矛盾，待查"), is_plain("**存疑**"), is_plain("- 一\n- 二")
    (True, False, False)
    """
    return _MARKED.search(note) is None


def without_images(note: str) -> str:
    """Return ``note`` with the words of its pictures: nothing is ever loaded for a note.

    >>> without_images("见 ![地图](file:///etc/passwd) 与 ![](http://a.b/c.png)")
    '见 地图 与 '
    """
    return _IMAGE.sub(r"\1", note)


def words_of(note: str) -> str:
    r"""Return the words of ``note`` on one line, for lists.

    >>> words_of("# 存疑\n见**第二段**的[表](http://a.b)")
    '存疑 见第二段的表'
    """
    plain = _MARKS.sub("", _LINK.sub(r"\1", without_images(note)))
    return " ".join(plain.split())
