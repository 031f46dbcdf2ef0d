"""Characters put in for others that look the same: ⽀ for 支, Ш for Ⅲ.

Radicals come out of PDFs whose fonts know no better; Cyrillic letters out of character recognition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.codepages import REPLACEMENT
from meipi.repair.plan import Change
from meipi.repair.tables import radicals

if TYPE_CHECKING:
    from collections.abc import Sequence

_RADICAL = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
_WRITTEN = re.compile("[\u2e80-\u2fd5\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_SEVERAL = 3
_ABOUT_RADICALS = re.compile(
    "部首|偏旁|康熙|字根|筆畫|笔画|radical|stroke|Unicode|U\\+", re.IGNORECASE
)

_NUMERALS = {"Ш": "Ⅲ", "П": "Ⅱ", "І": "Ⅰ", "Ӏ": "Ⅰ", "Ѵ": "Ⅴ", "Х": "Ⅹ"}
"""Cyrillic capitals that are drawn like Roman numerals."""
_COUNTED = "[类類级級型期度区區段组組代号號层層阶階章卷册冊等档檔相标標]"
_AFTER = f"(?={_COUNTED}(?![似推比号號])|[、，—~～至到和及或/-][ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]*{_COUNTED})"
_NUMERAL = re.compile(f"(?<![\u0400-\u04ffA-Za-z])[{''.join(_NUMERALS)}]{_AFTER}")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_HANZI = re.compile("[\u3400-\u9fff]")
_ABOUT_LETTERS = re.compile("字母|西里尔|西里爾|俄语|俄語|俄文")


def find_radicals(text: str, _: Sequence[int] = ()) -> list[Change]:
    """Propose the character for each radical, except where the text is about radicals.

    >>> [change.after for change in find_radicals("⽀持⼈民")]
    ['支', '人']
    """
    table = radicals()
    return [
        Change(match.start(), match.end(), table[match[0]], 0.99, Proof.TABLE)
        for match in _RADICAL.finditer(text)
        if match[0] in table and _is_put_in(text, match.start())
    ]


def _is_put_in(text: str, at: int) -> bool:
    """Say whether the radical stands for a character: within a word, one of several or all."""
    line = _line(text, at)
    if _ABOUT_RADICALS.search(line) or REPLACEMENT in line:
        return False  # what is damaged so shows radicals too
    around = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if radicals().get(text[at]) in around:
        return False  # a table of them
    alone = line.strip() == text[at]
    several = len(set(_RADICAL.findall(line))) >= _SEVERAL
    return alone or several or any(map(_WRITTEN.match, around))


def find_numerals(text: str, _: Sequence[int] = ()) -> list[Change]:
    """Propose the Roman numeral for a lone Cyrillic letter that counts something in Chinese.

    >>> [change.after for change in find_numerals("水质达到Ш类标准")]
    ['Ⅲ']
    >>> find_numerals("Ш是俄语字母。Шура类")
    []
    """
    return [
        Change(match.start(), match.end(), _NUMERALS[match[0]], 0.95, Proof.TABLE)
        for match in _NUMERAL.finditer(text)
        if _is_chinese(_line(text, match.start()))
    ]


def _line(text: str, at: int) -> str:
    """Return the paragraph around ``at``, no more than a screen of it."""
    start = text.rfind("\n", max(0, at - 400), at) + 1 or max(0, at - 400)
    end = text.find("\n", at, at + 400)
    return text[start : end if end >= 0 else at + 400]


def _is_chinese(line: str) -> bool:
    """Say whether nothing in the line is Cyrillic but such letters, and it is not about them."""
    others = [letter for letter in _CYRILLIC.findall(line) if letter not in _NUMERALS]
    return not others and not _ABOUT_LETTERS.search(line) and _HANZI.search(line) is not None


def _with_radicals(text: str) -> str:
    back = {ord(after): radical for radical, after in radicals().items()}
    return text.translate(back)


RADICALS_CHANNEL = Channel(
    "radicals",
    "部首代替汉字",
    "Radicals for characters",
    find_radicals,
    frozenset(map(chr, (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)))),
    damage=_with_radicals,
)
NUMERALS_CHANNEL = Channel(
    "lookalikes",
    "形近字母",
    "Letters that look alike",
    find_numerals,
    frozenset(_NUMERALS),
    damage=lambda text: text.replace("Ⅲ", "Ш"),
)
