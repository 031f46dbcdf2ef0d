"""Keys for looking things up whatever the script, width or case: same length, one to one."""

from __future__ import annotations

from meipi.core._fold_table import SIMPLIFIED, TRADITIONAL

_SCRIPT = dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True))
_WIDTH = {0xFEE0 + half: chr(half) for half in range(0x21, 0x7F)} | {0x3000: " ", 0xA0: " "}
# The two letters whose lower case is longer or depends on what stands around.
_CASE = {ord("İ"): "i", ord("ς"): "σ"}
_ALL = _SCRIPT | _WIDTH | _CASE
_SLICE = 16_384
"""Characters mapped at a time: other threads wait for as long, a millisecond or two."""


def fold_script(text: str) -> str:
    """Return ``text`` in simplified characters, one to one; a key, not for reading.

    >>> fold_script("著力推動，發展頭髮")
    '着力推动，发展头发'
    """
    return text.translate(_SCRIPT)


def fold(text: str) -> str:
    """Return ``text`` simplified, half-width and lower case, one to one; a key, not for reading.

    >>> fold("天津市寶坻區（ＧＤＰ）")
    '天津市宝坻区(gdp)'
    """
    if len(text) > _SLICE:
        return "".join(fold(text[at : at + _SLICE]) for at in range(0, len(text), _SLICE))
    if text.isascii():
        return text.lower()
    # Σ at the end of a word becomes ς, so the letters are mapped before and after.
    return text.translate(_ALL).lower().replace("ς", "σ")
