"""Words too long for any line, such as the names some programs give to files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

_LONGEST = 48
_KEPT = 20
# A line may break at a space, behind a slash and between hanzi.
_UNBREAKABLE = re.compile(rf"[^\s/\\\u2e80-\uffff]{{{_LONGEST + 1},}}")


def shorten_long_words(text: str) -> str:
    """Return ``text`` with the middle left out of words that no line could hold.

    >>> shorten_long_words("in/" + "0" * 200 + ".txt 是空文件")
    'in/00000000000000000000…0000000000000000.txt 是空文件'
    """
    return _UNBREAKABLE.sub(lambda found: f"{found[0][:_KEPT]}…{found[0][-_KEPT:]}", text)


def show_words(label: QLabel, text: str) -> None:
    """Show ``text`` in ``label``, whole in its tool tip where a word had to be shortened."""
    shown = shorten_long_words(text)
    label.setText(shown)
    label.setToolTip("" if shown == text else text)
